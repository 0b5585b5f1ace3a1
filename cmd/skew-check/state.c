/* state.c - alarms that have been given. */
#include "state.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "findings.h"
#include "io/emit.h"
#include "io/out.h"

struct alarms {
	const struct doc *given; /* group to the time of the first finding */
};

struct alarms *
state_read(struct arena *a, const char *file)
{
	struct alarms *s = ARENA_NEW(a, struct alarms);
	str text;

	if (access(file, F_OK) != 0 && errno == ENOENT)
		return s;
	const char *why = in_file(a, file, &text);
	const struct doc *d = why == NULL ? doc_read(a, text) : NULL;
	int64_t version;
	if (why == NULL && doc_int(doc_get(d, "v"), &version) && version == 1)
		s->given = doc_get(d, "alarms");
	if (doc_kind(s->given) == KIND_OBJECT)
		return s;
	s->given = NULL;
	warn("--state: %s: %s: all alarms sound anew", file,
	    why != NULL ? why : "no state of this version");
	return s;
}

static bool
sounds(const struct found *f)
{
	return f->open && strcmp(f->finding.severity, "notice") != 0;
}

/* Was the group written already? */
static bool
written(const struct report *r, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (sounds(&r->found[i]) && str_eq(r->found[i].group, r->found[index].group))
			return true;
	return false;
}

/* Is it an artifact whose regions differ still?  Then its alarm stays, whatever else is open:
 * the episode is not over. */
static bool
lasts(const struct report *r, str group)
{
	for (size_t i = 0; i < r->view.count; i++) {
		const struct windows *w = &r->of[i].windows;
		if (w->count > 0 && w->of[w->count - 1].open &&
		    str_eq(group, finding_group(r->arena, &r->view.artifacts[i])))
			return true;
	}
	return false;
}

static bool
sounding(const struct report *r, str group)
{
	for (size_t i = 0; i < r->count; i++)
		if (sounds(&r->found[i]) && str_eq(r->found[i].group, group))
			return true;
	return false;
}

static bool
write_state(const struct alarms *s, const struct report *r, const char *file)
{
	struct buf b = { 0 };

	emit_open(&b, '{');
	emit_kint(&b, "v", 1);
	emit_ktext(&b, "tool", err_tool());
	emit_key(&b, "alarms");
	emit_open(&b, '{');
	for (size_t i = 0; i < r->count; i++) {
		const struct found *f = &r->found[i];
		if (!sounds(f) || written(r, i))
			continue;
		const struct doc *was = doc_find(s->given, f->group);
		emit_name(&b, f->group);
		if (was != NULL)
			emit_raw(&b, doc_raw(was));
		else
			emit_str(&b, when_print(r->arena, r->view.now));
	}
	DOC_EACH (was, s->given) {
		if (sounding(r, was->key) || !lasts(r, was->key))
			continue;
		emit_name(&b, was->key);
		emit_raw(&b, doc_raw(was));
	}
	emit_close(&b, '}');
	emit_close(&b, '}');
	buf_byte(&b, '\n');
	const char *why = out_file(file, buf_str(&b));
	buf_free(&b);
	if (why != NULL)
		warn("--state: %s: %s", file, why);
	return why == NULL;
}

bool
state_apply(const struct alarms *s, struct report *r, const char *file)
{
	bool ok = r->per_request || r->view.count == 0 || write_state(s, r, file);
	bool alarm = false;

	for (size_t i = 0; i < r->count; i++) {
		struct found *f = &r->found[i];
		const struct doc *was = doc_find(s->given, f->group);
		if (sounds(f) && was != NULL)
			f->finding.message = arena_printf(r->arena, "%.*s (told on %.*s)",
			    (int)f->finding.message.len, f->finding.message.at,
			    STR_F(doc_text(was)));
		alarm |= sounds(f) && was == NULL;
	}
	if (r->status == EXIT_NO && !alarm)
		r->status = EXIT_YES;
	return ok;
}
