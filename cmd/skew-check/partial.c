/* partial.c - a tally as lines.
 *
 * The kind of a line is the first letter of its key: n counters, c a cell, t a tenant, s a
 * session, m a combination. */
#include "partial.h"

#include <stdlib.h>

#include "base/key.h"

static const struct part_member tally_members[] = { { "served",
							offsetof(struct tally, records) },
	PART_MEMBER(tally, added), PART_MEMBER(tally, no_artifact),
	PART_MEMBER(tally, no_region), PART_MEMBER(tally, no_time), PART_MEMBER(tally, later),
	PART_MEMBER(tally, other_traffic), PART_MEMBER(tally, no_version),
	PART_MEMBER(tally, first), PART_MEMBER(tally, last), PART_END };
static const struct part_member cell_members[] = { PART_MEMBER(cell, bucket),
	PART_MEMBER(cell, n), PART_MEMBER(cell, known), PART_MEMBER(cell, failed), PART_END };
static const struct part_member tenant_members[] = { PART_MEMBER(tenant, last), PART_END };
/* Hashes go as signed numbers of the same bits. */
static const struct part_member session_members[] = { PART_MEMBER(session, hash_low),
	PART_MEMBER(session, hash_high), PART_MEMBER(session, label_low),
	PART_MEMBER(session, label_high), PART_END };
static const struct part_member combo_members[] = { PART_MEMBER(combo, n),
	PART_MEMBER(combo, first), PART_MEMBER(combo, last), PART_END };

static void
write_cell(struct part_line *w, const struct tally *t, const struct cell *c)
{
	const struct examples e = { c->example.id.len > 0, { c->example } };

	part_begin(w, 'c', table_key(&t->series, c->series));
	buf_printf(&w->line, "|%lld", (long long)c->bucket);
	part_emit(&w->state, c, cell_members);
	part_emit_examples(&w->state, &e);
	emit_key(&w->state, "slots");
	emit_open(&w->state, '[');
	for (size_t i = 0; i < SLOTS; i++) {
		if (c->seen[i] == 0)
			continue;
		emit_int(&w->state, (int64_t)i);
		emit_int(&w->state, c->seen[i]);
		emit_int(&w->state, c->bad[i]);
	}
	emit_close(&w->state, ']');
	part_finish(w);
}

/* Cells by series and time, whatever the order they came in. */
static const struct tally *sorted_of;

static int
by_series_and_time(const void *x, const void *y)
{
	const struct cell *a = *(const struct cell *const *)x,
			  *b = *(const struct cell *const *)y;
	int order = a->series == b->series ? 0 :
					     str_cmp(table_key(&sorted_of->series, a->series),
						 table_key(&sorted_of->series, b->series));

	return order != 0 ? order : a->bucket < b->bucket ? -1 : a->bucket > b->bucket;
}

static void
write_cells(struct part_line *w, const struct tally *t)
{
	size_t n = table_count(&t->cells);
	const struct cell **of = malloc((n + 1) * sizeof(struct cell *));

	if (of == NULL)
		die(EXIT_SYSTEM, "out of memory");
	for (size_t i = 0; i < n; i++)
		of[i] = table_at(&t->cells, i);
	sorted_of = t;
	qsort(of, n, sizeof(struct cell *), by_series_and_time);
	for (size_t i = 0; i < n; i++)
		write_cell(w, t, of[i]);
	free(of);
}

static void
write_combos(struct part_line *w, const struct table *t)
{
	size_t n = table_count(t), *order = table_sorted(t);

	for (size_t i = 0; i < n; i++) {
		const struct combo *c = table_at(t, order[i]);
		part_begin(w, 'm', table_key(t, order[i]));
		part_emit(&w->state, c, combo_members);
		part_emit_examples(&w->state, &c->examples);
		part_finish(w);
	}
	free(order);
}

/* What is kept by a slot and a name, as a table by the slot's text and the name. */
static void
write_named(struct part_line *w, char kind, const struct table *t, const struct map *slots,
    const struct part_member *members)
{
	struct table by_text = { .size = sizeof(size_t) };
	struct buf key = { 0 };
	uint32_t slot;

	for (size_t i = 0; i < table_count(t); i++) {
		str name = tally_named(table_key(t, i), &slot);
		buf_reset(&key);
		buf_add(&key, map_key(slots, slot));
		key_add(&key, name, false);
		*(size_t *)table_put(&by_text, buf_str(&key)) = i;
	}
	size_t n = table_count(&by_text), *order = table_sorted(&by_text);
	for (size_t i = 0; i < n; i++) {
		part_begin(w, kind, table_key(&by_text, order[i]));
		part_emit(&w->state, table_at(t, *(const size_t *)table_at(&by_text, order[i])),
		    members);
		part_finish(w);
	}
	free(order);
	table_free(&by_text);
	buf_free(&key);
}

void
partial_write(const struct tally *t, const struct part_counters *c)
{
	struct part_line w = { .shape = t->plan->shape };

	if (c->records + c->bad + c->outside + c->timeless == 0)
		return;
	part_begin(&w, 'n', STR(""));
	part_emit(&w.state, c, part_counter_members);
	part_emit(&w.state, t, tally_members);
	part_finish(&w);
	write_cells(&w, t);
	write_named(&w, 't', &t->tenants, &t->versions, tenant_members);
	write_named(&w, 's', &t->sessions, &t->artifacts, session_members);
	write_combos(&w, &t->combos);
	part_free(&w);
}

