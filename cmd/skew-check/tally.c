/* tally.c - a record at a time: which version it was served, where and when. */
#include "tally.h"

#include <stdlib.h>

#include "base/key.h"
#include "base/mem.h"
#include "trace/fate.h"

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
		    "request; mask what changes per request (trace-capture --mask) and hash again");
	die(EXIT_SYSTEM, "more than %lld %s: a longer --bucket, --no-sessions, or a higher "
	    "--max-keys", (long long)t->plan->o->max_keys, what);
}

size_t
tally_series(struct tally *t, str key)
{
	size_t before = table_count(&t->series);
	size_t slot = map_slot(&t->series.keys, key);

	if (slot == before) {
		struct series *s = table_put(&t->series, key);
		s->bucket = INT64_MIN;
		limit_keys(t, &t->series, "versions by region");
	}
	return slot;
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
		s->cell = map_find(&t->cells.keys, text);
		limit_keys(t, &t->cells, "buckets of time");
	}
	return table_at(&t->cells, s->cell);
}

static uint8_t
capped(unsigned a, unsigned b)
{
	return (uint8_t)(a + b > UINT8_MAX ? UINT8_MAX : a + b);
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
		c->seen[i] = capped(c->seen[i], more->seen[i]);
		c->bad[i] = capped(c->bad[i], more->bad[i]);
	}
}

struct tenant *
tally_tenant(struct tally *t, str key)
{
	size_t before = table_count(&t->tenants);
	struct tenant *one = table_put(&t->tenants, key);

	if (table_count(&t->tenants) > before) {
		one->last = INT64_MIN;
		limit_keys(t, &t->tenants, "tenants");
	}
	return one;
}

struct session *
tally_session(struct tally *t, str key)
{
	size_t before = table_count(&t->sessions);
	struct session *s = table_put(&t->sessions, key);

	if (table_count(&t->sessions) > before) {
		*s = (struct session){ UINT64_MAX, 0, UINT64_MAX, 0, INT64_MAX, INT64_MIN, 0 };
		limit_keys(t, &t->sessions, "sessions");
	}
	return s;
}

#define LOWER(a, b)  ((a) = (b) < (a) ? (b) : (a))
#define HIGHER(a, b) ((a) = (b) > (a) ? (b) : (a))

