/* run.c - records, tally, report. */
#include "run.h"

#include <stdlib.h>

#include "follow.h"
#include "partial.h"
#include "picture.h"
#include "state.h"
#include "ui/opt.h"

struct story {
	const struct options *o;
	struct arena arena;
	struct plan plan;
	struct tally *tally;
	struct part_counters counters;
	int status;
};

static void
worse(struct story *s, int status)
{
	s->status = err_worse(s->status, status);
}

/* What must be the same for two partials to be added. */
static str
shape_of(struct story *s)
{
	const struct options *o = s->o;
	const char *const parts[] = { o->in.since, o->in.until, o->in.now,
		o->no_sessions ? "no-sessions" : "", o->compatible != NULL ? "compatible" : "",
		getenv("INFERUTILS_MAP") };
	str head = arena_printf(&s->arena, "skew-check 1 %lld", (long long)o->bucket);

	return part_shape(&s->arena, head, parts, sizeof parts / sizeof *parts, &o->in);
}

/* --now, or with --state the clock: then the question is how it stands now. */
static void
set_now(struct story *s)
{
	s->plan.now = NO_TIME;
	s->plan.current = s->o->in.now != NULL || s->o->state != NULL || s->o->follow;
	if (s->o->in.now != NULL && !when_date(str_of(s->o->in.now), &s->plan.now))
		die(EXIT_USAGE, "--now: '%s' is no time", s->o->in.now);
	if (s->o->in.now != NULL && !when_usual(s->plan.now))
		die(EXIT_USAGE, "--now: '%s' is not from 1970 to 2199", s->o->in.now);
	if (s->o->in.now == NULL && s->o->state != NULL && !s->o->follow)
		s->plan.now = in_now(&s->o->in);
}

static void
read_records(struct story *s, char **files)
{
	struct fold fold = tally_fold(&s->plan);
	struct folded all = fold_run(&fold, &s->o->in, files, s->o->jobs, &s->plan);

	s->tally = all.state;
	s->counters = part_counted(&all);
	worse(s, all.status);
}

static const char *
read_part(void *story, str line)
{
	struct story *s = story;

	return partial_read(s->tally, &s->counters, line);
}

static void
merge(struct story *s, char **files)
{
	s->tally = tally_start(&s->plan);
	worse(s, part_merge(&s->o->in, files, read_part, s));
	const char *why = partial_check(s->tally);
	if (why != NULL) {
		warn("%s", why);
		worse(s, EXIT_DATA);
	}
	worse(s, part_status(&s->o->in, &s->counters));
}

static void
print(const struct report *r)
{
	switch (r->plan->o->format) {
	case JSON: report_json(r); break;
	case PROM: report_prom(r); break;
	default: report_text(r);
	}
}

static void
draw(struct story *s, const struct report *r)
{
	if (s->o->timeline == NULL || s->o->timeline[0] == '\0')
		return;
	const char *why = picture_svg(r, s->o->timeline);
	if (why == NULL)
		return;
	warn("--timeline: %s: %s", s->o->timeline, why);
	worse(s, EXIT_SYSTEM);
}

static void
warn_age(struct story *s)
{
	if (s->plan.now == NO_TIME || s->tally->records == 0 ||
	    s->plan.now - s->tally->last <= s->o->grace)
		return;
	warn("the newest record is of %.*s, %.*s before now",
	    STR_F(say_time(&s->arena, s->tally->last)),
	    STR_F(say_span(&s->arena, s->plan.now - s->tally->last)));
}

static void
report(struct story *s)
{
	struct report r = report_of(&s->arena, &s->plan, s->tally);

	if (r.per_request)
		warn("%lld of %lld records with a hash have one of their own: the hash is per "
		     "request; mask what changes per request (trace-capture --mask) and hash "
		     "again",
		    (long long)r.hashes.own, (long long)r.hashes.records);
	else if (r.view.count == 0)
		warn("no record says what a region was served: nothing is decided");
	warn_age(s);
	if (s->o->state != NULL &&
	    !state_apply(state_read(&s->arena, s->o->state), &r, s->o->state))
		worse(s, EXIT_SYSTEM);
	if (!r.per_request) {
		print(&r);
		draw(s, &r);
	}
	worse(s, r.status);
}

int
run(const struct options *o, char **files)
{
	struct story s = { .o = o, .plan = { .o = o } };

	set_now(&s);
	s.plan.shape = shape_of(&s);
	if (o->follow || o->within > 0) {
		s.status = follow_run(&s.plan, files);
	} else {
		if (o->merge)
			merge(&s, files);
		else
			read_records(&s, files);
		if (o->partial)
			partial_write(s.tally, &s.counters);
		else
			report(&s);
		tally_free(s.tally);
	}
	int status = opt_status(s.status, o->inconclusive);
	arena_free(&s.arena);
	return status;
}
