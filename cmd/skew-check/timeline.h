/* timeline.h - what a region served when: runs of one version, and the flips between them.
 *
 * The runs are the path through the buckets that explains the records with the fewest
 * exceptions (Viterbi), where each change of version costs as much as SWITCH exceptions, times
 * the root of how many records a bucket has: a straggler or a stray is an exception, and so
 * is the chance in a mixture of both.  A record whose label and content
 * contradict each other counts for what its label belongs to. */
#ifndef TIMELINE_H
#define TIMELINE_H

#include "view.h"

#define SWITCH 4

/* Fills the runs and flips of every region of the artifact. */
void timeline_make(struct arena *, const struct plan *, struct artifact *);

/* Records of a region from `from` on and before `until` (ns), in whole slots: all with a
 * known outcome, and those that failed.  version: only its content; NO_VERSION: all. */
struct outcome {
	int64_t n, known, failed;
};
struct outcome timeline_count(
    const struct plan *, const struct place *, size_t version, int64_t from, int64_t until);

#endif
