/* tally.c - what was gathered: made, added, joined, given up. */
#include "tally.h"

#include <stdlib.h>

#include "base/key.h"
#include "base/mem.h"

#define FEW_HASHES 4 /* so many that are alone may be strays */

static struct tally *
tally_new(const struct plan *plan)
{
	struct tally *t = mem_new(sizeof *t);

	t->plan = plan;
	t->series.size = sizeof(struct series);
	t->cells.size = sizeof(struct cell);
	t->tenants.size = sizeof(struct tenant);
	t->sessions.size = sizeof(struct session);
	t->combos.size = sizeof(struct combo);
	t->lately = mem_new(LATELY * sizeof *t->lately);
	t->bucket_from = INT64_MIN;
	t->first = INT64_MAX;
	t->last = INT64_MIN;
	return t;
}

void *
tally_start(const void *plan)
{
	return tally_new(plan);
}

void
tally_free(struct tally *t)
{
	table_free(&t->series);
	table_free(&t->cells);
	table_free(&t->tenants);
	table_free(&t->sessions);
	table_free(&t->combos);
	map_free(&t->artifacts);
	map_free(&t->versions);
	free(t->lately);
	arena_free(&t->kept);
	buf_free(&t->key);
	buf_free(&t->part);
	buf_free(&t->name);
	free(t);
}

struct own_hashes
tally_own_hashes(const struct tally *t)
{
	struct own_hashes h = { 0 };
	struct table hashes = { .size = sizeof(int64_t) };
	struct arena a = { 0 };
	bool known, prompt;

	for (size_t i = 0; i < table_count(&t->series); i++) {
		const struct series *s = table_at(&t->series, i);
		str key = table_key(&t->series, i);
		prompt = str_is(key_value(&a, key, PART_KIND, &known), "prompt");
		str hash = key_value(&a, key, PART_HASH, &known);
		if (prompt && known)
			*(int64_t *)table_put(&hashes, hash) += s->n;
		arena_reset(&a);
	}
	for (size_t i = 0; i < table_count(&hashes); i++) {
		int64_t n = *(int64_t *)table_at(&hashes, i);
		h.records += n;
		h.own += n == 1;
	}
	h.per_request = h.own >= FEW_HASHES && h.own * 20 > h.records;
	table_free(&hashes);
	arena_free(&a);
	return h;
}

/* Too many keys: because each request has a hash of its own, or just so. */
static void
limit_keys(const struct tally *t, const struct table *table, const char *what)
{
	if ((int64_t)table_count(table) <= t->plan->o->max_keys)
		return;
	if (tally_own_hashes(t).per_request)
		die(EXIT_INCONCLUSIVE,
		    "more than 5 %% of the records have a hash of their own: the hash is per "
		    "request; mask what changes per request (trace-capture --mask) and hash "
		    "again");
	die(EXIT_SYSTEM,
	    "more than %lld %s: a longer --bucket, --no-sessions, or a higher "
	    "--max-keys",
	    (long long)t->plan->o->max_keys, what);
}

/* The slots of a series' name, and of name and version: its hash, or else its label. */
static void
name_series(struct tally *t, struct series *s, str key)
{
	str rest = key, parts[PART_TRAFFIC + 1];

	for (size_t i = 0; i <= PART_TRAFFIC; i++)
		parts[i] = str_cut(&rest, '|');
	bool hashed = !str_is(parts[PART_HASH], KEY_UNKNOWN);
	buf_reset(&t->part);
	buf_add(&t->part, parts[PART_NAME]);
	s->artifact = (uint32_t)map_slot(&t->artifacts, buf_str(&t->part));
	buf_byte(&t->part, '|');
	buf_add(&t->part, parts[hashed ? PART_HASH : PART_LABEL]);
	s->version = (uint32_t)map_slot(&t->versions, buf_str(&t->part));
}

size_t
tally_series(struct tally *t, str key)
{
	size_t before = table_count(&t->series);
	struct series *s = table_put(&t->series, key);

	if (table_count(&t->series) > before) {
		s->bucket = INT64_MIN;
		name_series(t, s, key);
		limit_keys(t, &t->series, "versions by region");
	}
	return table_slot(&t->series, s);
}

struct cell *
tally_cell(struct tally *t, size_t series, int64_t bucket)
{
	struct series *s = table_at(&t->series, series);
	struct {
		int64_t bucket, series;
	} key = { bucket, (int64_t)series };

	if (s->bucket != bucket) {
		str text = { (const char *)&key, sizeof key };
		struct cell *c = table_put(&t->cells, text);
		c->series = (uint32_t)series;
		c->bucket = bucket;
		s->bucket = bucket;
		s->cell = table_slot(&t->cells, c);
		limit_keys(t, &t->cells, "buckets of time");
	}
	return table_at(&t->cells, s->cell);
}

