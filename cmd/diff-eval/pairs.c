/* pairs.c - the records of OLD, waiting for their partners. */
#include "pairs.h"

/* The key with how often it has come, this time included. */
static str
numbered(struct pairs *p, struct arena *a, str key)
{
	p->seen.size = sizeof(uint32_t);
	uint32_t n = ++*(uint32_t *)table_put(&p->seen, key);

	return arena_printf(a, "%.*s\n%u", (int)key.len, key.at, n);
}

struct waiting *
pairs_put(struct pairs *p, str key)
{
	struct arena a = { 0 };

	p->of.size = sizeof(struct waiting);
	struct waiting *w = table_put(&p->of, numbered(p, &a, key));
	arena_free(&a);
	return w;
}

struct waiting *
pairs_take(struct pairs *p, str key)
{
	struct arena a = { 0 };
	struct waiting *w = table_find(&p->of, numbered(p, &a, key));

	arena_free(&a);
	if (w == NULL || w->taken)
		return NULL;
	w->taken = true;
	return w;
}

int64_t
pairs_repeated(const struct pairs *p)
{
	return (int64_t)(table_count(&p->of) - table_count(&p->seen));
}

void
pairs_again(struct pairs *p)
{
	table_free(&p->seen);
	p->seen = (struct table){ 0 };
	for (size_t i = 0; i < table_count(&p->of); i++)
		((struct waiting *)table_at(&p->of, i))->taken = false;
}

void
pairs_free(struct pairs *p)
{
	table_free(&p->of);
	table_free(&p->seen);
	arena_free(&p->arena);
}
