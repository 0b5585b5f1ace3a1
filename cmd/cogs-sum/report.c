/* report.c - what all forms of the report share. */
#include "report.h"

#include <stdlib.h>

#include "base/key.h"
#include "data/when.h"

#define DAY (86400 * WHEN_SECOND)

static int
by_calls(const void *a, const void *b)
{
	const struct miss *x = a, *y = b;

	if (x->sum.calls != y->sum.calls)
		return x->sum.calls > y->sum.calls ? -1 : 1;
	int order = str_cmp(x->model, y->model);
	if (order == 0)
		order = str_cmp(x->tier, y->tier);
	return order != 0 ? order : (int)x->state - (int)y->state;
}

/* Why the calls of one of the sums after those of the cards found no price. */
static enum price_found
state_of(const struct rating *r, size_t lost)
{
	if (r->state != PRICE_FOUND)
		return r->state;
	return lost == 0 ? PRICE_NO_TIER : PRICE_NO_CLASS;
}

static void
add_miss(struct arena *a, struct table *found, const struct rating *r, str key, size_t lost)
{
	const struct usage_sum *sum = &r->sums[r->count + lost];
	enum price_found state = state_of(r, lost);
	bool known;
	str model = key_value(a, key, 1, &known), tier = key_value(a, key, 2, &known);

	if (sum->calls == 0)
		return;
	if (r->tier < TIERS)
		tier = str_of(price_tiers[r->tier]);
	struct miss *m = table_put(
	    found, arena_printf(a, "%d\t%.*s\t%.*s", (int)state, STR_F(model), STR_F(tier)));
	m->model = model;
	m->tier = tier;
	m->state = state;
	tally_count(&m->sum.calls, sum->calls);
	for (int c = 0; c < USED_CLASSES; c++)
		tally_count(&m->sum.n[c], sum->n[c]);
}

/* Ratings that differ in what the reader does not see (the dialect, the name asked for) are
 * one miss. */
size_t
report_misses(struct arena *a, const struct tally *t, struct miss **misses)
{
	struct table found = { .size = sizeof(struct miss) };

	for (size_t i = 0; i < table_count(&t->ratings.table); i++)
		for (size_t lost = 0; lost < RATING_LOST; lost++)
			add_miss(a, &found, ratings_at(&t->ratings, i),
			    table_key(&t->ratings.table, i), lost);
	size_t n = table_count(&found);
	*misses = ARENA_ARRAY(a, struct miss, n + 1);
	for (size_t i = 0; i < n; i++)
		(*misses)[i] = *(const struct miss *)table_at(&found, i);
	qsort(*misses, n, sizeof **misses, by_calls);
	table_free(&found);
	return n;
}

static int
by_model(const void *a, const void *b)
{
	const struct assumption *x = a, *y = b;
	int order = str_cmp(x->model, y->model);

	return order != 0 ? order : (int)x->class - (int)y->class;
}

/* The same class of the same model once. */
static size_t
merge(struct assumption *all, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (kept > 0 && by_model(&all[kept - 1], &all[i]) == 0)
			tally_count(&all[kept - 1].count, all[i].count);
		else
			all[kept++] = all[i];
	return kept;
}

/* Reasoning at the output's price and no fee per request are how things are. */
static bool
worth_saying(int class)
{
	return class != USED_REASONING && class != USED_REQUEST && class != USED_IMAGE_IN &&
	    class != USED_AUDIO_IN;
}

size_t
report_assumptions(struct arena *a, const struct tally *t, struct assumption **found)
{
	size_t n = 0, count = table_count(&t->ratings.table);
	bool known;

	*found = ARENA_ARRAY(a, struct assumption, count * USED_CLASSES + 1);
	for (size_t i = 0; i < count; i++) {
		const struct rating *r = ratings_at(&t->ratings, i);
		for (int c = 0; c < USED_CLASSES; c++) {
			int64_t used = 0;
			for (size_t k = 0; k < r->count; k++)
				if ((r->cards[k].assumed >> c & 1) != 0)
					used += r->sums[k].n[c];
			if (used > 0 && worth_saying(c))
				(*found)[n++] = (struct assumption){
					key_value(
					    a, table_key(&t->ratings.table, i), 1, &known),
					(enum used)c, used
				};
		}
	}
	qsort(*found, n, sizeof **found, by_model);
	return merge(*found, n);
}

str
report_money(struct arena *a, const struct plan *p, dec amount)
{
	return p->o->exact ? dec_exact(a, amount) : dec_print(a, amount, (int)p->o->places);
}

bool
report_at_most(const struct result *r, const struct facts *f)
{
	const struct group *g = &r->total_group;

	return f->missing_count > 0 || g->unpriced > 0 || g->unknown > g->failures;
}

str
report_percent(struct arena *a, dec part, dec whole, int places)
{
	if (!dec_times(&part, 100))
		return (str){ 0 };
	return dec_ratio(a, part, whole, places);
}

int64_t
report_book_age(const struct price_book *b, int64_t now)
{
	int64_t days = b->date != INT64_MIN ? (now - b->date) / DAY : 0;

	return days > 90 ? days : 0;
}

str
report_name(struct arena *a, const struct plan *p, str key)
{
	struct buf b = { 0 };
	bool known;

	if (p->by_count == 0)
		return STR("all");
	for (size_t i = 0; i < p->by_count; i++) {
		if (i > 0)
			buf_text(&b, ", ");
		buf_add(&b, key_value(a, key, i, &known));
	}
	str name = arena_keep(a, buf_str(&b));
	buf_free(&b);
	return name;
}
