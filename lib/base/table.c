/* table.c - strings to values of one size. */
#include "base/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void *
table_put(struct table *t, str key)
{
	return table_put_hashed(t, key, map_hash(key));
}

void *
table_put_hashed(struct table *t, str key, uint64_t hash)
{
	size_t known = t->keys.count, slot = map_slot_hashed(&t->keys, key, hash);

	if (slot >= t->room) {
		t->room = t->room > 0 ? 2 * t->room : 16;
		t->values = mem_grow(t->values, t->room, t->size);
	}
	if (slot == known)
		memset(t->values + slot * t->size, 0, t->size);
	return t->values + slot * t->size;
}

void *
table_find(const struct table *t, str key)
{
	size_t slot = map_find(&t->keys, key);

	return slot != MAP_NONE ? table_at(t, slot) : NULL;
}

void *
table_at(const struct table *t, size_t slot)
{
	return t->values + slot * t->size;
}

size_t
table_slot(const struct table *t, const void *value)
{
	return (size_t)((const char *)value - t->values) / t->size;
}

str
table_key(const struct table *t, size_t slot)
{
	return map_key(&t->keys, slot);
}

size_t
table_count(const struct table *t)
{
	return t->keys.count;
}

static int
by_key(const void *a, const void *b, void *table)
{
	return str_cmp(
	    table_key(table, *(const size_t *)a), table_key(table, *(const size_t *)b));
}

size_t *
table_sorted(const struct table *t)
{
	size_t n = table_count(t), *slots = mem_grow(NULL, n + 1, sizeof *slots);

	for (size_t i = 0; i < n; i++)
		slots[i] = i;
	qsort_r(slots, n, sizeof *slots, by_key, (void *)(uintptr_t)t);
	return slots;
}

void
table_free(struct table *t)
{
	map_free(&t->keys);
	free(t->values);
	*t = (struct table){ .size = t->size };
}
