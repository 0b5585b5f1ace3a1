/* recent.c - what was seen lately. */
#include "base/recent.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"

struct generation {
	struct map keys;
	struct arena arena;
	char *values;
};

struct recent {
	struct generation young, old;
	size_t size, most;
};

struct recent *
recent_new(size_t value_size, size_t generation)
{
	struct recent *r = mem_new(sizeof *r);

	r->size = (value_size + 15) / 16 * 16;
	r->most = generation;
	return r;
}

static void
forget(struct generation *g)
{
	map_free(&g->keys);
	arena_free(&g->arena);
	*g = (struct generation){ 0 };
}

static void *
value_in(const struct recent *r, const struct generation *g, str key)
{
	size_t slot = map_find(&g->keys, key);

	return slot != MAP_NONE ? g->values + slot * r->size : NULL;
}

void *
recent_get(const struct recent *r, str key)
{
	void *value = value_in(r, &r->young, key);

	return value != NULL ? value : value_in(r, &r->old, key);
}

void *
recent_put(struct recent *r, str key)
{
	const void *known = recent_get(r, key);
	struct generation gone = { 0 };

	if (r->young.keys.count >= r->most && value_in(r, &r->young, key) == NULL) {
		gone = r->old;
		r->old = r->young;
		r->young = (struct generation){ 0 };
	}
	struct generation *g = &r->young;
	if (g->values == NULL)
		g->values = arena_alloc(&g->arena, r->size * (r->most + 1));
	char *value = g->values + map_slot(&g->keys, key) * r->size;
	if (known != NULL && known != value)
		memcpy(value, known, r->size);
	forget(&gone);
	return value;
}

struct arena *
recent_arena(struct recent *r)
{
	return &r->young.arena;
}

void
recent_free(struct recent *r)
{
	forget(&r->young);
	forget(&r->old);
	free(r);
}
