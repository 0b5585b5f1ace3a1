/* tally.c - a record at a time: what it used, what that costs, and whose it is. */
#include "tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "data/when.h"
#include "io/zone.h"
#include "key.h"
#include "period.h"
#include "trace/dialect.h"

void
tally_add(dec *sum, dec more)
{
	if (!dec_add(sum, more))
		die(EXIT_DATA, "an amount is larger than can be held");
}

static void *
put(const struct tally *t, struct table *table, str key, const char *what)
{
	void *value = table_put(table, key);

	if ((int64_t)table_count(table) > t->plan->o->max_keys)
		die(EXIT_SYSTEM,
		    "more than %lld %s: fewer dimensions in --by, --no-tasks, or a higher "
		    "--max-keys",
		    (long long)t->plan->o->max_keys, what);
	return value;
}

struct group *
tally_group(struct tally *t, str key)
{
	t->groups.size = sizeof(struct group);
	return put(t, &t->groups, key, "groups");
}

struct task *
tally_task(struct tally *t, str key)
{
	t->tasks.size = sizeof(struct task);
	return put(t, &t->tasks, key, "tasks");
}

static void *
start(const void *shared)
{
	struct tally *t = mem_new(sizeof *t);

	t->plan = shared;
	t->ratings.book = t->plan->book;
	t->quarter = INT64_MIN;
	return t;
}

static bool
there(const struct rec *r, size_t field)
{
	return r->values[field].kind != KIND_NONE && r->values[field].kind != KIND_NULL;
}

/* The text of the first of some fields that is there. */
static str
first_text(struct intake *in, const struct rec *r, const enum field *fields, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (there(r, fields[i]) && r->values[fields[i]].kind != KIND_OBJECT)
			return intake_text(in, r, fields[i]);
	return (str){ 0 };
}
#define FIRST_TEXT(in, r, ...)                                                                 \
	first_text((in), (r), (const enum field[]){ __VA_ARGS__ },                             \
	    sizeof((const enum field[]){ __VA_ARGS__ }) / sizeof(enum field))

/* A call of which is known what it was. */
struct priced {
	const struct rec *rec;
	struct intake *in;
	struct call_kind kind;
	struct counts used;
	bool candidate; /* of a replay: what was spent is the candidate's */
	bool failed, retry, cached;
};

static enum used_found
read_usage(struct priced *c, const char **why)
{
	static const size_t places[] = { C_USAGE, C_BODY_USAGE };
	static const size_t google[] = { C_GOOGLE, C_BODY_GOOGLE };
	const struct scan_value *v = c->rec->values;
	enum used_found found = USED_NOTHING;

	if (c->candidate)
		return used_read(v + C_CANDIDATE_USAGE, &c->used, why);
	for (size_t i = 0; i < 2 && found == USED_NOTHING; i++)
		found = used_read(v + places[i], &c->used, why);
	for (size_t i = 0; i < 2 && found == USED_NOTHING; i++)
		found = used_read_google(intake_arena(c->in), v + google[i], &c->used, why);
	return found;
}

static void
read_model(struct priced *c)
{
	if (c->candidate) {
		c->kind.model = FIRST_TEXT(c->in, c->rec, C_CANDIDATE_MODEL);
		return;
	}
	str answered = FIRST_TEXT(c->in, c->rec, C_ANSWERED, C_BODY_MODEL, C_VERSION_MODEL);
	str asked = FIRST_TEXT(c->in, c->rec, C_REQUESTED, C_MODEL);
	c->kind.model = answered.len > 0 ? answered : asked;
	if (!str_eq(c->kind.model, asked))
		c->kind.asked = asked;
}

