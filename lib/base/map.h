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

/* A hash that is the same in every process, for choosing examples; not for tables. */
uint64_t map_hash_fixed(str);

/* For who knows keys ahead of time: the memory that a later look-up will touch is fetched in
 * steps, some other work apart.  None of them changes the map, and a wrong guess costs only
 * time. */
uint64_t map_hash(str);
void map_expect(const struct map *, uint64_t hash);   /* where its slot stands */
size_t map_guess(const struct map *, uint64_t hash);  /* the slot, likely; or MAP_NONE */
void map_expect_key(const struct map *, size_t slot); /* the key of that slot */
size_t map_slot_hashed(struct map *, str key, uint64_t hash); /* map_slot() */

#endif
