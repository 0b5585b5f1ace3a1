/* expect.c - what should be served, and what must not meet. */
#include <stdlib.h>

#include "base/key.h"
#include "compatible.h"
#include "findings.h"
#include "io/emit.h"

/* Regions that serve the version now, of all that are listed or seen; and of those that do not,
 * how many seem to, in too few records for a gate to be sure. */
struct served {
	struct part part;
	int64_t seem;
	size_t *missing, missing_count;
};

static struct served
serving(const struct report *r, const struct artifact *a, size_t version)
{
	struct served s = { .missing = ARENA_ARRAY(r->arena, size_t, a->place_count + 1) };
	bool gate = r->plan->o->within > 0;

	for (size_t i = 0; i < a->place_count; i++) {
		const struct place *at = &a->places[i];
		if (at->retired)
			continue;
		bool seems = view_serves(at, version);
		bool yes = gate ? view_surely(at, version) : seems;
		s.part.of++;
		s.part.n += yes;
		s.seem += seems && !yes;
		if (!yes)
			s.missing[s.missing_count++] = i;
	}
	for (size_t i = 0; i < r->region_count; i++) {
		bool seen = false;
		for (size_t j = 0; j < a->place_count; j++)
			seen |= str_eq(a->places[j].region, r->regions[i]);
		s.part.of += !seen;
	}
	return s;
}

/* A roll-out to it is on its way and has not stopped. */
static bool
on_its_way(const struct standing *s, size_t version)
{
	return s->windows.state == PROGRESSING && s->windows.target == version;
}

static void
expect(struct report *r, size_t index, str word)
{
	const struct artifact *a = &r->view.artifacts[index];
	size_t version = view_version(a, word);
	const struct served s = serving(r, a, version);
	bool unsure = s.part.n + s.seem == s.part.of;
	bool pending = unsure || on_its_way(&r->of[index], version);

	if (s.part.n == s.part.of)
		return;
	struct found *f =
	    finding_about(r, a, STR(""), "unexpected", pending ? "notice" : "error");
	struct buf b = { 0 };
	f->finding.n = s.part.of - s.part.n;
	emit_kstr(&b, "expected", word);
	emit_kint(&b, "regions_serving", s.part.n);
	emit_kint(&b, "regions", s.part.of);
	f->finding.numbers = finding_keep(r, &b);
	f->finding.message = arena_printf(r->arena,
	    "%.*s: expected %.*s, served %sin %lld of %lld regions%s%.*s%s",
	    STR_F(say_artifact(r->arena, a)), STR_F(word), s.seem > 0 ? "for sure " : "",
	    (long long)s.part.n, (long long)s.part.of, s.missing_count > 0 ? "; not in " : "",
	    STR_F(say_places(r->arena, a, s.missing, s.missing_count)),
	    unsure      ? "; too few records since then" :
		pending ? "; the roll-out goes on" :
			  "");
	if (pending)
		r->status = err_worse(r->status, EXIT_INCONCLUSIVE);
}

void
findings_expected(struct report *r)
{
	const struct in_list *e = &r->plan->o->expect;

	for (size_t i = 0; i < e->count; i++) {
		str version = str_of(e->items[i]), name = str_cut(&version, '=');
		bool any = false;
		for (size_t j = 0; j < r->view.count; j++)
			if (view_is(&r->view.artifacts[j], name)) {
				any = true;
				expect(r, j, version);
			}
		if (any || r->view.count == 0)
			continue;
		warn("--expect %s: no record names that artifact", e->items[i]);
		r->status = err_worse(r->status, EXIT_INCONCLUSIVE);
	}
}

void
findings_incompatible(struct report *r)
{
	const struct table *combos = &r->tally->combos;
	bool known;

	if (r->plan->o->compatible == NULL)
		return;
	const struct rules *rules = compatible_read(r->arena, r->plan->o->compatible);
	size_t *order = table_sorted(combos);
	for (size_t i = 0; i < table_count(combos); i++) {
		const struct combo *c = table_at(combos, order[i]);
		str key = table_key(combos, order[i]), parts[COMBO_PARTS], why = { 0 };
		for (size_t j = 0; j < COMBO_PARTS; j++)
			parts[j] = key_value(r->arena, key, j, &known);
		if (compatible_fits(r->arena, rules, parts, &why))
			continue;
		struct found *f = report_add(r, "incompatible", "error");
		struct buf b = { 0 };
		for (size_t j = 0; j < COMBO_PARTS; j++)
			emit_kstr(&b, compatible_parts[j], parts[j]);
		f->finding.subject = finding_keep(r, &b);
		f->group = arena_printf(r->arena, "prompt %.*s", STR_F(parts[0]));
		f->open = finding_holds(r, c->last >= r->view.now - r->plan->o->grace);
		f->finding.first = c->first;
		f->finding.last = c->last;
		f->finding.n = c->n;
		f->finding.examples = c->examples;
		f->finding.message =
		    arena_printf(r->arena, "%.*s in %.*s: %.*s (%lld records)", STR_F(parts[0]),
			STR_F(parts[COMBO_PARTS - 1]), STR_F(why), (long long)c->n);
	}
	free(order);
}
