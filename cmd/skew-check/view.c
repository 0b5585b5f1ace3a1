/* view.c - from series and cells to artifacts, versions and regions. */
#include "view.h"

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>

#include "base/key.h"
#include "claims.h"
#include "making.h"

static void
read_parts(struct making *m)
{
	struct arena *a = m->arena;
	bool known;

	m->count = table_count(&m->tally->series);
	m->series = ARENA_ARRAY(a, struct parts, m->count + 1);
	m->artifacts.size = 1;
	for (size_t i = 0; i < m->count; i++) {
		struct parts *p = &m->series[i];
		str key = table_key(&m->tally->series, i);
		p->kind = key_value(a, key, PART_KIND, &known);
		p->name = key_value(a, key, PART_NAME, &known);
		p->region = key_value(a, key, PART_REGION, &known);
		p->hash = key_value(a, key, PART_HASH, &p->has_hash);
		p->label = key_value(a, key, PART_LABEL, &p->has_label);
		p->eval = str_is(key_value(a, key, PART_TRAFFIC, &known), "eval");
		str name =
		    arena_printf(a, "%.*s\t%.*s", (int)p->kind.len, p->kind.at, STR_F(p->name));
		p->artifact = table_slot(&m->artifacts, table_put(&m->artifacts, name));
		p->first = INT64_MAX;
	}
	for (size_t i = 0; i < table_count(&m->tally->cells); i++) {
		const struct cell *c = table_at(&m->tally->cells, i);
		LOWER(m->series[c->series].first, c->bucket);
	}
}

int
making_by_text(const void *x, const void *y)
{
	return str_cmp(*(const str *)x, *(const str *)y);
}

/* The texts in order, each once; how many there are. */
static size_t
sort_unique(str *of, size_t n)
{
	size_t kept = 0;

	qsort(of, n, sizeof *of, making_by_text);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || !str_eq(of[kept - 1], of[i]))
			of[kept++] = of[i];
	return kept;
}

size_t
making_find(const str *of, size_t n, str what)
{
	const str *hit = bsearch(&what, of, n, sizeof *of, making_by_text);

	return hit != NULL ? (size_t)(hit - of) : NO_VERSION;
}

str
view_short(str hash)
{
	size_t colon = str_find(hash, ':');

	if (colon < hash.len)
		hash = str_from(hash, colon + 1);
	return hash.len > 8 ? (str){ hash.at, 8 } : hash;
}

/* What a series stands for, as an id: its hash, that of its label, or its label. */
static str
identity(struct parts *p, const struct claims *claims)
{
	if (p->has_hash)
		return p->hash;
	if (!p->has_label)
		return STR("");
	str hash = claims_content(claims, p->label, &p->ambiguous);
	return hash.len > 0 ? hash : p->label;
}

static void
name_versions(struct making *m, struct artifact *a)
{
	for (size_t i = 0; i < a->version_count; i++) {
		struct version *v = &a->versions[i];
		size_t same = 0;
		for (size_t j = 0; j < a->version_count; j++)
			same += str_eq(a->versions[j].label, v->label);
		if (v->label.len == 0)
			v->name = v->hashed ? view_short(v->id) : v->id;
		else if (same == 1)
			v->name = v->label;
		else
			v->name = arena_printf(
			    m->arena, "%.*s (%.*s)", STR_F(v->label), STR_F(view_short(v->id)));
	}
}

/* What was served under which label. */
static struct claims
claims_of(struct making *m, size_t index)
{
	struct claims c = { 0 };

	for (size_t k = m->begin[index]; k < m->begin[index + 1]; k++) {
		size_t i = m->of[k];
		const struct parts *p = &m->series[i];
		const struct series *s = table_at(&m->tally->series, i);
		if (p->has_hash && p->has_label)
			claims_add(&c, p->label, p->hash, s->n, p->first);
	}
	claims_settle(m->arena, &c);
	return c;
}

/* Versions by first sight, and each series' own. */
static void
make_versions(struct making *m, size_t index)
{
	struct artifact *a = &m->view.artifacts[index];
	const struct claims claims = claims_of(m, index);
	size_t first = m->begin[index], end = m->begin[index + 1], n = 0;
	str *ids = ARENA_ARRAY(m->arena, str, end - first + 1);

	for (size_t k = first; k < end; k++) {
		str id = identity(&m->series[m->of[k]], &claims);
		if (id.len > 0)
			ids[n++] = id;
	}
	a->version_count = n = sort_unique(ids, n);
	a->versions = ARENA_ARRAY(m->arena, struct version, n + 1);
	for (size_t i = 0; i < n; i++) {
		struct version *v = &a->versions[i];
		*v = (struct version){ .id = ids[i], .first = INT64_MAX };
		claims_labels(&claims, ids[i], &v->label, &v->own);
	}
	for (size_t k = first; k < end; k++) {
		struct parts *p = &m->series[m->of[k]];
		p->version = making_find(ids, n, identity(p, &claims));
		p->meant = p->claimed = p->version;
		if (p->version == NO_VERSION)
			continue;
		struct version *v = &a->versions[p->version];
		v->hashed |= p->has_hash;
		if (!p->has_hash || !p->has_label)
			continue;
		bool several;
		p->meant = making_find(ids, n, claims_content(&claims, p->label, &several));
		if (!str_eq(v->own, p->label))
			p->claimed = p->meant;
	}
}

