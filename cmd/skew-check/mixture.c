/* mixture.c - where records in a row differ. */
#include "mixture.h"

#include <stdlib.h>

#include "base/mem.h"

#define OFTEN 0.32 /* 2q(1 - q) at q = 20 % */
/* Where one version is the best guess for fewer than three of five, or the best guess changes
 * more than once, nobody can say which of them the region serves. */
#define UNSURE 0.4

/* Up to each bucket: how many pairs of records in a row are expected to differ. */
struct sums {
	double differ;
	int64_t n;
};

static double
differ_in(const struct votes *v, size_t rivals)
{
	double same = 0, rest = (double)v->n;

	for (size_t r = 0; r < rivals; r++) {
		same += (double)v->of[r] * (double)v->of[r];
		rest -= (double)v->of[r];
	}
	same += rest * rest; /* what is no rival counts as one */
	return v->n > 0 ? (double)v->n - same / (double)v->n : 0;
}

static double
differ_between(const struct votes *a, const struct votes *b, size_t rivals)
{
	double same = 0, x = (double)a->n, y = (double)b->n;

	for (size_t r = 0; r < rivals; r++) {
		same += (double)a->of[r] * (double)b->of[r];
		x -= (double)a->of[r];
		y -= (double)b->of[r];
	}
	same += x * y;
	return a->n > 0 && b->n > 0 ? 1 - same / ((double)a->n * (double)b->n) : 0;
}

/* sums[i]: of the buckets before i; the pair that ends in bucket i belongs to it. */
static struct sums *
sum_up(const struct votes *v, size_t count, size_t rivals)
{
	struct sums *s = mem_new((count + 1) * sizeof *s);

	for (size_t i = 0; i < count; i++) {
		s[i + 1] =
		    (struct sums){ s[i].differ + differ_in(&v[i], rivals), s[i].n + v[i].n };
		if (i > 0)
			s[i + 1].differ += differ_between(&v[i - 1], &v[i], rivals);
	}
	return s;
}

/* Of the buckets from..to (included). */
static bool
is_mixed(const struct sums *s, size_t from, size_t to)
{
	int64_t n = s[to + 1].n - s[from].n;

	return n > 1 && s[to + 1].differ - s[from].differ >= OFTEN * (double)(n - 1);
}

static bool
is_long(const struct plan *plan, const struct votes *v, const struct sums *s, size_t from,
    size_t to)
{
	int64_t buckets = v[to].bucket - v[from].bucket + 1;

	return buckets * plan->o->bucket > plan->o->grace &&
	    s[to + 1].n - s[from].n >= MIXTURE_RECORDS;
}

/* Does a bucket at the end of a mixture belong to it?  Not if all of its records, more than a
 * couple, are of one version, nor if they are the same as those of the next bucket inside. */
static bool
belongs(const struct votes *edge, const struct votes *inside, size_t rivals)
{
	if (differ_in(edge, rivals) > 0)
		return true;
	return edge->n <= 2 && differ_between(edge, inside, rivals) > 0;
}

static void
trim(const struct votes *v, size_t rivals, size_t *from, size_t *to)
{
	while (*from < *to && !belongs(&v[*from], &v[*from + 1], rivals))
		(*from)++;
	while (*to > *from && !belongs(&v[*to], &v[*to - 1], rivals))
		(*to)--;
}

static struct mixture
describe(const struct mixing *x, size_t from, size_t to)
{
	const struct votes *v = x->votes;
	struct mixture m = { .first = from, .last = to };
	int64_t guessed = 0, of[RIVALS] = { 0 };
	size_t changes = 0;

	m.from = v[from].bucket;
	m.to = v[to].bucket;
	for (size_t i = from; i <= to; i++) {
		m.of += v[i].n;
		guessed += v[i].of[x->path[i]];
		changes += i > from && x->path[i] != x->path[i - 1];
		for (size_t r = 0; r < x->rivals; r++)
			of[r] += v[i].of[r];
	}
	for (size_t r = 0; r < x->rivals; r++)
		if (of[r] > of[m.rival])
			m.rival = r;
	m.n = of[m.rival];
	m.undecided = changes > 1 || (double)(m.of - guessed) >= UNSURE * (double)m.of;
	return m;
}

/* The stretch that is being put together: begin..end - 1. */
struct stretch {
	size_t begin, end;
};

static void
finish(struct stretch *s, const struct mixing *x, const struct sums *sums, struct mixture *of,
    size_t *found)
{
	if (s->end == s->begin)
		return;
	size_t from = s->begin, last = s->end - 1;
	trim(x->votes, x->rivals, &from, &last);
	if (is_long(x->plan, x->votes, sums, from, last))
		of[(*found)++] = describe(x, from, last);
	*s = (struct stretch){ 0, 0 };
}

/* All of the shortest pasts that are long enough, and mixed. */
struct mixture *
mixtures_of(struct arena *a, const struct mixing *x, size_t *found)
{
	struct mixture *of = ARENA_ARRAY(a, struct mixture, x->count + 1);
	const struct votes *v = x->votes;
	struct sums *sums = sum_up(v, x->count, x->rivals);
	struct stretch s = { 0, 0 };
	size_t from = 0;

	*found = 0;
	for (size_t i = 0; i < x->count; i++) {
		if (i > 0 && v[i].bucket - v[i - 1].bucket > x->pause)
			from = i;
		while (from < i && is_long(x->plan, v, sums, from + 1, i))
			from++;
		if (!is_long(x->plan, v, sums, from, i) || !is_mixed(sums, from, i))
			continue;
		if (from >= s.end)
			finish(&s, x, sums, of, found);
		s.begin = s.end == 0 ? from : s.begin;
		s.end = i + 1;
	}
	finish(&s, x, sums, of, found);
	free(sums);
	return of;
}
