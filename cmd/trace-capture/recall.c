/* recall.c - ids that have come before, and which earlier record asked for a tool call. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/recent.h"
#include "capture.h"

#define LOOK_BACK 200000 /* ids, and calls */

struct recall {
	struct recent *ids;    /* how often: uint32_t */
	struct recent *calls;  /* the record that made the call: str */
	struct recent *doubts; /* calls whose result is a summary: bool */
};

struct recall *
recall_new(void)
{
	struct recall *r = mem_new(sizeof *r);

	r->ids = recent_new(sizeof(uint32_t), LOOK_BACK);
	r->calls = recent_new(sizeof(str), LOOK_BACK);
	r->doubts = recent_new(sizeof(bool), LOOK_BACK);
	return r;
}

uint32_t
recall_times(struct recall *r, str id)
{
	uint32_t *times = recent_put(r->ids, id);

	return ++*times;
}

static str
call_key(struct arena *a, str session, str call_id)
{
	return arena_printf(
	    a, "%.*s %.*s", (int)session.len, session.at, (int)call_id.len, call_id.at);
}

void
recall_call(struct recall *r, str session, const struct call *call, str record)
{
	struct arena a = { 0 };

	if (call->id.len > 0) {
		str *made_by = recent_put(r->calls, call_key(&a, session, call->id));
		*made_by = arena_keep(recent_arena(r->calls), record);
	}
	arena_free(&a);
}

bool
recall_asked(struct recall *r, str session, str call_id, str *record)
{
	struct arena a = { 0 };
	const str *hit =
	    call_id.len > 0 ? recent_get(r->calls, call_key(&a, session, call_id)) : NULL;

	arena_free(&a);
	if (hit != NULL)
		*record = *hit;
	return hit != NULL;
}

void
recall_doubt(struct recall *r, str session, str call_id)
{
	struct arena a = { 0 };

	*(bool *)recent_put(r->doubts, call_key(&a, session, call_id)) = true;
	arena_free(&a);
}

bool
recall_doubted(struct recall *r, str session, str call_id)
{
	struct arena a = { 0 };
	bool known = recent_get(r->doubts, call_key(&a, session, call_id)) != NULL;

	arena_free(&a);
	return known;
}

void
recall_free(struct recall *r)
{
	recent_free(r->ids);
	recent_free(r->calls);
	recent_free(r->doubts);
	free(r);
}
