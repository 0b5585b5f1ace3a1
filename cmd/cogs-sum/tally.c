/* tally.c - a record at a time: what it used, what that costs, and whose it is. */
#include "tally.h"

#include <stdlib.h>

#include "base/key.h"
#include "base/mem.h"
#include "data/when.h"
#include "defer.h"
#include "io/zone.h"
#include "period.h"
#include "trace/fate.h"

/* So many different keys are too many. */
static void
limit_keys(const struct tally *t, size_t keys, const char *what)
{
	if ((int64_t)keys > t->plan->o->max_keys)
		die(EXIT_SYSTEM,
		    "more than %lld %s: fewer dimensions in --by, --no-tasks, or a higher "
		    "--max-keys",
		    (long long)t->plan->o->max_keys, what);
}

static void *
put(const struct tally *t, struct table *table, str key, uint64_t hash, const char *what)
{
	void *value = table_put_hashed(table, key, hash);

	limit_keys(t, table_count(table), what);
	return value;
}

struct group *
tally_group(struct tally *t, str key, uint64_t hash)
{
	return put(t, &t->groups, key, hash, "groups");
}

struct task *
tally_task(struct tally *t, str key, uint64_t hash)
{
	return put(t, &t->tasks, key, hash, "tasks");
}

static struct tally *
tally_new(const struct plan *plan)
{
	struct tally *t = mem_new(sizeof *t);

	t->plan = plan;
	t->ratings.book = t->plan->book;
	t->quarter = INT64_MIN;
	t->groups.size = sizeof(struct group);
	t->tasks.size = sizeof(struct task);
	return t;
}

static void *
start(const void *shared)
{
	const struct plan *plan = shared;
	struct tally *t = tally_new(plan);

	if (plan->bridged)
		t->before = tally_new(plan);
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
	struct used_counts used;
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
		c->kind.asked = (str){ 0 };
		return;
	}
	str answered = FIRST_TEXT(c->in, c->rec, C_ANSWERED, C_BODY_MODEL, C_VERSION_MODEL);
	str asked = FIRST_TEXT(c->in, c->rec, C_REQUESTED, C_MODEL);
	c->kind.model = answered.len > 0 ? answered : asked;
	c->kind.asked = str_eq(c->kind.model, asked) ? STR("") : asked;
}

static void
read_kind(const struct tally *t, struct priced *c)
{
	const struct options *o = t->plan->o;
	struct call_kind *k = &c->kind;

	read_model(c);
	k->api = intake_text(c->in, c->rec, c->candidate ? C_CANDIDATE_API : C_API);
	k->provider = intake_text(c->in, c->rec, C_PROVIDER);
	if (k->provider.len == 0)
		k->provider = str_of(o->provider);
	if (o->reprice != NULL)
		*k = (struct call_kind){ .model = str_of(o->reprice),
			.provider = str_of(o->provider) };
	k->tier =
	    FIRST_TEXT(c->in, c->rec, C_TIER, C_USAGE_TIER, C_BODY_TIER, C_BODY_USAGE_TIER);
	if (k->tier.len == 0)
		k->tier = str_of(o->service_tier);
	k->region = FIRST_TEXT(c->in, c->rec, C_GEO, C_USAGE_GEO, C_BODY_GEO);
	k->time = intake_text(c->in, c->rec, IN_TIME);
}

/* Words of caches: anything but a clear yes is none, for what costs nothing. */
static bool
says_yes(const struct scan_value *v)
{
	static const char *const words[] = { "\"true\"", "\"yes\"", "\"hit\"", "\"HIT\"",
		"\"1\"", NULL };

	if (v->kind != KIND_STRING)
		return v->kind == KIND_TRUE || (v->kind == KIND_NUMBER && fate_truthy(v));
	for (const char *const *w = words; *w != NULL; w++)
		if (str_is(v->raw, *w))
			return true;
	return false;
}

static void
read_fate(struct priced *c)
{
	const struct scan_value *v = c->rec->values;

	c->failed = fate_truthy(&v[C_ERROR]) || fate_at_least(&v[C_STATUS], 400);
	c->retry = fate_at_least(&v[C_ATTEMPT], 2);
	c->cached = says_yes(&v[C_CACHED]);
}

