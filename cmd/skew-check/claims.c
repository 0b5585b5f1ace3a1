/* claims.c - which content a label stands for. */
#include "claims.h"

#include <stdlib.h>

#include "base/key.h"

#define RARE 20 /* of so many records of a label one must have the content */
#define FEW  5  /* records that are no accident */

void
claims_add(struct claims *c, str label, str hash, int64_t n, int64_t first)
{
	struct buf key = { 0 };

	c->sums.size = sizeof(struct claim);
	key_add(&key, label, true);
	key_add(&key, hash, false);
	struct claim *sum = table_put(&c->sums, buf_str(&key));
	if (sum->n == 0 || first < sum->first)
		sum->first = first;
	sum->label = label;
	sum->hash = hash;
	sum->n += n;
	buf_free(&key);
}

static int
by_label(const void *x, const void *y)
{
	const struct claim *a = x, *b = y;
	int order = str_cmp(a->label, b->label);

	if (order != 0)
		return order;
	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	return a->n != b->n ? (a->n > b->n ? -1 : 1) : str_cmp(a->hash, b->hash);
}

/* Of one hash. */
struct labels {
	int64_t n;
	struct claim *most, *own;
};

static bool
is_before(const struct claim *a, const struct claim *b)
{
	return a->first != b->first ? a->first < b->first : a->n > b->n;
}

static void
mark_own(struct claims *c)
{
	struct table hashes = { .size = sizeof(struct labels) };

	for (size_t i = 0; i < c->count; i++)
		((struct labels *)table_put(&hashes, c->of[i].hash))->n += c->of[i].n;
	for (size_t i = 0; i < c->count; i++) {
		struct labels *l = table_find(&hashes, c->of[i].hash);
		if (l->most == NULL || c->of[i].n > l->most->n)
			l->most = &c->of[i];
		if (c->of[i].n >= l->n / RARE &&
		    (l->own == NULL || is_before(&c->of[i], l->own)))
			l->own = &c->of[i];
	}
	for (size_t i = 0; i < table_count(&hashes); i++) {
		const struct labels *l = table_at(&hashes, i);
		l->most->most = true;
		l->own->own = true;
	}
	table_free(&hashes);
}

void
claims_settle(struct arena *a, struct claims *c)
{
	c->count = table_count(&c->sums);
	c->of = ARENA_ARRAY(a, struct claim, c->count + 1);
	for (size_t i = 0; i < c->count; i++)
		c->of[i] = *(struct claim *)table_at(&c->sums, i);
	table_free(&c->sums);
	qsort(c->of, c->count, sizeof *c->of, by_label);
	mark_own(c);
}

static size_t
first_of(const struct claims *c, str label)
{
	size_t low = 0, high = c->count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (str_cmp(c->of[middle].label, label) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

str
claims_content(const struct claims *c, str label, bool *several)
{
	const struct claim *most = NULL, *own = NULL;
	size_t first = first_of(c, label), end = first, sure = 0;
	int64_t n = 0;

	for (; end < c->count && str_eq(c->of[end].label, label); end++)
		n += c->of[end].n;
	for (size_t i = first; i < end; i++) {
		const struct claim *one = &c->of[i];
		if (most == NULL || one->n > most->n)
			most = one;
		sure += one->own && one->n >= FEW;
		if (own == NULL && one->own && one->n >= n / RARE)
			own = one;
	}
	*several = sure > 1;
	return own != NULL ? own->hash : most != NULL ? most->hash : STR("");
}

void
claims_labels(const struct claims *c, str hash, str *most, str *own)
{
	*most = *own = STR("");
	for (size_t i = 0; i < c->count; i++) {
		if (!str_eq(c->of[i].hash, hash))
			continue;
		*most = c->of[i].most ? c->of[i].label : *most;
		*own = c->of[i].own ? c->of[i].label : *own;
	}
}
