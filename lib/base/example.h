/* example.h - a few ids that stand for many: those with the smallest (hash, id).
 *
 * Which ones they are depends neither on the order nor on how the input was split.  A zeroed
 * struct is empty; ids are copied into the arena given. */
#ifndef EXAMPLE_H
#define EXAMPLE_H

#include "base/arena.h"

#define EXAMPLES 3

struct example {
	uint64_t hash;
	str id; /* not empty */
};

struct examples {
	size_t count;
	struct example of[EXAMPLES]; /* in order */
};

/* Is a before b?  One without an id comes behind all others. */
bool example_before(const struct example *a, const struct example *b);
struct example example_of(str id); /* borrowed */

/* Where it is smaller than what is there; an id that is there already adds nothing. */
void examples_add(struct examples *, struct arena *, const struct example *);
void examples_join(struct examples *, struct arena *, const struct examples *from);

#endif
