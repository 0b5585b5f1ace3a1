/* track.h - what timeline.c and flips.c share while the timeline of a region is made. */
#ifndef TRACK_H
#define TRACK_H

#include "mixture.h"
#include "timeline.h"

struct track {
	struct arena *arena;
	const struct plan *plan;
	const struct artifact *artifact;
	struct place *place;
	size_t index; /* of the place */
	size_t rivals[RIVALS];
	size_t rival_count;
	struct votes *votes;
	int64_t *room; /* for what they hold */
	size_t count;
};

void flips_make(struct track *); /* between its runs */

#endif