void
tally_cell_add(struct tally *t, struct cell *c, const struct cell *more)
{
	c->n += more->n;
	c->known += more->known;
	c->failed += more->failed;
	if (example_before(&more->example, &c->example))
		c->example = (struct example){ more->example.hash,
			arena_keep(&t->kept, more->example.id) };
	for (size_t i = 0; i < SLOTS; i++) {
		c->seen[i] = tally_capped(c->seen[i], more->seen[i]);
		c->bad[i] = tally_capped(c->bad[i], more->bad[i]);
	}
}

static str
named(struct tally *t, uint32_t slot, str name)
{
	buf_reset(&t->part);
	buf_add(&t->part, (str){ (const char *)&slot, sizeof slot });
	buf_add(&t->part, name);
	return buf_str(&t->part);
}

str
tally_named(str key, uint32_t *slot)
{
	memcpy(slot, key.at, sizeof *slot);
	return str_from(key, sizeof *slot);
}

struct tenant *
tally_tenant(struct tally *t, uint32_t version, str name)
{
	size_t before = table_count(&t->tenants);
	struct tenant *one = table_put(&t->tenants, named(t, version, name));

	if (table_count(&t->tenants) > before) {
		one->last = INT64_MIN;
		limit_keys(t, &t->tenants, "tenants");
	}
	return one;
}

struct session *
tally_session(struct tally *t, uint32_t artifact, str name)
{
	size_t before = table_count(&t->sessions);
	struct session *s = table_put(&t->sessions, named(t, artifact, name));

	if (table_count(&t->sessions) > before) {
		*s = (struct session){ UINT64_MAX, 0, UINT64_MAX, 0 };
		limit_keys(t, &t->sessions, "sessions");
	}
	return s;
}

void
tally_session_add(struct session *s, const struct session *more)
{
	LOWER(s->hash_low, more->hash_low);
	HIGHER(s->hash_high, more->hash_high);
	LOWER(s->label_low, more->label_low);
	HIGHER(s->label_high, more->label_high);
}

struct combo *
tally_combo(struct tally *t, str key)
{
	size_t before = table_count(&t->combos);
	struct combo *c = table_put(&t->combos, key);

	if (table_count(&t->combos) > before) {
		*c = (struct combo){ .first = INT64_MAX, .last = INT64_MIN };
		limit_keys(t, &t->combos, "combinations");
	}
	return c;
}

void
tally_combo_add(struct tally *t, struct combo *c, const struct combo *more)
{
	c->n += more->n;
	LOWER(c->first, more->first);
	HIGHER(c->last, more->last);
	examples_join(&c->examples, &t->kept, &more->examples);
}

static void
join_tables(struct tally *t, const struct tally *from)
{
	for (size_t i = 0; i < table_count(&from->cells); i++) {
		const struct cell *c = table_at(&from->cells, i);
		size_t series = tally_series(t, table_key(&from->series, c->series));
		((struct series *)table_at(&t->series, series))->n += c->n;
		tally_cell_add(t, tally_cell(t, series, c->bucket), c);
	}
	uint32_t slot;
	for (size_t i = 0; i < table_count(&from->tenants); i++) {
		const struct tenant *more = table_at(&from->tenants, i);
		str name = tally_named(table_key(&from->tenants, i), &slot);
		slot = (uint32_t)map_slot(&t->versions, map_key(&from->versions, slot));
		struct tenant *one = tally_tenant(t, slot, name);
		HIGHER(one->last, more->last);
	}
	for (size_t i = 0; i < table_count(&from->sessions); i++) {
		str name = tally_named(table_key(&from->sessions, i), &slot);
		slot = (uint32_t)map_slot(&t->artifacts, map_key(&from->artifacts, slot));
		tally_session_add(tally_session(t, slot, name), table_at(&from->sessions, i));
	}
	for (size_t i = 0; i < table_count(&from->combos); i++)
		tally_combo_add(
		    t, tally_combo(t, table_key(&from->combos, i)), table_at(&from->combos, i));
}

void
tally_join(void *into, void *given)
{
	struct tally *t = into, *from = given;

	join_tables(t, from);
	t->added += from->added;
	t->records += from->records;
	LOWER(t->first, from->first);
	HIGHER(t->last, from->last);
	t->no_artifact += from->no_artifact;
	t->no_region += from->no_region;
	t->no_time += from->no_time;
	t->later += from->later;
	t->other_traffic += from->other_traffic;
	t->no_version += from->no_version;
	tally_free(from);
}

struct fold
tally_fold(const struct plan *plan)
{
	static const char *const names[] = { S_NAMES };

	(void)plan;
	return (struct fold){ names, tally_start, tally_each, NULL, tally_join };
}
