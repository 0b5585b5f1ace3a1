/* meanings.c - what a label means now. */
#include <stdlib.h>

#include "making.h"

#define RECENT  5 /* records that say what a region serves under a label */
#define CHOICES 4 /* contents among them */

/* A label in a region: its last records, in whole buckets, and what else it ever had. */
struct local {
	str label;
	size_t newest;   /* of all the contents that it had here */
	size_t best;     /* that most of the last records have */
	int64_t bucket;  /* of the last one */
	int64_t from, n; /* the bucket of the first that counts; how many do */
	struct {
		size_t version;
		int64_t n;
	} of[CHOICES];
};

/* As its own: not where a region fell back to older content. */
static bool
is_own(const struct point *p)
{
	return p->version != NO_VERSION && p->label.len > 0 && p->version == p->claimed;
}

static void
take(struct local *l, const struct point *p)
{
	if (p->bucket != l->from && l->n >= RECENT)
		return;
	l->from = p->bucket;
	l->n += p->cell->n;
	for (size_t i = 0; i < CHOICES; i++) {
		if (l->of[i].n > 0 && l->of[i].version != p->version)
			continue;
		l->of[i].version = p->version;
		l->of[i].n += p->cell->n;
		return;
	}
}

static size_t
most_of(const struct local *l)
{
	size_t best = 0;

	for (size_t i = 1; i < CHOICES; i++)
		if (l->of[i].n > l->of[best].n)
			best = i;
	return l->of[best].version;
}

/* Backwards through a region: one for each label. */
static void
read_place(const struct artifact *a, size_t index, struct table *locals)
{
	const struct place *p = &a->places[index];
	struct buf key = { 0 };

	buf_printf(&key, "%zu ", index);
	size_t begin = key.len;
	for (size_t i = p->point_count; i-- > 0;) {
		const struct point *point = &p->points[i];
		if (!is_own(point))
			continue;
		key.len = begin;
		buf_add(&key, point->label);
		struct local *l = table_put(locals, buf_str(&key));
		if (l->n == 0)
			*l = (struct local){ .label = point->label,
				.newest = point->version,
				.bucket = point->bucket,
				.from = point->bucket };
		HIGHER(l->newest, point->version);
		take(l, point);
	}
	buf_free(&key);
}

static int
by_its_label(const void *x, const void *y)
{
	const struct local *a = x, *b = y;

	return str_cmp(a->label, b->label);
}

/* A region with the newest content of all, or one that has come back from newer content to
 * older, says what is meant; one that never had anything newer may lag behind. */
static bool
has_say(const struct local *l, size_t newest)
{
	return l->best == newest || l->best < l->newest;
}

/* Of the regions with the label, of[0]..of[count - 1], that had it in the last --grace before
 * its newest record: what most of those mean that have a say, the newest if they are level. */
static size_t
pick(const struct local *of, size_t count, int64_t span)
{
	size_t newest = 0, best = NO_VERSION, most = 0;
	int64_t last = INT64_MIN;

	for (size_t i = 0; i < count; i++)
		HIGHER(last, of[i].bucket);
	for (size_t i = 0; i < count; i++)
		if (last - of[i].bucket <= span)
			HIGHER(newest, of[i].newest);
	for (size_t i = 0; i < count; i++) {
		size_t votes = 0;
		if (last - of[i].bucket > span || !has_say(&of[i], newest))
			continue;
		for (size_t j = 0; j < count; j++)
			votes += last - of[j].bucket <= span && has_say(&of[j], newest) &&
			    of[j].best == of[i].best;
		if (votes > most || (votes == most && of[i].best > best))
			best = of[i].best;
		HIGHER(most, votes);
	}
	return best;
}

static struct local *
locals_of(struct making *m, const struct artifact *a, size_t *count)
{
	struct table locals = { .size = sizeof(struct local) };

	for (size_t i = 0; i < a->place_count; i++)
		read_place(a, i, &locals);
	*count = table_count(&locals);
	struct local *of = ARENA_ARRAY(m->arena, struct local, *count + 1);
	for (size_t i = 0; i < *count; i++) {
		of[i] = *(struct local *)table_at(&locals, i);
		of[i].best = most_of(&of[i]);
	}
	table_free(&locals);
	qsort(of, *count, sizeof *of, by_its_label);
	return of;
}

void
meanings_make(struct making *m, size_t index)
{
	struct artifact *a = &m->view.artifacts[index];
	const struct options *o = m->tally->plan->o;
	size_t count, same;
	struct local *of = locals_of(m, a, &count);

	a->meanings = ARENA_ARRAY(m->arena, struct meaning, count + 1);
	for (size_t i = 0; i < count; i += same) {
		for (same = 1; i + same < count && str_eq(of[i + same].label, of[i].label);)
			same++;
		a->meanings[a->meaning_count++] =
		    (struct meaning){ of[i].label, pick(&of[i], same, o->grace / o->bucket) };
	}
}
