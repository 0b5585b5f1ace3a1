/* labels.c - labels that contradict the content, and versions that came astray. */
#include <stdlib.h>

#include "findings.h"
#include "io/emit.h"

/* So many records of a stray, over more than --grace, are a canary that nobody declared. */
#define STEADY_STRAY 20

/* Records of one kind in one region, near each other in time. */
struct episode {
	size_t place, version;
	str label;
	int64_t n, first, last; /* ns: start of the first slot, end of the last */
};

/* Add the point to the last episode of its kind, or to a new one. */
static void
gather(struct episode *of, size_t *count, const struct report *r, size_t place,
    const struct point *p)
{
	struct edges e = view_edges(p->cell, r->plan->o->bucket);

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
	emit_kstr(&b, "content_of", v->own);
	emit_kreal(&b, "seconds", (double)(e->last - e->first) / WHEN_SECOND);
	f->finding.numbers = finding_keep(r, &b);
	f->finding.message = arena_printf(m,
	    "%.*s: %.*s fell back to the content of %.*s (%.*s) under the label %.*s, "
	    "%.*s .. %.*s (%.*s, %lld records)",
	    STR_F(say_artifact(m, a)), STR_F(p->region), STR_F(v->own),
	    STR_F(view_short(v->id)), STR_F(e->label), STR_F(say_time(m, e->first)),
	    STR_F(say_time(m, e->last)), STR_F(say_span(m, e->last - e->first)),
	    (long long)e->n);
}

static void
find_fallbacks(struct report *r, const struct artifact *a)
{
	struct episode *of = ARENA_ARRAY(r->arena, struct episode, count_points(a) + 1);
	size_t count = 0;

	for (size_t i = 0; i < a->place_count; i++)
		for (size_t j = 0; j < a->places[i].point_count; j++) {
			const struct point *p = &a->places[i].points[j];
			if (p->claimed != p->version && !a->versions[p->version].canary)
				gather(of, &count, r, i, p);
		}
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
	bool steady = e->n >= STEADY_STRAY && e->n * 200 >= around &&
	    e->last - e->first > r->plan->o->grace;
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
	findings_reuse(r, a);
	find_fallbacks(r, a);
	find_strays(r, a);
}
