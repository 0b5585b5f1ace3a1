/* points.c - cells as points of regions, and what they stand for. */
#include <assert.h>
#include <stddef.h>
#include <stdlib.h>

#include "base/mem.h"
#include "making.h"

/* By time; all else is told apart so that the order of the input does not matter. */
static int
by_place(const void *x, const void *y)
{
	const struct point *a = x, *b = y;

	if (a->bucket != b->bucket)
		return a->bucket < b->bucket ? -1 : 1;
	if (a->hashed != b->hashed)
		return a->hashed ? -1 : 1;
	if (a->version != b->version)
		return a->version < b->version ? -1 : 1;
	return str_cmp(a->label, b->label);
}

static int
by_first(const void *x, const void *y)
{
	const struct version *a = x, *b = y;

	return a->first != b->first ? (a->first < b->first ? -1 : 1) : str_cmp(a->id, b->id);
}

static struct place *
place_of(const struct artifact *a, str region)
{
	static_assert(offsetof(struct place, region) == 0, "as making_by_text() compares");
	struct place *p =
	    bsearch(&region, a->places, a->place_count, sizeof *a->places, making_by_text);

	assert(p != NULL);
	return p;
}

static void
count_points(struct making *m)
{
	for (size_t i = 0; i < table_count(&m->tally->cells); i++) {
		const struct cell *c = table_at(&m->tally->cells, i);
		const struct parts *p = &m->series[c->series];
		struct artifact *a = &m->view.artifacts[p->artifact];
		if (p->eval)
			a->eval_count++;
		else
			place_of(a, p->region)->point_count++;
	}
	for (size_t i = 0; i < m->view.count; i++) {
		struct artifact *a = &m->view.artifacts[i];
		a->evals = ARENA_ARRAY(m->arena, struct point, a->eval_count + 1);
		a->eval_count = 0;
		for (size_t j = 0; j < a->place_count; j++) {
			struct place *p = &a->places[j];
			p->points = ARENA_ARRAY(m->arena, struct point, p->point_count + 1);
			p->point_count = 0;
		}
	}
}

struct edges
view_edges(const struct cell *c, int64_t width)
{
	int64_t start = c->bucket * width, step = width / SLOTS;
	int64_t first = 0, last = SLOTS - 1;

	while (first < SLOTS && c->seen[first] == 0)
		first++;
	while (last > first && c->seen[last] == 0)
		last--;
	return (struct edges){ start + first * step, start + (last + 1) * step };
}

static void
add_point(struct making *m, const struct cell *c)
{
	const struct parts *p = &m->series[c->series];
	struct artifact *a = &m->view.artifacts[p->artifact];
	const struct point point = { c->bucket, p->version, p->meant, p->claimed, p->label,
		p->has_hash, p->ambiguous, c };
	int64_t width = m->tally->plan->o->bucket;
	struct edges e = view_edges(c, width);

	if (p->eval) {
		a->evals[a->eval_count++] = point;
		return;
	}
	struct place *place = place_of(a, p->region);
	if (place->n == 0 || e.first < place->first)
		place->first = e.first;
	if (place->n == 0 || e.last > place->last)
		place->last = e.last;
	place->points[place->point_count++] = point;
	place->n += c->n;
	a->n += c->n;
}

void
points_fill(struct making *m)
{
	count_points(m);
	for (size_t i = 0; i < table_count(&m->tally->cells); i++)
		add_point(m, table_at(&m->tally->cells, i));
}

/* The points of a region; behind the last one, those of evaluation. */
struct points {
	struct point *of;
	size_t count;
};

static struct points
points_of(const struct artifact *a, size_t place)
{
	if (place == a->place_count)
		return (struct points){ a->evals, a->eval_count };
	return (struct points){ a->places[place].points, a->places[place].point_count };
}

/* The records with content that were last seen under a label, going one way in time. */
struct near {
	int64_t bucket, n;
	size_t version;
};

/* A label alone that has meant several contents means the one that the region served under it
 * at the nearest time: one point, in one of the two directions. */
static void
take_near(struct table *near, struct point *p, int64_t *distance)
{
	struct near *one = table_put(near, p->label);

	if (p->hashed && p->version == p->claimed) {
		if (one->n == 0 || one->bucket != p->bucket || p->cell->n > one->n)
			*one = (struct near){ p->bucket, p->cell->n, p->version };
	} else if (p->guessed && one->n > 0) {
		int64_t away = llabs(p->bucket - one->bucket);
		if (away >= *distance)
			return;
		*distance = away;
		p->version = p->meant = p->claimed = one->version;
	}
}

/* And where the region has never said what is under it, nobody knows. */
static void
settle_labels(struct point *of, size_t count)
{
	struct table near = { .size = sizeof(struct near) };
	int64_t *distance = mem_new((count + 1) * sizeof *distance);

	for (size_t i = 0; i < count; i++) {
		distance[i] = INT64_MAX;
		take_near(&near, &of[i], &distance[i]);
	}
	table_free(&near);
	near = (struct table){ .size = sizeof(struct near) };
	for (size_t i = count; i-- > 0;)
		take_near(&near, &of[i], &distance[i]);
	for (size_t i = 0; i < count; i++)
		if (of[i].guessed && distance[i] == INT64_MAX)
			of[i].version = of[i].meant = of[i].claimed = NO_VERSION;
	table_free(&near);
	free(distance);
}

static void
account(struct artifact *a, const struct point *of, size_t count, bool evals)
{
	for (size_t i = 0; i < count; i++) {
		int64_t n = of[i].cell->n;
		bool known = of[i].version != NO_VERSION;
		a->unknown += evals || known ? 0 : n;
		a->without_hash += evals || of[i].hashed || !known ? 0 : n;
		if (!known)
			continue;
		a->versions[of[i].version].n += n;
		LOWER(a->versions[of[i].version].first, of[i].bucket);
	}
}

/* Versions in order of first sight; points follow. */
static void
renumber(struct making *m, struct artifact *a)
{
	size_t n = a->version_count, *new = ARENA_ARRAY(m->arena, size_t, n + 1);
	str *ids = ARENA_ARRAY(m->arena, str, n + 1);

	for (size_t i = 0; i < n; i++)
		ids[i] = a->versions[i].id;
	qsort(a->versions, n, sizeof *a->versions, by_first);
	for (size_t i = 0; i < n; i++)
		new[making_find(ids, n, a->versions[i].id)] = i;
	for (size_t i = 0; i <= a->place_count; i++) {
		struct points at = points_of(a, i);
		for (size_t j = 0; j < at.count; j++)
			if (at.of[j].version != NO_VERSION) {
				at.of[j].version = new[at.of[j].version];
				at.of[j].meant = new[at.of[j].meant];
				at.of[j].claimed = new[at.of[j].claimed];
			}
	}
}

void
points_settle(struct making *m, size_t index)
{
	struct artifact *a = &m->view.artifacts[index];

	for (size_t i = 0; i <= a->place_count; i++) {
		struct points at = points_of(a, i);
		qsort(at.of, at.count, sizeof *at.of, by_place);
		settle_labels(at.of, at.count);
		account(a, at.of, at.count, i == a->place_count);
	}
	renumber(m, a);
}
