/* outcome.c - failures by version and region, before, during and after. */
#include "outcome.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

#define ENOUGH 30 /* records with an outcome in each of the four groups */

static void
add_share(struct share *s, struct outcome o)
{
	s->x += o.failed;
	s->n += o.known;
}

/* The longest stall, or none. */
static const struct stall *
longest(const struct window *w)
{
	const struct stall *best = NULL;

	for (size_t i = 0; i < w->stall_count; i++)
		if (best == NULL ||
		    w->stalls[i].until - w->stalls[i].from > best->until - best->from)
			best = &w->stalls[i];
	return best;
}

static bool
waits(const struct stall *s, size_t place)
{
	for (size_t i = 0; i < s->wait_count; i++)
		if (s->waits[i] == place)
			return true;
	return false;
}

static void
count_groups(
    struct effect *e, const struct plan *plan, const struct artifact *a, const struct window *w)
{
	for (size_t i = 0; i < a->place_count; i++) {
		const struct place *p = &a->places[i];
		bool held = waits(e->stall, i);
		struct before_after *g = held ? &e->held : &e->moved;
		add_share(&g->before, timeline_count(plan, p, NO_VERSION, a->first, e->from));
		add_share(&g->after, timeline_count(plan, p, NO_VERSION, e->from, e->until));
		if (!w->open)
			add_share(held ? &e->held_after : &e->moved_after,
			    timeline_count(plan, p, NO_VERSION, e->until, INT64_MAX));
	}
}

static int
by_bucket(const void *x, const void *y)
{
	const struct point *a = *(const struct point *const *)x,
			   *b = *(const struct point *const *)y;

	return a->bucket < b->bucket ? -1 : a->bucket > b->bucket;
}

/* Points of the held regions, in order of time. */
static const struct point **
held_points(const struct artifact *a, const struct stall *s, size_t *count)
{
	size_t n = 0;

	for (size_t i = 0; i < s->wait_count; i++)
		n += a->places[s->waits[i]].point_count;
	const struct point **of = mem_new((n + 1) * sizeof(struct point *));
	*count = 0;
	for (size_t i = 0; i < s->wait_count; i++)
		for (size_t j = 0; j < a->places[s->waits[i]].point_count; j++)
			of[(*count)++] = &a->places[s->waits[i]].points[j];
	qsort(of, n, sizeof(struct point *), by_bucket);
	return of;
}

/* Page's CUSUM over the slots of the held regions: from what they failed before to what they
 * failed during the window.  The limit keeps false alarms under 1 % for so many records. */
static int64_t
find_onset(const struct effect *e, const struct plan *plan, const struct artifact *a)
{
	double p0 = share_of(e->held.before), p1 = share_of(e->held.after);
	int64_t width = plan->o->bucket, step = width / SLOTS;
	int64_t zero_at = NO_TIME;
	size_t n;

	if (!(p1 > p0) || p1 >= 1)
		return NO_TIME;
	p0 = fmax(p0, 0.5 / (double)(e->held.before.n + 1));
	struct cusum c =
	    cusum_start(p0, p1, log(100 * (double)(e->held.before.n + e->held.after.n + 1)));
	const struct point **of = held_points(a, e->stall, &n);
	for (size_t i = 0, j; i < n && c.alarm < 0; i = j) {
		for (j = i; j < n && of[j]->bucket == of[i]->bucket; j++)
			;
		for (size_t k = 0; k < SLOTS && c.alarm < 0; k++) {
			struct share s = { 0 };
			int64_t at = of[i]->bucket * width + (int64_t)k * step;
			for (size_t m = i; m < j; m++) {
				s.n += of[m]->cell->seen[k];
				s.x += of[m]->cell->bad[k];
			}
			if (s.n == 0 || at >= e->until)
				continue;
			if (c.sum <= 0)
				zero_at = at;
			cusum_take(&c, s);
		}
	}
	free(of);
	return c.alarm >= 0 ? zero_at : NO_TIME;
}

