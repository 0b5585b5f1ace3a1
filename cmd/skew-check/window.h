/* window.h - when the regions served different versions, and how the roll-out stood.
 *
 * A window begins when regions whose version is known begin to differ, and ends when they
 * agree again.  Inside it, each flip is progress; a pause longer than --grace is a stall. */
#ifndef WINDOW_H
#define WINDOW_H

#include "timeline.h"

struct stall {
	int64_t from, from_low, from_high; /* the last progress before it, or the start */
	int64_t until, until_low, until_high;
	bool open; /* it lasts: until is now */
	size_t target,
	    old; /* the newest version served then; what the first that waits serves */
	size_t done,
	    known; /* regions that serve the target meanwhile, and all that are known */
	const size_t *waits; /* the others */
	size_t wait_count;
};

enum state { IN_SYNC, PROGRESSING, STALLED, CONVERGED, ROLLED_BACK, FLAPPING, UNDECIDED };
extern const char *const state_names[];

struct window {
	int64_t from, from_low, from_high; /* ns; by the first flip, or the first record */
	int64_t to, to_low, to_high;
	bool from_start, open;
	size_t gone; /* regions that were part of it, and of which nothing is known now */
	bool lost;   /* it ended because a region serves a mixture */
	size_t old, target;        /* versions: before it began; where it goes */
	const struct flip **flips; /* by time */
	size_t flip_count;
	struct stall *stalls;
	size_t stall_count;
	enum state state;
};

struct windows {
	struct window *of;
	size_t count;
	enum state state; /* of the artifact, now */
	size_t target;    /* where it goes, or what all serve; NO_VERSION: nothing is known */
};

/* Back and forth between two versions, at least three times, each time soon (within ten times
 * --grace for three flips): the first flip of it, or NULL. */
const struct flip *window_flapping(const struct plan *, const struct place *);

/* only_clear: where a region serves a mixture, or too few records to tell, nothing is known of
 * it. */
struct windows windows_of(
    struct arena *, const struct plan *, const struct artifact *, int64_t now, bool only_clear);

#endif
