/* pairs.c - the records of OLD, waiting for their partners. */
#include "pairs.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* How often this key has come, this time included. */
static uint32_t
ordinal(struct pairs *p, str key)
{
	size_t slot = map_slot(&p->seen, key);

	if (slot >= p->times_room) {
		size_t more = 2 * slot + 64;
		p->times = mem_grow(p->times, more, sizeof *p->times);
		memset(p->times + p->times_room, 0, (more - p->times_room) * sizeof *p->times);
		p->times_room = more;
	}
	return ++p->times[slot];
}

static str
numbered(struct arena *a, str key, uint32_t n)
{
	return arena_printf(a, "%.*s\n%u", (int)key.len, key.at, n);
}

void
pairs_put(struct pairs *p, str key, const struct side *side)
{
	struct arena a = { 0 };
	struct side *kept = ARENA_NEW(&p->arena, struct side);
	size_t slot = map_slot(&p->keys, numbered(&a, key, ordinal(p, key)));

	arena_free(&a);
	if (slot >= p->room) {
		p->room = 2 * slot + 64;
		p->sides = mem_grow(p->sides, p->room, sizeof(struct side *));
		p->taken = mem_grow(p->taken, p->room, sizeof *p->taken);
	}
	*kept = *side;
	kept->fault = arena_keep(&p->arena, side->fault);
	kept->excerpt = arena_keep(&p->arena, side->excerpt);
	kept->call_text = arena_keep(&p->arena, side->call_text);
	p->sides[slot] = kept;
	p->taken[slot] = false;
}

const struct side *
pairs_take(struct pairs *p, str key)
{
	struct arena a = { 0 };
	size_t slot = map_find(&p->keys, numbered(&a, key, ordinal(p, key)));

	arena_free(&a);
	if (slot == MAP_NONE || p->taken[slot])
		return NULL;
	p->taken[slot] = true;
	return p->sides[slot];
}

int64_t
pairs_left(const struct pairs *p)
{
	int64_t n = 0;

	for (size_t i = 0; i < p->keys.count; i++)
		n += !p->taken[i];
	return n;
}

int64_t
pairs_repeated(const struct pairs *p)
{
	return (int64_t)(p->keys.count - p->seen.count);
}

void
pairs_again(struct pairs *p)
{
	if (p->times_room > 0)
		memset(p->times, 0, p->times_room * sizeof *p->times);
	if (p->keys.count > 0)
		memset(p->taken, 0, p->keys.count * sizeof *p->taken);
}

void
pairs_free(struct pairs *p)
{
	map_free(&p->keys);
	map_free(&p->seen);
	arena_free(&p->arena);
	free(p->times);
	free(p->sides);
	free(p->taken);
}
