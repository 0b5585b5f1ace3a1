/* window.c - skew windows and the state of roll-outs. */
#include "window.h"

#include <stdlib.h>

#include "base/mem.h"

const char *const state_names[] = { "in sync", "progressing", "stalled", "converged",
	"rolled back", "flapping", "undecided" };

#define ENOUGH 20 /* records of a run that are no mixture by chance */

/* From then on the region serves that version (NO_VERSION: nobody knows). */
struct change {
	int64_t at;
	size_t place, version;
	const struct flip *flip; /* NULL: its first record, its end, or a mixture begins */
	bool mixture;
};

struct sweep {
	struct arena *arena;
	const struct plan *plan;
	const struct artifact *artifact;
	int64_t now;
	struct change *changes;
	size_t count;
	size_t *serves; /* by place */
	bool *gone;     /* by place: part of the last window, and unknown now */
	struct windows result;
};

static int
by_time(const void *x, const void *y)
{
	const struct change *a = x, *b = y;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	if (a->place != b->place)
		return a->place < b->place ? -1 : 1;
	return (a->flip != NULL) - (b->flip != NULL);
}

static void
add_change(struct sweep *s, struct change c)
{
	s->changes[s->count++] = c;
}

/* The gap that the time is in; NULL: none. */
static const struct gap *
gap_at(const struct place *p, int64_t at)
{
	for (size_t i = 0; i < p->gap_count; i++)
		if (at >= p->gaps[i].from && at < p->gaps[i].until)
			return &p->gaps[i];
	return NULL;
}

static size_t
run_at(const struct place *p, int64_t at)
{
	size_t run = 0;

	while (run < p->flip_count && p->flips[run].at <= at)
		run++;
	return run;
}

/* What a run says; a mixture, or with only_clear too few records, say nothing. */
static size_t
said(const struct run *r, bool only_clear)
{
	bool known = !r->undecided && (!only_clear || (r->clear && r->of >= ENOUGH));

	return known ? r->version : NO_VERSION;
}

static void
collect_runs(struct sweep *s, size_t index, bool only_clear)
{
	const struct place *p = &s->artifact->places[index];

	for (size_t i = 0; i < p->run_count; i++) {
		const struct run *run = &p->runs[i];
		const struct flip *f = i > 0 ? &p->flips[i - 1] : NULL;
		int64_t at = f != NULL ? f->at : p->first;
		const struct gap *gap = gap_at(p, at);
		add_change(s,
		    (struct change){ gap != NULL ? gap->until : at, index,
			said(run, only_clear), run->undecided ? NULL : f, run->undecided });
	}
}

/* Has the region served another version since the gap, in records too few for a run? */
static bool
is_new_since(const struct sweep *s, const struct place *p, const struct gap *gap)
{
	return p->latest != NO_VERSION && p->latest != p->runs[p->run_count - 1].version &&
	    p->latest_since >= gap->until && p->latest_since < gap->until + s->plan->o->bucket;
}

/* Where a run goes on behind a gap, it says so again. */
static void
collect_gaps(struct sweep *s, size_t index, bool only_clear)
{
	const struct place *p = &s->artifact->places[index];

	for (size_t i = 0; i < p->gap_count; i++) {
		size_t before = run_at(p, p->gaps[i].from - 1);
		size_t run = run_at(p, p->gaps[i].until - 1);
		add_change(
		    s, (struct change){ p->gaps[i].from, index, NO_VERSION, NULL, false });
		if (run == before && !is_new_since(s, p, &p->gaps[i]))
			add_change(s,
			    (struct change){ p->gaps[i].until, index,
				said(&p->runs[run], only_clear), NULL, false });
	}
}

static void
collect_place(struct sweep *s, size_t index, bool only_clear)
{
	const struct place *p = &s->artifact->places[index];

	collect_runs(s, index, only_clear);
	collect_gaps(s, index, only_clear);
	if (p->silent && p->run_count > 0)
		add_change(s, (struct change){ p->last, index, NO_VERSION, NULL, false });
}

