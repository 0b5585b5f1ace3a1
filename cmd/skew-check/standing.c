/* standing.c - from a tally to the whole report: how each artifact stands. */
#include <stdio.h>
#include <stdlib.h>

#include "base/key.h"
#include "findings.h"
#include "io/doc.h"

#define STEADY 20 /* buckets: so many must be known, and so many be missed */

static bool
listed(const struct report *r, str region)
{
	for (size_t i = 0; i < r->region_count; i++)
		if (str_eq(r->regions[i], region))
			return true;
	return false;
}

/* Buckets with records: of the region, and of the others until its last one and since. */
struct busy {
	int64_t own, beside, since;
};

static struct busy
busy_of(const struct artifact *a, const struct place *p, int64_t width)
{
	int64_t first = p->first / width, last = (p->last - 1) / width;
	struct busy b = { 0 };

	for (size_t i = 0; i < a->place_count; i++)
		for (size_t j = 0; j < a->places[i].point_count; j++) {
			const struct point *o = &a->places[i].points[j];
			if (j > 0 && o[-1].bucket == o->bucket)
				continue;
			b.own += &a->places[i] == p;
			b.beside +=
			    &a->places[i] != p && o->bucket >= first && o->bucket <= last;
			b.since += &a->places[i] != p && o->bucket > last;
		}
	return b;
}

/* Would it have sent in so many buckets, had it gone on beside the others as before? */
static bool
is_missed(const struct artifact *a, const struct place *p, int64_t width)
{
	struct busy b = busy_of(a, p, width);

	return b.own >= STEADY && b.beside > 0 &&
	    (double)b.since * (double)b.own / (double)b.beside >= STEADY;
}

/* The longest pause before but one: what happened twice is usual. */
static int64_t
usual_pause(const struct place *p, int64_t width)
{
	int64_t longest = 0, second = 0;

	for (size_t i = 1; i < p->point_count; i++) {
		int64_t pause = (p->points[i].bucket - p->points[i - 1].bucket) * width;
		if (pause > longest) {
			second = longest;
			longest = pause;
		} else {
			HIGHER(second, pause);
		}
	}
	return second;
}

/* Nothing for longer than --grace, of a region that is expected to serve.  Without a list: for
 * twice as long as is usual, while others served so much that it cannot be chance. */
static bool
is_silent(const struct report *r, const struct artifact *a, const struct place *p)
{
	int64_t width = r->plan->o->bucket;
	int64_t newest = r->tally->last < r->view.now ? r->tally->last : r->view.now;
	bool expected = listed(r, p->region);
	int64_t pause = (expected ? r->view.now : newest) - p->last;

	if (p->n == 0 || pause <= r->plan->o->grace)
		return false;
	return expected ||
	    (pause > view_pause(r->plan, p->n, p->first, p->last) &&
		pause / 2 > usual_pause(p, width) && is_missed(a, p, width));
}

static void
add_to(struct part *p, bool yes, int64_t n)
{
	p->n += yes ? n : 0;
	p->of += n;
}

static void
cover_requests(
    const struct report *r, const struct artifact *a, size_t target, struct coverage *c)
{
	for (size_t i = 0; i < a->place_count; i++)
		for (size_t v = 0; v < a->version_count; v++)
			add_to(&c->requests, v == target,
			    timeline_count(r->plan, &a->places[i], v, c->since, INT64_MAX).n);
}

/* Of each tenant seen lately: was the version it got last the target? */
struct last_seen {
	int64_t at;
	bool target;
};

static void
cover_tenants(const struct report *r, size_t index, size_t target, struct coverage *c)
{
	const struct table *tenants = &r->tally->tenants;
	struct table lasts = { .size = sizeof(struct last_seen) };
	uint32_t slot;

	for (size_t i = 0; i < table_count(tenants); i++) {
		str name = tally_named(table_key(tenants, i), &slot);
		const struct tenant *t = table_at(tenants, i);
		if (t->last < c->since || r->prompt_of[slot] != index)
			continue;
		bool is = r->version_of[slot] == target;
		struct last_seen *l = table_put(&lasts, name);
		if (l->at == 0 || t->last > l->at || (t->last == l->at && is))
			*l = (struct last_seen){ t->last, is };
	}
	for (size_t i = 0; i < table_count(&lasts); i++)
		add_to(&c->tenants, ((struct last_seen *)table_at(&lasts, i))->target, 1);
	table_free(&lasts);
}