void
tally_session_add(struct session *s, const struct session *more)
{
	LOWER(s->version_low, more->version_low);
	HIGHER(s->version_high, more->version_high);
	LOWER(s->region_low, more->region_low);
	HIGHER(s->region_high, more->region_high);
	LOWER(s->first, more->first);
	HIGHER(s->last, more->last);
	s->n += more->n;
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

/* One record, taken apart. */
struct served {
	struct intake *in;
	const struct rec *rec;
	int64_t time;
	str id, region, name, label, hash, traffic;
	bool known, failed; /* known: it says whether it failed */
};

static bool
there(const struct served *r, enum field f)
{
	enum kind kind = r->rec->values[f].kind;

	return kind != KIND_NONE && kind != KIND_NULL;
}

static str
text(const struct served *r, enum field f)
{
	enum kind kind = r->rec->values[f].kind;

	if (kind == KIND_OBJECT || kind == KIND_ARRAY)
		return STR("");
	return intake_text(r->in, r->rec, f);
}

static void
read_fate(struct served *r)
{
	const struct scan_value *v = r->rec->values;

	r->failed = fate_failed(&v[S_ERROR]) || fate_at_least(&v[S_STATUS], 400) ||
	    v[S_OK].kind == KIND_FALSE || fate_truthy(&v[S_OUTCOME_ERROR]);
	r->known = r->failed || v[S_ERROR].kind != KIND_NONE || there(r, S_STATUS) ||
	    there(r, S_OK) || v[S_OUTCOME_ERROR].kind != KIND_NONE;
}

/* Add the record to the cell of its version; the key of the artifact stands in t->key. */
static void
add_version(struct tally *t, const struct served *r, const char *kind)
{
	int64_t width = t->plan->o->bucket;
	int64_t bucket = r->time / width - (r->time % width < 0);

	key_begin(&t->key);
	key_add(&t->key, str_of(kind), true);
	key_add(&t->key, r->name, false);
	key_add(&t->key, r->region, false);
	if (r->hash.len > 0)
		key_add(&t->key, r->hash, false);
	else
		key_add_unknown(&t->key, false);
	if (r->label.len > 0)
		key_add(&t->key, r->label, false);
	else
		key_add_unknown(&t->key, false);
	key_add(&t->key, r->traffic, false);
	size_t slot = tally_series(t, buf_str(&t->key));
	((struct series *)table_at(&t->series, slot))->n++;
	struct cell *c = tally_cell(t, slot, bucket);
	size_t second = (size_t)((r->time - bucket * width) / (width / SLOTS));
	c->n++;
	c->known += r->known;
	c->failed += r->failed;
	c->seen[second] = capped(c->seen[second], 1);
	c->bad[second] = capped(c->bad[second], r->failed);
	if (r->id.len == 0)
		return;
	struct example e = example_of(r->id);
	if (example_before(&e, &c->example))
		c->example = (struct example){ e.hash, arena_keep(&t->kept, e.id) };
}

/* Tenants and sessions of the artifact, for production traffic that has a version. */
static void
add_people(struct tally *t, const struct served *r)
{
	str version = r->hash.len > 0 ? r->hash : r->label;
	str tenant = text(r, S_TENANT);
	str session = t->plan->o->no_sessions ? STR("") : text(r, S_SESSION);

	if (tenant.len > 0) {
		key_begin(&t->part);
		key_add(&t->part, r->name, true);
		key_add(&t->part, version, false);
		key_add(&t->part, tenant, false);
		struct tenant *one = tally_tenant(t, buf_str(&t->part));
		HIGHER(one->last, r->time);
	}
	if (session.len == 0)
		return;
	key_begin(&t->part);
	key_add(&t->part, r->name, true);
	key_add(&t->part, session, false);
	uint64_t v = map_hash_fixed(version), g = map_hash_fixed(r->region);
	const struct session one = { v, v, g, g, r->time, r->time, 1 };
	tally_session_add(tally_session(t, buf_str(&t->part)), &one);
}

static void
add_combo(struct tally *t, const struct served *r)
{
	static const enum field parts[] = { S_SCHEMA, S_TOOLS, S_ANSWERED, S_RELEASE };
	struct combo one = { 1, r->time, r->time, { 0 } };

	key_begin(&t->part);
	key_add(&t->part, r->name, true);
	key_add(&t->part, r->label, false);
	key_add(&t->part, r->hash, false);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		key_add(&t->part, text(r, parts[i]), false);
	key_add(&t->part, r->region, false);
	one.examples.of[0] = example_of(r->id);
	one.examples.count = r->id.len > 0;
	tally_combo_add(t, tally_combo(t, buf_str(&t->part)), &one);
}

static void
add_prompt(struct tally *t, struct served *r)
{
	r->hash = text(r, S_HASH);
	r->label = text(r, S_LABEL);
	r->name = text(r, S_NAME);
	if (r->name.len == 0)
		r->name = text(r, S_PROMPT);
	if (r->hash.len == 0 && r->label.len == 0)
		t->no_version++;
	add_version(t, r, "prompt");
	if (!str_is(r->traffic, "prod"))
		return;
	if (r->hash.len > 0 || r->label.len > 0)
		add_people(t, r);
	if (t->plan->o->compatible != NULL)
		add_combo(t, r);
}

/* What the provider answered with, under the name that was asked for. */
static void
add_model(struct tally *t, struct served *r)
{
	r->name = text(r, S_REQUESTED);
	r->label = text(r, S_ANSWERED);
	r->hash = text(r, S_FINGERPRINT);
	if (r->name.len == 0)
		r->name = text(r, S_MODEL);
	if (r->hash.len == 0) {
		r->hash = r->label;
		r->label = STR("");
	}
	if (r->name.len > 0 && r->hash.len > 0 && str_is(r->traffic, "prod"))
		add_version(t, r, "model");
}

/* Evaluations are looked at apart; what is no production traffic at all is not. */
static bool
read_traffic(struct tally *t, struct served *r)
{
	r->traffic = text(r, S_TRAFFIC);
	if (r->traffic.len == 0 || str_is(r->traffic, "production"))
		r->traffic = STR("prod");
	if (str_is(r->traffic, "prod") || str_is(r->traffic, "eval"))
		return true;
	t->other_traffic++;
	return false;
}

/* NULL: go on; else why the record is bad, or "" when it is only left out. */
static const char *
read_place_and_time(struct tally *t, struct served *r)
{
	str time = intake_text(r->in, r->rec, IN_TIME);

	if (time.len > 0 && !when_parse(time, &r->time))
		return "time: neither RFC 3339 nor an epoch";
	if (t->plan->now != NO_TIME && time.len > 0 && r->time > t->plan->now) {
		t->later++;
		return "";
	}
	r->region = text(r, S_REGION);
	t->no_time += time.len == 0;
	t->no_region += r->region.len == 0;
	return time.len == 0 || r->region.len == 0 ? "" : NULL;
}

const char *
tally_each(void *state, struct intake *in, const struct rec *rec)
{
	struct tally *t = state;
	struct served r = { .in = in, .rec = rec };

	if (str_is(rec->kind, "run") || str_is(rec->kind, "finding"))
		return NULL;
	bool prompt = there(&r, S_HASH) || there(&r, S_LABEL) || text(&r, S_NAME).len > 0 ||
	    text(&r, S_PROMPT).len > 0;
	bool model = there(&r, S_ANSWERED) || there(&r, S_FINGERPRINT);
	if (!prompt && !model) {
		t->no_artifact++;
		return NULL;
	}
	const char *why = read_place_and_time(t, &r);
	if (why != NULL)
		return *why != '\0' ? why : NULL;
	if (!read_traffic(t, &r))
		return NULL;
	r.id = text(&r, S_ID);
	read_fate(&r);
	t->records++;
	LOWER(t->first, r.time);
	HIGHER(t->last, r.time);
	if (prompt)
		add_prompt(t, &r);
	if (model)
		add_model(t, &r);
	return NULL;
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
	for (size_t i = 0; i < table_count(&from->tenants); i++) {
		const struct tenant *more = table_at(&from->tenants, i);
		struct tenant *one = tally_tenant(t, table_key(&from->tenants, i));
		HIGHER(one->last, more->last);
	}
	for (size_t i = 0; i < table_count(&from->sessions); i++)
		tally_session_add(tally_session(t, table_key(&from->sessions, i)),
		    table_at(&from->sessions, i));
	for (size_t i = 0; i < table_count(&from->combos); i++)
		tally_combo_add(t, tally_combo(t, table_key(&from->combos, i)),
		    table_at(&from->combos, i));
}

void
tally_join(void *into, void *given)
{
	struct tally *t = into, *from = given;

	join_tables(t, from);
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
