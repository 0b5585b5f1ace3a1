/* run.c - policy, table, records, report. */
#include "run.h"

#include <stdlib.h>

#include "cache.h"
#include "config.h"
#include "each.h"
#include "partial.h"
#include "report.h"
#include "ui/opt.h"

#define STALE (WHEN_SECOND * 3600 * 24 * 180) /* a table that old is not believed silently */

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

static str
shape_of(struct story *s)
{
	const struct options *o = s->o;
	const struct policy *p = s->plan.policy;
	const str policy = p != NULL ? p->digest : STR("");
	const char *const parts[] = { o->in.since, o->in.until, o->in.now,
		o->isolation ? "isolation" : "", getenv("INFERUTILS_MAP") };
	str head = arena_printf(&s->arena, "region-check 1 %.*s %.*s", STR_F(policy),
	    STR_F(places_digest(s->plan.places)));

	return part_shape(&s->arena, head, parts, sizeof parts / sizeof *parts, &o->in);
}

static void
prepare(struct story *s)
{
	str why = { 0 };

	s->plan.now = in_now(&s->o->in);
	s->plan.places = places_load(&s->arena, s->o->regions, &why);
	if (s->plan.places == NULL)
		die(EXIT_USAGE, "--regions: %s: %.*s", s->o->regions, STR_F(why));
	if (s->o->policy != NULL)
		s->plan.policy = policy_read(&s->arena, s->plan.places, s->o->policy);
	s->plan.shape = shape_of(s);
}

static void
warn_age(struct story *s)
{
	int64_t date = places_date(s->plan.places), age = s->plan.now - date;
	int64_t days = age / WHEN_SECOND / 86400;

	if (age > STALE)
		warn(
		    "the table of regions is of %.10s, %lld days ago: --regions brings a newer "
		    "one",
		    when_print(&s->arena, date).at, (long long)days);
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
report(struct story *s)
{
	bool json = s->o->format == JSON;

	warn_age(s);
	if (s->plan.policy != NULL) {
		struct report r = report_of(&s->arena, &s->plan, s->tally);
		if (s->tally->hops == 0)
			warn("no hops: nothing is decided");
		else if (json)
			report_json(&r);
		else
			report_text(&r);
		if (s->o->evidence != NULL)
			worse(s, evidence_write(&r, &s->counters));
		worse(s, r.status);
	}
	if (s->o->isolation && json)
		isolation_json(&s->arena, &s->plan, s->tally);
	else if (s->o->isolation)
		isolation_text(&s->arena, &s->plan, s->tally);
	if (s->o->isolation && s->plan.policy == NULL && s->tally->records == 0)
		worse(s, EXIT_INCONCLUSIVE);
}

static void
judge_records(struct story *s, char **files)
{
	if (s->o->merge)
		merge(s, files);
	else
		read_records(s, files);
	if (s->o->partial)
		partial_write(s->tally, &s->counters);
	else
		report(s);
	tally_free(s->tally);
}

int
run(const struct options *o, char **files)
{
	struct story s = { .o = o, .plan = { .o = o } };

	if (o->verify != NULL) {
		s.status = evidence_verify(o->verify);
		return opt_status(s.status, o->inconclusive);
	}
	prepare(&s);
	if (o->blocks) {
		s.status = cache_run(&s.plan, files);
	} else if (o->config != NULL) {
		warn_age(&s);
		s.status = config_run(&s.plan);
	} else if (o->each) {
		warn_age(&s);
		s.status = each_run(&s.plan, files);
	} else {
		judge_records(&s, files);
	}
	int status = opt_status(s.status, o->inconclusive);
	arena_free(&s.arena);
	return status;
}
