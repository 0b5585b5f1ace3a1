/* totals.c - what all pairs add up to. */
#include "data/hash.h"
#include "diff.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define TOTAL_CLUSTERS 16384 /* kept one by one before they are put together */
#define SLICE_CLUSTERS 2048
#define REASONS        200 /* told apart */

void
totals_new(struct totals *t, struct measures *m, struct slices *s, const struct policy *p)
{
	*t = (struct totals){ .measures = m, .slices = s, .policy = p };
	t->reasons.size = sizeof(int64_t);
	t->worst = ARENA_ARRAY(&t->arena, struct worst, (m->count + 2) * (size_t)p->show);
	if (p->sequential)
		t->sequence = sequence_new(p);
	if (p->labels != NULL)
		t->labels = labels_read(&t->arena, p->labels);
}

/* The group of a slice; made when it is first needed. */
static struct group *
group_put(struct totals *t, enum arm arm, size_t slot)
{
	if (slot >= t->group_room) {
		size_t room = 2 * slot + 16;
		for (int i = 0; i < 2; i++) {
			t->groups[i] = mem_grow(t->groups[i], room, sizeof(struct group));
			memset(t->groups[i] + t->group_room, 0,
			    (room - t->group_room) * sizeof(struct group));
		}
		t->group_room = room;
	}
	return &t->groups[arm][slot];
}

struct group *
totals_group(const struct totals *t, enum arm arm, size_t slot)
{
	struct group *g = arm <= RECORD && slot < t->group_room ? &t->groups[arm][slot] : NULL;

	if (g == NULL || g->records == 0)
		return NULL;
	return g->records == t->records && str_is(slices_value(t->slices, slot), "(none)") ?
	    NULL :
	    g;
}

static void
count(struct tally *t, double old, double new)
{
	bool plain = (old == 0 || old == 1) && (new == 0 || new == 1);

	t->plain = (t->n == 0 || t->plain) && plain;
	t->low = fmin(t->low, fmin(old, new));
	t->high = fmax(t->high, fmax(old, new));
	t->n++;
	t->old_sum += old;
	t->new_sum += new;
	t->squares += (new - old) * (new - old);
	if (!plain)
		return;
	if (old == 1)
		*(new == 1 ? &t->table.both : &t->table.second) += 1;
	else
		*(new == 1 ? &t->table.first : &t->table.neither) += 1;
}

static void
group_add(struct group *g, size_t limit, const struct measures *all, const struct pair *p)
{
	double d[MEASURES];

	g->levels[p->level] += !p->foreign;
	if (p->excused)
		return;
	g->compared++;
	if (g->tallies == NULL) {
		g->tallies = mem_new(all->count * sizeof *g->tallies);
		g->clusters = (struct clusters){ .width = all->count, .limit = limit };
	}
	for (size_t m = 0; m < all->count; m++) {
		double x = p->old->values[m], y = p->new->values[m];
		bool known = isfinite(x) && isfinite(y);

		d[m] = known ? y - x : (double)NAN;
		if (known)
			count(&g->tallies[m], x, y);
		else if (isnan(x) || isnan(y))
			g->tallies[m].unknown++;
	}
	g->sessions |= p->where.session;
	clusters_add(&g->clusters, p->where.cluster, d);
}

/* By what is wrong: a check that regressed, other calls, another text. */
static size_t
shelf_of(const struct totals *t, const struct pair *p)
{
	if (p->worst > 0)
		return p->worst;
	return t->measures->count + (p->old->multiset == p->new->multiset);
}

static void
remember(struct totals *t, const struct pair *p)
{
	size_t places = (size_t)t->policy->show, at = 0;
	struct worst *row = t->worst + shelf_of(t, p) * places;
	uint64_t order = hash_short(p->id) | 1; /* any few, but always the same few */

	while (at < places && row[at].order != 0 && row[at].order <= order)
		at++;
	if (at == places)
		return;
	for (size_t i = places - 1; i > at; i--)
		row[i] = row[i - 1];
	row[at] = (struct worst){
		.id = arena_keep(&t->arena, p->id),
		.session = arena_keep(&t->arena, p->session),
		.fault = arena_keep(&t->arena, p->new->fault),
		.was = arena_keep(&t->arena, p->old->excerpt),
		.now = arena_keep(&t->arena, p->new->excerpt),
		.was_calls = arena_keep(&t->arena, p->old->call_text),
		.now_calls = arena_keep(&t->arena, p->new->call_text),
		.level = p->level,
		.measure = p->worst,
		.order = order,
	};
}

