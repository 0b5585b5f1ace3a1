/* tally.c - a record at a time: its hops, judged and counted. */
#include "tally.h"

#include <stdlib.h>

#include "base/key.h"
#include "base/mem.h"

#define MINUTE (60 * WHEN_SECOND)

void *
tally_start(const void *plan)
{
	struct tally *t = mem_new(sizeof *t);

	t->plan = plan;
	t->groups.size = sizeof(struct group);
	t->mismatches.size = sizeof(struct mismatch);
	t->traces.size = sizeof(struct trace);
	t->tokens.size = sizeof(struct tokens);
	t->paths.size = sizeof(struct journey);
	t->minutes.size = sizeof(int64_t);
	return t;
}

void
tally_free(struct tally *t)
{
	for (size_t i = 0; i < table_count(&t->paths); i++) {
		struct journey *p = table_at(&t->paths, i);
		quantile_free(&p->ttft);
		quantile_free(&p->total);
	}
	table_free(&t->groups);
	table_free(&t->mismatches);
	table_free(&t->traces);
	table_free(&t->tokens);
	table_free(&t->paths);
	table_free(&t->minutes);
	arena_free(&t->kept);
	buf_free(&t->key);
	buf_free(&t->part);
	free(t);
}

/* The value of a key, and whether it is new. */
static void *
put(struct tally *t, struct table *table, str key, bool *new)
{
	size_t before = table_count(table);
	void *value = table_put(table, key);

	*new = table_count(table) > before;
	if (*new && (int64_t)table_count(table) > t->plan->o->max_keys)
		die(EXIT_SYSTEM,
		    "more than %lld different findings, traces or paths: less input at once, "
		    "or a higher --max-keys",
		    (long long)t->plan->o->max_keys);
	return value;
}

struct group *
tally_group(struct tally *t, str key)
{
	bool new;
	struct group *g = put(t, &t->groups, key, &new);

	if (new)
		*g = (struct group){ .first = INT64_MAX,
			.last = INT64_MIN,
			.attempt = NO_NUMBER,
			.after_status = NO_NUMBER };
	return g;
}

#define LOWER(a, b)  ((a) = (b) < (a) ? (b) : (a))
#define HIGHER(a, b) ((a) = (b) > (a) ? (b) : (a))

/* Does what stands for more come before what stands for g?  By the first example, and where
 * that is the same one (or there is none) by all that is told of it: an order without ties. */
static bool
leads(const struct group *g, const struct group *more)
{
	static const struct example none;
	const struct example *a = more->examples.count > 0 ? &more->examples.of[0] : &none;
	const struct example *b = g->examples.count > 0 ? &g->examples.of[0] : &none;

	if (example_before(a, b) || example_before(b, a))
		return example_before(a, b);
	if (more->attempt != g->attempt)
		return more->attempt < g->attempt;
	if (more->after_status != g->after_status)
		return more->after_status < g->after_status;
	return str_cmp(more->after_region, g->after_region) < 0;
}

void
tally_group_add(struct tally *t, struct group *g, const struct group *more)
{
	if (g->n == 0 || leads(g, more)) {
		g->attempt = more->attempt;
		g->after_status = more->after_status;
		g->after_region = arena_keep(&t->kept, more->after_region);
	}
	g->n += more->n;
	g->failed += more->failed;
	LOWER(g->first, more->first);
	HIGHER(g->last, more->last);
	examples_join(&g->examples, &t->kept, &more->examples);
}

int64_t *
tally_minute(struct tally *t, size_t group, int64_t minute)
{
	const struct {
		int64_t minute, group;
	} key = { minute, (int64_t)group };
	bool new;

	return put(t, &t->minutes, (str){ (const char *)&key, sizeof key }, &new);
}

struct mismatch *
tally_mismatch(struct tally *t, str key)
{
	bool new;
	struct mismatch *m = put(t, &t->mismatches, key, &new);

	if (new)
		*m = (struct mismatch){ .first = INT64_MAX, .last = INT64_MIN };
	return m;
}

void
tally_mismatch_add(struct tally *t, struct mismatch *m, const struct mismatch *more)
{
	m->n += more->n;
	LOWER(m->first, more->first);
	HIGHER(m->last, more->last);
	examples_join(&m->examples, &t->kept, &more->examples);
}

struct trace *
tally_trace(struct tally *t, str id)
{
	bool new;

	return put(t, &t->traces, id, &new);
}

