/* findings.c - what is wrong, as findings. */
#include "findings.h"

#include <stdlib.h>

#include "io/emit.h"

str
finding_keep(struct report *r, struct buf *b)
{
	str text = arena_keep(r->arena, buf_str(b));

	buf_free(b);
	return text;
}

struct found *
report_add(struct report *r, const char *rule, const char *severity)
{
	if (r->count == r->room) {
		struct found *more = ARENA_ARRAY(r->arena, struct found, r->room * 2 + 16);
		if (r->count > 0)
			memcpy(more, r->found, r->count * sizeof *more);
		r->room = r->room * 2 + 16;
		r->found = more;
	}
	struct found *f = &r->found[r->count++];
	f->finding = (struct finding){ .rule = rule,
		.severity = severity,
		.first = FINDING_NEVER,
		.last = FINDING_NEVER };
	f->open = true;
	return f;
}

str
finding_group(struct arena *arena, const struct artifact *a)
{
	return arena_printf(arena, "%.*s %.*s", STR_F(a->kind), STR_F(a->name));
}

struct found *
finding_about(struct report *r, const struct artifact *a, str region, const char *rule,
    const char *severity)
{
	struct found *f = report_add(r, rule, severity);
	struct buf b = { 0 };

	emit_kstr(&b, "kind", a->kind);
	emit_kstr(&b, "name", a->name);
	emit_kstr(&b, "region", region);
	f->finding.subject = finding_keep(r, &b);
	f->group = finding_group(r->arena, a);
	return f;
}

void
finding_cells(struct report *r, struct finding *f, const struct place *p, size_t version,
    int64_t from, int64_t until)
{
	int64_t width = r->plan->o->bucket;

	f->n += timeline_count(r->plan, p, version, from, until).n;
	for (size_t i = 0; i < p->point_count; i++) {
		const struct point *point = &p->points[i];
		int64_t start = point->bucket * width;
		if ((version == NO_VERSION || point->version == version) && start >= from &&
		    start + width <= until)
			examples_add(&f->examples, r->arena, &point->cell->example);
	}
}

bool
finding_holds(const struct report *r, bool open)
{
	return open || !r->plan->current;
}

static void
emit_bounds(struct report *r, struct buf *b, const char *key, int64_t low, int64_t high)
{
	emit_key(b, key);
	emit_open(b, '[');
	emit_str(b, when_print(r->arena, low));
	emit_str(b, when_print(r->arena, high));
	emit_close(b, ']');
}

static void
emit_seconds(struct buf *b, const char *key, int64_t ns)
{
	emit_kreal(b, key, (double)ns / WHEN_SECOND);
}

static void
emit_versions(struct buf *b, const struct artifact *a, size_t old, size_t new)
{
	if (old != NO_VERSION)
		emit_kstr(b, "old", a->versions[old].name);
	if (new != NO_VERSION)
		emit_kstr(b, "new", a->versions[new].name);
}

static str
version_name(const struct artifact *a, size_t version)
{
	return version != NO_VERSION ? a->versions[version].name : STR("?");
}

static void
find_skew(struct report *r, const struct artifact *a, const struct window *w)
{
	bool model = str_is(a->kind, "model");
	struct found *f =
	    finding_about(r, a, STR(""), model ? "provider-skew" : "skew", "error");
	struct buf b = { 0 };

	f->open = finding_holds(r, w->open);
	f->finding.first = w->from;
	f->finding.last = w->to;
	for (size_t i = 0; i < a->place_count; i++)
		finding_cells(r, &f->finding, &a->places[i], NO_VERSION, w->from, w->to);
	emit_versions(&b, a, w->old, w->target);
	emit_seconds(&b, "seconds", w->to - w->from);
	emit_kbool(&b, "open", w->open);
	emit_kbool(&b, "from_start", w->from_start);
	emit_bounds(r, &b, "from", w->from_low, w->from_high);
	emit_bounds(r, &b, "until", w->to_low, w->to_high);
	f->finding.numbers = finding_keep(r, &b);
	f->finding.message = arena_printf(r->arena, "%.*s: %s for %.*s, %s%.*s .. %.*s%s",
	    STR_F(say_artifact(r->arena, a)),
	    model ? "regions got different revisions" : "regions served different versions",
	    STR_F(say_span(r->arena, w->to - w->from)), w->from_start ? "before " : "",
	    STR_F(say_time(r->arena, w->from)), STR_F(say_time(r->arena, w->to)),
	    w->open ? ", and still do" : "");
}

