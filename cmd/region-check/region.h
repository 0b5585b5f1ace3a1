/* region.h - what the files of region-check share. */
#ifndef REGION_H
#define REGION_H

#include "data/when.h"
#include "io/fold.h"
#include "verdict.h"

struct options {
	const char *policy, *regions, *config, *subject, *evidence, *verify;
	int64_t gap, jobs, max_keys, split, seed, rounds;
	double cache_read, cache_write;
	bool partial, merge, each, isolation, blocks;
	int format, inconclusive;
	struct in_options in;
};

enum { TEXT, JSON, SARIF };

/* All that is known before the first record, and not changed by any. */
struct plan {
	const struct options *o;
	const struct policy *policy;
	const struct places *places;
	str shape;   /* what must be the same for two partials to be added */
	int64_t now; /* ns */
};

#endif
