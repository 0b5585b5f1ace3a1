/* partial.c - a tally as lines.
 *
 * The kind of a line is the first letter of its key: n counters, c a cell, t a tenant, s a
 * session, m a combination. */
#include "partial.h"

#include <stdlib.h>

#include "base/key.h"
#include "io/doc.h"
#include "io/emit.h"
#include "io/out.h"

/* Whole numbers of a state, by name. */
struct member {
	const char *name;
	size_t at;
};
#define MEMBER(type, name)                                                                     \
	{                                                                                      \
#name, offsetof(struct type, name)                                             \
	}
#define MEMBER_END                                                                             \
	{                                                                                      \
		NULL, 0                                                                        \
	}

static const struct member counter_members[] = { MEMBER(counters, records),
	MEMBER(counters, bad), MEMBER(counters, outside), MEMBER(counters, timeless),
	MEMBER_END };
static const struct member tally_members[] = { { "served", offsetof(struct tally, records) },
	MEMBER(tally, no_artifact), MEMBER(tally, no_region), MEMBER(tally, no_time),
	MEMBER(tally, later), MEMBER(tally, other_traffic), MEMBER(tally, no_version),
	MEMBER(tally, first), MEMBER(tally, last), MEMBER_END };
static const struct member cell_members[] = { MEMBER(cell, bucket), MEMBER(cell, n),
	MEMBER(cell, known), MEMBER(cell, failed), MEMBER_END };
static const struct member tenant_members[] = { MEMBER(tenant, last), MEMBER_END };
/* Hashes go as signed numbers of the same bits. */
static const struct member session_members[] = { MEMBER(session, version_low),
	MEMBER(session, version_high), MEMBER(session, region_low),
	MEMBER(session, region_high), MEMBER(session, first), MEMBER(session, last),
	MEMBER(session, n), MEMBER_END };
static const struct member combo_members[] = { MEMBER(combo, n), MEMBER(combo, first),
	MEMBER(combo, last), MEMBER_END };

static void
emit_members(struct buf *b, const void *state, const struct member *m)
{
	for (; m->name != NULL; m++)
		emit_kint(b, m->name,
		    *(const int64_t *)(const void *)((const char *)state + m->at));
}

/* All of them must be there and whole numbers. */
static bool
parse_members(void *state, const struct member *m, const struct doc *d)
{
	bool ok = true;

	for (; m->name != NULL; m++)
		ok = doc_int(doc_get(d, m->name),
			 (int64_t *)(void *)((char *)state + m->at)) &&
		    ok;
	return ok;
}

struct writing {
	str shape;
	struct buf line, state;
};

static void
begin(struct writing *w, char kind, str key)
{
	buf_reset(&w->line);
	buf_byte(&w->line, kind);
	buf_byte(&w->line, '|');
	buf_add(&w->line, key);
	buf_reset(&w->state);
	emit_open(&w->state, '{');
	emit_kint(&w->state, "v", 1);
	emit_kstr(&w->state, "shape", w->shape);
}

static void
end(struct writing *w)
{
	emit_close(&w->state, '}');
	buf_byte(&w->line, '\t');
	buf_add(&w->line, buf_str(&w->state));
	out_line(buf_str(&w->line));
}

static void
emit_examples(struct buf *b, const struct examples *e)
{
	emit_key(b, "examples");
	emit_open(b, '[');
	for (size_t i = 0; i < e->count; i++)
		emit_str(b, e->of[i].id);
	emit_close(b, ']');
}

static void
write_cell(struct writing *w, const struct tally *t, const struct cell *c)
{
	const struct examples e = { c->example.id.len > 0, { c->example } };

	begin(w, 'c', table_key(&t->series, c->series));
	buf_printf(&w->line, "|%lld", (long long)c->bucket);
	emit_members(&w->state, c, cell_members);
	emit_examples(&w->state, &e);
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
	end(w);
}

/* Cells by series and time, whatever the order they came in. */
static const struct tally *sorted_of;

static int
by_series_and_time(const void *x, const void *y)
{
	const struct cell *a = *(const struct cell *const *)x,
			  *b = *(const struct cell *const *)y;
	int order = a->series == b->series ?
	    0 :
	    str_cmp(table_key(&sorted_of->series, a->series),
		table_key(&sorted_of->series, b->series));

	return order != 0 ? order : a->bucket < b->bucket ? -1 : a->bucket > b->bucket;
}

static void
write_cells(struct writing *w, const struct tally *t)
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
write_combos(struct writing *w, const struct table *t)
{
	size_t n = table_count(t), *order = table_sorted(t);

	for (size_t i = 0; i < n; i++) {
		const struct combo *c = table_at(t, order[i]);
		begin(w, 'm', table_key(t, order[i]));
		emit_members(&w->state, c, combo_members);
		emit_examples(&w->state, &c->examples);
		end(w);
	}
	free(order);
}

/* What is kept by a slot and a name, as a table by the slot's text and the name. */
static void
write_named(struct writing *w, char kind, const struct table *t, const struct map *slots,
    const struct member *members)
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
		begin(w, kind, table_key(&by_text, order[i]));
		emit_members(&w->state,
		    table_at(t, *(const size_t *)table_at(&by_text, order[i])), members);
		end(w);
	}
	free(order);
	table_free(&by_text);
	buf_free(&key);
}

