/* sketch.h - a distribution of ratios in bins of a thousandth: whole numbers only, so that
 * partial ones add up to the same whatever the order.
 *
 * Each bin keeps its smallest and largest ratio as they were, so a quantile is a ratio that
 * occurred, within a thousandth of the true one. */
#ifndef SKETCH_H
#define SKETCH_H

#include "calibration.h"

struct bin {
	int64_t index, count; /* index: billed * 1000 / local, rounded down */
	struct ratio low, high;
};

struct sketch {
	struct bin *bins; /* in order of index; free() */
	size_t count, room;
	int64_t n;
};

void sketch_add(struct sketch *, struct ratio, int64_t count);
void sketch_merge(struct sketch *, const struct sketch *);
/* The nearest rank: the ceil(share * n)-th, share in hundredths; upper picks the largest of
 * its bin. */
struct ratio sketch_quantile(const struct sketch *, int64_t hundredths, bool upper);
void sketch_emit(struct buf *, const char *key, const struct sketch *);
bool sketch_parse(struct sketch *, const struct doc *);

#endif
