/* record.c - a record at a time: which version it was served, where and when. */
#include "base/key.h"
#include "tally.h"
#include "trace/fate.h"

/* One record, taken apart. */
struct served {
	struct intake *in;
	const struct rec *rec;
	int64_t time;
	str id;
	bool eval;
	bool known, failed; /* known: it says whether it failed */
};

/* Where an artifact stands in a record. */
struct names {
	const char *kind;
	enum field name, hash, label;
};

static bool
there(const struct served *r, enum field f)
{
	enum kind kind = r->rec->values[f].kind;

	return kind != KIND_NONE && kind != KIND_NULL && kind != KIND_OBJECT &&
	    kind != KIND_ARRAY;
}

static str
text(const struct served *r, enum field f)
{
	return there(r, f) ? intake_text(r->in, r->rec, f) : STR("");
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

static void
add_key(struct buf *key, str value)
{
	if (value.len > 0)
		key_add(key, value, false);
	else
		key_add_unknown(key, false);
}

static size_t
make_series(struct tally *t, const struct served *r, const struct names *n)
{
	key_begin(&t->key);
	key_add(&t->key, str_of(n->kind), true);
	key_add(&t->key, text(r, n->name), false);
	key_add(&t->key, text(r, S_REGION), false);
	add_key(&t->key, text(r, n->hash));
	add_key(&t->key, n->label != n->hash ? text(r, n->label) : STR(""));
	key_add(&t->key, r->eval ? STR("eval") : STR("prod"), false);
	return tally_series(t, buf_str(&t->key));
}

/* The texts that make the series, as they stand; how long they are in all. */
static size_t
raw_parts(const struct served *r, const struct names *n, str parts[LATELY_PARTS])
{
	const enum field of[] = { n->name, S_REGION, n->hash, n->label, S_TRAFFIC };
	size_t total = 1;

	parts[0] = (str){ n->kind, 1 };
	for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
		parts[i + 1] = there(r, of[i]) ? r->rec->values[of[i]].raw : (str){ 0 };
		total += parts[i + 1].len;
	}
	return total;
}

/* The end of a text, where names of one kind differ. */
static uint64_t
tail_of(str s)
{
	uint64_t word = 0;

	if (s.len >= sizeof word)
		memcpy(&word, s.at + s.len - sizeof word, sizeof word);
	else
		for (size_t i = 0; i < s.len; i++)
			word = word << 8 | (unsigned char)s.at[i];
	return word ^ s.len;
}

static size_t
spot_of(const str parts[LATELY_PARTS])
{
	uint64_t h = tail_of(parts[1]) * 0x9e3779b97f4a7c15 +
	    tail_of(parts[2]) * 0xd6e8feb86659fd93 + tail_of(parts[3]) * 0xa0761d6478bd642f +
	    tail_of(parts[4]) * 0xe7037ed1a0b428db + (uint64_t)parts[0].at[0];

	return ((h ^ h >> 32) * 0x9e3779b97f4a7c15 >> 40) % LATELY;
}

static bool
is_that(const struct lately *l, const str parts[LATELY_PARTS])
{
	const char *at = l->text;

	if (l->slot == 0)
		return false;
	for (size_t i = 0; i < LATELY_PARTS; at += parts[i++].len)
		if (l->len[i] != parts[i].len ||
		    (parts[i].len > 0 && memcmp(at, parts[i].at, parts[i].len) != 0))
			return false;
	return true;
}

static size_t
series_of(struct tally *t, const struct served *r, const struct names *n)
{
	str parts[LATELY_PARTS];

	if (raw_parts(r, n, parts) > LATELY_TEXT)
		return make_series(t, r, n);
	size_t spot = spot_of(parts);
	for (size_t i = 0; i < 2; i++)
		if (is_that(&t->lately[spot ^ i], parts))
			return t->lately[spot ^ i].slot - 1;
	struct lately *l = &t->lately[t->lately[spot].slot == 0 ? spot : spot ^ 1];
	size_t slot = make_series(t, r, n);
	char *at = l->text;
	l->slot = (uint32_t)slot + 1;
	for (size_t i = 0; i < LATELY_PARTS; i++) {
		l->len[i] = (uint16_t)parts[i].len;
		if (parts[i].len > 0)
			memcpy(at, parts[i].at, parts[i].len);
		at += parts[i].len;
	}
	return slot;
}

/* How far into its bucket a time is; t->bucket is that bucket then. */
static int64_t
enter_bucket(struct tally *t, int64_t time)
{
	int64_t width = t->plan->o->bucket, into;

	if (!__builtin_sub_overflow(time, t->bucket_from, &into) && into >= 0 && into < width)
		return into;
	t->bucket = time / width - (time % width < 0);
	t->bucket_from = t->bucket * width;
	return time - t->bucket_from;
}

/* Add the record to the cell of its version; the slot of the series. */
static size_t
add_version(struct tally *t, const struct served *r, const struct names *n)
{
	size_t second = (size_t)(enter_bucket(t, r->time) / (t->plan->o->bucket / SLOTS));
	size_t slot = series_of(t, r, n);
	struct cell *c = tally_cell(t, slot, t->bucket);

	((struct series *)table_at(&t->series, slot))->n++;
	t->added++;
	c->n++;
	c->known += r->known;
	c->failed += r->failed;
	c->seen[second] = tally_capped(c->seen[second], 1);
	c->bad[second] = tally_capped(c->bad[second], r->failed);
	if (r->id.len == 0)
		return slot;
	struct example e = example_of(r->id);
	if (example_before(&e, &c->example))
		c->example = (struct example){ e.hash, arena_keep(&t->kept, e.id) };
	return slot;
}