struct tokens *
tally_tokens(struct tally *t, str region)
{
	bool new;

	return put(t, &t->tokens, region, &new);
}

void
tally_tokens_add(struct tokens *a, const struct tokens *more)
{
	a->calls += more->calls;
	a->known += more->known;
	a->input += more->input;
	a->cache_read += more->cache_read;
	a->cache_write += more->cache_write;
}

struct journey *
tally_path(struct tally *t, str key)
{
	bool new;

	return put(t, &t->paths, key, &new);
}

void
tally_path_add(struct journey *p, const struct journey *more)
{
	p->n += more->n;
	quantile_join(&p->ttft, &more->ttft);
	quantile_join(&p->total, &more->total);
}

static void
make_key(struct tally *t, const struct hop *h, const struct judged *j)
{
	const str parts[G_PARTS] = { [G_VERDICT] = str_of(verdict_names[j->verdict]),
		[G_REASON] = str_of(j->reason),
		[G_COUNTRY] = h->country,
		[G_CLASS] = j->class != NULL ? j->class->name : STR(""),
		[G_KIND] = h->kind,
		[G_PLACE] = j->place.name,
		[G_COUNTRIES] = j->countries,
		[G_MESSAGE] = j->message,
		[G_EVIDENCE] = str_of(evidence_names[j->evidence]) };

	key_begin(&t->key);
	for (size_t i = 0; i < G_PARTS; i++)
		key_add(&t->key, parts[i], i == 0);
}

static bool
time_of(const struct hop *h, int64_t *ns)
{
	return h->time.len > 0 && when_parse(h->time, ns) && when_usual(*ns);
}

static void
add_mismatch(
    struct tally *t, const struct hop *h, const struct judged *j, int64_t ns, bool timed)
{
	struct mismatch one = {
		.n = 1, .first = timed ? ns : INT64_MAX, .last = timed ? ns : INT64_MIN
	};

	key_begin(&t->key);
	key_add(&t->key, h->region, true);
	key_add(&t->key, j->address, false);
	one.examples = (struct examples){ h->trace.len > 0, { example_of(h->trace) } };
	tally_mismatch_add(t, tally_mismatch(t, buf_str(&t->key)), &one);
}

static void
add_hop(struct tally *t, struct arena *a, const struct hop *h)
{
	struct judged j = verdict_of(a, t->plan->policy, t->plan->places, h);
	int64_t ns = 0;
	bool timed = time_of(h, &ns);
	struct group one = { .n = 1,
		.failed = h->status == 0 || h->status >= 400,
		.first = timed ? ns : INT64_MAX,
		.last = timed ? ns : INT64_MIN,
		.attempt = h->attempt,
		.after_status = h->after_status,
		.after_region = h->after_region };

	t->hops++;
	t->verdicts[j.verdict]++;
	one.examples = (struct examples){ h->trace.len > 0, { example_of(h->trace) } };
	make_key(t, h, &j);
	struct group *g = tally_group(t, buf_str(&t->key));
	tally_group_add(t, g, &one);
	if (j.verdict != VERDICT_OK) {
		if (timed)
			++*tally_minute(
			    t, table_slot(&t->groups, g), ns / MINUTE - (ns % MINUTE < 0));
		if (h->trace.len > 0) {
			struct trace *trace = tally_trace(t, h->trace);
			trace->violation |= j.verdict == VERDICT_VIOLATION;
			trace->unknown |= j.verdict == VERDICT_UNKNOWN;
		}
	}
	if (j.mismatch)
		add_mismatch(t, h, &j, ns, timed);
}

static int64_t
tokens_in(const struct scan_value *v)
{
	int64_t n;

	return v->kind == KIND_NUMBER && str_int(v->raw, &n) && n >= 0 ? n : NO_NUMBER;
}

static double
milliseconds(const struct scan_value *v)
{
	double ms;

	return v->kind == KIND_NUMBER && str_real(v->raw, &ms) && ms >= 0 ? ms : -1;
}

/* What the call used, where its last attempt ran; and how long it took by all of them. */
static void
add_isolation(
    struct tally *t, struct intake *in, const struct rec *rec, const struct hops *hops)
{
	const struct scan_value *v = rec->values;
	double ttft = milliseconds(&v[H_TTFT]), total = milliseconds(&v[H_TOTAL]);
	struct tokens one = { 1, 0, tokens_in(&v[H_INPUT]), tokens_in(&v[H_CACHE_READ]),
		tokens_in(&v[H_CACHE_WRITE]) };
	str region = STR("(unknown)");