static void
collect(struct sweep *s, bool only_clear)
{
	const struct artifact *a = s->artifact;
	size_t room = 0;

	for (size_t i = 0; i < a->place_count; i++)
		room += a->places[i].run_count + 2 * a->places[i].gap_count + 1;
	s->changes = ARENA_ARRAY(s->arena, struct change, room + 1);
	for (size_t i = 0; i < a->place_count; i++)
		collect_place(s, i, only_clear);
	qsort(s->changes, s->count, sizeof *s->changes, by_time);
}

/* Do regions whose version is known differ?  *version: one that is served. */
static bool
differ(const struct sweep *s, size_t *version)
{
	bool several = false;

	*version = NO_VERSION;
	for (size_t i = 0; i < s->artifact->place_count; i++) {
		if (s->serves[i] == NO_VERSION)
			continue;
		several |= *version != NO_VERSION && s->serves[i] != *version;
		*version = s->serves[i];
	}
	return several;
}

static void
open_window(struct sweep *s, const struct change *c, size_t old)
{
	struct window *w = &s->result.of[s->result.count++];

	*w = (struct window){ .from = c->at,
		.from_low = c->flip != NULL ? c->flip->low : c->at,
		.from_high = c->flip != NULL ? c->flip->high : c->at,
		.from_start = c->flip == NULL,
		.open = true,
		.old = old,
		.target = NO_VERSION };
	w->flips = ARENA_ARRAY(s->arena, const struct flip *, s->count + 1);
}

static void
close_window(struct window *w, const struct change *c)
{
	w->open = false;
	w->lost = c->mixture;
	w->to = c->at;
	w->to_low = c->flip != NULL ? c->flip->low : c->at;
	w->to_high = c->flip != NULL ? c->flip->high : c->at;
}

/* Keeps account of the regions that became unknown in a window or since; is this one back? */
static bool
is_back(struct sweep *s, struct window *w, const struct change *c)
{
	bool *gone = &s->gone[c->place], back = *gone && c->version != NO_VERSION;

	if (w == NULL)
		return false;
	if (c->version == NO_VERSION && !*gone && (w->open || w->gone > 0)) {
		*gone = true;
		w->gone++;
	}
	if (back) {
		*gone = false;
		w->gone--;
	}
	return back;
}

/* The window that is open from this change on: a new one; or the last one again, when a region
 * that was part of it is back as it was, so far as anybody knows. */
static struct window *
opened(struct sweep *s, struct window *w, const struct change *c, size_t before, bool back)
{
	if (w != NULL && back && c->flip == NULL) {
		w->open = true;
		w->lost = false;
		return w;
	}
	for (size_t i = 0; i < s->artifact->place_count; i++)
		s->gone[i] = false;
	open_window(s, c, before);
	return &s->result.of[s->result.count - 1];
}

static void
find_windows(struct sweep *s)
{
	size_t version = NO_VERSION, before = NO_VERSION, places = s->artifact->place_count;
	struct window *w = NULL;

	s->serves = ARENA_ARRAY(s->arena, size_t, places + 1);
	s->gone = ARENA_ARRAY(s->arena, bool, places + 1);
	s->result.of = ARENA_ARRAY(s->arena, struct window, s->count + 1);
	for (size_t i = 0; i < places; i++)
		s->serves[i] = NO_VERSION;
	for (size_t i = 0; i < s->count; i++) {
		const struct change *c = &s->changes[i];
		s->serves[c->place] = c->version;
		bool open = differ(s, &version), was = w != NULL && w->open;
		bool back = is_back(s, w, c);
		if (open && !was)
			w = opened(s, w, c, before, back);
		if ((open || was) && c->flip != NULL)
			w->flips[w->flip_count++] = c->flip;
		if (!open && was)
			close_window(w, c);
		if (!open)
			before = version;
	}
}

/* The version that a window goes to: the one that its last flip reached when it has ended;
 * else the one that was seen last of those that regions serve. */
static size_t
target_of(const struct sweep *s, const struct window *w)
{
	size_t target = NO_VERSION;

	for (size_t i = 0; i < w->flip_count; i++)
		if (target == NO_VERSION || w->flips[i]->to > target)
			target = w->flips[i]->to;
	for (size_t i = 0; target == NO_VERSION && i < s->artifact->place_count; i++)
		for (size_t r = 0; r < s->artifact->places[i].run_count; r++) {
			size_t v = s->artifact->places[i].runs[r].version;
			if (target == NO_VERSION || v > target)
				target = v;
		}
	return target;
}

