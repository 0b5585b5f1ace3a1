/* partial.h - a tally as lines that can be added: a key, a tab, and a state. */
#ifndef PARTIAL_H
#define PARTIAL_H

#include "io/part.h"
#include "tally.h"

void partial_write(const struct tally *, const struct part_counters *);

/* NULL, or why the line is no part of this. */
const char *partial_read(struct tally *, struct part_counters *, str line);

/* All lines together: NULL, or what is missing among them. */
const char *partial_check(struct tally *);

#endif