static void
find_stall(struct report *r, const struct artifact *a, const struct stall *s)
{
	struct found *f = finding_about(r, a, STR(""), "stall", "error");
	struct buf b = { 0 };
	struct arena *m = r->arena;
	const struct share done = { (int64_t)s->done, (int64_t)s->known };

	f->open = finding_holds(r, s->open);
	f->finding.first = s->from;
	f->finding.last = s->until;
	for (size_t i = 0; i < s->wait_count; i++)
		finding_cells(
		    r, &f->finding, &a->places[s->waits[i]], NO_VERSION, s->from, s->until);
	emit_versions(&b, a, s->old, s->target);
	emit_kint(&b, "regions_new", done.x);
	emit_kint(&b, "regions", done.n);
	emit_kreal(&b, "share", share_of(done));
	emit_seconds(&b, "seconds", s->until - s->from);
	emit_kbool(&b, "open", s->open);
	emit_bounds(r, &b, "from", s->from_low, s->from_high);
	emit_bounds(r, &b, "until", s->until_low, s->until_high);
	emit_key(&b, "waiting");
	emit_open(&b, '[');
	for (size_t i = 0; i < s->wait_count; i++)
		emit_str(&b, a->places[s->waits[i]].region);
	emit_close(&b, ']');
	f->finding.numbers = finding_keep(r, &b);
	f->finding.message = arena_printf(m,
	    "%.*s: stalled at %zu of %zu regions (%.*s) on %.*s for %.*s, %.*s .. %.*s%s; "
	    "behind: %.*s",
	    STR_F(say_artifact(m, a)), s->done, s->known, STR_F(say_percent(m, done)),
	    STR_F(version_name(a, s->target)), STR_F(say_span(m, s->until - s->from)),
	    STR_F(say_time(m, s->from)), STR_F(say_time(m, s->until)),
	    s->open ? ", and still is" : "", STR_F(say_places(m, a, s->waits, s->wait_count)));
}

static void
emit_share(struct buf *b, const char *key, struct share s)
{
	emit_key(b, key);
	emit_open(b, '[');
	emit_int(b, s.x);
	emit_int(b, s.n);
	emit_close(b, ']');
}

static void
find_effect(
    struct report *r, const struct artifact *a, const struct window *w, const struct effect *e)
{
	struct found *f = finding_about(r, a, STR(""), "outcome", "error");
	struct arena *m = r->arena;
	struct buf b = { 0 };
	const struct contrast *d = &e->did;

	f->open = finding_holds(r, w->open);
	f->finding.first = e->onset != NO_TIME ? e->onset : e->from;
	f->finding.last = e->until;
	for (size_t i = 0; i < e->stall->wait_count; i++)
		finding_cells(r, &f->finding, &a->places[e->stall->waits[i]], NO_VERSION,
		    e->from, e->until);
	emit_versions(&b, a, e->stall->old, e->stall->target);
	emit_kreal(&b, "did", d->estimate);
	emit_kreal(&b, "low", d->low);
	emit_kreal(&b, "high", d->high);
	emit_kreal(&b, "p", d->p);
	emit_share(&b, "behind_before", e->held.before);
	emit_share(&b, "behind_during", e->held.after);
	emit_share(&b, "ahead_before", e->moved.before);
	emit_share(&b, "ahead_during", e->moved.after);
	f->finding.numbers = finding_keep(r, &b);
	int64_t n = e->held.before.n + e->held.after.n + e->moved.before.n + e->moved.after.n;
	f->finding.message = arena_printf(m,
	    "%.*s: regions behind on %.*s (%.*s) failed %.*s -> %.*s, the others %.*s -> "
	    "%.*s: %+.2f points, 95 %% [%+.2f, %+.2f], n = %lld",
	    STR_F(say_artifact(m, a)), STR_F(version_name(a, e->stall->old)),
	    STR_F(say_places(m, a, e->stall->waits, e->stall->wait_count)),
	    STR_F(say_percent(m, e->held.before)), STR_F(say_percent(m, e->held.after)),
	    STR_F(say_percent(m, e->moved.before)), STR_F(say_percent(m, e->moved.after)),
	    100 * d->estimate, 100 * d->low, 100 * d->high, (long long)n);
}