static struct coverage
coverage_of(const struct report *r, size_t index, size_t target)
{
	const struct artifact *a = &r->view.artifacts[index];
	struct coverage c = { .since = r->view.now - r->plan->o->grace };

	c.missing = ARENA_ARRAY(r->arena, size_t, a->place_count + 1);
	if (target == NO_VERSION)
		return c;
	for (size_t i = 0; i < a->place_count; i++) {
		if (a->places[i].retired)
			continue;
		bool serves = view_serves(&a->places[i], target);
		add_to(&c.regions, serves, 1);
		if (!serves)
			c.missing[c.missing_count++] = i;
	}
	for (size_t i = 0; i < r->region_count; i++) {
		bool seen = false;
		for (size_t j = 0; j < a->place_count; j++)
			seen |= str_eq(a->places[j].region, r->regions[i]);
		c.regions.of += !seen;
	}
	cover_requests(r, a, target, &c);
	cover_tenants(r, index, target, &c);
	return c;
}

static bool
is_mixed(const struct session *s)
{
	bool hashed = s->hash_low <= s->hash_high;

	return hashed ? s->hash_low != s->hash_high : s->label_low != s->label_high;
}

struct examples
standing_sessions(const struct report *r, size_t index)
{
	const struct table *sessions = &r->tally->sessions;
	struct examples e = { 0 };
	uint32_t slot;

	for (size_t i = 0; i < table_count(sessions); i++) {
		str id = tally_named(table_key(sessions, i), &slot);
		if (r->artifact_of[slot] != index || !is_mixed(table_at(sessions, i)))
			continue;
		struct example one = example_of(id);
		examples_add(&e, r->arena, &one);
	}
	return e;
}

static void
count_sessions(const struct report *r)
{
	const struct table *sessions = &r->tally->sessions;
	uint32_t slot;

	for (size_t i = 0; i < table_count(sessions); i++) {
		tally_named(table_key(sessions, i), &slot);
		if (r->artifact_of[slot] == NO_VERSION)
			continue;
		struct standing *s = &r->of[r->artifact_of[slot]];
		s->sessions++;
		s->mixed_sessions += is_mixed(table_at(sessions, i));
	}
}

/* Where the tally's names stand in the view. */
static void
find_names(struct report *r)
{
	const struct map *names = &r->tally->artifacts, *versions = &r->tally->versions;
	bool known;

	r->artifact_of = ARENA_ARRAY(r->arena, size_t, names->count + 1);
	r->prompt_of = ARENA_ARRAY(r->arena, size_t, versions->count + 1);
	r->version_of = ARENA_ARRAY(r->arena, size_t, versions->count + 1);
	for (size_t i = 0; i < names->count; i++) {
		str name = key_value(r->arena, map_key(names, i), 0, &known);
		r->artifact_of[i] = NO_VERSION;
		for (size_t k = 0; k < r->view.count; k++)
			if (str_is(r->view.artifacts[k].kind, "prompt") &&
			    str_eq(r->view.artifacts[k].name, name))
				r->artifact_of[i] = k;
	}
	for (size_t i = 0; i < versions->count; i++) {
		str rest = map_key(versions, i), name = str_cut(&rest, '|');
		size_t slot = map_find(names, name);
		r->prompt_of[i] = slot != MAP_NONE ? r->artifact_of[slot] : NO_VERSION;
		r->version_of[i] = r->prompt_of[i] != NO_VERSION ?
		    view_version(&r->view.artifacts[r->prompt_of[i]],
			key_value(r->arena, rest, 0, &known)) :
		    NO_VERSION;
	}
}

/* Do regions that agree begin to serve something newer, in records too few for a flip?  Then
 * that is where it goes. */
static bool
is_moving(const struct artifact *a, struct windows *w)
{
	bool moving = false;

	for (size_t i = 0; i < a->place_count; i++) {
		const struct place *p = &a->places[i];
		if ((w->state != IN_SYNC && w->state != CONVERGED) || w->target == NO_VERSION ||
		    p->silent || p->now == NO_VERSION || p->now <= w->target)
			continue;
		w->target = p->now;
		moving = true;
	}
	return moving;
}

static void
look_at(const struct report *r, const struct artifact *a, struct place *p)
{
	p->silent = is_silent(r, a, p);
	p->retired = p->silent && r->region_count > 0 && !listed(r, p->region);
}

