/* intake.c - from the text of a record to its fields. */
#include "io/intake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "data/when.h"
#include "io/edit.h"

static int64_t
clock_now(const char *now)
{
	struct timespec t;
	int64_t ns;

	if (now == NULL) {
		clock_gettime(CLOCK_REALTIME, &t);
		return (int64_t)t.tv_sec * WHEN_SECOND + t.tv_nsec;
	}
	if (!when_date(str_of(now), &ns))
		die(EXIT_USAGE, "--now: '%s' is no time", now);
	return ns;
}

static int64_t
limit(const char *option, const char *text, const char *now, int64_t none)
{
	int64_t ns;

	if (text == NULL)
		return none;
	if (strspn(text, "0123456789.") != strlen(text) && when_duration(str_of(text), &ns))
		return __builtin_sub_overflow(clock_now(now), ns, &ns) ? INT64_MIN + 1 : ns;
	if (!when_date(str_of(text), &ns))
		die(EXIT_USAGE, "%s: '%s' is neither a time nor a duration", option, text);
	return ns;
}

static double
max_bad(const struct in_options *o, double total)
{
	str text = str_of(o->max_bad);
	double n;

	bool percent = str_ends(text, "%");
	text.len -= percent;
	if (!str_real(text, &n) || n < 0)
		die(EXIT_USAGE, "--max-bad: '%s' is neither a count nor a percentage",
		    o->max_bad);
	return percent ? n / 100 * total : n;
}

struct intake *
intake_new(const struct in_options *o, const struct fields *fields)
{
	struct intake *r = mem_new(sizeof *r);

	max_bad(o, 0);
	clock_now(o->now);
	*r = (struct intake){ .o = o, .fields = fields };
	r->since = limit("--since", o->since, o->now, INT64_MIN);
	r->until = limit("--until", o->until, o->now, INT64_MAX);
	r->scanner = scanner_new(fields_scan(fields));
	r->found = mem_new((fields_count(fields) + 1) * sizeof *r->found);
	return r;
}

void
intake_free(struct intake *r)
{
	scanner_free(r->scanner);
	arena_free(&r->rec);
	free(r->found);
	free(r);
}

void
intake_add(struct intake *r, const struct intake *more)
{
	r->good += more->good;
	r->outside += more->outside;
	r->timeless += more->timeless;
	r->read += more->read;
	for (size_t i = 0; i < fields_count(r->fields); i++)
		r->found[i] += more->found[i];
}

bool
intake_inside(struct intake *r, str time)
{
	int64_t ns;

	if (r->since == INT64_MIN && r->until == INT64_MAX)
		return true;
	if (!when_parse(time, &ns)) {
		r->timeless++;
		return false;
	}
	bool inside = ns >= r->since && ns < r->until;
	r->outside += !inside;
	return inside;
}

/* Is the record inside --since and --until? */
static bool
wanted(struct intake *r, const struct scan_value *values)
{
	const struct scan_value *kind = &values[IN_RECORD];

	if (r->deferred || (kind->kind == KIND_STRING && str_is(kind->raw, "\"run\"")))
		return true;
	return intake_inside(r, scan_text(&r->rec, &values[IN_TIME]));
}

/* A record from a document may span lines; on its way out it must not. */
static str
one_line(struct intake *r, str text)
{
	struct buf flat = { 0 };

	if (str_find(text, '\n') == text.len && str_find(text, '\r') == text.len)
		return text;
	edit_flatten(&flat, text);
	text = arena_keep(&r->rec, buf_str(&flat));
	buf_free(&flat);
	return text;
}

enum intake_step
intake_take(struct intake *r, const struct intake_text *t, struct rec *rec, char *why)
{
	struct doc_error error;
	struct scan_value *values;

	arena_reset(&r->rec);
	rec->text = t->line ? t->text : one_line(r, t->text);
	values = scanner_read(r->scanner, rec->text, rec->text.at == t->text.at ? t->slack : 0,
	    (int)r->o->max_depth, &error);
	if (values == NULL) {
		snprintf(why, INTAKE_WHY, "byte %zu: %s%s", error.offset + 1, error.why,
		    t->whole ? "" : " (the last line has no end)");
		return INTAKE_BAD;
	}
	if (rec->text.at[0] != '{') {
		snprintf(why, INTAKE_WHY, "not an object");
		return INTAKE_BAD;
	}
	fields_enter(r->fields, &r->rec, values);
	if (r->o->show_map)
		for (size_t i = 0; i < fields_count(r->fields); i++)
			r->found[i] += values[i].kind != KIND_NONE;
	r->read++;
	rec->values = values;
	rec->kind = (str){ 0 };
	if (!wanted(r, values))
		return INTAKE_OUTSIDE;
	if (str_is(values[IN_V].raw, "1"))
		rec->kind = scan_text(&r->rec, &values[IN_RECORD]);
	r->good++;
	return INTAKE_GOOD;
}

void
intake_bad(
    const struct in_options *o, uint64_t *bad, const char *file, uint64_t line, const char *why)
{
	++*bad;
	if (*bad <= INTAKE_SHOWN || o->strict || o->all_bad)
		warn("%s:%llu: %s", file, (unsigned long long)line, why);
	if (o->strict) {
		err_flush();
		exit(EXIT_DATA);
	}
}

bool
intake_too_many(const struct in_options *o, uint64_t bad, uint64_t total)
{
	return (double)bad > max_bad(o, (double)total);
}

int
intake_status(const struct intake *r, uint64_t bad)
{
	if (bad > INTAKE_SHOWN)
		warn("%llu bad lines in all", (unsigned long long)bad);
	if (r->timeless > 0)
		warn("%llu records have no time: left out by --since and --until",
		    (unsigned long long)r->timeless);
	if (r->o->show_map)
		fields_show(r->fields, r->found, r->read);
	return intake_too_many(r->o, bad, r->good + bad + r->outside + r->timeless) ?
	    EXIT_DATA :
	    EXIT_YES;
}