void
partial_write(const struct tally *t, const struct counters *c)
{
	struct writing w = { .shape = t->plan->shape };

	if (c->records + c->bad + c->outside + c->timeless == 0)
		return;
	begin(&w, 'n', STR(""));
	emit_members(&w.state, c, counter_members);
	emit_members(&w.state, t, tally_members);
	end(&w);
	write_cells(&w, t);
	write_named(&w, 't', &t->tenants, &t->versions, tenant_members);
	write_named(&w, 's', &t->sessions, &t->artifacts, session_members);
	write_combos(&w, &t->combos);
	buf_free(&w.line);
	buf_free(&w.state);
}

static void
parse_examples(struct examples *e, struct arena *a, const struct doc *list)
{
	DOC_EACH (d, list) {
		struct example one = example_of(doc_text(d));
		examples_add(e, a, &one);
	}
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

/* A key of so many parts? */
static bool
has_parts(str key, size_t parts)
{
	size_t bars = 0;

	for (size_t i = 0; i < key.len; i++)
		bars += key.at[i] == '|';
	return bars + 1 == parts;
}

static bool
read_cell(struct tally *t, struct arena *a, str key, const struct doc *d)
{
	struct cell c = { 0 };
	struct examples e = { 0 };
	size_t bar = key.len;

	while (bar > 0 && key.at[bar - 1] != '|')
		bar--;
	if (bar == 0 || !has_parts(key, PART_TRAFFIC + 2) ||
	    !parse_members(&c, cell_members, d) || !parse_slots(&c, doc_get(d, "slots")) ||
	    c.n <= 0 || c.known < 0 || c.known > c.n || c.failed < 0 || c.failed > c.known)
		return false;
	int64_t bucket;
	if (!str_int(str_from(key, bar), &bucket) || bucket != c.bucket ||
	    bucket > INT64_MAX / t->plan->o->bucket - 1 ||
	    bucket < INT64_MIN / t->plan->o->bucket + 1)
		return false;
	parse_examples(&e, a, doc_get(d, "examples"));
	c.example = e.count > 0 ? e.of[0] : (struct example){ UINT64_MAX, { 0 } };
	size_t series = tally_series(t, (str){ key.at, bar - 1 });
	((struct series *)table_at(&t->series, series))->n += c.n;
	tally_cell_add(t, tally_cell(t, series, c.bucket), &c);
	return true;
}

/* A key with its last part, which is a name, taken off. */
static bool
take_name(struct arena *a, str *key, size_t parts, str *name)
{
	size_t bar = key->len;
	bool known;

	while (bar > 0 && key->at[bar - 1] != '|')
		bar--;
	if (bar == 0 || !has_parts(*key, parts))
		return false;
	*name = key_value(a, *key, parts - 1, &known);
	key->len = bar - 1;
	return name->len > 0;
}

static bool
read_tenant(struct tally *t, struct arena *a, str key, const struct doc *d)
{
	struct tenant more;
	str name;

	if (!take_name(a, &key, 3, &name) || !parse_members(&more, tenant_members, d))
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

	if (!take_name(a, &key, 2, &name) || !parse_members(&more, session_members, d))
		return false;
	tally_session_add(
	    tally_session(t, (uint32_t)map_slot(&t->artifacts, key), name), &more);
	return true;
}

static bool
read_combo(struct tally *t, struct arena *a, str key, const struct doc *d)
{
	struct combo more = { 0 };

	if (!has_parts(key, COMBO_PARTS) || !parse_members(&more, combo_members, d) ||
	    more.n <= 0)
		return false;
	parse_examples(&more.examples, a, doc_get(d, "examples"));
	tally_combo_add(t, tally_combo(t, key), &more);
	return true;
}

static bool
read_counters(struct tally *t, struct counters *c, const struct doc *d)
{
	struct counters more;
	struct tally other = { 0 };

	if (!parse_members(&more, counter_members, d) ||
	    !parse_members(&other, tally_members, d) || other.records < 0)
		return false;
	c->records += more.records;
	c->bad += more.bad;
	c->outside += more.outside;
	c->timeless += more.timeless;
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
partial_read(struct tally *t, struct counters *c, str line)
{
	struct arena a = { 0 };
	str state = line, key = str_cut(&state, '\t');
	const struct doc *d = state.at != NULL ? doc_read(&a, state) : NULL;
	const char *why = NULL;
	int64_t version;
	bool ok = false;

	if (d == NULL || key.len < 2 || key.at[1] != '|')
		why = "no key, tab and state of a partial";
	else if (!doc_int(doc_get(d, "v"), &version) || version != 1)
		why = "no partial of this version";
	else if (!str_eq(doc_text(doc_get(d, "shape")), t->plan->shape))
		why = "a partial made with other options: not added";
	else
		switch (key.at[0]) {
		case 'n': ok = read_counters(t, c, d); break;
		case 'c': ok = read_cell(t, &a, str_from(key, 2), d); break;
		case 't': ok = read_tenant(t, &a, str_from(key, 2), d); break;
		case 's': ok = read_session(t, &a, str_from(key, 2), d); break;
		case 'm': ok = read_combo(t, &a, str_from(key, 2), d); break;
		default: break;
		}
	arena_free(&a);
	return why != NULL || ok ? why : "a partial that is broken";
}
