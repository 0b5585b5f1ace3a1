/* cluster.c - sums by cluster. */
#include "data/cluster.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "data/random.h"

/* Keys are hashes, but nobody says that all their bits are good. */
static uint64_t
mix(uint64_t key)
{
	return random_next(&key);
}

static struct cell *
row(const struct clusters *c, size_t n)
{
	return c->cells + n * c->width;
}

static void
grow(struct clusters *c)
{
	size_t room = c->room > 0 ? 2 * c->room : 64;

	c->cells = mem_grow(c->cells, room * c->width, sizeof *c->cells);
	c->keys = mem_grow(c->keys, room, sizeof *c->keys);
	c->room = room;
	c->buckets = 2 * room;
	c->table = mem_grow(c->table, c->buckets, sizeof *c->table);
	memset(c->table, 0, c->buckets * sizeof *c->table);
	for (size_t i = 0; i < c->count; i++) {
		size_t at = c->keys[i] & (c->buckets - 1);
		while (c->table[at] != 0)
			at = (at + 1) & (c->buckets - 1);
		c->table[at] = (uint32_t)i + 1;
	}
}

/* From now on the row is a part of the hash. */
static void
fold(struct clusters *c)
{
	struct cell *cells = mem_new(c->limit * c->width * sizeof *cells);

	for (size_t i = 0; i < c->count; i++) {
		struct cell *to = cells + (c->keys[i] & (c->limit - 1)) * c->width;
		for (size_t m = 0; m < c->width; m++) {
			to[m].n += row(c, i)[m].n;
			to[m].sum += row(c, i)[m].sum;
		}
	}
	free(c->cells);
	free(c->keys);
	free(c->table);
	c->cells = cells;
	c->keys = NULL;
	c->table = NULL;
	c->count = c->room = c->limit;
	c->folded = true;
}

static struct cell *
row_of(struct clusters *c, uint64_t key)
{
	key = mix(key);
	if (c->folded)
		return row(c, key & (c->limit - 1));
	if (c->count == c->room)
		grow(c);
	size_t at = key & (c->buckets - 1);
	for (; c->table[at] != 0; at = (at + 1) & (c->buckets - 1))
		if (c->keys[c->table[at] - 1] == key)
			return row(c, c->table[at] - 1);
	if (c->count == c->limit) {
		fold(c);
		return row(c, key & (c->limit - 1));
	}
	c->table[at] = (uint32_t)c->count + 1;
	c->keys[c->count] = key;
	memset(row(c, c->count), 0, c->width * sizeof *c->cells);
	return row(c, c->count++);
}

void
clusters_add(struct clusters *c, uint64_t key, const double *values)
{
	struct cell *r = row_of(c, key);

	for (size_t m = 0; m < c->width; m++)
		if (!isnan(values[m])) {
			r[m].n++;
			r[m].sum += values[m];
		}
}

void
clusters_free(struct clusters *c)
{
	free(c->cells);
	free(c->keys);
	free(c->table);
}

struct spread
clusters_spread(const struct clusters *c, size_t measure)
{
	struct spread s = { .mean = NAN, .se_cr0 = NAN, .se_cr1 = NAN };
	double sum = 0, squares = 0;

	for (size_t i = 0; i < c->count; i++) {
		struct cell x = row(c, i)[measure];
		s.clusters += x.n > 0;
		s.lively += x.sum != 0;
		s.n += x.n;
		s.most = fmax(s.most, x.n);
		sum += x.sum;
	}
	if (s.n <= 0)
		return s;
	s.mean = sum / s.n;
	for (size_t i = 0; i < c->count; i++) {
		double off = row(c, i)[measure].sum - s.mean * row(c, i)[measure].n;
		squares += off * off;
	}
	if (s.clusters < 2)
		return s;
	s.se_cr0 = sqrt(squares) / s.n;
	s.se_cr1 = s.se_cr0 * sqrt((double)s.clusters / ((double)s.clusters - 1));
	return s;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

#define TOGETHER 8

/* Some measures of the clusters that have them, side by side. */
struct sample {
	size_t measures[TOGETHER], width, count;
	struct cell *rows; /* of width */
	double *means[TOGETHER];
};

/* One mean of each over as many rows as there are, drawn with repetition. */
static void
draw(const struct sample *s, uint64_t *state, size_t round)
{
	struct cell total[TOGETHER] = { 0 };

	for (size_t i = 0; i < s->count; i++) {
		const struct cell *r = s->rows + random_below(state, s->count) * s->width;
		for (size_t k = 0; k < s->width; k++) {
			total[k].n += r[k].n;
			total[k].sum += r[k].sum;
		}
	}
	for (size_t k = 0; k < s->width; k++)
		s->means[k][round] = total[k].sum / total[k].n;
}

static struct resampled
summarise(double *means)
{
	struct resampled r = { 0 };
	double above = 0;

	qsort(means, CLUSTER_ROUNDS, sizeof *means, by_size);
	for (size_t i = 0; i < CLUSTER_ROUNDS; i++) {
		r.mean += means[i] / CLUSTER_ROUNDS;
		r.below += means[i] <= 0;
		above += means[i] >= 0;
	}
	r.low = means[CLUSTER_ROUNDS / 40 - 1];
	r.high = means[CLUSTER_ROUNDS / 40 * 39 - 1];
	r.p = fmin(1, 2 * (fmin(r.below, above) + 1) / (CLUSTER_ROUNDS + 1));
	r.below /= CLUSTER_ROUNDS;
	return r;
}

/* Do the same clusters have both? */
static bool
alike(const struct clusters *c, size_t a, size_t b)
{
	for (size_t i = 0; i < c->count; i++)
		if ((row(c, i)[a].n > 0) != (row(c, i)[b].n > 0))
			return false;
	return true;
}

static void
collect(const struct clusters *c, struct sample *s)
{
	s->rows = mem_new((c->count + 1) * s->width * sizeof *s->rows);
	for (size_t i = 0; i < c->count; i++) {
		if (row(c, i)[s->measures[0]].n <= 0)
			continue;
		for (size_t k = 0; k < s->width; k++)
			s->rows[s->count * s->width + k] = row(c, i)[s->measures[k]];
		s->count++;
	}
	for (size_t k = 0; k < s->width; k++)
		s->means[k] = mem_new(CLUSTER_ROUNDS * sizeof *s->means[k]);
}

void
clusters_resample(
    const struct clusters *c, const bool *wanted, uint64_t seed, struct resampled *results)
{
	bool *left = mem_new(c->width * sizeof *left);

	memcpy(left, wanted, c->width * sizeof *left);
	for (size_t first = 0; first < c->width; first++) {
		struct sample s = { 0 };
		for (size_t m = first; left[first] && m < c->width && s.width < TOGETHER; m++)
			if (left[m] && (m == first || alike(c, first, m)))
				s.measures[s.width++] = m;
		if (s.width == 0)
			continue;
		collect(c, &s);
		uint64_t state = seed;
		for (size_t i = 0; s.count > 1 && i < CLUSTER_ROUNDS; i++)
			draw(&s, &state, i);
		for (size_t k = 0; k < s.width; k++) {
			results[s.measures[k]] = s.count > 1 ?
			    summarise(s.means[k]) :
			    (struct resampled){ NAN, NAN, NAN, NAN, NAN };
			left[s.measures[k]] = false;
			free(s.means[k]);
		}
		free(s.rows);
	}
	free(left);
}
