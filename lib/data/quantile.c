/* quantile.c - DDSketch. */
#include "data/quantile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static double
gamma_of(double error)
{
	return (1 + error) / (1 - error);
}

void
quantile_count(struct quantiles *q, int64_t index, int64_t count)
{
	size_t low = 0, high = q->count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (q->bins[middle].index < index)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == q->count || q->bins[low].index != index) {
		if (q->count == q->room) {
			q->room = q->room == 0 ? 16 : 2 * q->room;
			q->bins = mem_grow(q->bins, q->room, sizeof *q->bins);
		}
		memmove(q->bins + low + 1, q->bins + low, (q->count - low) * sizeof *q->bins);
		q->bins[low] = (struct quantile_bin){ index, 0 };
		q->count++;
	}
	q->bins[low].count += count;
	q->n += count;
}

void
quantile_add(struct quantiles *q, double error, double value)
{
	if (!(value > 0)) {
		q->zeros++;
		q->n++;
		return;
	}
	quantile_count(q, (int64_t)ceil(log(value) / log(gamma_of(error))), 1);
}

void
quantile_join(struct quantiles *q, const struct quantiles *from)
{
	for (size_t i = 0; i < from->count; i++)
		quantile_count(q, from->bins[i].index, from->bins[i].count);
	q->zeros += from->zeros;
	q->n += from->zeros;
}

double
quantile_of(const struct quantiles *sketch, double error, double share)
{
	double g = gamma_of(error);

	if (sketch->n == 0)
		return (double)NAN;
	int64_t rank = (int64_t)floor(share * (double)(sketch->n - 1)), seen = sketch->zeros;
	if (rank < seen)
		return 0;
	for (size_t i = 0; i < sketch->count; i++) {
		seen += sketch->bins[i].count;
		if (rank < seen)
			return 2 * pow(g, (double)sketch->bins[i].index) / (g + 1);
	}
	return (double)NAN;
}

void
quantile_free(struct quantiles *q)
{
	free(q->bins);
	*q = (struct quantiles){ 0 };
}
