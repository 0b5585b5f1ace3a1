/* example.c - a few ids that stand for many. */
#include "base/example.h"

#include "base/map.h"

bool
example_before(const struct example *a, const struct example *b)
{
	if (a->id.len == 0 || b->id.len == 0)
		return b->id.len == 0 && a->id.len > 0;
	return a->hash != b->hash ? a->hash < b->hash : str_cmp(a->id, b->id) < 0;
}

struct example
example_of(str id)
{
	return (struct example){ id.len > 0 ? map_hash_fixed(id) : UINT64_MAX, id };
}

void
examples_add(struct examples *e, struct arena *a, const struct example *one)
{
	size_t at = 0;

	while (at < e->count && example_before(&e->of[at], one))
		at++;
	if (one->id.len == 0 || at == EXAMPLES ||
	    (at < e->count && str_eq(e->of[at].id, one->id)))
		return;
	e->count += e->count < EXAMPLES;
	for (size_t i = e->count - 1; i > at; i--)
		e->of[i] = e->of[i - 1];
	e->of[at] = (struct example){ one->hash, arena_keep(a, one->id) };
}

void
examples_join(struct examples *e, struct arena *a, const struct examples *from)
{
	for (size_t i = 0; i < from->count; i++)
		examples_add(e, a, &from->of[i]);
}
