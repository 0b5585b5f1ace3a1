/* mixture.h - stretches of time in which a region served several versions at once.
 *
 * What tells a mixture from changes of version is that records in a row differ: in a random
 * mixture in which one version has the share q, two in a row do with probability 2q(1 - q).
 * A mixture is where, over --grace and MIXTURE_RECORDS records or more, they do as often as
 * at q = 20 %. */
#ifndef MIXTURE_H
#define MIXTURE_H

#include "view.h"

#define RIVALS          250 /* versions of one region that can have runs: the most frequent */
#define MIXTURE_RECORDS 20

/* One bucket of a region: votes by rival. */
struct votes {
	int64_t bucket, n; /* n: records with a version */
	int64_t *of;
};

/* What a region's mixtures are found in. */
struct mixing {
	const struct plan *plan;
	const struct votes *votes; /* of each bucket with records, by time */
	size_t count, rivals;
	const uint8_t *path; /* the rival that each bucket has otherwise */
	int64_t pause;       /* after so many buckets without records it is another mixture */
};

struct mixture *mixtures_of(struct arena *, const struct mixing *, size_t *found); /* by time */

#endif
