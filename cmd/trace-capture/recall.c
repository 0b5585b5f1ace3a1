/* recall.c - which earlier record asked for a tool call, within a bounded look-back.
 *
 * Two generations of a table: when the young one is full it becomes the old one, and
 * what was old is forgotten.  So memory is flat, and nothing waits for a later line. */
#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "capture.h"

#define GENERATION 200000

struct generation {
	struct map keys;
	struct arena arena;
	struct memory {
		str record;     /* that made the call */
		uint32_t times; /* how often this id has come */
	} * of;
};

struct recall {
	struct generation young, old;
};

struct recall *
recall_new(void)
{
	return mem_new(sizeof(struct recall));
}

static void
forget(struct generation *g)
{
	map_free(&g->keys);
	arena_free(&g->arena);
	*g = (struct generation){ 0 };
}

static struct memory *
remember(struct recall *r, str key)
{
	if (r->young.keys.count >= GENERATION) {
		forget(&r->old);
		r->old = r->young;
		r->young = (struct generation){ 0 };
	}
	struct generation *g = &r->young;
	if (g->of == NULL)
		g->of = ARENA_ARRAY(&g->arena, struct memory, GENERATION + 1);
	return &g->of[map_slot(&g->keys, key)];
}

static const struct memory *
look_up(const struct recall *r, str key)
{
	const struct generation *both[] = { &r->young, &r->old };

	for (size_t i = 0; i < 2; i++) {
		size_t slot = map_find(&both[i]->keys, key);
		if (slot != MAP_NONE)
			return &both[i]->of[slot];
	}
	return NULL;
}

uint32_t
recall_times(struct recall *r, str id)
{
	struct arena a = { 0 };
	str key = arena_printf(&a, "id %.*s", (int)id.len, id.at);
	const struct memory *known = look_up(r, key);
	uint32_t times = known != NULL ? known->times + 1 : 1;

	remember(r, key)->times = times;
	arena_free(&a);
	return times;
}

static str
call_key(struct arena *a, str session, str call_id)
{
	return arena_printf(
	    a, "call %.*s %.*s", (int)session.len, session.at, (int)call_id.len, call_id.at);
}

void
recall_call(struct recall *r, str session, const struct call *call, str record)
{
	struct arena a = { 0 };

	if (call->id.len > 0) {
		struct memory *m = remember(r, call_key(&a, session, call->id));
		m->record = arena_keep(&r->young.arena, record);
	}
	arena_free(&a);
}

bool
recall_asked(struct recall *r, str session, str call_id, str *record)
{
	struct arena a = { 0 };
	const struct memory *hit =
	    call_id.len > 0 ? look_up(r, call_key(&a, session, call_id)) : NULL;

	arena_free(&a);
	if (hit != NULL)
		*record = hit->record;
	return hit != NULL;
}

void
recall_free(struct recall *r)
{
	forget(&r->young);
	forget(&r->old);
	free(r);
}
