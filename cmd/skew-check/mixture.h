/* mixture.h - stretches of time in which a region served several versions at once.
 *
 * What tells a mixture from changes of version is that records in a row differ: in a random
 * mixture in which one version has the share q, two in a row do with probability 2q(1 - q).
 * A mixture is where, over --grace and MIXTURE_RECORDS records or more, they do as often as
 * at q = 20 %. */
#ifndef MIXTURE_H
#define MIXTURE_H

#include "view.h"

#define RIVALS          30 /* versions of one region that can have runs */
#define MIXTURE_RECORDS 20

/* One bucket of a region: votes by rival. */
struct votes {
	int64_t bucket, n; /* n: records with a version */
	int64_t of[RIVALS];
};

/* The mixtures among the buckets, by time; path: the rival that each bucket has otherwise. */
struct mixture *mixtures_of(struct arena *, const struct plan *, const struct votes *,
    size_t count, size_t rivals, const uint8_t *path, size_t *found);

#endif
