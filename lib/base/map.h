/* map.h - strings to slots: the group-by of every tool.
 *
 * Each different key gets the next slot number, 0, 1, 2 ... in order of first sight, so
 * the caller keeps its values in arrays by slot and walks them in a stable order.  Keys
 * are copied.  A zeroed struct is an empty map; map_free() gives everything back.  The
 * hash is seeded per process, so hostile keys cannot be made to collide. */
#ifndef MAP_H
#define MAP_H

#include "base/arena.h"

#define MAP_NONE SIZE_MAX

struct map {
	struct map_entry *entries; /* by slot */
	struct map_bucket *table;  /* open addressing */
	size_t count, room, buckets;
	struct arena keys;
};

size_t map_slot(struct map *, str key);       /* its slot, made if new (== old count) */
size_t map_find(const struct map *, str key); /* its slot or MAP_NONE */
str map_key(const struct map *, size_t slot);
void map_free(struct map *);

#endif