/* A part of the group's key made of the time; false: it is none. */
static bool
write_label(struct tally *t, struct buf *key, enum dimension_kind kind, str time, bool first)
{
	char text[PERIOD_TEXT];
	int64_t ns;

	if (!when_parse(time, &ns))
		return false;
	int64_t seconds = ns / WHEN_SECOND - (ns % WHEN_SECOND < 0);
	int64_t quarter = seconds / 900 - (seconds % 900 < 0);
	if (quarter != t->quarter) {
		t->quarter = quarter;
		t->offset = zone_offset(ns);
	}
	key_add(key, period_label(kind, seconds + t->offset, text), first);
	return true;
}

static str
dimension_value(const struct priced *c, const struct dimension *d)
{
	switch (d->kind) {
	case BY_MODEL: return c->kind.model;
	case BY_PROVIDER:
		return c->kind.provider.len > 0 ? c->kind.provider :
						  rating_provider(c->kind.api);
	case BY_FIELD: return intake_text(c->in, c->rec, d->field);
	case BY_HOUR:
	case BY_DAY:
	case BY_WEEK:
	case BY_MONTH: break;
	}
	return c->kind.time;
}

/* NULL, or why the group has no key. */
static const char *
write_key(struct tally *t, const struct priced *c, struct buf *key)
{
	key_begin(key);
	for (size_t i = 0; i < t->plan->by_count; i++) {
		const struct dimension *d = &t->plan->by[i];
		str value = dimension_value(c, d);
		if (value.len == 0)
			key_add_unknown(key, i == 0);
		else if (d->kind < BY_HOUR)
			key_add(key, value, i == 0);
		else if (!write_label(t, key, d->kind, value, i == 0))
			return "time: neither RFC 3339 nor an epoch";
	}
	return NULL;
}

/* What the call adds to its group. */
static void
to_group(struct group *g, const struct priced *c, enum used_found found, dec cost, bool priced)
{
	const int64_t *n = c->used.n;

	*g = (struct group){ .cost = cost,
		.retry = c->retry ? cost : 0,
		.failed = c->failed ? cost : 0,
		.calls = 1,
		.priced = priced,
		.retries = c->retry,
		.failures = c->failed,
		.input = c->used.prompt,
		.output =
		    n[USED_OUTPUT] + n[USED_REASONING] + n[USED_AUDIO_OUT] + n[USED_IMAGE_OUT],
		.cache_read = n[USED_CACHE_READ],
		.cache_write = n[USED_CACHE_WRITE] + n[USED_CACHE_WRITE_1H],
		.unpriced = !priced && found == USED_READ,
		.unknown = found == USED_NOTHING && !c->cached };
}

/* And to its task, if it names one. */
static void
to_task(struct tally *t, struct pending *p, const struct priced *c, dec cost, bool known)
{
	const struct scan_value *v = &c->rec->values[C_RESOLVED];
	str id = t->plan->o->no_tasks ? STR("") : intake_text(c->in, c->rec, C_TASK);

	p->has_task = id.len > 0;
	t->no_task += !p->has_task;
	if (!p->has_task)
		return;
	buf_reset(&p->task.key);
	buf_add(&p->task.key, buf_str(&p->group.key));
	buf_byte(&p->task.key, '\t');
	key_add(&p->task.key, id, true);
	p->add_task = (struct task){ .cost = cost,
		.calls = 1,
		.resolved = v->kind == KIND_TRUE,
		.unresolved = v->kind == KIND_FALSE,
		.incomplete = !known };
}

/* What the call costs; why: it cannot be used. */
static enum price_found
cost_of(struct tally *t, struct priced *c, enum used_found found, dec *cost, const char **why)
{
	*cost = 0;
	if (c->cached) {
		c->used = (struct used_counts){ 0 };
		return PRICE_FOUND;
	}
	if (found != USED_READ)
		return PRICE_NO_CLASS;
	struct rating *r = rating_of(&t->ratings, &c->kind, why);
	limit_keys(t, table_count(&t->ratings.table), "models");
	return r != NULL ? rating_apply(r, &c->used, cost) : PRICE_NO_TIME;
}

static const char *
add(struct tally *t, struct priced *c, enum used_found found)
{
	struct pending *p = defer_next(t);
	const char *why = write_key(t, c, &p->group.key);
	dec cost = 0;

	if (why != NULL)
		return why;
	bool priced = cost_of(t, c, found, &cost, &why) == PRICE_FOUND;
	if (why != NULL)
		return why;
	t->cached += c->cached;
	to_group(&p->add, c, found, cost, priced);
	to_task(t, p, c, cost, priced || (found == USED_NOTHING && c->failed));
	defer_submit(t);
	return NULL;
}

