/* labels.c - labels that contradict the content, and versions that came astray. */
#include <stdlib.h>

#include "findings.h"
#include "io/emit.h"

#define STEADY_STRAY 20 /* records after which a stray is a canary that nobody declared */

/* Records of one kind in one region, near each other in time. */
struct episode {
	size_t place, version;
	str label;
	int64_t n, first, last; /* ns: start of the first slot, end of the last */
};

struct edges {
	int64_t first, last;
};

static struct edges
edges_of(const struct cell *c, int64_t width)
{
	struct edges e = { 0, 0 };
	bool any = false;

	for (size_t k = 0; k < SLOTS; k++) {
		if (c->seen[k] == 0)
			continue;
		int64_t at = c->bucket * width + (int64_t)k * (width / SLOTS);
		if (!any)
			e.first = at;
		any = true;
		e.last = at + width / SLOTS;
	}
	return e;
}

/* Add the point to the last episode of its kind, or to a new one. */
static void
gather(struct episode *of, size_t *count, const struct report *r, size_t place,
    const struct point *p)
{
	struct edges e = edges_of(p->cell, r->plan->o->bucket);

	for (size_t i = *count; i-- > 0;) {
		struct episode *one = &of[i];
		if (one->place != place)
			break;
		if (one->version != p->version || !str_eq(one->label, p->label) ||
		    e.first - one->last > r->plan->o->grace)
			continue;
		one->n += p->cell->n;
		one->last = e.last > one->last ? e.last : one->last;
		return;
	}
	of[(*count)++] =
	    (struct episode){ place, p->version, p->label, p->cell->n, e.first, e.last };
}

static size_t
count_points(const struct artifact *a)
{
	size_t n = 0;

	for (size_t i = 0; i < a->place_count; i++)
		n += a->places[i].point_count;
	return n;
}

/* A region with older content under a new label. */
static void
tell_fallback(struct report *r, const struct artifact *a, const struct episode *e)
{
	const struct place *p = &a->places[e->place];
	const struct version *v = &a->versions[e->version];
	struct found *f = finding_about(r, a, p->region, "label-conflict", "warning");
	struct arena *m = r->arena;
	struct buf b = { 0 };

	f->open = finding_holds(r, e->last >= r->view.now - r->plan->o->grace);
	f->finding.first = e->first;
	f->finding.last = e->last;
	finding_cells(r, &f->finding, p, e->version, e->first, e->last);
	f->finding.n = e->n;
	emit_kstr(&b, "label", e->label);
	emit_kstr(&b, "hash", v->id);
	emit_kstr(&b, "content_of", v->name);
	emit_kreal(&b, "seconds", (double)(e->last - e->first) / WHEN_SECOND);
	f->finding.numbers = finding_keep(r, &b);
	f->finding.message = arena_printf(m,
	    "%.*s: %.*s fell back to the content of %.*s (%.*s) under the label %.*s, "
	    "%.*s .. %.*s (%.*s, %lld records)",
	    STR_F(say_artifact(m, a)), STR_F(p->region), STR_F(v->name),
	    STR_F(view_short(v->id)), STR_F(e->label), STR_F(say_time(m, e->first)),
	    STR_F(say_time(m, e->last)), STR_F(say_span(m, e->last - e->first)),
	    (long long)e->n);
}

/* Other content than the first under the same label, wherever it was served. */
struct reuse {
	str label;
	size_t version, own; /* own: what the label stands for */
	int64_t n, first, last;
	size_t *places, place_count;
};

static struct reuse *
reuse_of(struct report *r, struct reuse *of, size_t *count, const struct artifact *a,
    const struct point *p)
{
	for (size_t i = 0; i < *count; i++)
		if (of[i].version == p->version && str_eq(of[i].label, p->label))
			return &of[i];
	struct reuse *u = &of[(*count)++];
	*u = (struct reuse){ .label = p->label,
		.version = p->version,
		.own = p->meant,
		.first = INT64_MAX,
		.last = INT64_MIN,
		.places = ARENA_ARRAY(r->arena, size_t, a->place_count + 1) };
	return u;
}

static void
note_reuse(struct reuse *u, const struct report *r, size_t place, const struct point *p)
{
	struct edges e = edges_of(p->cell, r->plan->o->bucket);

	LOWER(u->first, e.first);
	HIGHER(u->last, e.last);
	u->n += p->cell->n;
	if (u->place_count == 0 || u->places[u->place_count - 1] != place)
		u->places[u->place_count++] = place;
}

/* When the label last stood with other content than this. */
static int64_t
other_last(const struct report *r, const struct artifact *a, const struct reuse *u)
{
	int64_t last = INT64_MIN;

	for (size_t i = 0; i < a->place_count; i++)
		for (size_t j = a->places[i].point_count; j-- > 0;) {
			const struct point *p = &a->places[i].points[j];
			if (p->version == u->version || p->version != p->claimed ||
			    p->version == NO_VERSION || !str_eq(p->label, u->label))
				continue;
			HIGHER(last, edges_of(p->cell, r->plan->o->bucket).last);
			break;
		}
	return last;
}

