/* quantile.h - quantiles of positive numbers within a relative error: DDSketch (Masson, Rim,
 * Lee 2019).
 *
 * Bins are counts, so that sketches add up to the same whatever the order.  Values up to 0
 * share a bin of their own.  A zeroed struct is empty. */
#ifndef QUANTILE_H
#define QUANTILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define QUANTILE_ERROR 0.01 /* the relative error of the tools' sketches */

struct quantile_bin {
	int64_t index, count; /* of values in (g^(index-1), g^index], g = (1 + e) / (1 - e) */
};

struct quantiles {
	struct quantile_bin *bins; /* in order of index */
	size_t count, room;
	int64_t zeros, n; /* n: all, zeros too */
};

void quantile_add(struct quantiles *, double error, double value);
void quantile_count(struct quantiles *, int64_t index, int64_t count);
void quantile_join(struct quantiles *, const struct quantiles *from);
/* The value of rank floor(share (n - 1)), from 0: 2 g^i / (g + 1) of its bin; NaN of none. */
double quantile_of(const struct quantiles *, double error, double share);
void quantile_free(struct quantiles *);

#endif