/* Of a record that came as several samples only the first is one more record. */
void
totals_add(struct totals *t, struct pair *p)
{
	bool main = p->arm == DIFFERENCE || p->arm == RECORD;

	t->arms[p->arm].records++;
	group_add(&t->arms[p->arm], TOTAL_CLUSTERS, t->measures, p);
	if (!main)
		return;
	t->records++;
	for (size_t i = 0; i < t->slices->dims; i++) {
		struct group *g = group_put(t, p->arm, p->where.slots[i]);
		g->records++;
		group_add(g, SLICE_CLUSTERS, t->measures, p);
	}
	if (p->worst > 0 || (!p->foreign && (p->level == DIFFERENT || p->level == LOST)))
		remember(t, p);
	if (t->sequence != NULL)
		sequence_add(t->sequence, t->measures, p);
	if (t->labels != NULL)
		labels_add(t->labels, t->measures, p);
}

void
totals_excess(struct totals *t, const struct where *where, bool noise, bool difference)
{
	double old[MEASURES], new[MEASURES];
	struct side x = { .values = old }, y = { .values = new };

	for (size_t m = 0; m < t->measures->count; m++)
		old[m] = new[m] = INFINITY;
	old[M_ALL] = noise;
	new[M_ALL] = difference;
	group_add(&t->arms[EXCESS], TOTAL_CLUSTERS, t->measures,
	    &(struct pair){ .old = &x, .new = &y, .where = *where });
}

void
totals_skip(struct totals *t, str reason, enum level level, const struct where *where)
{
	if (str_starts(reason, "superseded")) /* each by another one */
		reason = STR("superseded by a later attempt");
	if (table_count(&t->reasons) >= REASONS && table_find(&t->reasons, reason) == NULL)
		reason = STR("other reasons");
	++*(int64_t *)table_put(&t->reasons, reason);
	t->records++;
	for (int arm = DIFFERENCE; arm <= RECORD; arm++) {
		t->arms[arm].records++;
		t->arms[arm].levels[level]++;
		for (size_t i = 0; where != NULL && i < t->slices->dims; i++) {
			struct group *g = group_put(t, arm, where->slots[i]);
			g->records++;
			g->levels[level]++;
		}
	}
}

/* One of each kind first, the gravest kind before the others. */
const struct worst *
totals_worst(const struct totals *t, size_t n)
{
	size_t places = (size_t)t->policy->show;

	for (size_t round = 0; round < places; round++)
		for (size_t kind = 0; kind < t->measures->count + 2; kind++) {
			const struct worst *w = &t->worst[kind * places + round];
			if (w->order != 0 && n-- == 0)
				return w;
		}
	return NULL;
}

static void
group_free(struct group *g)
{
	free(g->tallies);
	clusters_free(&g->clusters);
}

void
totals_free(struct totals *t)
{
	for (size_t arm = 0; arm < ARMS; arm++)
		group_free(&t->arms[arm]);
	for (int i = 0; i < 2; i++) {
		for (size_t slot = 0; slot < t->group_room; slot++)
			group_free(&t->groups[i][slot]);
		free(t->groups[i]);
	}
	table_free(&t->reasons);
	map_free(&t->old_models);
	map_free(&t->new_models);
	sequence_free(t->sequence);
	labels_free(t->labels);
	arena_free(&t->arena);
}

/* A pass has to be based on most of the records, so it waits for that. */
bool
totals_settled(const struct totals *t)
{
	if (t->sequence == NULL)
		return false;
	struct sequence_end end = sequence_result(t->sequence);
	int64_t compared = t->arms[DIFFERENCE].compared + t->arms[RECORD].compared;
	return end.worse || (end.safe && (double)compared >= 0.9 * (double)t->records);
}
