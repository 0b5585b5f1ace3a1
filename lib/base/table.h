/* table.h - strings to values of one size: a map that keeps the values too.
 *
 * Set `size` (all else zero) and use it.  Values are zeroed when they are new, lie in order
 * of first sight, and a pointer to one is good until the next table_put(). */
#ifndef TABLE_H
#define TABLE_H

#include "base/map.h"

struct table {
	struct map keys;
	char *values;
	size_t room, size;
};

void *table_put(struct table *, str key);
void *table_put_hashed(struct table *, str key, uint64_t hash); /* map_hash() of the key */
void *table_find(const struct table *, str key);                /* NULL: not there */
void *table_at(const struct table *, size_t slot);
size_t table_slot(const struct table *, const void *value); /* of what table_put() gave */
str table_key(const struct table *, size_t slot);
size_t table_count(const struct table *);
/* All slots in the byte order of their keys; free() it. */
size_t *table_sorted(const struct table *);
void table_free(struct table *);

#endif