static void
tell_reuse(struct report *r, const struct artifact *a, const struct reuse *u)
{
	struct found *f = finding_about(r, a, STR(""), "label-conflict", "warning");
	const struct version *v = &a->versions[u->version], *own = &a->versions[u->own];
	int64_t lately = r->view.now - r->plan->o->grace;
	struct arena *m = r->arena;
	struct buf b = { 0 };

	/* Over as soon as all serve the same again, whichever it is. */
	f->open = finding_holds(r, u->last >= lately && other_last(r, a, u) >= lately);
	f->finding.first = u->first;
	f->finding.last = u->last;
	for (size_t i = 0; i < u->place_count; i++)
		finding_cells(
		    r, &f->finding, &a->places[u->places[i]], u->version, u->first, u->last);
	f->finding.n = u->n;
	emit_kstr(&b, "label", u->label);
	emit_kstr(&b, "hash", v->id);
	emit_kstr(&b, "first_hash", own->id);
	emit_key(&b, "regions");
	emit_open(&b, '[');
	for (size_t i = 0; i < u->place_count; i++)
		emit_str(&b, a->places[u->places[i]].region);
	emit_close(&b, ']');
	emit_kreal(&b, "seconds", (double)(u->last - u->first) / WHEN_SECOND);
	f->finding.numbers = finding_keep(r, &b);
	f->finding.message = arena_printf(m,
	    "%.*s: the label %.*s was given to other content: first %.*s, then %.*s in %.*s, "
	    "%.*s .. %.*s (%.*s, %lld records)",
	    STR_F(say_artifact(m, a)), STR_F(u->label), STR_F(view_short(own->id)),
	    STR_F(view_short(v->id)), STR_F(say_places(m, a, u->places, u->place_count)),
	    STR_F(say_time(m, u->first)), STR_F(say_time(m, u->last)),
	    STR_F(say_span(m, u->last - u->first)), (long long)u->n);
}

static void
find_conflicts(struct report *r, const struct artifact *a)
{
	size_t room = count_points(a) + 1, count = 0, reuse_count = 0;
	struct episode *of = ARENA_ARRAY(r->arena, struct episode, room);
	struct reuse *reuses = ARENA_ARRAY(r->arena, struct reuse, room);

	for (size_t i = 0; i < a->place_count; i++)
		for (size_t j = 0; j < a->places[i].point_count; j++) {
			const struct point *p = &a->places[i].points[j];
			if (!view_relabelled(p))
				continue;
			if (p->claimed != p->version)
				gather(of, &count, r, i, p);
			else
				note_reuse(reuse_of(r, reuses, &reuse_count, a, p), r, i, p);
		}
	for (size_t i = 0; i < reuse_count; i++)
		tell_reuse(r, a, &reuses[i]);
	for (size_t i = 0; i < count; i++)
		tell_fallback(r, a, &of[i]);
}

/* Neither the version of the run, nor the one before or after it, nor of a mixture. */
static bool
is_stray(const struct artifact *a, const struct place *p, const struct point *point)
{
	if (point->version == NO_VERSION || point->claimed != point->version ||
	    a->versions[point->version].canary)
		return false;
	for (size_t i = 0; i < p->mixture_count; i++)
		if (point->bucket >= p->mixtures[i].from && point->bucket <= p->mixtures[i].to)
			return false;
	for (size_t i = 0; i < p->run_count; i++) {
		size_t near = i > 0 ? i - 1 : 0, far = i + 1 < p->run_count ? i + 1 : i;
		if (point->bucket > p->runs[i].to && i + 1 < p->run_count)
			continue;
		return p->runs[near].version != point->version &&
		    p->runs[i].version != point->version &&
		    p->runs[far].version != point->version;
	}
	return false;
}

static bool
contradicts(const struct place *p, size_t i)
{
	for (size_t j = i; j-- > 0 && p->points[j].bucket == p->points[i].bucket;)
		if (view_relabelled(&p->points[j]) &&
		    p->points[j].version == p->points[i].version)
			return true;
	for (size_t j = i + 1; j < p->point_count && p->points[j].bucket == p->points[i].bucket;
	     j++)
		if (view_relabelled(&p->points[j]) &&
		    p->points[j].version == p->points[i].version)
			return true;
	return false;
}

static void
tell_stray(struct report *r, const struct artifact *a, const struct episode *e)
{
	const struct place *p = &a->places[e->place];
	struct arena *m = r->arena;
	int64_t around = timeline_count(r->plan, p, NO_VERSION, e->first, e->last).n;
	bool steady = e->n >= STEADY_STRAY && e->n * 200 >= around;
	struct found *f =
	    finding_about(r, a, p->region, "stray", steady ? "warning" : "notice");
	struct buf b = { 0 };
	str name = a->versions[e->version].name;

	f->open = finding_holds(r, e->last >= r->view.now - r->plan->o->grace);
	f->finding.first = e->first;
	f->finding.last = e->last;
	finding_cells(r, &f->finding, p, e->version, e->first, e->last);
	f->finding.n = e->n;
	emit_kstr(&b, "version", name);
	emit_kint(&b, "of", around);
	f->finding.numbers = finding_keep(r, &b);
	f->finding.message = arena_printf(m, "%.*s: %lld stray %s of %.*s in %.*s, %.*s%s%s",
	    STR_F(say_artifact(m, a)), (long long)e->n, e->n == 1 ? "record" : "records",
	    STR_F(name), STR_F(p->region), STR_F(say_time(m, e->first)),
	    e->n > 1 ? arena_printf(m, " .. %.*s", STR_F(say_time(m, e->last))).at : "",
	    steady ? "; if it is meant, --canary says so" : "");
}

static void
find_strays(struct report *r, const struct artifact *a)
{
	struct episode *of = ARENA_ARRAY(r->arena, struct episode, count_points(a) + 1);
	size_t count = 0;

	for (size_t i = 0; i < a->place_count; i++)
		for (size_t j = 0; j < a->places[i].point_count; j++) {
			struct point p = a->places[i].points[j];
			if (!is_stray(a, &a->places[i], &p) || contradicts(&a->places[i], j))
				continue;
			p.label = STR("");
			gather(of, &count, r, i, &p);
		}
	for (size_t i = 0; i < count; i++)
		tell_stray(r, a, &of[i]);
}

void
findings_labels(struct report *r, const struct artifact *a)
{
	find_conflicts(r, a);
	find_strays(r, a);
}
