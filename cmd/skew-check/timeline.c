/* timeline.c - runs and flips of each region. */
#include "timeline.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "track.h"

static bool
counts(const struct artifact *a, const struct point *p)
{
	return p->claimed != NO_VERSION && !a->versions[p->claimed].canary;
}

/* The most frequent versions of the region; a rare one cannot have a run. */
static void
pick_rivals(struct track *t)
{
	const struct artifact *a = t->artifact;
	int64_t *n = mem_new((a->version_count + 1) * sizeof *n);

	for (size_t i = 0; i < t->place->point_count; i++)
		if (counts(a, &t->place->points[i]))
			n[t->place->points[i].claimed] += t->place->points[i].cell->n;
	while (t->rival_count < RIVALS) {
		size_t best = 0;
		for (size_t v = 1; v < a->version_count; v++)
			if (n[v] > n[best])
				best = v;
		if (a->version_count == 0 || n[best] == 0)
			break;
		t->rivals[t->rival_count++] = best;
		n[best] = 0;
	}
	free(n);
}

static void
count_votes(struct track *t)
{
	const struct place *p = t->place;
	size_t versions = t->artifact->version_count;
	size_t *rival = mem_new((versions + 1) * sizeof *rival); /* of each version, + 1 */
	size_t buckets = 0;

	for (size_t i = 0; i < p->point_count; i++)
		buckets += i == 0 || p->points[i].bucket != p->points[i - 1].bucket;
	for (size_t r = 0; r < t->rival_count; r++)
		rival[t->rivals[r]] = r + 1;
	t->votes = mem_new((buckets + 1) * sizeof *t->votes);
	t->room = mem_new((buckets * t->rival_count + 1) * sizeof *t->room);
	for (size_t i = 0; i < p->point_count; i++) {
		const struct point *point = &p->points[i];
		if (!counts(t->artifact, point))
			continue;
		if (t->count == 0 || t->votes[t->count - 1].bucket != point->bucket) {
			t->votes[t->count].of = &t->room[t->count * t->rival_count];
			t->votes[t->count++].bucket = point->bucket;
		}
		struct votes *v = &t->votes[t->count - 1];
		v->n += point->cell->n;
		if (rival[point->claimed] > 0)
			v->of[rival[point->claimed] - 1] += point->cell->n;
	}
	free(rival);
}

static size_t
least(const int64_t *cost, size_t n)
{
	size_t best = 0;

	for (size_t i = 1; i < n; i++)
		if (cost[i] < cost[best])
			best = i;
	return best;
}

/* The rival of each bucket on the cheapest path; free() it. */
static uint8_t *
cheapest_path(const struct track *t)
{
	size_t n = t->rival_count;
	int64_t cost[RIVALS] = { 0 }, all = 0;
	uint8_t *from = mem_new(t->count * n + 1), *path = mem_new(t->count + 1);

	for (size_t i = 0; i < t->count; i++)
		all += t->votes[i].n;
	int64_t price = (int64_t)(SWITCH * sqrt((double)all / (double)t->count));
	for (size_t i = 0; i < t->count; i++) {
		size_t best = least(cost, n);
		int64_t change = cost[best] + (i > 0 ? price : 0);
		for (size_t r = 0; r < n; r++) {
			bool stays = cost[r] <= change;
			from[i * n + r] = (uint8_t)(stays ? r : best);
			cost[r] =
			    (stays ? cost[r] : change) + t->votes[i].n - t->votes[i].of[r];
		}
	}
	size_t r = least(cost, n);
	for (size_t i = t->count; i-- > 0;) {
		path[i] = (uint8_t)r;
		r = from[i * n + r];
	}
	free(from);
	return path;
}

/* A run as long as the path stays; a mixture in which it says nothing is one too. */
static void
make_runs(struct track *t)
{
	struct place *p = t->place;
	uint8_t *path = cheapest_path(t);
	const struct mixture *m, *was = NULL;

	const struct mixing x = { t->plan, t->votes, t->count, t->rival_count, path,
		view_pause(t->plan, p->n, p->first, p->last) / t->plan->o->bucket };
	p->mixtures = mixtures_of(t->arena, &x, &p->mixture_count);
	p->runs = ARENA_ARRAY(t->arena, struct run, t->count + 1);
	for (size_t i = 0, k = 0; i < t->count; i++, was = m) {
		while (k < p->mixture_count && p->mixtures[k].last < i)
			k++;
		m = k < p->mixture_count && p->mixtures[k].first <= i ? &p->mixtures[k] : NULL;
		m = m != NULL && m->undecided ? m : NULL;
		if (i == 0 || m != was || (m == NULL && path[i] != path[i - 1]))
			p->runs[p->run_count++] =
			    (struct run){ .version = t->rivals[m != NULL ? m->rival : path[i]],
				    .from = t->votes[i].bucket,
				    .undecided = m != NULL };
		struct run *run = &p->runs[p->run_count - 1];
		run->to = t->votes[i].bucket;
		run->n += t->votes[i].of[m != NULL ? m->rival : path[i]];
		run->of += t->votes[i].n;
	}
	for (size_t i = 0; i < p->mixture_count; i++)
		p->mixtures[i].version = t->rivals[p->mixtures[i].rival];
	for (size_t i = 0; i < p->run_count; i++)
		p->runs[i].clear =
		    !p->runs[i].undecided && p->runs[i].n * 5 >= p->runs[i].of * 4;
	p->undecided = p->runs[p->run_count - 1].undecided;
	p->settled =
	    p->runs[p->run_count - 1].clear ? p->runs[p->run_count - 1].version : NO_VERSION;
	free(path);
}