/* Numbers by threes: slot, records, failed ones. */
static bool
parse_slots(struct cell *c, const struct doc *list)
{
	int64_t v[3];
	size_t n = 0;

	DOC_EACH (d, list) {
		if (!doc_int(d, &v[n % 3]) || v[n % 3] < 0 || v[n % 3] > UINT8_MAX)
			return false;
		if (++n % 3 != 0)
			continue;
		if (v[0] >= SLOTS || v[1] == 0 || v[2] > v[1] || c->seen[v[0]] != 0)
			return false;
		c->seen[v[0]] = (uint8_t)v[1];
		c->bad[v[0]] = (uint8_t)v[2];
	}
	return n > 0 && n % 3 == 0;
}

static bool
read_cell(struct tally *t, struct arena *a, str key, const struct doc *d)
{
	struct cell c = { 0 };
	struct examples e = { 0 };
	size_t bar = key.len;

	while (bar > 0 && key.at[bar - 1] != '|')
		bar--;
	if (bar == 0 || !part_has(key, PART_TRAFFIC + 2) || !part_parse(&c, cell_members, d) ||
	    !parse_slots(&c, doc_get(d, "slots")) || c.n <= 0 || c.n > PART_MOST ||
	    c.known < 0 || c.known > c.n || c.failed < 0 || c.failed > c.known)
		return false;
	int64_t bucket;
	if (!str_int(str_from(key, bar), &bucket) || bucket != c.bucket || bucket < 0 ||
	    bucket > WHEN_YEAR_2200 / t->plan->o->bucket)
		return false;
	part_parse_examples(&e, a, doc_get(d, "examples"));
	c.example = e.count > 0 ? e.of[0] : (struct example){ UINT64_MAX, { 0 } };
	size_t series = tally_series(t, (str){ key.at, bar - 1 });
	((struct series *)table_at(&t->series, series))->n += c.n;
	tally_cell_add(t, tally_cell(t, series, c.bucket), &c);
	return true;
}

static bool
read_tenant(struct tally *t, struct arena *a, str key, const struct doc *d)
{
	struct tenant more;
	str name;

	if (!part_has(key, 3) || !part_last(a, &key, &name) ||
	    !part_parse(&more, tenant_members, d) || !when_usual(more.last))
		return false;
	struct tenant *one = tally_tenant(t, (uint32_t)map_slot(&t->versions, key), name);
	one->last = more.last > one->last ? more.last : one->last;
	return true;
}

static bool
read_session(struct tally *t, struct arena *a, str key, const struct doc *d)
{
	struct session more;
	str name;

	if (!part_has(key, 2) || !part_last(a, &key, &name) ||
	    !part_parse(&more, session_members, d))
		return false;
	tally_session_add(
	    tally_session(t, (uint32_t)map_slot(&t->artifacts, key), name), &more);
	return true;
}

static bool
read_combo(struct tally *t, struct arena *a, str key, const struct doc *d)
{
	struct combo more = { 0 };

	if (!part_has(key, COMBO_PARTS) || !part_parse(&more, combo_members, d) ||
	    more.n <= 0 || more.n > PART_MOST || !when_usual(more.first) ||
	    !when_usual(more.last))
		return false;
	part_parse_examples(&more.examples, a, doc_get(d, "examples"));
	tally_combo_add(t, tally_combo(t, key), &more);
	return true;
}

static bool
read_counters(struct tally *t, struct part_counters *c, const struct doc *d)
{
	struct part_counters more;
	struct tally other = { 0 };

	if (!part_parse(&more, part_counter_members, d) ||
	    !part_parse(&other, tally_members, d) ||
	    !part_counts(&more, part_counter_members) || other.records < 0 ||
	    (other.records > 0 && (!when_usual(other.first) || !when_usual(other.last))))
		return false;
	if (other.records == 0) {
		other.first = INT64_MAX;
		other.last = INT64_MIN;
	}
	part_count(c, &more);
	t->added += other.added;
	t->records += other.records;
	t->no_artifact += other.no_artifact;
	t->no_region += other.no_region;
	t->no_time += other.no_time;
	t->later += other.later;
	t->other_traffic += other.other_traffic;
	t->no_version += other.no_version;
	t->first = other.first < t->first ? other.first : t->first;
	t->last = other.last > t->last ? other.last : t->last;
	return true;
}

const char *
partial_read(struct tally *t, struct part_counters *c, str line)
{
	struct arena a = { 0 };
	struct part_read r = { 0 };
	const char *why = part_take(&a, line, t->plan->shape, &r);
	bool ok = why != NULL;

	switch (r.kind) {
	case 'n': ok = read_counters(t, c, r.state); break;
	case 'c': ok = read_cell(t, &a, r.key, r.state); break;
	case 't': ok = read_tenant(t, &a, r.key, r.state); break;
	case 's': ok = read_session(t, &a, r.key, r.state); break;
	case 'm': ok = read_combo(t, &a, r.key, r.state); break;
	default: break;
	}
	arena_free(&a);
	return why != NULL || ok ? why : "a partial that is broken";
}

const char *
partial_check(struct tally *t)
{
	int64_t n = 0, width = t->plan->o->bucket;
	bool timed = t->first <= t->last;

	for (size_t i = 0; i < table_count(&t->cells); i++) {
		const struct cell *c = table_at(&t->cells, i);
		n += c->n;
		if (timed)
			continue;
		LOWER(t->first, c->bucket * width); /* the line that says so is missing */
		HIGHER(t->last, (c->bucket + 1) * width - 1);
	}
	return n == t->added ? NULL : "lines are missing: counters and buckets do not agree";
}