/* Target against old inside each region that served both for a while. */
static void
compare_within(struct effect *e, const struct plan *plan, const struct artifact *a)
{
	struct stratum *of = mem_new((a->place_count + 1) * sizeof *of);

	for (size_t i = 0; i < a->place_count && e->stall->old != NO_VERSION; i++) {
		const struct place *p = &a->places[i];
		struct outcome new =
		    timeline_count(plan, p, e->stall->target, INT64_MIN, INT64_MAX);
		struct outcome old =
		    timeline_count(plan, p, e->stall->old, INT64_MIN, INT64_MAX);
		if (new.known < ENOUGH || old.known < ENOUGH)
			continue;
		of[e->both++] = (struct stratum){ new.failed, new.known - new.failed,
			old.failed, old.known - old.failed };
	}
	e->odds = rate_mantel_haenszel(of, e->both);
	free(of);
}

/* What keeps the four groups from being compared; empty: nothing. */
static str
obstacle(struct arena *arena, const struct effect *e, const struct window *w)
{
	const struct share *of[] = { &e->held.before, &e->moved.before, &e->held.after,
		&e->moved.after };
	static const char *const names[] = { "behind, before", "ahead, before",
		"behind, during", "ahead, during" };

	if (w->from_start)
		return STR("the regions differ from the first record on: there is nothing "
			   "from before the window");
	for (size_t i = 0; i < 4; i++)
		if (of[i]->n < ENOUGH)
			return arena_printf(arena,
			    "%lld records with an outcome in the regions %s it (at least %d)",
			    (long long)of[i]->n, names[i], ENOUGH);
	return STR("");
}

struct effect
effect_of(struct arena *arena, const struct plan *plan, const struct artifact *a,
    const struct window *w)
{
	struct effect e = { .stall = longest(w), .onset = NO_TIME };

	if (e.stall == NULL || e.stall->wait_count == 0) {
		e.why = STR("no region stayed behind for longer than --grace");
		return e;
	}
	e.from = w->from;
	e.until = e.stall->until;
	count_groups(&e, plan, a, w);
	if (e.held.after.n + e.moved.after.n + e.held.before.n + e.moved.before.n == 0) {
		e.why = STR("no record says whether it failed");
		return e;
	}
	e.readout = NOT_IDENTIFIABLE;
	e.why = obstacle(arena, &e, w);
	if (e.why.len > 0)
		return e;
	e.did = rate_did(e.held, e.moved);
	bool repeated = plan->o->follow || plan->o->state != NULL;
	e.readout = e.did.p < (repeated ? OUTCOME_REPEATED : OUTCOME_ALPHA) ? DIFFERENCE :
									      NO_DIFFERENCE;
	if (e.readout == DIFFERENCE)
		e.onset = find_onset(&e, plan, a);
	compare_within(&e, plan, a);
	return e;
}

/* The one that stands out most among those that are left; its p adjusted for the choice. */
static bool
stands_out(const struct share *of, const bool *gone, size_t count, struct own_rate *best)
{
	struct share all = { 0 };
	double least = OUTCOME_ALPHA;
	size_t left = 0;

	for (size_t i = 0; i < count; i++) {
		if (gone[i])
			continue;
		all.x += of[i].x;
		all.n += of[i].n;
		left += of[i].n >= ENOUGH;
	}
	for (size_t i = 0; i < count; i++) {
		struct share rest = { all.x - of[i].x, all.n - of[i].n };
		if (gone[i] || of[i].n < ENOUGH || rest.n < ENOUGH)
			continue;
		struct contrast c = rate_difference(of[i], rest);
		c.p = fmin(1, c.p * (double)left);
		if (!(c.p < least))
			continue;
		least = c.p;
		*best = (struct own_rate){ i, of[i], rest, c };
	}
	return least < OUTCOME_ALPHA;
}

size_t
own_rates(struct arena *arena, const struct plan *plan, const struct artifact *a, int64_t until,
    struct own_rate **result)
{
	struct own_rate *of = ARENA_ARRAY(arena, struct own_rate, a->place_count + 1);
	struct share *shares = ARENA_ARRAY(arena, struct share, a->place_count + 1);
	bool *gone = ARENA_ARRAY(arena, bool, a->place_count + 1);
	size_t n = 0;

	for (size_t i = 0; i < a->place_count; i++)
		add_share(&shares[i],
		    timeline_count(plan, &a->places[i], NO_VERSION, a->first, until));
	while (n < a->place_count && stands_out(shares, gone, a->place_count, &of[n]))
		gone[of[n++].place] = true;
	*result = of;
	return n;
}
