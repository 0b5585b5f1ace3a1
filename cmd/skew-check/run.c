/* run.c - records, tally, report. */
#include "run.h"

#include <stdlib.h>
#include <time.h>

#include "data/hash.h"
#include "follow.h"
#include "io/source.h"
#include "partial.h"
#include "picture.h"
#include "state.h"

struct story {
	const struct options *o;
	struct arena arena;
	struct plan plan;
	struct tally *tally;
	struct counters counters;
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
	str all = arena_printf(&s->arena, "skew-check 1 %lld", (long long)o->bucket);

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		all = arena_printf(
		    &s->arena, "%.*s\n%s", STR_F(all), parts[i] != NULL ? parts[i] : "");
	for (size_t i = 0; i < o->in.map.count; i++)
		all = arena_printf(&s->arena, "%.*s\n%s", STR_F(all), o->in.map.items[i]);
	return arena_keep(&s->arena, (str){ hash_hex(&s->arena, all).at, 16 });
}

/* --now, or with --state the clock: then the question is how it stands now. */
static void
set_now(struct story *s)
{
	struct timespec t;

	s->plan.now = NO_TIME;
	s->plan.current = s->o->in.now != NULL || s->o->state != NULL || s->o->follow;
	if (s->o->in.now != NULL && !when_date(str_of(s->o->in.now), &s->plan.now))
		die(EXIT_USAGE, "--now: '%s' is no time", s->o->in.now);
	if (s->o->in.now != NULL && !when_usual(s->plan.now))
		die(EXIT_USAGE, "--now: '%s' is not from 1970 to 2199", s->o->in.now);
	if (s->o->in.now == NULL && s->o->state != NULL && !s->o->follow) {
		clock_gettime(CLOCK_REALTIME, &t);
		s->plan.now = (int64_t)t.tv_sec * WHEN_SECOND + t.tv_nsec;
	}
}

static void
read_records(struct story *s, char **files)
{
	struct fold fold = tally_fold(&s->plan);
	struct folded all = fold_run(&fold, &s->o->in, files, s->o->jobs, &s->plan);

	s->tally = all.state;
	s->counters = (struct counters){ (int64_t)all.records, (int64_t)all.bad,
		(int64_t)all.outside, (int64_t)all.timeless };
	worse(s, all.status);
}

static void
merge(struct story *s, char **files)
{
	struct source in;
	str line;

	s->tally = tally_start(&s->plan);
	source_open(&in, &s->o->in, files);
	in.patient = true;
	while (source_line(&in, &line)) {
		const char *why = partial_read(s->tally, &s->counters, line);
		if (why == NULL)
			continue;
		warn("%s:%llu: %s", source_name(&in), (unsigned long long)in.records.line, why);
		worse(s, EXIT_DATA);
	}
	worse(s, in.status);
	source_close(&in);
	const struct counters *c = &s->counters;
	const char *why = partial_check(s->tally);
	if (why != NULL) {
		warn("%s", why);
		worse(s, EXIT_DATA);
	}
	if (c->bad > 0)
		warn("%lld bad lines in the parts", (long long)c->bad);
	if (intake_too_many(&s->o->in, (uint64_t)c->bad,
		(uint64_t)(c->records + c->bad + c->outside + c->timeless)))
		worse(s, EXIT_DATA);
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

/* --inconclusive: another status for "cannot be told". */
static int
final_status(const struct story *s)
{
	static const int statuses[] = { EXIT_INCONCLUSIVE, EXIT_YES, EXIT_NO };

	return s->status == EXIT_INCONCLUSIVE ? statuses[s->o->inconclusive] : s->status;
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
	int status = final_status(&s);
	arena_free(&s.arena);
	return status;
}
