/* pairs.h - the records of OLD, kept boiled down until their partner in NEW comes.
 *
 * Keys may repeat (the same question asked twice): the n-th of OLD meets the n-th of NEW.
 * Memory grows with the records of OLD, by what a struct side holds. */
#ifndef PAIRS_H
#define PAIRS_H

#include "base/map.h"
#include "diff.h"

struct pairs {
	struct arena arena;
	struct map keys; /* key, LF, ordinal */
	struct map seen; /* key alone: how often it came */
	uint32_t *times;
	size_t times_room;
	struct side **sides;
	bool *taken;
	size_t room;
};

void pairs_put(struct pairs *, str key, const struct side *);
const struct side *pairs_take(struct pairs *, str key); /* NULL: no partner left */
int64_t pairs_left(const struct pairs *);               /* of OLD, without a partner */
int64_t pairs_repeated(const struct pairs *); /* records of OLD whose key came before */
void pairs_again(struct pairs *);             /* for the next NEW */
void pairs_free(struct pairs *);

#endif
