/* meanings.c - what a label means now. */
#include <stdlib.h>

#include "making.h"

#define RARE 20

/* A label: the bucket of its newest record.  A label and a version: records in the last
 * --grace before that, and the sum of their distances from it, in buckets. */
struct newest {
	int64_t bucket;
	bool any;
};
struct recent {
	str label;
	size_t version;
	int64_t n, back;
};

/* As its own: not where a region fell back to older content. */
static bool
is_own(const struct point *p)
{
	return p->version != NO_VERSION && p->label.len > 0 && p->version == p->claimed;
}

/* The bucket of each label's newest record. */
static void
find_newest(const struct artifact *a, struct table *labels)
{
	for (size_t i = 0; i < a->place_count; i++)
		for (size_t j = a->places[i].point_count; j-- > 0;) {
			const struct point *p = &a->places[i].points[j];
			if (!is_own(p))
				continue;
			struct newest *n = table_put(labels, p->label);
			if (!n->any || p->bucket > n->bucket)
				*n = (struct newest){ p->bucket, true };
		}
}

static void
sum_recent(const struct artifact *a, const struct table *labels, int64_t span, struct table *of)
{
	struct buf key = { 0 };

	for (size_t i = 0; i < a->place_count; i++)
		for (size_t j = 0; j < a->places[i].point_count; j++) {
			const struct point *p = &a->places[i].points[j];
			const struct newest *n =
			    is_own(p) ? table_find(labels, p->label) : NULL;
			if (n == NULL || n->bucket - p->bucket > span)
				continue;
			buf_reset(&key);
			buf_printf(&key, "%zu ", p->version);
			buf_add(&key, p->label);
			struct recent *r = table_put(of, buf_str(&key));
			r->label = p->label;
			r->version = p->version;
			r->n += p->cell->n;
			r->back += (n->bucket - p->bucket) * p->cell->n;
		}
	buf_free(&key);
}

static int
by_its_label(const void *x, const void *y)
{
	const struct recent *a = x, *b = y;

	return str_cmp(a->label, b->label);
}

/* Is its mean distance from the newest record less?  Level: what was seen first later. */
static bool
is_later(const struct recent *a, const struct recent *b)
{
	double x = (double)a->back / (double)a->n, y = (double)b->back / (double)b->n;

	return x < y || (x <= y && a->version > b->version);
}

/* The one of a label's: of[0]..of[count - 1]. */
static size_t
pick(const struct recent *of, size_t count)
{
	const struct recent *best = NULL;
	int64_t n = 0;

	for (size_t i = 0; i < count; i++)
		n += of[i].n;
	for (size_t i = 0; i < count; i++)
		if (of[i].n >= n / RARE && (best == NULL || is_later(&of[i], best)))
			best = &of[i];
	return best != NULL ? best->version : NO_VERSION;
}

void
meanings_make(struct making *m, size_t index)
{
	struct artifact *a = &m->view.artifacts[index];
	const struct options *o = m->tally->plan->o;
	struct table labels = { .size = sizeof(struct newest) };
	struct table sums = { .size = sizeof(struct recent) };

	find_newest(a, &labels);
	sum_recent(a, &labels, o->grace / o->bucket, &sums);
	size_t n = table_count(&sums), count;
	struct recent *of = ARENA_ARRAY(m->arena, struct recent, n + 1);
	for (size_t i = 0; i < n; i++)
		of[i] = *(struct recent *)table_at(&sums, i);
	qsort(of, n, sizeof *of, by_its_label);
	a->meanings = ARENA_ARRAY(m->arena, struct meaning, n + 1);
	for (size_t i = 0; i < n; i += count) {
		for (count = 1; i + count < n && str_eq(of[i + count].label, of[i].label);)
			count++;
		a->meanings[a->meaning_count++] =
		    (struct meaning){ of[i].label, pick(&of[i], count) };
	}
	table_free(&labels);
	table_free(&sums);
}