static void
read_kind(const struct tally *t, struct priced *c)
{
	const struct options *o = t->plan->o;
	const struct dialect *d =
	    dialect_named(intake_text(c->in, c->rec, c->candidate ? C_CANDIDATE_API : C_API));

	read_model(c);
	c->kind.provider = intake_text(c->in, c->rec, C_PROVIDER);
	if (c->kind.provider.len == 0)
		c->kind.provider = str_of(o->provider);
	if (d != NULL)
		c->kind.supposed = str_of(d->provider);
	if (o->reprice != NULL)
		c->kind = (struct call_kind){ .model = str_of(o->reprice),
			.provider = str_of(o->provider) };
	c->kind.tier =
	    FIRST_TEXT(c->in, c->rec, C_TIER, C_USAGE_TIER, C_BODY_TIER, C_BODY_USAGE_TIER);
	if (c->kind.tier.len == 0)
		c->kind.tier = str_of(o->service_tier);
	c->kind.region = FIRST_TEXT(c->in, c->rec, C_GEO, C_USAGE_GEO, C_BODY_GEO);
	c->kind.time = PRICE_ANY_TIME;
}

static bool
truthy(const struct scan_value *v)
{
	switch (v->kind) {
	case KIND_NONE:
	case KIND_NULL:
	case KIND_FALSE: return false;
	case KIND_STRING: return v->raw.len > 2;
	case KIND_NUMBER: return !str_is(v->raw, "0");
	case KIND_TRUE:
	case KIND_ARRAY:
	case KIND_OBJECT: break;
	}
	return true;
}

static void
read_fate(struct priced *c)
{
	const struct scan_value *v = c->rec->values;
	int64_t n;

	c->failed = truthy(&v[C_ERROR]) || (str_int(v[C_STATUS].raw, &n) && n >= 400);
	c->retry = str_int(v[C_ATTEMPT].raw, &n) && n > 1;
	c->cached = truthy(&v[C_CACHED]);
}

/* The key of the group, in t->key. */
static void
write_label(struct tally *t, enum dimension_kind kind, int64_t time, bool first)
{
	char text[PERIOD_TEXT];
	int64_t quarter = time / (900 * WHEN_SECOND) - (time < 0);

	if (quarter != t->quarter) {
		t->quarter = quarter;
		t->offset = zone_offset(time);
	}
	int64_t seconds = time / WHEN_SECOND - (time % WHEN_SECOND < 0);
	key_add(&t->key, period_label(kind, seconds + t->offset, text), first);
}

static void
write_dimension(struct tally *t, const struct priced *c, size_t i)
{
	const struct dimension *d = &t->plan->by[i];
	str value = { 0 };

	switch (d->kind) {
	case BY_MODEL: value = c->kind.model; break;
	case BY_PROVIDER:
		value = c->kind.provider.len > 0 ? c->kind.provider : c->kind.supposed;
		break;
	case BY_FIELD:
		if (there(c->rec, d->field))
			value = intake_text(c->in, c->rec, d->field);
		break;
	case BY_HOUR:
	case BY_DAY:
	case BY_WEEK:
	case BY_MONTH:
		if (c->kind.time != PRICE_ANY_TIME) {
			write_label(t, d->kind, c->kind.time, i == 0);
			return;
		}
	}
	if (value.len > 0)
		key_add(&t->key, value, i == 0);
	else
		key_add_unknown(&t->key, i == 0);
}

static void
write_key(struct tally *t, const struct priced *c)
{
	key_begin(&t->key);
	for (size_t i = 0; i < t->plan->by_count; i++)
		write_dimension(t, c, i);
}

/* The task's share of a call: t->key is that of the group. */
static void
add_task(struct tally *t, const struct priced *c, dec cost, bool priced)
{
	str id = intake_text(c->in, c->rec, C_TASK);

	if (t->plan->o->no_tasks)
		return;
	if (id.len == 0) {
		t->no_task++;
		return;
	}
	buf_byte(&t->key, '\t');
	key_add(&t->key, id, true);
	struct task *task = tally_task(t, buf_str(&t->key));
	const struct scan_value *v = &c->rec->values[C_RESOLVED];
	tally_add(&task->cost, cost);
	task->calls++;
	task->resolved |= v->kind == KIND_TRUE;
	task->unresolved |= v->kind == KIND_FALSE;
	task->incomplete |= !priced;
}

static void
add_cost(struct group *g, const struct priced *c, dec cost)
{
	tally_add(&g->cost, cost);
	if (c->retry)
		tally_add(&g->retry, cost);
	if (c->failed)
		tally_add(&g->failed, cost);
}