	key_begin(&t->key);
	for (size_t i = 0, n = 0; i < hops->count; i++) {
		const struct hop *h = &hops->of[i];
		if (!hop_is_attempt(h->kind))
			continue;
		str place = h->region.len > 0 ?
		    h->region :
		    places_host(intake_arena(in), t->plan->places, h->url).name;
		region = place.len > 0 ? place : STR("(unknown)");
		key_add(&t->key, region, n++ == 0);
	}
	one.cache_write = one.cache_write == NO_NUMBER ? 0 : one.cache_write;
	one.known = one.input != NO_NUMBER && one.cache_read != NO_NUMBER &&
	    one.cache_read <= one.input && one.cache_write <= one.input - one.cache_read;
	if (!one.known)
		one.input = one.cache_read = one.cache_write = 0;
	tally_tokens_add(tally_tokens(t, region), &one);
	if (ttft < 0 && total < 0)
		return;
	if (t->key.len == 0)
		key_add(&t->key, region, true);
	struct journey *p = tally_path(t, buf_str(&t->key));
	p->n++;
	if (ttft >= 0)
		quantile_add(&p->ttft, QUANTILE_ERROR, ttft);
	if (total >= 0)
		quantile_add(&p->total, QUANTILE_ERROR, total);
}

const char *
tally_each(void *state, struct intake *in, const struct rec *rec)
{
	struct tally *t = state;
	struct hops hops;

	if (str_is(rec->kind, "run") || str_is(rec->kind, "finding"))
		return NULL;
	const char *why = hops_read(in, rec, &hops);
	if (why != NULL)
		return why;
	int64_t before = t->verdicts[VERDICT_VIOLATION];
	t->records++;
	for (size_t i = 0; i < hops.count && t->plan->policy != NULL; i++)
		add_hop(t, intake_arena(in), &hops.of[i]);
	t->with_violation += t->verdicts[VERDICT_VIOLATION] > before;
	if (t->plan->o->isolation)
		add_isolation(t, in, rec, &hops);
	return NULL;
}

static void
join_minutes(struct tally *t, const struct tally *from)
{
	for (size_t i = 0; i < table_count(&from->minutes); i++) {
		int64_t key[2];
		memcpy(key, table_key(&from->minutes, i).at, sizeof key);
		struct group *g = tally_group(t, table_key(&from->groups, (size_t)key[1]));
		*tally_minute(t, table_slot(&t->groups, g), key[0]) +=
		    *(const int64_t *)table_at(&from->minutes, i);
	}
}

static void
join_tables(struct tally *t, const struct tally *from)
{
	for (size_t i = 0; i < table_count(&from->groups); i++)
		tally_group_add(
		    t, tally_group(t, table_key(&from->groups, i)), table_at(&from->groups, i));
	join_minutes(t, from);
	for (size_t i = 0; i < table_count(&from->mismatches); i++)
		tally_mismatch_add(t, tally_mismatch(t, table_key(&from->mismatches, i)),
		    table_at(&from->mismatches, i));
	for (size_t i = 0; i < table_count(&from->traces); i++) {
		const struct trace *more = table_at(&from->traces, i);
		struct trace *trace = tally_trace(t, table_key(&from->traces, i));
		trace->violation |= more->violation;
		trace->unknown |= more->unknown;
	}
	for (size_t i = 0; i < table_count(&from->tokens); i++)
		tally_tokens_add(
		    tally_tokens(t, table_key(&from->tokens, i)), table_at(&from->tokens, i));
	for (size_t i = 0; i < table_count(&from->paths); i++)
		tally_path_add(
		    tally_path(t, table_key(&from->paths, i)), table_at(&from->paths, i));
}

void
tally_join(void *into, void *given)
{
	struct tally *t = into, *from = given;

	join_tables(t, from);
	t->records += from->records;
	t->hops += from->hops;
	t->with_violation += from->with_violation;
	for (size_t i = 0; i < VERDICTS; i++)
		t->verdicts[i] += from->verdicts[i];
	tally_free(from);
}

struct fold
tally_fold(const struct plan *plan)
{
	static const char *const names[] = { H_NAMES };

	(void)plan;
	return (struct fold){ names, tally_start, tally_each, NULL, tally_join };
}