static void
stand(struct report *r, size_t index)
{
	struct artifact *a = &r->view.artifacts[index];
	struct standing *s = &r->of[index];
	bool model = str_is(a->kind, "model");

	for (size_t i = 0; i < a->place_count; i++)
		look_at(r, a, &a->places[i]);
	timeline_make(r->arena, r->plan, a);
	s->windows = windows_of(r->arena, r->plan, a, r->view.now, model);
	s->effects = ARENA_ARRAY(r->arena, struct effect, s->windows.count + 1);
	if (!model) {
		for (size_t i = 0; i < s->windows.count; i++)
			s->effects[i] = effect_of(r->arena, r->plan, a, &s->windows.of[i]);
		int64_t quiet = s->windows.count > 0 ? s->windows.of[0].from : INT64_MAX;
		s->own_count = own_rates(r->arena, r->plan, a, quiet, &s->own);
	}
	if (is_moving(a, &s->windows))
		s->windows.state = PROGRESSING;
	s->coverage = coverage_of(r, index, s->windows.target);
	bool open = s->windows.state == PROGRESSING || s->windows.state == STALLED;
	if (open && s->coverage.regions.n == s->coverage.regions.of)
		s->windows.state = CONVERGED; /* the last flip is not sure yet */
}

static bool
too_many_unknown(const struct report *r)
{
	int64_t n = 0, unknown = 0;

	for (size_t i = 0; i < r->view.count; i++) {
		n += r->view.artifacts[i].n;
		unknown += r->view.artifacts[i].unknown;
	}
	const char *text = r->plan->o->max_unknown;
	str limit = str_of(text);
	double share = 0;
	limit.len -= str_ends(limit, "%");
	str_real(limit, &share);
	if (n == 0 || (double)unknown <= share / 100 * (double)n)
		return false;
	warn(
	    "%lld of %lld records do not say what they were served (neither hash nor label, or "
	    "a label that several contents have had), more than --max-unknown %s: cannot "
	    "tell; map them (--map prompt.version=PATH or prompt.sha256=PATH)",
	    (long long)unknown, (long long)n, text);
	return true;
}

static int
status_of(const struct report *r)
{
	int status = r->status;

	for (size_t i = 0; i < r->count; i++)
		if (r->found[i].open && strcmp(r->found[i].finding.severity, "notice") != 0)
			status = err_worse(status, EXIT_NO);
	if (too_many_unknown(r))
		status = err_worse(status, EXIT_INCONCLUSIVE);
	return status;
}

struct report
report_of(struct arena *arena, const struct plan *plan, const struct tally *t)
{
	struct report r = { .arena = arena, .plan = plan, .tally = t };

	if (plan->o->regions != NULL)
		r.regions = report_regions(arena, plan->o->regions, &r.region_count);
	r.hashes = tally_own_hashes(t);
	r.per_request = r.hashes.per_request;
	if (r.per_request) {
		r.status = EXIT_INCONCLUSIVE;
		return r;
	}
	r.view = view_of(arena, t, &plan->o->canary);
	r.of = ARENA_ARRAY(arena, struct standing, r.view.count + 1);
	find_names(&r);
	for (size_t i = 0; i < r.view.count; i++)
		stand(&r, i);
	count_sessions(&r);
	findings_make(&r);
	if (r.view.count == 0)
		r.status = err_worse(r.status, EXIT_INCONCLUSIVE);
	r.status = status_of(&r);
	return r;
}

static size_t
array_regions(struct arena *a, const char *file, str text, str *of)
{
	struct doc_error error;
	const struct doc *d = doc_parse(a, text, 0, &error);
	size_t n = 0;

	if (d == NULL)
		die(EXIT_USAGE, "--regions: %s: byte %zu: %s", file, error.offset + 1,
		    error.why);
	DOC_EACH (item, d) {
		if (doc_text(item).len == 0)
			die(EXIT_USAGE, "--regions: %s: not an array of names", file);
		of[n++] = doc_text(item);
	}
	return n;
}

str *
report_regions(struct arena *a, const char *file, size_t *count)
{
	str text, rest;
	const char *why = in_file(a, file, &text);

	if (why != NULL)
		die(EXIT_USAGE, "--regions: %s: %s", file, why);
	str *of = ARENA_ARRAY(a, str, text.len / 2 + 2);
	*count = 0;
	text = str_trim(text);
	if (text.len > 0 && text.at[0] == '[')
		*count = array_regions(a, file, text, of);
	for (rest = *count > 0 ? STR("") : text; rest.len > 0;) {
		str line = str_cut(&rest, '\n');
		str name = str_trim((str){ line.at, str_find(line, '#') });
		if (name.len > 0)
			of[(*count)++] = name;
	}
	if (*count == 0)
		die(EXIT_USAGE, "--regions: %s: names no region", file);
	return of;
}