static void
add_tokens(struct group *g, const struct counts *used)
{
	int64_t output = used->n[USED_OUTPUT] + used->n[USED_REASONING] +
	    used->n[USED_AUDIO_OUT] + used->n[USED_IMAGE_OUT];

	g->input += used->prompt;
	g->output += output;
	g->cache_read += used->n[USED_CACHE_READ];
	g->cache_write += used->n[USED_CACHE_WRITE] + used->n[USED_CACHE_WRITE_1H];
}

static void
add(struct tally *t, struct priced *c, enum used_found found)
{
	enum price_found state = PRICE_NO_CLASS;
	dec cost = 0;

	if (c->cached) {
		t->cached++;
		c->used = (struct counts){ 0 };
		state = PRICE_FOUND;
	} else if (found == USED_READ) {
		state = rating_apply(rating_of(&t->ratings, &c->kind), &c->used, &cost);
	}
	write_key(t, c);
	struct group *g = tally_group(t, buf_str(&t->key));
	g->calls++;
	g->retries += c->retry;
	g->failures += c->failed;
	add_tokens(g, &c->used);
	add_cost(g, c, cost);
	g->priced += state == PRICE_FOUND;
	g->unpriced += state != PRICE_FOUND && found == USED_READ;
	g->unknown += found == USED_NOTHING && !c->cached;
	add_task(t, c, cost, state == PRICE_FOUND || (found == USED_NOTHING && c->failed));
}

static const char *
each(void *state, struct intake *in, const struct rec *r)
{
	struct tally *t = state;
	struct priced c = { .rec = r, .in = in };
	const char *why = NULL;

	if (r->kind.len > 0 && !str_is(r->kind, "trace")) {
		if (str_is(r->kind, "run"))
			return NULL;
		if (!str_is(r->kind, "replay"))
			return str_is(r->kind, "cost") ? "a cost record: --lines reads those" :
							 "a record that is no trace";
		c.candidate = there(r, C_CANDIDATE);
	}
	enum used_found found = read_usage(&c, &why);
	if (found == USED_WRONG)
		return why;
	read_kind(t, &c);
	read_fate(&c);
	if (there(r, IN_TIME) && !when_parse(intake_text(in, r, IN_TIME), &c.kind.time))
		return "time: neither RFC 3339 nor an epoch";
	add(t, &c, found);
	return NULL;
}

void
tally_join_group(struct group *g, const struct group *f)
{
	tally_add(&g->cost, f->cost);
	tally_add(&g->retry, f->retry);
	tally_add(&g->failed, f->failed);
	g->calls += f->calls;
	g->priced += f->priced;
	g->retries += f->retries;
	g->failures += f->failures;
	g->input += f->input;
	g->output += f->output;
	g->cache_read += f->cache_read;
	g->cache_write += f->cache_write;
	g->unpriced += f->unpriced;
	g->unknown += f->unknown;
}

void
tally_join_task(struct task *t, const struct task *f)
{
	tally_add(&t->cost, f->cost);
	t->calls += f->calls;
	t->resolved |= f->resolved;
	t->unresolved |= f->unresolved;
	t->incomplete |= f->incomplete;
}

void
tally_join(void *into, void *from)
{
	struct tally *t = into, *f = from;

	for (size_t i = 0; i < table_count(&f->groups); i++)
		tally_join_group(
		    tally_group(t, table_key(&f->groups, i)), table_at(&f->groups, i));
	for (size_t i = 0; i < table_count(&f->tasks); i++)
		tally_join_task(tally_task(t, table_key(&f->tasks, i)), table_at(&f->tasks, i));
	ratings_join(&t->ratings, &f->ratings);
	t->cached += f->cached;
	t->no_task += f->no_task;
	tally_free(f);
}

void
tally_free(struct tally *t)
{
	table_free(&t->groups);
	table_free(&t->tasks);
	ratings_free(&t->ratings);
	buf_free(&t->key);
	free(t);
}

struct fold
tally_fold(const struct plan *plan)
{
	return (struct fold){
		.names = plan->names, .start = start, .each = each, .join = tally_join
	};
}
