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
	double same = 0;

	for (size_t r = 0; r < rivals; r++)
		same += (double)v->of[r] * (double)v->of[r];
	return v->n > 0 ? (double)v->n - same / (double)v->n : 0;
}

static double
differ_between(const struct votes *a, const struct votes *b, size_t rivals)
{
	double same = 0;

	for (size_t r = 0; r < rivals; r++)
		same += (double)a->of[r] * (double)b->of[r];
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
describe(const struct votes *v, const uint8_t *path, size_t rivals, size_t from, size_t to)
{
	struct mixture m = { .first = from, .last = to };
	int64_t guessed = 0, of[RIVALS] = { 0 };
	size_t changes = 0;

	m.from = v[from].bucket;
	m.to = v[to].bucket;
	for (size_t i = from; i <= to; i++) {
		m.of += v[i].n;
		guessed += v[i].of[path[i]];
		changes += i > from && path[i] != path[i - 1];
		for (size_t r = 0; r < rivals; r++)
			of[r] += v[i].of[r];
	}
	for (size_t r = 0; r < rivals; r++)
		if (of[r] > of[m.rival])
			m.rival = r;
	m.n = of[m.rival];
	m.undecided = changes > 1 || (double)(m.of - guessed) >= UNSURE * (double)m.of;
	return m;
}

struct mixture *
mixtures_of(struct arena *a, const struct plan *plan, const struct votes *v, size_t count,
    size_t rivals, const uint8_t *path, size_t *found)
{
	struct mixture *of = ARENA_ARRAY(a, struct mixture, count + 1);
	struct sums *s = sum_up(v, count, rivals);
	size_t from = 0, begin = 0, end = 0; /* begin..end - 1: the stretch so far */

	*found = 0;
	for (size_t i = 0; i <= count; i++) {
		while (i < count && from < i && is_long(plan, v, s, from + 1, i))
			from++;
		bool mixed = i < count && is_long(plan, v, s, from, i) && is_mixed(s, from, i);
		if (end > begin && (i == count || (mixed && from >= end))) {
			size_t last = end - 1;
			trim(v, rivals, &begin, &last);
			if (is_long(plan, v, s, begin, last))
				of[(*found)++] = describe(v, path, rivals, begin, last);
			begin = end = 0;
		}
		if (mixed) {
			begin = end == 0 ? from : begin;
			end = i + 1;
		}
	}
	free(s);
	return of;
}
