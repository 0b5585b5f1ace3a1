/* cluster.h - sums by cluster: pairs of one session, user or template are not independent.
 *
 * A zeroed struct with width (measures kept beside one another) and limit (a power of two)
 * is empty.  Up to `limit` clusters each has its own row, in order of first sight; with more
 * of them rows are put together by hash: a union of independent clusters is a cluster too,
 * so what is computed stays valid, in memory that does not grow, and in no way depends on
 * the order. */
#ifndef CLUSTER_H
#define CLUSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cell {
	double n, sum;
};

struct clusters {
	size_t width, limit;
	struct cell *cells; /* rows of width */
	uint64_t *keys;
	uint32_t *table; /* row + 1, open addressing */
	size_t count, room, buckets;
	bool folded;
};

/* Add values[width] to the cluster of that key (a hash); NaN is passed over. */
void clusters_add(struct clusters *, uint64_t key, const double *values);
void clusters_free(struct clusters *);

/* How a measure is spread over the clusters that have it.  se is that of its mean over all
 * observations: CR0 is Liang and Zeger's sandwich, CR1 times sqrt(G / (G - 1)); NaN below
 * two clusters. */
struct spread {
	size_t clusters, lively; /* lively: with an observation that is not 0 */
	double n, mean, most;    /* most: observations of the largest cluster */
	double se_cr0, se_cr1;
};
struct spread clusters_spread(const struct clusters *, size_t measure);

/* Paired bootstrap (Efron, Tibshirani 1993): `rounds` times as many clusters as there are
 * are drawn, index (r * G) >> 64 with r of splitmix64(seed), and the mean over their
 * observations taken; percentile limits sorted[rounds * 0.025 - 1] and 0.975. */
#define CLUSTER_ROUNDS 10000
struct resampled {
	double low, high, mean, p; /* p: two-sided, of the share on the other side of 0 */
	double below;              /* share of means <= 0 */
};
/* Of each measure that is wanted[]; those that the same clusters have are drawn together. */
void clusters_resample(
    const struct clusters *, const bool *wanted, uint64_t seed, struct resampled *);

#endif
