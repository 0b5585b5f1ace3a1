/* view.c - from series and cells to artifacts, versions and regions. */
#include "view.h"

#include <stdlib.h>

#include "base/key.h"
#include "base/mem.h"

/* A series with its key taken apart. */
struct parts {
	str kind, name, region, hash, label;
	bool has_hash, has_label, eval;
	size_t artifact, version, claimed;
	bool relabelled;
};

/* How often a label stood with a hash. */
struct pair {
	str label, hash;
	int64_t n;
};

struct making {
	struct arena *arena;
	const struct tally *tally;
	struct parts *series;
	size_t count;
	size_t *of, *begin;     /* series by artifact: begin[i] .. begin[i + 1] of them */
	struct table artifacts; /* of nothing, by kind and name */
	struct view view;
};

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
	}
}

static int
by_text(const void *x, const void *y)
{
	return str_cmp(*(const str *)x, *(const str *)y);
}

/* The texts in order, each once; how many there are. */
static size_t
sort_unique(str *of, size_t n)
{
	size_t kept = 0;

	qsort(of, n, sizeof *of, by_text);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || !str_eq(of[kept - 1], of[i]))
			of[kept++] = of[i];
	return kept;
}

static size_t
find_text(const str *of, size_t n, str what)
{
	const str *hit = bsearch(&what, of, n, sizeof *of, by_text);

	return hit != NULL ? (size_t)(hit - of) : NO_VERSION;
}

static int
by_pair(const void *x, const void *y)
{
	const struct pair *a = x, *b = y;
	int order = str_cmp(a->label, b->label);

	if (order == 0)
		order = a->n != b->n ? (a->n > b->n ? -1 : 1) : str_cmp(a->hash, b->hash);
	return order;
}

/* Labels with their hashes, of each label the most frequent first. */
static struct pair *
pairs_of(struct making *m, size_t artifact, size_t *count)
{
	struct table sums = { .size = sizeof(struct pair) };
	struct buf key = { 0 };

	for (size_t k = m->begin[artifact]; k < m->begin[artifact + 1]; k++) {
		size_t i = m->of[k];
		const struct parts *p = &m->series[i];
		if (!p->has_hash || !p->has_label)
			continue;
		buf_reset(&key);
		key_add(&key, p->label, true);
		key_add(&key, p->hash, false);
		struct pair *sum = table_put(&sums, buf_str(&key));
		*sum = (struct pair){ p->label, p->hash,
			sum->n + ((const struct series *)table_at(&m->tally->series, i))->n };
	}
	*count = table_count(&sums);
	struct pair *pairs = ARENA_ARRAY(m->arena, struct pair, *count + 1);
	for (size_t i = 0; i < *count; i++)
		pairs[i] = *(struct pair *)table_at(&sums, i);
	qsort(pairs, *count, sizeof *pairs, by_pair);
	table_free(&sums);
	buf_free(&key);
	return pairs;
}

/* The content that a label stands for; empty: no record says. */
static str
content_of(const struct pair *pairs, size_t n, str label)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (str_cmp(pairs[middle].label, label) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < n && str_eq(pairs[low].label, label) ? pairs[low].hash : STR("");
}

