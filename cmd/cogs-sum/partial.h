/* partial.h - a tally as lines, for --merge: key, tab, JSON.
 *
 * Lines of groups begin with g|, of tasks with t|, of ratings with m|, the counters with c|.
 * Each carries what shaped it; unlike ones are not added.  Adding is associative and
 * commutative: whole numbers, exact amounts, and marks that are or-ed. */
#ifndef PARTIAL_H
#define PARTIAL_H

#include "tally.h"

/* What came of reading, beside the tally. */
struct counters {
	int64_t records, bad, outside, timeless, duplicates, surrogates;
};

void partial_write(const struct tally *, const struct counters *);

/* When all parts are read: NULL, or what must be missing among them. */
const char *partial_check(const struct tally *, const struct counters *);

/* NULL, or why the line is no partial of this shape. */
const char *partial_read(struct tally *, struct counters *, str line);

#endif
