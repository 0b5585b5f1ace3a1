/* reuse.c - labels that were given to other content. */
#include <stdlib.h>

#include "base/mem.h"
#include "findings.h"
#include "io/emit.h"

/* A content that had a label as its own. */
struct use {
	str label;
	size_t version, meant;  /* meant: what the label stands for, the first of them */
	int64_t n, first, last; /* ns */
	size_t *places, place_count;
	struct edges *times; /* malloc: of its records by bucket; then of its episodes */
	size_t time_count, time_room;
};

struct uses {
	struct use *of; /* by label */
	size_t count;
};

static void
note_use(struct report *r, const struct artifact *a, struct use *u, size_t place,
    const struct point *p)
{
	struct edges e = view_edges(p->cell, r->plan->o->bucket);

	if (u->n == 0)
		*u = (struct use){ .label = p->label,
			.version = p->version,
			.meant = p->meant,
			.first = e.first,
			.last = e.last,
			.places = ARENA_ARRAY(r->arena, size_t, a->place_count + 1) };
	if (u->time_count == u->time_room) {
		u->time_room = u->time_room * 2 + 16;
		u->times = mem_grow(u->times, u->time_room, sizeof *u->times);
	}
	u->times[u->time_count++] = e;
	LOWER(u->first, e.first);
	HIGHER(u->last, e.last);
	u->n += p->cell->n;
	if (u->place_count == 0 || u->places[u->place_count - 1] != place)
		u->places[u->place_count++] = place;
}

static int
by_label(const void *x, const void *y)
{
	const struct use *a = x, *b = y;
	int order = str_cmp(a->label, b->label);

	return order != 0 ? order : (a->version > b->version) - (a->version < b->version);
}

static struct uses
uses_of(struct report *r, const struct artifact *a)
{
	struct table sums = { .size = sizeof(struct use) };
	struct buf key = { 0 };
	struct uses uses;

	for (size_t i = 0; i < a->place_count; i++)
		for (size_t j = 0; j < a->places[i].point_count; j++) {
			const struct point *p = &a->places[i].points[j];
			if (p->version == NO_VERSION || p->label.len == 0 ||
			    p->version != p->claimed || a->versions[p->version].canary)
				continue;
			buf_reset(&key);
			buf_printf(&key, "%zu ", p->version);
			buf_add(&key, p->label);
			note_use(r, a, table_put(&sums, buf_str(&key)), i, p);
		}
	uses.count = table_count(&sums);
	uses.of = ARENA_ARRAY(r->arena, struct use, uses.count + 1);
	for (size_t i = 0; i < uses.count; i++)
		uses.of[i] = *(struct use *)table_at(&sums, i);
	qsort(uses.of, uses.count, sizeof *uses.of, by_label);
	table_free(&sums);
	buf_free(&key);
	return uses;
}

static int
by_first(const void *x, const void *y)
{
	const struct edges *a = x, *b = y;

	return (a->first > b->first) - (a->first < b->first);
}

/* Its records put together, where the pauses between them are none. */
static void
make_episodes(struct use *u, const struct plan *plan)
{
	int64_t pause = view_pause(plan, u->n, u->first, u->last);
	size_t n = 0;

	qsort(u->times, u->time_count, sizeof *u->times, by_first);
	for (size_t i = 1; i < u->time_count; i++) {
		if (u->times[i].first - u->times[n].last > pause)
			u->times[++n] = u->times[i];
		else
			HIGHER(u->times[n].last, u->times[i].last);
	}
	u->time_count = u->time_count > 0 ? n + 1 : 0;
}

static int64_t
longest_both(const struct use *a, const struct use *b)
{
	int64_t longest = 0;

	for (size_t i = 0; i < a->time_count; i++)
		for (size_t j = 0; j < b->time_count; j++) {
			int64_t first = a->times[i].first, last = a->times[i].last;
			HIGHER(first, b->times[j].first);
			LOWER(last, b->times[j].last);
			HIGHER(longest, last - first);
		}
	return longest;
}

/* How long, and how lately, another content had the label at the same time. */
struct beside {
	int64_t time, last;
};

static struct beside
beside(const struct uses *uses, const struct use *u)
{
	struct beside b = { 0, INT64_MIN };

	for (size_t i = 0; i < uses->count; i++) {
		const struct use *other = &uses->of[i];
		if (other == u || !str_eq(other->label, u->label))
			continue;
		int64_t both = longest_both(u, other);
		HIGHER(b.time, both);
		HIGHER(b.last, other->last);
	}
	return b;
}

static str
numbers(struct report *r, const struct artifact *a, const struct use *u)
{
	struct buf b = { 0 };

	emit_kstr(&b, "label", u->label);
	emit_kstr(&b, "hash", a->versions[u->version].id);
	emit_kstr(&b, "first_hash", a->versions[u->meant].id);
	emit_key(&b, "regions");
	emit_open(&b, '[');
	for (size_t i = 0; i < u->place_count; i++)
		emit_str(&b, a->places[u->places[i]].region);
	emit_close(&b, ']');
	emit_kreal(&b, "seconds", (double)(u->last - u->first) / WHEN_SECOND);
	return finding_keep(r, &b);
}

/* A label that moves on from region to region is a roll-out; while that goes on for longer than
 * --grace the label says nothing. */
static void
tell_use(
    struct report *r, const struct artifact *a, const struct uses *uses, const struct use *u)
{
	struct beside other = beside(uses, u);
	int64_t grace = r->plan->o->grace, lately = r->view.now - grace;
	struct found *f = finding_about(
	    r, a, STR(""), "label-conflict", other.time > grace ? "warning" : "notice");
	struct arena *m = r->arena;

	/* Over as soon as all serve the same again, whichever it is. */
	f->open = finding_holds(r, u->last >= lately && other.last >= lately);
	f->finding.first = u->first;
	f->finding.last = u->last;
	for (size_t i = 0; i < u->place_count; i++)
		finding_cells(
		    r, &f->finding, &a->places[u->places[i]], u->version, u->first, u->last);
	f->finding.n = u->n;
	f->finding.numbers = numbers(r, a, u);
	f->finding.message = arena_printf(m,
	    "%.*s: the label %.*s was given to other content: first %.*s, then %.*s in %.*s, "
	    "%.*s .. %.*s (%.*s, %lld records)",
	    STR_F(say_artifact(m, a)), STR_F(u->label),
	    STR_F(view_short(a->versions[u->meant].id)),
	    STR_F(view_short(a->versions[u->version].id)),
	    STR_F(say_places(m, a, u->places, u->place_count)), STR_F(say_time(m, u->first)),
	    STR_F(say_time(m, u->last)), STR_F(say_span(m, u->last - u->first)),
	    (long long)u->n);
}

static bool
any_reuse(const struct artifact *a)
{
	for (size_t i = 0; i < a->place_count; i++)
		for (size_t j = 0; j < a->places[i].point_count; j++)
			if (view_relabelled(&a->places[i].points[j]))
				return true;
	return false;
}

void
findings_reuse(struct report *r, const struct artifact *a)
{
	if (!any_reuse(a))
		return;
	struct uses uses = uses_of(r, a);
	for (size_t i = 0; i < uses.count; i++)
		make_episodes(&uses.of[i], r->plan);
	for (size_t i = 0; i < uses.count; i++)
		if (uses.of[i].meant != uses.of[i].version)
			tell_use(r, a, &uses, &uses.of[i]);
	for (size_t i = 0; i < uses.count; i++)
		free(uses.of[i].times);
}
