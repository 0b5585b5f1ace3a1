/* outcome.h - the experiment that nobody planned: did failures follow the version?
 *
 * During a stall version and region are the same thing, so neither can be blamed by a look
 * at the window alone.  Regions that stayed behind (held) are compared with those that moved
 * before and during the window: a difference in differences.  A region that always fails
 * more does so before, too, and is not blamed on the version. */
#ifndef OUTCOME_H
#define OUTCOME_H

#include "data/rate.h"
#include "window.h"

/* So sure must be who says that failures followed the version.  Who looks again and again
 * (--follow, --state) must be surer: then a thousand looks stay below that (Bonferroni). */
#define OUTCOME_ALPHA    0.01
#define OUTCOME_REPEATED 1e-5

enum readout { NOT_MEASURED, NOT_IDENTIFIABLE, NO_DIFFERENCE, DIFFERENCE };

struct effect {
	enum readout readout;
	str why;             /* not measured or identifiable: the reason */
	int64_t from, until; /* from the first flip to the end of the stall, ns */
	struct before_after held, moved;
	struct share held_after, moved_after; /* once it is over */
	struct contrast did;
	int64_t onset;    /* ns: since when held regions fail more; NO_TIME: not found */
	struct odds odds; /* target against old, within regions that served both */
	size_t both;      /* how many those are */
	const struct stall *stall;
};

/* Of a window: by its longest stall, or all of it. */
struct effect effect_of(
    struct arena *, const struct plan *, const struct artifact *, const struct window *);

/* Regions whose failures differ from those of the others by themselves, before `until`: the
 * one that stands out most is set apart, then the rest is looked at again.  p is adjusted
 * (Bonferroni) for the choice among those that are left. */
struct own_rate {
	size_t place;
	struct share here, elsewhere;
	struct contrast difference;
};
size_t own_rates(struct arena *, const struct plan *, const struct artifact *, int64_t until,
    struct own_rate **);

#endif