static void
find_gaps(struct track *t)
{
	struct place *p = t->place;
	int64_t width = t->plan->o->bucket;
	int64_t pause = view_pause(t->plan, p->n, p->first, p->last);

	p->gaps = ARENA_ARRAY(t->arena, struct gap, t->count + 1);
	for (size_t i = 1; i < t->count; i++) {
		int64_t from = (t->votes[i - 1].bucket + 1) * width;
		int64_t until = t->votes[i].bucket * width;
		if (until - from > pause)
			p->gaps[p->gap_count++] = (struct gap){ from, until };
	}
}

#define RECENT_RECORDS 5 /* so many say what a region serves now, if they are near in time */
#define RECENT_BUCKETS 5

/* How far back the last record's version goes, bucket by bucket, while it prevails: the start
 * of its first slot there. */
static int64_t
since_when(const struct track *t)
{
	const struct place *p = t->place;
	int64_t width = t->plan->o->bucket, since = NO_TIME;

	for (size_t end = p->point_count; end > 0;) {
		int64_t mine = 0, others = 0, first = SLOTS;
		size_t i = end;
		for (; i > 0 && p->points[i - 1].bucket == p->points[end - 1].bucket; i--) {
			const struct point *point = &p->points[i - 1];
			if (point->version != p->latest) {
				others += point->version != NO_VERSION ? point->cell->n : 0;
				continue;
			}
			mine += point->cell->n;
			int64_t k = 0;
			while (k < first && point->cell->seen[k] == 0)
				k++;
			first = k;
		}
		if (mine > 0 && (since == NO_TIME || mine >= others))
			since = p->points[end - 1].bucket * width + first * (width / SLOTS);
		if (mine + others > 0 && mine < others)
			break;
		end = i;
	}
	return since;
}

/* By content, of the last bucket, or of the last ones where records are few; of two that are
 * level the one seen last. */
static void
find_now(struct track *t)
{
	const struct place *p = t->place;
	int64_t *n = mem_new((t->artifact->version_count + 1) * sizeof *n);
	int64_t total = 0, last = INT64_MIN, bucket = INT64_MIN, latest = INT64_MIN,
		newest = INT64_MIN;

	for (size_t i = p->point_count; i-- > 0;) {
		const struct point *point = &p->points[i];
		if (point->version == NO_VERSION ||
		    t->artifact->versions[point->version].canary)
			continue;
		last = last == INT64_MIN ? point->bucket : last;
		if (point->bucket != bucket &&
		    (total >= RECENT_RECORDS || point->bucket <= last - RECENT_BUCKETS))
			break;
		bucket = point->bucket;
		n[point->version] += point->cell->n;
		total += point->cell->n;
	}
	for (size_t i = p->point_count; i-- > 0 && p->points[i].bucket >= bucket;) {
		const struct point *point = &p->points[i];
		int slot = SLOTS - 1;
		if (point->version == NO_VERSION || n[point->version] == 0)
			continue;
		while (slot > 0 && point->cell->seen[slot] == 0)
			slot--;
		int64_t at = (point->bucket - bucket) * SLOTS + slot;
		if (at > newest) {
			newest = at;
			t->place->latest = point->version;
		}
		size_t best = p->now;
		if (best == NO_VERSION || n[point->version] > n[best] ||
		    (n[point->version] == n[best] && at > latest)) {
			t->place->now = point->version;
			latest = at;
		}
	}
	free(n);
}

void
timeline_make(struct arena *arena, const struct plan *plan, struct artifact *a)
{
	a->first = INT64_MAX;
	a->last = INT64_MIN;
	for (size_t i = 0; i < a->place_count; i++) {
		struct track t = { .arena = arena,
			.plan = plan,
			.artifact = a,
			.place = &a->places[i],
			.index = i };
		pick_rivals(&t);
		count_votes(&t);
		if (t.count > 0) {
			make_runs(&t);
			flips_make(&t);
			find_gaps(&t);
		}
		find_now(&t);
		t.place->latest_since = since_when(&t);
		free(t.votes);
		free(t.room);
		a->first = t.place->first < a->first ? t.place->first : a->first;
		a->last = t.place->last > a->last ? t.place->last : a->last;
	}
}

/* The share of a cell in from..until; its slots say how it is spread. */
static void
add_part(struct outcome *o, const struct cell *c, int64_t start, int64_t step, int64_t from,
    int64_t until)
{
	int64_t seen = 0, bad = 0, all_seen = 0, all_bad = 0;

	for (size_t k = 0; k < SLOTS; k++) {
		int64_t at = start + (int64_t)k * step;
		bool inside = at >= from && at < until;
		all_seen += c->seen[k];
		all_bad += c->bad[k];
		seen += inside ? c->seen[k] : 0;
		bad += inside ? c->bad[k] : 0;
	}
	o->n += all_seen > 0 ? (c->n * seen + all_seen / 2) / all_seen : 0;
	o->known += all_seen > 0 ? (c->known * seen + all_seen / 2) / all_seen : 0;
	o->failed += all_bad > 0 ? (c->failed * bad + all_bad / 2) / all_bad : 0;
}

struct outcome
timeline_count(
    const struct plan *plan, const struct place *p, size_t version, int64_t from, int64_t until)
{
	int64_t width = plan->o->bucket;
	struct outcome o = { 0 };

	for (size_t i = 0; i < p->point_count; i++) {
		const struct point *point = &p->points[i];
		int64_t start = point->bucket * width;
		if ((version != NO_VERSION && point->version != version) || start >= until ||
		    start + width <= from)
			continue;
		if (start >= from && start + width <= until) {
			o.n += point->cell->n;
			o.known += point->cell->known;
			o.failed += point->cell->failed;
		} else {
			add_part(&o, point->cell, start, width / SLOTS, from, until);
		}
	}
	return o;
}