static void
find_flapping(struct report *r, const struct artifact *a, const struct place *p)
{
	const struct flip *first = window_flapping(r->plan, p);

	if (first == NULL)
		return;
	const struct flip *last = &p->flips[p->flip_count - 1];
	struct found *f = finding_about(r, a, p->region, "flapping", "error");
	struct buf b = { 0 };
	f->open = finding_holds(r, r->view.now - last->at <= r->plan->o->grace);
	f->finding.first = first->at;
	f->finding.last = last->at;
	finding_cells(r, &f->finding, p, NO_VERSION, first->at, last->at);
	emit_kint(&b, "flips", (int64_t)p->flip_count);
	f->finding.numbers = finding_keep(r, &b);
	f->finding.message = arena_printf(r->arena,
	    "%.*s: %.*s went back and forth between %.*s and %.*s: %zu flips, %.*s .. %.*s",
	    STR_F(say_artifact(r->arena, a)), STR_F(p->region),
	    STR_F(version_name(a, first->from)), STR_F(version_name(a, first->to)),
	    p->flip_count, STR_F(say_time(r->arena, first->at)),
	    STR_F(say_time(r->arena, last->at)));
}

/* Both versions in one region, neither of them alone, for longer than --grace. */
static void
find_mixed(struct report *r, const struct artifact *a, const struct place *p)
{
	int64_t width = r->plan->o->bucket;

	for (size_t i = 0; i < p->mixture_count; i++) {
		const struct mixture *x = &p->mixtures[i];
		int64_t from = x->from * width, until = (x->to + 1) * width;
		struct found *f = finding_about(r, a, p->region, "mixed", "warning");
		const struct share most = { x->n, x->of };
		struct buf b = { 0 };
		f->open = finding_holds(r, r->view.now - until <= r->plan->o->grace);
		f->finding.first = from;
		f->finding.last = until;
		finding_cells(r, &f->finding, p, NO_VERSION, from, until);
		emit_kstr(&b, "version", version_name(a, x->version));
		emit_kint(&b, "of_version", x->n);
		emit_kint(&b, "of", x->of);
		f->finding.numbers = finding_keep(r, &b);
		f->finding.message = arena_printf(r->arena,
		    "%.*s: %.*s served a mixture for %.*s, %.*s .. %.*s: %.*s in %.*s of "
		    "%lld records",
		    STR_F(say_artifact(r->arena, a)), STR_F(p->region),
		    STR_F(say_span(r->arena, until - from)), STR_F(say_time(r->arena, from)),
		    STR_F(say_time(r->arena, until)), STR_F(version_name(a, x->version)),
		    STR_F(say_percent(r->arena, most)), (long long)x->of);
	}
}

static void
judge_windows(struct report *r, size_t index)
{
	const struct artifact *a = &r->view.artifacts[index];
	const struct standing *s = &r->of[index];
	for (size_t i = 0; i < s->windows.count; i++) {
		const struct window *w = &s->windows.of[i];
		bool model = str_is(a->kind, "model");
		if (w->stall_count == 0)
			continue;
		find_skew(r, a, w);
		for (size_t j = 0; j < w->stall_count && !model; j++)
			find_stall(r, a, &w->stalls[j]);
		if (s->effects[i].readout == DIFFERENCE)
			find_effect(r, a, w, &s->effects[i]);
	}
}