/* What the region serves at that time. */
static size_t
served_at(const struct place *p, int64_t at)
{
	if (p->run_count == 0 || at < p->first || (p->silent && at > p->last))
		return NO_VERSION;
	return gap_at(p, at) != NULL ? NO_VERSION : said(&p->runs[run_at(p, at)], false);
}

/* A region whose last records are of the target or something newer, though too few are to call
 * it a flip: that is progress too.  Since when, of the first such region; NO_TIME: there is
 * none. */
static int64_t
pending_since(const struct sweep *s, size_t target)
{
	int64_t since = NO_TIME;

	for (size_t i = 0; i < s->artifact->place_count; i++) {
		const struct place *p = &s->artifact->places[i];
		if (p->run_count == 0 || p->silent || p->undecided || p->latest == NO_VERSION ||
		    p->latest < target || p->latest == p->runs[p->run_count - 1].version)
			continue;
		if (since == NO_TIME || p->latest_since < since)
			since = p->latest_since;
	}
	return since;
}

/* What it serves during a stall, in which nothing changes: as far as it is known. */
static size_t
served_in(const struct place *p, const struct stall *l)
{
	const int64_t at[] = { l->from + (l->until - l->from) / 2, l->from, l->until - 1 };
	size_t version = NO_VERSION;

	for (size_t i = 0; i < sizeof at / sizeof *at && version == NO_VERSION; i++)
		version = served_at(p, at[i]);
	return version;
}

/* The newest version that a region serves then: where the roll-out goes. */
static size_t
newest_in(const struct sweep *s, const struct stall *l)
{
	size_t newest = NO_VERSION;

	for (size_t i = 0; i < s->artifact->place_count; i++) {
		size_t v = served_in(&s->artifact->places[i], l);
		if (v != NO_VERSION && (newest == NO_VERSION || v > newest))
			newest = v;
	}
	return newest;
}

/* An open stall ends where progress begins that is not sure yet. */
static void
end_by_pending(const struct sweep *s, struct stall *l)
{
	int64_t since = pending_since(s, l->target), off = s->plan->o->clock_error;

	if (!l->open || since == NO_TIME)
		return;
	l->open = false;
	l->until = since > l->from ? since : l->from;
	l->until_low = l->until - off;
	l->until_high = l->until + off;
}

/* Did one that waits serve its old version after --grace, too?  A pause shows nothing. */
static bool
is_seen(const struct sweep *s, const struct stall *l)
{
	for (size_t i = 0; i < l->wait_count; i++)
		if (s->artifact->places[l->waits[i]].last - l->from_high > s->plan->o->grace)
			return true;
	return false;
}

static void
add_stall(struct sweep *s, struct window *w, const struct flip *before,
    const struct flip *after, int64_t end)
{
	const struct artifact *a = s->artifact;
	struct stall *l = &w->stalls[w->stall_count];
	size_t *waits = ARENA_ARRAY(s->arena, size_t, a->place_count + 1);

	*l = (struct stall){ .from = before != NULL ? before->at : w->from,
		.from_low = before != NULL ? before->low : w->from_low,
		.from_high = before != NULL ? before->high : w->from_high,
		.until = after != NULL ? after->at : end,
		.until_low = after != NULL ? after->low : end,
		.until_high = after != NULL ? after->high : end,
		.open = after == NULL && w->open,
		.old = NO_VERSION,
		.waits = waits };
	/* A flip in a gap counts when the gap is over, as for the window. */
	HIGHER(l->from, w->from);
	HIGHER(l->from_low, w->from_low);
	HIGHER(l->from_high, w->from_high);
	l->target = newest_in(s, l);
	end_by_pending(s, l);
	/* As long as that for certain, wherever in their bounds the flips were. */
	if (l->until_low - l->from_high <= s->plan->o->grace)
		return;
	for (size_t i = 0; i < a->place_count; i++) {
		size_t v = served_in(&a->places[i], l);
		l->known += v != NO_VERSION;
		l->done += v == l->target;
		if (v == NO_VERSION || v == l->target)
			continue;
		if (l->wait_count == 0)
			l->old = v;
		waits[l->wait_count++] = i;
	}
	w->stall_count += is_seen(s, l);
}

