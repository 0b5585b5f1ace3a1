/* flips.c - when a region went from one version to the next. */
#include <stdlib.h>

#include "base/mem.h"
#include "track.h"

/* One slot around a flip: records of the version before and of the one after. */
struct slot {
	int64_t at, old, new;
};

/* The slots of the buckets from..to that hold either version, in order. */
static size_t
slots_of(const struct track *t, const struct flip *f, int64_t from, int64_t to, struct slot *s)
{
	int64_t width = t->plan->o->bucket, step = width / SLOTS, last = INT64_MIN;
	const struct place *p = t->place;
	size_t n = 0, begin = 0;

	for (size_t i = 0; i < p->point_count; i++) {
		const struct point *point = &p->points[i];
		if (point->bucket < from || point->bucket > to || point->guessed ||
		    (point->claimed != f->from && point->claimed != f->to))
			continue;
		if (point->bucket != last) {
			begin = n;
			n += SLOTS;
			for (size_t k = 0; k < SLOTS; k++)
				s[begin + k] =
				    (struct slot){ point->bucket * width + (int64_t)k * step, 0,
					    0 };
		}
		last = point->bucket;
		for (size_t k = 0; k < SLOTS; k++)
			*(point->claimed == f->from ? &s[begin + k].old : &s[begin + k].new) +=
			    point->cell->seen[k];
	}
	size_t kept = 0;
	for (size_t i = 0; i < n; i++)
		if (s[i].old + s[i].new > 0)
			s[kept++] = s[i];
	return kept;
}

/* Where the fewest records are on the wrong side; in the middle of all such places. */
static int64_t
best_split(const struct slot *s, size_t n, int64_t step)
{
	int64_t wrong = 0, least_wrong;
	size_t first = 0, last = 0;

	for (size_t i = 0; i < n; i++)
		wrong += s[i].old;
	least_wrong = wrong;
	for (size_t i = 0; i < n; i++) {
		wrong += s[i].new - s[i].old;
		if (wrong > least_wrong)
			continue;
		last = i + 1;
		if (wrong < least_wrong)
			first = i + 1;
		least_wrong = wrong;
	}
	int64_t low = first > 0 ? s[first - 1].at + step : s[0].at;
	int64_t high = last < n ? s[last].at : s[n - 1].at + step;
	return low + (high - low) / 2;
}

/* The last record of the old version and the first of the new one near the split, as far as
 * times that are off by `off` each can be on the wrong side: between them it happened.  The
 * guess is the mean of the split and of their middle, which errs least (simulated at rates of
 * 0.1 to 4 records a second). */
static void
bound_flip(struct flip *f, const struct slot *s, size_t n, int64_t step, int64_t off)
{
	int64_t last_old = NO_TIME, first_new = NO_TIME, split = f->at;

	for (size_t i = 0; i < n; i++) {
		if (s[i].old > 0 && s[i].at <= split + 2 * off)
			last_old = s[i].at;
		if (s[i].new > 0 && first_new == NO_TIME && s[i].at >= split - 2 * off)
			first_new = s[i].at;
	}
	last_old = last_old == NO_TIME ? split : last_old;
	first_new = first_new == NO_TIME ? split : first_new;
	int64_t low = last_old < first_new ? last_old : first_new;
	int64_t high = (last_old > first_new ? last_old : first_new) + step;
	f->at = split + (low + (high - low) / 2 - split) / 2;
	f->low = (low < split ? low : split) - off;
	f->high = (high > split ? high : split) + off;
}

/* Inside a mixture it is anywhere in it. */
static void
widen(const struct track *t, struct flip *f)
{
	int64_t width = t->plan->o->bucket;

	for (size_t i = 0; i < t->place->mixture_count; i++) {
		const struct mixture *m = &t->place->mixtures[i];
		if (f->at < m->from * width || f->at >= (m->to + 1) * width)
			continue;
		LOWER(f->low, m->from * width);
		HIGHER(f->high, (m->to + 1) * width);
	}
}

/* Does the region serve that content under another's label just then? */
static bool
contradicted(const struct place *p, size_t i)
{
	size_t j = i;

	while (j > 0 && p->points[j - 1].bucket == p->points[i].bucket)
		j--;
	for (; j < p->point_count && p->points[j].bucket == p->points[i].bucket; j++)
		if (p->points[j].version == p->points[i].version &&
		    p->points[j].claimed != p->points[j].version)
			return true;
	return false;
}

/* Records of the old version after the flip, of the new one before it. */
static void
count_exceptions(const struct track *t, struct flip *f, int64_t begin, int64_t end)
{
	int64_t width = t->plan->o->bucket, step = width / SLOTS;

	for (size_t i = 0; i < t->place->point_count; i++) {
		const struct point *p = &t->place->points[i];
		int64_t from = p->bucket * width;
		if (p->bucket < begin || p->bucket > end || p->version != p->claimed ||
		    p->guessed || (p->version != f->from && p->version != f->to) ||
		    contradicted(t->place, i))
			continue;
		for (size_t k = 0; k < SLOTS; k++) {
			int64_t at = from + (int64_t)k * step;
			if (p->version == f->from && at > f->high && p->cell->seen[k] > 0) {
				f->stragglers += p->cell->seen[k];
				f->last_straggler = at;
			}
			if (p->version == f->to && at < f->low)
				f->early += p->cell->seen[k];
		}
	}
}

static void
make_flip(struct track *t, struct flip *f, const struct run *before, const struct run *after)
{
	int64_t step = t->plan->o->bucket / SLOTS, off = t->plan->o->clock_error;
	int64_t from = before->to > before->from ? before->to - 1 : before->to;
	int64_t to = after->to > after->from ? after->from + 1 : after->from;
	size_t room = (size_t)4 * SLOTS * (t->rival_count + 1);
	struct slot *s = mem_new(room * sizeof *s);

	*f = (struct flip){ .place = t->index, .from = before->version, .to = after->version };
	/* Between the runs lie no buckets, so at most four are looked at. */
	size_t n = slots_of(t, f, from, to, s);
	f->at = n > 0 ? best_split(s, n, step) : after->from * t->plan->o->bucket;
	bound_flip(f, s, n, step, off > step ? off : step);
	widen(t, f);
	count_exceptions(t, f, before->from, after->to);
	free(s);
}

/* A mixture begins or ends somewhere between two buckets. */
static void
make_border(struct track *t, struct flip *f, const struct run *before, const struct run *after)
{
	int64_t width = t->plan->o->bucket;

	*f = (struct flip){ .place = t->index,
		.from = before->version,
		.to = after->version,
		.at = (after->undecided ? after->from : before->to + 1) * width,
		.low = before->to * width,
		.high = (after->from + 1) * width,
		.border = true };
}

void
flips_make(struct track *t)
{
	struct place *p = t->place;

	p->flips = ARENA_ARRAY(t->arena, struct flip, p->run_count + 1);
	for (size_t i = 1; i < p->run_count; i++) {
		const struct run *before = &p->runs[i - 1], *after = &p->runs[i];
		if (before->undecided || after->undecided)
			make_border(t, &p->flips[p->flip_count++], before, after);
		else
			make_flip(t, &p->flips[p->flip_count++], before, after);
	}
}
