/* follow.c - findings from a stream, and a deployment gate. */
#include "follow.h"

#include <poll.h>
#include <stdlib.h>

#include "base/clock.h"
#include "io/emit.h"
#include "io/in.h"
#include "io/out.h"
#include "report.h"

#define LOOK_MS 250 /* a gate looks that often while records stream in */
#define RECENT  5   /* buckets after which a stray is one */

/* What has been told, by rule and subject. */
struct told {
	bool open;
	int64_t look;         /* the last one that found it */
	const char *severity; /* it was told with */
	struct buf over; /* the line that ends it, should nothing be found of it any more */
};

struct following {
	struct plan *plan;
	const struct options *o;
	struct in *in;
	struct tally *tally;
	struct table told;
	int64_t looks, looked_ms, deadline_ms, started;
	int64_t bucket; /* of the last look, in the stream's time */
	bool fresh, any_told;
	int status; /* of a gate that has been decided, else -1 */
};

/* A finding as a line of the stream; over: it was told, and is no more. */
static str
line_of(const struct report *r, const struct found *f, bool over)
{
	struct found one = *f;
	struct buf b = { 0 };

	one.open = !over;
	one.finding.over = over;
	if (r->plan->o->format != JSON)
		return report_found_text(r, &one);
	finding_emit(&b, &one.finding);
	str line = arena_keep(r->arena, buf_str(&b));
	buf_free(&b);
	return line;
}

static void
keep(struct told *t, str line)
{
	buf_reset(&t->over);
	buf_add(&t->over, line);
}

static void
tell(const struct following *g, str line)
{
	if (g->o->format == JSON)
		out_line(line);
	else
		report_line(line);
}

static bool
is_notice(const struct found *f)
{
	return strcmp(f->finding.severity, "notice") == 0;
}

static bool
is_stray(const struct found *f)
{
	return strcmp(f->finding.rule, "stray") == 0;
}

/* Strays and conflicts may come several times in one region; a few strays are an event, many
 * are a state. */
static str
told_key(struct arena *a, const struct found *f)
{
	bool many = is_stray(f) || strcmp(f->finding.rule, "label-conflict") == 0;

	return arena_printf(a, "%s %s %.*s %lld", f->finding.rule,
	    is_stray(f) ? f->finding.severity : "", (int)f->finding.subject.len,
	    f->finding.subject.at, many ? (long long)f->finding.first : 0LL);
}

/* A few strays are an event: told when it is known that no more come, and never over. */
static bool
is_event(const struct found *f)
{
	return is_stray(f) && is_notice(f);
}

static bool
certain(const struct report *r, const struct found *f)
{
	if (is_event(f))
		return r->view.now > f->finding.last + RECENT * r->plan->o->bucket;
	return !is_notice(f);
}

/* Is another finding of the key open, or does one come later? */
static bool
superseded(const struct report *r, size_t index, str key)
{
	for (size_t i = 0; i < r->count; i++)
		if (i != index && (r->found[i].open || i > index) &&
		    str_eq(told_key(r->arena, &r->found[i]), key))
			return true;
	return false;
}

/* What was told, and is found no more in any form: silence that ended, say. */
static void
tell_gone(struct following *g)
{
	for (size_t i = 0; i < table_count(&g->told); i++) {
		struct told *t = table_at(&g->told, i);
		if (!t->open || t->look == g->looks)
			continue;
		tell(g, buf_str(&t->over));
		t->open = false;
	}
}

/* What is open and new, and what was told and is over. */
static void
tell_news(struct following *g, const struct report *r, bool last)
{
	for (size_t i = 0; i < r->count; i++) {
		const struct found *f = &r->found[i];
		str key = told_key(r->arena, f);
		struct told *told = table_find(&g->told, key);
		bool before = told != NULL && told->open, open = f->open || is_event(f);
		if (before)
			told->look = g->looks;
		if (before && strcmp(told->severity, f->finding.severity) == 0)
			keep(told, line_of(r, f, true));
		if (before == open || (open && !certain(r, f) && !last) ||
		    (before && superseded(r, i, key)))
			continue;
		tell(g, line_of(r, f, before));
		told = table_put(&g->told, key);
		told->open = open;
		told->look = g->looks;
		told->severity = f->finding.severity;
		keep(told, line_of(r, f, true));
		g->any_told |= open && !is_notice(f);
	}
	tell_gone(g);
}