static struct tenant *
tenant_of(struct tally *t, uint32_t version, str name)
{
	size_t spot = (tail_of(name) * 0x9e3779b97f4a7c15 >> 40 ^ version) % TENANTS_LATELY;

	if (t->tenant_lately[spot].slot > 0 && t->tenant_lately[spot].version == version &&
	    str_eq(t->tenant_lately[spot].name, name))
		return table_at(&t->tenants, t->tenant_lately[spot].slot - 1);
	struct tenant *one = tally_tenant(t, version, name);
	size_t slot = table_slot(&t->tenants, one);
	t->tenant_lately[spot].version = version;
	t->tenant_lately[spot].slot = (uint32_t)slot + 1;
	t->tenant_lately[spot].name = str_from(table_key(&t->tenants, slot), sizeof version);
	return one;
}

/* Tenants and sessions of the artifact. */
static void
add_people(struct tally *t, const struct served *r, size_t slot)
{
	const struct series s = *(const struct series *)table_at(&t->series, slot);
	str name = text(r, S_TENANT);

	if (name.len > 0) {
		struct tenant *one = tenant_of(t, s.version, name);
		HIGHER(one->last, r->time);
	}
	name = t->plan->o->no_sessions ? STR("") : text(r, S_SESSION);
	if (name.len == 0)
		return;
	uint64_t v = map_hash_fixed(map_key(&t->versions, s.version));
	const struct session by_hash = { v, v, UINT64_MAX, 0 },
			     by_label = { UINT64_MAX, 0, v, v };
	tally_session_add(
	    tally_session(t, s.artifact, name), text(r, S_HASH).len > 0 ? &by_hash : &by_label);
}

static void
add_combo(struct tally *t, const struct served *r, const struct names *n)
{
	const enum field parts[] = { n->name, S_LABEL, S_HASH, S_SCHEMA, S_TOOLS, S_ANSWERED,
		S_RELEASE, S_REGION };
	struct combo one = { 1, r->time, r->time, { 0 } };

	key_begin(&t->part);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		key_add(&t->part, text(r, parts[i]), i == 0);
	one.examples.of[0] = example_of(r->id);
	one.examples.count = r->id.len > 0;
	tally_combo_add(t, tally_combo(t, buf_str(&t->part)), &one);
}

static void
add_prompt(struct tally *t, const struct served *r)
{
	const struct names n = { "prompt", there(r, S_NAME) ? S_NAME : S_PROMPT, S_HASH,
		S_LABEL };
	bool known = text(r, S_HASH).len > 0 || text(r, S_LABEL).len > 0;

	t->no_version += !known;
	size_t slot = add_version(t, r, &n);
	if (r->eval)
		return;
	if (known)
		add_people(t, r, slot);
	if (t->plan->o->compatible != NULL)
		add_combo(t, r, &n);
}

/* What the provider answered with, under the name that was asked for. */
static void
add_model(struct tally *t, const struct served *r)
{
	const struct names n = { "model", there(r, S_REQUESTED) ? S_REQUESTED : S_MODEL,
		there(r, S_FINGERPRINT) ? S_FINGERPRINT : S_ANSWERED, S_ANSWERED };

	if (!r->eval && text(r, n.name).len > 0 && text(r, n.hash).len > 0)
		add_version(t, r, &n);
}

/* Evaluations are looked at apart; what is no production traffic at all is not. */
static bool
read_traffic(struct tally *t, struct served *r)
{
	str traffic = text(r, S_TRAFFIC);

	r->eval = str_is(traffic, "eval");
	if (traffic.len == 0 || r->eval || str_is(traffic, "prod") ||
	    str_is(traffic, "production"))
		return true;
	t->other_traffic++;
	return false;
}

/* NULL: go on; else why the record is bad, or "" when it is only left out. */
static const char *
read_place_and_time(struct tally *t, struct served *r)
{
	str time = intake_text(r->in, r->rec, IN_TIME);

	if (time.len > 0 && !when_parse_near(&t->minute, time, &r->time))
		return "time: neither RFC 3339 nor an epoch";
	if (time.len > 0 && !when_usual(r->time))
		return "time: not from 1970 to 2199";
	if (t->plan->now != NO_TIME && time.len > 0 && r->time > t->plan->now) {
		t->later++;
		return "";
	}
	bool region = text(r, S_REGION).len > 0;
	t->no_time += time.len == 0;
	t->no_region += !region;
	return time.len == 0 || !region ? "" : NULL;
}

const char *
tally_each(void *state, struct intake *in, const struct rec *rec)
{
	struct tally *t = state;
	struct served r = { .in = in, .rec = rec };

	if (str_is(rec->kind, "run") || str_is(rec->kind, "finding"))
		return NULL;
	bool prompt =
	    there(&r, S_HASH) || there(&r, S_LABEL) || there(&r, S_NAME) || there(&r, S_PROMPT);
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