static void
judge_evals(struct report *r, size_t index)
{
	const struct artifact *a = &r->view.artifacts[index];
	size_t target = r->of[index].windows.target, covered = 0;
	struct table seen = { .size = sizeof(bool) };

	if (a->eval_count == 0 || target == NO_VERSION)
		return;
	for (size_t i = 0; i < a->eval_count; i++) {
		if (a->evals[i].version != target)
			continue;
		*(bool *)table_put(&seen, view_region(r->arena, r->tally, a->evals[i].cell)) =
		    true;
	}
	for (size_t i = 0; i < a->place_count; i++)
		covered += table_find(&seen, a->places[i].region) != NULL;
	if (covered < a->place_count) {
		struct found *f = finding_about(r, a, STR(""), "eval-coverage", "warning");
		struct buf b = { 0 };
		f->finding.n = (int64_t)(a->place_count - covered);
		emit_kint(&b, "regions_covered", (int64_t)covered);
		emit_kint(&b, "regions", (int64_t)a->place_count);
		f->finding.numbers = finding_keep(r, &b);
		f->finding.message =
		    arena_printf(r->arena, "%.*s: evals covered %.*s in %zu of %zu regions",
			STR_F(say_artifact(r->arena, a)), STR_F(version_name(a, target)),
			covered, a->place_count);
	}
	table_free(&seen);
}

static void
judge_sessions(struct report *r, size_t index)
{
	const struct artifact *a = &r->view.artifacts[index];
	const struct standing *s = &r->of[index];

	if (s->mixed_sessions == 0)
		return;
	struct found *f = finding_about(r, a, STR(""), "mixed-sessions", "notice");
	const struct share part = { s->mixed_sessions, s->sessions };
	struct buf b = { 0 };

	f->finding.n = s->mixed_sessions;
	emit_kint(&b, "sessions", s->sessions);
	f->finding.numbers = finding_keep(r, &b);
	f->finding.examples = standing_sessions(r, index);
	f->finding.message = arena_printf(r->arena,
	    "%.*s: %lld of %lld sessions (%.*s) were served by more than one version",
	    STR_F(say_artifact(r->arena, a)), (long long)part.x, (long long)part.n,
	    STR_F(say_percent(r->arena, part)));
}

/* --regions: one that sends nothing proves nothing.  Without a list, one that has stopped. */
static void
judge_silence(struct report *r)
{
	for (size_t i = 0; i < r->view.count; i++) {
		const struct artifact *a = &r->view.artifacts[i];
		for (size_t j = 0; j < a->place_count; j++) {
			const struct place *p = &a->places[j];
			if (!p->silent || p->retired || str_is(a->kind, "model"))
				continue;
			struct found *f =
			    finding_about(r, a, p->region, "silent-region", "error");
			f->group = arena_printf(r->arena, "silent %.*s", STR_F(p->region));
			f->finding.first = p->last;
			f->finding.last = r->view.now;
			f->finding.message = arena_printf(r->arena,
			    "%.*s: %.*s is silent since %.*s (%.*s): no traffic, no proof",
			    STR_F(say_artifact(r->arena, a)), STR_F(p->region),
			    STR_F(say_time(r->arena, p->last)),
			    STR_F(say_span(r->arena, r->view.now - p->last)));
		}
	}
}

static bool
ever_seen(const struct report *r, str region)
{
	for (size_t i = 0; i < r->view.count; i++)
		for (size_t j = 0; j < r->view.artifacts[i].place_count; j++)
			if (str_eq(r->view.artifacts[i].places[j].region, region))
				return true;
	return false;
}

static void
judge_listed(struct report *r)
{
	for (size_t i = 0; i < r->region_count; i++) {
		if (ever_seen(r, r->regions[i]))
			continue;
		struct found *f = report_add(r, "silent-region", "error");
		struct buf b = { 0 };
		emit_kstr(&b, "region", r->regions[i]);
		f->finding.subject = finding_keep(r, &b);
		f->group = arena_printf(r->arena, "silent %.*s", STR_F(r->regions[i]));
		f->finding.message = arena_printf(r->arena,
		    "%.*s, of --regions, has no records: no traffic, no proof",
		    STR_F(r->regions[i]));
	}
}

void
findings_make(struct report *r)
{
	judge_listed(r);
	judge_silence(r);
	for (size_t i = 0; i < r->view.count; i++) {
		const struct artifact *a = &r->view.artifacts[i];
		judge_windows(r, i);
		if (str_is(a->kind, "model"))
			continue;
		findings_labels(r, a);
		for (size_t j = 0; j < a->place_count; j++) {
			find_flapping(r, a, &a->places[j]);
			find_mixed(r, a, &a->places[j]);
		}
		judge_evals(r, i);
		judge_sessions(r, i);
	}
	findings_expected(r);
	findings_incompatible(r);
}