/* All but the sums.  NULL, or why the record cannot be used. */
static const char *
read_call(struct tally *t, struct intake *in, const struct rec *r, struct priced *c,
    enum used_found *found)
{
	const char *why = NULL;

	c->rec = r;
	c->in = in;
	c->candidate = false;
	if (r->kind.len > 0 && !str_is(r->kind, "trace")) {
		if (!str_is(r->kind, "replay"))
			return str_is(r->kind, "cost") ? "a cost record: --lines reads those" :
							 "a record that is no trace";
		c->candidate = there(r, C_CANDIDATE);
	}
	*found = read_usage(c, &why);
	if (*found == USED_WRONG)
		return why;
	read_kind(t, c);
	read_fate(c);
	return NULL;
}

const char *
tally_price(struct tally *t, struct intake *in, const struct rec *r, struct cost *cost)
{
	struct priced c;
	enum used_found found;
	const char *why = read_call(t, in, r, &c, &found);

	if (why != NULL)
		return why;
	cost->usage = found == USED_READ || c.cached;
	cost->state = cost_of(t, &c, found, &cost->amount, &why);
	return why;
}

/* The tally of the period that the record lies in; NULL: of none, or why it cannot be told. */
static struct tally *
in_period(struct tally *t, struct intake *in, const struct rec *r, const char **why)
{
	const struct plan *p = t->plan;
	int64_t ns;

	if (!when_parse(intake_text(in, r, IN_TIME), &ns)) {
		*why = "time: neither RFC 3339 nor an epoch, and --period needs it";
		return NULL;
	}
	if (ns >= p->from && ns < p->until)
		return t;
	if (p->bridged && ns >= p->from0 && ns < p->until0)
		return t->before;
	t->outside++;
	return NULL;
}

static const char *
each(void *state, struct intake *in, const struct rec *r)
{
	struct tally *t = state;
	struct priced c;
	enum used_found found;
	const char *why = NULL;

	if (str_is(r->kind, "run"))
		return NULL;
	if (t->plan->periodic) {
		t = in_period(t, in, r, &why);
		if (t == NULL)
			return why;
	}
	why = read_call(t, in, r, &c, &found);
	return why != NULL ? why : add(t, &c, found);
}

static void
finish(void *state)
{
	struct tally *t = state;

	defer_flush(t);
	if (t->before != NULL)
		defer_flush(t->before);
}

void
tally_join_group(struct group *g, const struct group *f)
{
	tally_add(&g->cost, f->cost);
	tally_add(&g->retry, f->retry);
	tally_add(&g->failed, f->failed);
	tally_count(&g->calls, f->calls);
	tally_count(&g->priced, f->priced);
	tally_count(&g->retries, f->retries);
	tally_count(&g->failures, f->failures);
	tally_count(&g->input, f->input);
	tally_count(&g->output, f->output);
	tally_count(&g->cache_read, f->cache_read);
	tally_count(&g->cache_write, f->cache_write);
	tally_count(&g->unpriced, f->unpriced);
	tally_count(&g->unknown, f->unknown);
}

void
tally_join_task(struct task *t, const struct task *f)
{
	tally_add(&t->cost, f->cost);
	tally_count(&t->calls, f->calls);
	t->resolved |= f->resolved;
	t->unresolved |= f->unresolved;
	t->incomplete |= f->incomplete;
}

void
tally_join(void *into, void *from)
{
	struct tally *t = into, *f = from;

	for (size_t i = 0; i < table_count(&f->groups); i++)
		tally_join_group(tally_group(t, table_key(&f->groups, i),
				     map_hash(table_key(&f->groups, i))),
		    table_at(&f->groups, i));
	for (size_t i = 0; i < table_count(&f->tasks); i++)
		tally_join_task(
		    tally_task(t, table_key(&f->tasks, i), map_hash(table_key(&f->tasks, i))),
		    table_at(&f->tasks, i));
	ratings_join(&t->ratings, &f->ratings);
	t->cached += f->cached;
	t->no_task += f->no_task;
	t->outside += f->outside;
	if (f->before != NULL)
		tally_join(t->before, f->before);
	f->before = NULL;
	tally_free(f);
}

void
tally_free(struct tally *t)
{
	if (t->before != NULL)
		tally_free(t->before);
	table_free(&t->groups);
	table_free(&t->tasks);
	ratings_free(&t->ratings);
	defer_free(t);
	free(t);
}

struct fold
tally_fold(const struct plan *plan)
{
	return (struct fold){ .names = plan->names,
		.start = start,
		.each = each,
		.finish = finish,
		.join = tally_join };
}
