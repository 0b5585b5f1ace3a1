/* partial.h - a tally as lines that can be added: a key, a tab, and a state. */
#ifndef PARTIAL_H
#define PARTIAL_H

#include "tally.h"

struct counters {
	int64_t records, bad, outside, timeless;
};

void partial_write(const struct tally *, const struct counters *);

/* NULL, or why the line is no part of this. */
const char *partial_read(struct tally *, struct counters *, str line);

/* All lines together: NULL, or what is missing among them. */
const char *partial_check(const struct tally *);

#endif