/* The regions of an artifact, without points. */
static void
make_places(struct making *m, size_t index)
{
	struct artifact *a = &m->view.artifacts[index];
	size_t first = m->begin[index], end = m->begin[index + 1], n = 0;
	str *regions = ARENA_ARRAY(m->arena, str, end - first + 1);

	for (size_t k = first; k < end; k++)
		if (!m->series[m->of[k]].eval)
			regions[n++] = m->series[m->of[k]].region;
	a->place_count = n = sort_unique(regions, n);
	a->places = ARENA_ARRAY(m->arena, struct place, n + 1);
	for (size_t i = 0; i < n; i++)
		a->places[i] = (struct place){ .region = regions[i],
			.now = NO_VERSION,
			.latest = NO_VERSION,
			.settled = NO_VERSION };
}

#define UNLIKELY                                                                               \
	20 /* of so many expected records none came: with random times, once in 5e8            \
	    */

int64_t
view_pause(const struct plan *plan, int64_t n, int64_t first, int64_t last)
{
	int64_t usual = n > 1 ? (last - first) / (n - 1) : last - first;
	int64_t pause = usual < INT64_MAX / UNLIKELY ? usual * UNLIKELY : INT64_MAX;

	return pause > plan->o->grace ? pause : plan->o->grace;
}

/* The score test (Wilson 1927) that more than half are of it: (2x - n)^2 >= z^2 n, where z^2 is
 * SURE, p = .0005. */
bool
view_surely(const struct place *p, size_t version)
{
	if (!view_serves(p, version))
		return false;
	const struct run *last = &p->runs[p->run_count - 1];
	double n = (double)last->of, more = 2 * (double)last->n - n;

	return (p->run_count == 1 && more >= n) || (more > 0 && more * more >= SURE * n);
}

bool
view_is(const struct artifact *a, str word)
{
	return str_eq(a->name, word) || str_eq(a->kind, word);
}

size_t
view_version(const struct artifact *a, str word)
{
	static_assert(offsetof(struct meaning, label) == 0, "as making_by_text() compares");
	const struct meaning *m =
	    bsearch(&word, a->meanings, a->meaning_count, sizeof *a->meanings, making_by_text);

	if (m != NULL)
		return m->version;
	for (size_t i = 0; i < a->version_count; i++)
		if (str_eq(a->versions[i].name, word) || str_eq(a->versions[i].id, word))
			return i;
	for (size_t i = 0; i < a->version_count && word.len >= 6; i++) {
		str hash = str_from(a->versions[i].id, str_find(a->versions[i].id, ':') + 1);
		if (hash.len == 0)
			hash = a->versions[i].id;
		if (hash.len >= word.len && memcmp(hash.at, word.at, word.len) == 0)
			return i;
	}
	return NO_VERSION;
}

/* NAME=VERSION or VERSION alone, which is that of any artifact. */
static void
mark_canaries(struct artifact *a, const struct in_list *canaries)
{
	for (size_t i = 0; i < canaries->count; i++) {
		str version = str_of(canaries->items[i]), name = { 0 };
		if (str_find(version, '=') < version.len)
			name = str_cut(&version, '=');
		size_t v =
		    name.len == 0 || view_is(a, name) ? view_version(a, version) : NO_VERSION;
		if (v != NO_VERSION)
			a->versions[v].canary = true;
	}
}

/* Artifacts by kind and name, and the series of each. */
static void
order_artifacts(struct making *m)
{
	size_t n = m->view.count, *order = table_sorted(&m->artifacts);
	size_t *place = ARENA_ARRAY(m->arena, size_t, n + 1);

	for (size_t i = 0; i < n; i++) {
		str name = table_key(&m->artifacts, order[i]), kind = str_cut(&name, '\t');
		m->view.artifacts[i] = (struct artifact){ .kind = arena_keep(m->arena, kind),
			.name = arena_keep(m->arena, name) };
		place[order[i]] = i;
	}
	free(order);
	m->of = ARENA_ARRAY(m->arena, size_t, m->count + 1);
	m->begin = ARENA_ARRAY(m->arena, size_t, n + 2);
	for (size_t i = 0; i < m->count; i++) {
		m->series[i].artifact = place[m->series[i].artifact];
		m->begin[m->series[i].artifact + 1]++;
	}
	for (size_t i = 0; i < n; i++) {
		m->begin[i + 1] += m->begin[i];
		place[i] = m->begin[i];
	}
	for (size_t i = 0; i < m->count; i++)
		m->of[place[m->series[i].artifact]++] = i;
}

struct view
view_of(struct arena *arena, const struct tally *t, const struct in_list *canaries)
{
	struct making m = { .arena = arena, .tally = t };

	read_parts(&m);
	m.view.count = table_count(&m.artifacts);
	m.view.artifacts = ARENA_ARRAY(arena, struct artifact, m.view.count + 1);
	order_artifacts(&m);
	for (size_t i = 0; i < m.view.count; i++) {
		make_versions(&m, i);
		make_places(&m, i);
	}
	points_fill(&m);
	for (size_t i = 0; i < m.view.count; i++) {
		struct artifact *a = &m.view.artifacts[i];
		points_settle(&m, i);
		meanings_make(&m, i);
		name_versions(&m, a);
		mark_canaries(a, canaries);
	}
	m.view.now = t->plan->now != NO_TIME ? t->plan->now : t->last;
	table_free(&m.artifacts);
	return m.view;
}

str
view_region(struct arena *a, const struct tally *t, const struct cell *c)
{
	bool known;

	return key_value(a, table_key(&t->series, c->series), PART_REGION, &known);
}