/* Does every expectation hold?  Then none of the findings is about one. */
static bool
as_expected(const struct report *r)
{
	if (r->per_request || r->view.count == 0 || r->status == EXIT_INCONCLUSIVE)
		return false;
	for (size_t i = 0; i < r->count; i++)
		if (strcmp(r->found[i].finding.rule, "unexpected") == 0 ||
		    (strcmp(r->found[i].finding.rule, "silent-region") == 0 &&
			r->region_count > 0))
			return false;
	return true;
}

static void
conclude(const struct report *r)
{
	if (r->plan->o->format == JSON)
		report_json(r);
	else
		report_text(r);
}

static bool
time_is_over(const struct following *g)
{
	if (g->o->in.now != NULL)
		return g->tally->last >= g->started + g->o->within;
	return clock_ms() >= g->deadline_ms;
}

/* The report as of now; last: the stream has ended, or the time is over. */
static void
look(struct following *g, bool last)
{
	struct arena a = { 0 };

	g->fresh = false;
	g->looks++;
	g->looked_ms = clock_ms();
	g->plan->now = NO_TIME;
	if (g->tally->records > 0)
		g->plan->now =
		    last || g->o->within > 0 ? g->tally->last : g->tally->last - g->o->lateness;
	struct report r = report_of(&a, g->plan, g->tally);
	g->plan->now = NO_TIME;
	if (g->o->within > 0) {
		bool holds = as_expected(&r);
		/* Without a list nobody knows which regions are still to come. */
		if ((holds && r.region_count > 0) || last) {
			conclude(&r);
			g->status = holds                            ? EXIT_YES :
			    time_is_over(g) || g->tally->records > 0 ? EXIT_NO :
								       EXIT_INCONCLUSIVE;
		}
	} else {
		tell_news(g, &r, last);
		if (last)
			g->status = err_worse(g->any_told ? EXIT_NO : EXIT_YES,
			    r.status == EXIT_NO ? 0 : r.status);
	}
	err_flush();
	arena_free(&a);
}

/* Wait for input, or until the time is over. */
static void
wait_for_input(const struct following *g)
{
	struct pollfd p = { .fd = in_fd(g->in), .events = POLLIN };
	int64_t left = -1;

	if (g->o->within > 0 && g->o->in.now == NULL) {
		left = g->deadline_ms - clock_ms();
		left = left < 0 ? 0 : left > 60000 ? 60000 : left;
	}
	poll(&p, 1, (int)left);
}

/* Is it time to look?  With each bucket of the stream; a gate also while it goes on. */
static bool
due(struct following *g)
{
	int64_t bucket = g->tally->records > 0 ? g->tally->last / g->o->bucket : 0;

	if (!g->fresh)
		return false;
	if (bucket != g->bucket) {
		g->bucket = bucket;
		return true;
	}
	return g->o->within > 0 && clock_ms() - g->looked_ms >= LOOK_MS;
}

static void
take(struct following *g, const struct rec *rec)
{
	const char *why = tally_each(g->tally, in_intake(g->in), rec);

	if (why != NULL)
		in_reject(g->in, rec, "%s", why);
	g->fresh = true;
}

static void
loop(struct following *g)
{
	struct rec rec;
	enum in_step step = IN_ONE;

	while (g->status < 0 && step != IN_END) {
		step = in_poll(g->in, &rec);
		if (step == IN_ONE)
			take(g, &rec);
		bool over = g->o->within > 0 && time_is_over(g);
		if (over || step == IN_END)
			look(g, true);
		else if (due(g) || (step == IN_WAIT && g->fresh && g->o->within > 0))
			look(g, false);
		if (step == IN_WAIT && g->status < 0)
			wait_for_input(g);
	}
}

int
follow_run(struct plan *plan, char **files)
{
	static const char *const names[] = { S_NAMES };
	struct following g = { .plan = plan, .o = plan->o, .status = -1 };

	g.told.size = sizeof(struct told);
	g.started = plan->now;
	plan->now = NO_TIME;
	plan->current = true;
	g.deadline_ms = clock_ms() + plan->o->within / WHEN_MS;
	g.in = in_open(&plan->o->in, names, files);
	g.tally = tally_start(plan);
	loop(&g);
	int status = err_worse(g.status, in_status(g.in));
	in_close(g.in);
	tally_free(g.tally);
	for (size_t i = 0; i < table_count(&g.told); i++)
		buf_free(&((struct told *)table_at(&g.told, i))->over);
	table_free(&g.told);
	return status;
}
