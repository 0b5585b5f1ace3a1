/* state.c - alarms that have been given. */
#include "state.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "findings.h"
#include "io/emit.h"
#include "io/out.h"

struct alarms {
	const struct doc *given; /* by group: since when, and when it sounded last */
};

static bool
times_of(const struct doc *alarm, int64_t *since, int64_t *last)
{
	return when_date(doc_text(doc_get(alarm, "since")), since) &&
	    when_date(doc_text(doc_get(alarm, "last")), last);
}

static bool
is_whole(const struct doc *given)
{
	int64_t since, last;

	if (doc_kind(given) != KIND_OBJECT)
		return false;
	DOC_EACH (alarm, given)
		if (!times_of(alarm, &since, &last))
			return false;
	return true;
}

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
	if (is_whole(s->given))
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

#define DARK_GRACES 10

/* Did it end a while ago for what anybody knows, while a region of it says nothing? */
static bool
is_dark(const struct report *r, const struct window *w)
{
	return w->gone > 0 && (r->view.now - w->to) / DARK_GRACES <= r->plan->o->grace;
}

/* Is it an artifact whose regions differ still, as far as anybody knows?  Then its alarm stays,
 * whatever else is open: the episode is not over. */
static bool
lasts(const struct report *r, str group)
{
	for (size_t i = 0; i < r->view.count; i++) {
		const struct windows *w = &r->of[i].windows;
		const struct window *last = w->count > 0 ? &w->of[w->count - 1] : NULL;
		if (last != NULL && (last->open || is_dark(r, last)) &&
		    str_eq(group, finding_group(r->arena, &r->view.artifacts[i])))
			return true;
	}
	return false;
}

/* Has the alarm of the group been given, and is it not over?  Its times. */
static bool
is_given(const struct alarms *s, const struct report *r, str group, int64_t *since)
{
	int64_t last, grace = r->plan->o->grace;

	/* One that is told in the future is of a clock that was wrong. */
	return times_of(doc_find(s->given, group), since, &last) &&
	    last <= r->view.now + grace && (last >= r->view.now - grace || lasts(r, group));
}

/* Does it sound with this finding for the first time? */
static bool
begins(const struct report *r, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (sounds(&r->found[i]) && str_eq(r->found[i].group, r->found[index].group))
			return false;
	return sounds(&r->found[index]);
}

static bool
sounding(const struct report *r, str group)
{
	for (size_t i = 0; i < r->count; i++)
		if (sounds(&r->found[i]) && str_eq(r->found[i].group, group))
			return true;
	return false;
}

static void
emit_alarm(struct buf *b, struct arena *a, str group, int64_t since, int64_t last)
{
	emit_name(b, group);
	emit_open(b, '{');
	emit_kstr(b, "since", when_print(a, since));
	emit_kstr(b, "last", when_print(a, last));
	emit_close(b, '}');
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
		str group = r->found[i].group;
		int64_t since;
		if (!begins(r, i))
			continue;
		if (!is_given(s, r, group, &since))
			since = r->view.now;
		emit_alarm(&b, r->arena, group, since, r->view.now);
	}
	DOC_EACH (was, s->given) {
		int64_t since, last;
		if (!sounding(r, was->key) && is_given(s, r, was->key, &since) &&
		    times_of(was, &since, &last))
			emit_alarm(&b, r->arena, was->key, since,
			    lasts(r, was->key) ? r->view.now : last);
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
		int64_t since;
		if (!sounds(f))
			continue;
		if (is_given(s, r, f->group, &since))
			f->finding.message = arena_printf(r->arena, "%.*s (told on %.*s)",
			    (int)f->finding.message.len, f->finding.message.at,
			    STR_F(when_print(r->arena, since)));
		else
			alarm = true;
	}
	if (r->status == EXIT_NO && !alarm)
		r->status = EXIT_YES;
	return ok;
}