/* The label that most records of the hash carry. */
static str
label_of(const struct pair *pairs, size_t n, str hash)
{
	const struct pair *best = NULL;

	for (size_t i = 0; i < n; i++)
		if (str_eq(pairs[i].hash, hash) && (best == NULL || pairs[i].n > best->n))
			best = &pairs[i];
	return best != NULL ? best->label : STR("");
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
identity(const struct parts *p, const struct pair *pairs, size_t n)
{
	if (p->has_hash)
		return p->hash;
	if (!p->has_label)
		return STR("");
	str hash = content_of(pairs, n, p->label);
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

static int
by_first(const void *x, const void *y)
{
	const struct version *a = x, *b = y;

	return a->first != b->first ? (a->first < b->first ? -1 : 1) : str_cmp(a->id, b->id);
}

/* Versions by first sight, and each series' own. */
static void
make_versions(struct making *m, size_t index)
{
	struct artifact *a = &m->view.artifacts[index];
	size_t pair_count, n = 0;
	const struct pair *pairs = pairs_of(m, index, &pair_count);
	size_t first = m->begin[index], end = m->begin[index + 1];
	str *ids = ARENA_ARRAY(m->arena, str, end - first + 1);

	for (size_t k = first; k < end; k++) {
		str id = identity(&m->series[m->of[k]], pairs, pair_count);
		if (id.len > 0)
			ids[n++] = id;
	}
	a->version_count = n = sort_unique(ids, n);
	a->versions = ARENA_ARRAY(m->arena, struct version, n + 1);
	for (size_t i = 0; i < n; i++) {
		str label = label_of(pairs, pair_count, ids[i]);
		a->versions[i] = (struct version){ .id = ids[i], .first = INT64_MAX };
		a->versions[i].label = label;
	}
	for (size_t k = first; k < end; k++) {
		struct parts *p = &m->series[m->of[k]];
		p->version = find_text(ids, n, identity(p, pairs, pair_count));
		p->claimed = p->version;
		if (p->version == NO_VERSION)
			continue;
		struct version *v = &a->versions[p->version];
		v->hashed |= p->has_hash;
		if (!p->has_hash || !p->has_label)
			continue;
		str meant = content_of(pairs, pair_count, p->label);
		p->relabelled = !str_eq(meant, p->hash);
		if (p->relabelled && !str_eq(v->label, p->label))
			p->claimed = find_text(ids, n, meant);
	}
}

static int
by_place(const void *x, const void *y)
{
	const struct point *a = x, *b = y;

	if (a->bucket != b->bucket)
		return a->bucket < b->bucket ? -1 : 1;
	return a->cell->series < b->cell->series ? -1 : a->cell->series > b->cell->series;
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
		a->places[i] = (struct place){
			.region = regions[i], .now = NO_VERSION, .latest = NO_VERSION
		};
}

static struct place *
place_of(const struct artifact *a, str region)
{
	size_t low = 0, high = a->place_count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (str_cmp(a->places[middle].region, region) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < a->place_count && str_eq(a->places[low].region, region) ? &a->places[low] :
									       NULL;
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

/* The time of the first (or behind the last) slot of a cell in which something was seen. */
static int64_t
edge_time(const struct cell *c, int64_t width, bool last)
{
	int slot = last ? SLOTS - 1 : 0;

	while (slot >= 0 && slot < SLOTS && c->seen[slot] == 0)
		slot += last ? -1 : 1;
	return c->bucket * width + (slot + last) * (width / SLOTS);
}

static void
add_point(struct making *m, const struct cell *c)
{
	const struct parts *p = &m->series[c->series];
	struct artifact *a = &m->view.artifacts[p->artifact];
	const struct point point = { c->bucket, p->version, p->claimed, p->relabelled, p->label,
		c };
	int64_t width = m->tally->plan->o->bucket;
	int64_t first = edge_time(c, width, false), last = edge_time(c, width, true);

	if (p->version != NO_VERSION) {
		struct version *v = &a->versions[p->version];
		v->n += c->n;
		v->first = c->bucket < v->first ? c->bucket : v->first;
	}
	if (p->eval) {
		a->evals[a->eval_count++] = point;
		return;
	}
	struct place *place = place_of(a, p->region);
	if (place->n == 0 || first < place->first)
		place->first = first;
	if (place->n == 0 || last > place->last)
		place->last = last;
	place->points[place->point_count++] = point;
	place->n += c->n;
	a->n += c->n;
	a->unknown += p->version == NO_VERSION ? c->n : 0;
	a->without_hash += p->version != NO_VERSION && !p->has_hash ? c->n : 0;
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
		new[find_text(ids, n, a->versions[i].id)] = i;
	for (size_t i = 0; i <= a->place_count; i++) {
		bool evals = i == a->place_count;
		struct point *of = evals ? a->evals : a->places[i].points;
		size_t count = evals ? a->eval_count : a->places[i].point_count;
		qsort(of, count, sizeof *of, by_place);
		for (size_t j = 0; j < count; j++)
			if (of[j].version != NO_VERSION) {
				of[j].version = new[of[j].version];
				of[j].claimed = new[of[j].claimed];
			}
	}
}

bool
view_is(const struct artifact *a, str word)
{
	return str_eq(a->name, word) || str_eq(a->kind, word);
}

size_t
view_version(const struct artifact *a, str word)
{
	for (size_t i = 0; i < a->version_count; i++)
		if (str_eq(a->versions[i].name, word) || str_eq(a->versions[i].id, word))
			return i;
	for (size_t i = 0; i < a->version_count; i++)
		if (str_eq(a->versions[i].label, word))
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
	count_points(&m);
	for (size_t i = 0; i < table_count(&t->cells); i++)
		add_point(&m, table_at(&t->cells, i));
	for (size_t i = 0; i < m.view.count; i++) {
		struct artifact *a = &m.view.artifacts[i];
		renumber(&m, a);
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