#define FLAPPING_GRACES 10

const struct flip *
window_flapping(const struct plan *plan, const struct place *p)
{
	for (size_t i = 0; i + 2 < p->flip_count; i++) {
		const struct flip *f = &p->flips[i];
		bool clear = p->runs[i + 1].clear && p->runs[i + 2].clear;
		if (clear && f[1].to == f[0].from && f[2].to == f[0].to &&
		    (f[2].at - f[0].at) / FLAPPING_GRACES <= plan->o->grace)
			return f;
	}
	return NULL;
}

/* Somewhere it went on until a short time ago. */
static bool
flaps_now(const struct sweep *s)
{
	for (size_t i = 0; i < s->artifact->place_count; i++) {
		const struct place *p = &s->artifact->places[i];
		if (window_flapping(s->plan, p) != NULL &&
		    s->now - p->flips[p->flip_count - 1].at <= s->plan->o->grace)
			return true;
	}
	return false;
}

/* Where nothing is known of the time before: what else than the target is served then. */
static size_t
other_at_start(const struct sweep *s, const struct window *w)
{
	for (size_t i = 0; i < s->artifact->place_count; i++) {
		size_t v = served_at(&s->artifact->places[i], w->from);
		if (v != NO_VERSION && v != w->target)
			return v;
	}
	return w->old;
}

static void
judge_window(struct sweep *s, struct window *w)
{
	int64_t end = w->open ? s->now : w->to;
	const struct flip *last = w->flip_count > 0 ? w->flips[w->flip_count - 1] : NULL;

	w->target = target_of(s, w);
	if (w->old == w->target || w->old == NO_VERSION)
		w->old = other_at_start(s, w);
	w->stalls = ARENA_ARRAY(s->arena, struct stall, w->flip_count + 2);
	for (size_t i = 0; i <= w->flip_count; i++)
		add_stall(s, w, i > 0 ? w->flips[i - 1] : NULL,
		    i < w->flip_count ? w->flips[i] : NULL, end);
	bool waits = w->stall_count > 0 && w->stalls[w->stall_count - 1].open;
	if (w->open)
		w->state = waits ? STALLED : PROGRESSING;
	else if (w->lost)
		w->state = UNDECIDED;
	else if (last != NULL && last->to == w->old && last->to != w->target)
		w->state = ROLLED_BACK;
	else
		w->state = CONVERGED;
	if (w->open)
		w->to = w->to_low = w->to_high = s->now;
}

static bool
any_flip(const struct artifact *a)
{
	for (size_t i = 0; i < a->place_count; i++)
		if (a->places[i].flip_count > 0)
			return true;
	return false;
}

static bool
mixed_now(const struct artifact *a)
{
	for (size_t i = 0; i < a->place_count; i++)
		if (a->places[i].undecided && !a->places[i].silent)
			return true;
	return false;
}

struct windows
windows_of(struct arena *arena, const struct plan *plan, const struct artifact *a, int64_t now,
    bool only_clear)
{
	struct sweep s = { .arena = arena, .plan = plan, .artifact = a, .now = now };

	collect(&s, only_clear);
	find_windows(&s);
	for (size_t i = 0; i < s.result.count; i++)
		judge_window(&s, &s.result.of[i]);
	const struct window *last =
	    s.result.count > 0 ? &s.result.of[s.result.count - 1] : NULL;
	bool several = differ(&s, &s.result.target);
	if (several && last != NULL)
		s.result.target = last->target;
	s.result.state = flaps_now(&s)                   ? FLAPPING :
	    mixed_now(a)                                 ? UNDECIDED :
	    last != NULL && !last->lost                  ? last->state :
	    s.result.target == NO_VERSION && s.count > 0 ? UNDECIDED :
	    any_flip(a)                                  ? CONVERGED :
							   IN_SYNC;
	return s.result;
}
