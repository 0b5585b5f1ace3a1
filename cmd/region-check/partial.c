/* partial.c - a tally as lines.
 *
 * The kinds of lines: n counters, g a group, w a minute of a group, m a mismatch, x a trace,
 * k tokens of a region, p a path. */
#include "partial.h"

#include <stdlib.h>

#include "base/key.h"

static const struct part_member tally_members[] = { { "judged",
							offsetof(struct tally, records) },
	PART_MEMBER(tally, hops), { "ok", offsetof(struct tally, verdicts[VERDICT_OK]) },
	{ "violation", offsetof(struct tally, verdicts[VERDICT_VIOLATION]) },
	{ "unknown", offsetof(struct tally, verdicts[VERDICT_UNKNOWN]) },
	PART_MEMBER(tally, with_violation), PART_END };
static const struct part_member group_members[] = { PART_MEMBER(group, n),
	PART_MEMBER(group, failed), PART_MEMBER(group, first), PART_MEMBER(group, last),
	PART_MEMBER(group, attempt), PART_MEMBER(group, after_status), PART_END };
static const struct part_member mismatch_members[] = { PART_MEMBER(mismatch, n),
	PART_MEMBER(mismatch, first), PART_MEMBER(mismatch, last), PART_END };
static const struct part_member token_members[] = { PART_MEMBER(tokens, calls),
	PART_MEMBER(tokens, known), PART_MEMBER(tokens, input), PART_MEMBER(tokens, cache_read),
	PART_MEMBER(tokens, cache_write), PART_END };

static void
write_groups(struct part_line *w, const struct tally *t)
{
	size_t n = table_count(&t->groups), *order = table_sorted(&t->groups);

	for (size_t i = 0; i < n; i++) {
		const struct group *g = table_at(&t->groups, order[i]);
		part_begin(w, 'g', table_key(&t->groups, order[i]));
		part_emit(&w->state, g, group_members);
		emit_kstr(&w->state, "after_region", g->after_region);
		part_emit_examples(&w->state, &g->examples);
		part_finish(w);
	}
	free(order);
}

/* Minutes by the text of their group, so that their order is that of no table. */
static void
write_minutes(struct part_line *w, const struct tally *t)
{
	struct table by_text = { .size = sizeof(int64_t) };
	struct buf key = { 0 };

	for (size_t i = 0; i < table_count(&t->minutes); i++) {
		int64_t minute[2];
		memcpy(minute, table_key(&t->minutes, i).at, sizeof minute);
		buf_reset(&key);
		buf_add(&key, table_key(&t->groups, (size_t)minute[1]));
		buf_printf(&key, "|%lld", (long long)minute[0]);
		*(int64_t *)table_put(&by_text, buf_str(&key)) =
		    *(const int64_t *)table_at(&t->minutes, i);
	}
	size_t n = table_count(&by_text), *order = table_sorted(&by_text);
	for (size_t i = 0; i < n; i++) {
		part_begin(w, 'w', table_key(&by_text, order[i]));
		emit_kint(&w->state, "n", *(const int64_t *)table_at(&by_text, order[i]));
		part_finish(w);
	}
	free(order);
	table_free(&by_text);
	buf_free(&key);
}

static void
write_mismatches(struct part_line *w, const struct tally *t)
{
	size_t n = table_count(&t->mismatches), *order = table_sorted(&t->mismatches);

	for (size_t i = 0; i < n; i++) {
		const struct mismatch *m = table_at(&t->mismatches, order[i]);
		part_begin(w, 'm', table_key(&t->mismatches, order[i]));
		part_emit(&w->state, m, mismatch_members);
		part_emit_examples(&w->state, &m->examples);
		part_finish(w);
	}
	free(order);
}

/* Names as they stand in records, as keys of one part. */
static void
begin_named(struct part_line *w, char kind, str name)
{
	struct buf key = { 0 };

	key_add(&key, name, true);
	part_begin(w, kind, buf_str(&key));
	buf_free(&key);
}

static void
write_traces(struct part_line *w, const struct table *t)
{
	size_t n = table_count(t), *order = table_sorted(t);

	for (size_t i = 0; i < n; i++) {
		const struct trace *trace = table_at(t, order[i]);
		begin_named(w, 'x', table_key(t, order[i]));
		emit_kbool(&w->state, "violation", trace->violation);
		emit_kbool(&w->state, "unknown", trace->unknown);
		part_finish(w);
	}
	free(order);
}

static void
write_tokens(struct part_line *w, const struct table *t)
{
	size_t n = table_count(t), *order = table_sorted(t);

	for (size_t i = 0; i < n; i++) {
		begin_named(w, 'k', table_key(t, order[i]));
		part_emit(&w->state, table_at(t, order[i]), token_members);
		part_finish(w);
	}
	free(order);
}

static void
emit_quantiles(struct buf *b, const char *key, const struct quantiles *q)
{
	emit_key(b, key);
	emit_open(b, '[');
	emit_int(b, q->zeros);
	for (size_t i = 0; i < q->count; i++) {
		emit_int(b, q->bins[i].index);
		emit_int(b, q->bins[i].count);
	}
	emit_close(b, ']');
}

static void
write_paths(struct part_line *w, const struct table *t)
{
	size_t n = table_count(t), *order = table_sorted(t);

	for (size_t i = 0; i < n; i++) {
		const struct journey *p = table_at(t, order[i]);
		part_begin(w, 'p', table_key(t, order[i]));
		emit_kint(&w->state, "n", p->n);
		emit_quantiles(&w->state, "ttft", &p->ttft);
		emit_quantiles(&w->state, "total", &p->total);
		part_finish(w);
	}
	free(order);
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
	write_groups(&w, t);
	write_minutes(&w, t);
	write_mismatches(&w, t);
	write_traces(&w, &t->traces);
	write_tokens(&w, &t->tokens);
	write_paths(&w, &t->paths);
	part_free(&w);
}

static bool
read_counters(struct tally *t, struct part_counters *c, const struct doc *d)
{
	struct part_counters more;
	struct tally other = { 0 };

	if (!part_parse(&more, part_counter_members, d) ||
	    !part_parse(&other, tally_members, d) ||
	    !part_counts(&more, part_counter_members) || !part_counts(&other, tally_members))
		return false;
	part_count(c, &more);
	t->records += other.records;
	t->hops += other.hops;
	t->with_violation += other.with_violation;
	for (size_t i = 0; i < VERDICTS; i++)
		t->verdicts[i] += other.verdicts[i];
	return true;
}

static bool
read_group(struct tally *t, struct arena *a, str key, const struct doc *d)
{
	struct group more = { 0 };

	if (!part_has(key, G_PARTS) || !part_parse(&more, group_members, d) || more.n <= 0 ||
	    more.n > PART_MOST || more.failed < 0 || more.failed > more.n)
		return false;
	more.after_region = doc_text(doc_get(d, "after_region"));
	part_parse_examples(&more.examples, a, doc_get(d, "examples"));
	tally_group_add(t, tally_group(t, key), &more);
	return true;
}

static bool
read_minute(struct tally *t, struct arena *a, str key, const struct doc *d)
{
	int64_t minute, n;
	str last;

	if (!part_has(key, G_PARTS + 1) || !part_last(a, &key, &last) ||
	    !str_int(last, &minute) || !doc_int(doc_get(d, "n"), &n) || n <= 0 ||
	    n > PART_MOST || minute < 0 || minute > WHEN_YEAR_2200 / WHEN_SECOND / 60)
		return false;
	struct group *g = tally_group(t, key);
	*tally_minute(t, table_slot(&t->groups, g), minute) += n;
	return true;
}

static bool
read_mismatch(struct tally *t, struct arena *a, str key, const struct doc *d)
{
	struct mismatch more = { 0 };

	if (!part_has(key, 2) || !part_parse(&more, mismatch_members, d) || more.n <= 0)
		return false;
	part_parse_examples(&more.examples, a, doc_get(d, "examples"));
	tally_mismatch_add(t, tally_mismatch(t, key), &more);
	return true;
}

static bool
read_trace(struct tally *t, str name, const struct doc *d)
{
	if (doc_get(d, "violation") == NULL || doc_get(d, "unknown") == NULL)
		return false;
	struct trace *trace = tally_trace(t, name);
	trace->violation |= doc_true(doc_get(d, "violation"));
	trace->unknown |= doc_true(doc_get(d, "unknown"));
	return true;
}

static bool
read_tokens(struct tally *t, str name, const struct doc *d)
{
	struct tokens more;

	if (!part_parse(&more, token_members, d) || !part_counts(&more, token_members))
		return false;
	tally_tokens_add(tally_tokens(t, name), &more);
	return true;
}

static bool
parse_quantiles(struct quantiles *q, const struct doc *list)
{
	int64_t v, index = 0;
	size_t n = 0;

	DOC_EACH (d, list) {
		if (!doc_int(d, &v) || v < (n % 2 == 1 ? -100000 : 0) || v > INT64_MAX / 1024)
			return false;
		if (n == 0) {
			q->zeros = v;
			q->n = v;
		} else if (n % 2 == 1) {
			index = v;
		} else {
			quantile_count(q, index, v);
		}
		n++;
	}
	return n % 2 == 1;
}

static bool
read_path(struct tally *t, str key, const struct doc *d)
{
	struct journey more = { 0 };
	bool ok = doc_int(doc_get(d, "n"), &more.n) &&
	    parse_quantiles(&more.ttft, doc_get(d, "ttft")) &&
	    parse_quantiles(&more.total, doc_get(d, "total"));

	if (ok)
		tally_path_add(tally_path(t, key), &more);
	quantile_free(&more.ttft);
	quantile_free(&more.total);
	return ok;
}

const char *
partial_read(struct tally *t, struct part_counters *c, str line)
{
	struct arena a = { 0 };
	struct part_read r = { 0 };
	const char *why = part_take(&a, line, t->plan->shape, &r);
	bool ok = why != NULL, known;
	str name = why == NULL ? key_value(&a, r.key, 0, &known) : STR("");

	switch (r.kind) {
	case 'n': ok = read_counters(t, c, r.state); break;
	case 'g': ok = read_group(t, &a, r.key, r.state); break;
	case 'w': ok = read_minute(t, &a, r.key, r.state); break;
	case 'm': ok = read_mismatch(t, &a, r.key, r.state); break;
	case 'x': ok = read_trace(t, name, r.state); break;
	case 'k': ok = read_tokens(t, name, r.state); break;
	case 'p': ok = read_path(t, r.key, r.state); break;
	default: break;
	}
	arena_free(&a);
	return why != NULL || ok ? why : "a partial that is broken";
}

const char *
partial_check(const struct tally *t)
{
	int64_t n[VERDICTS] = { 0 };

	for (size_t i = 0; i < table_count(&t->groups); i++) {
		const struct group *g = table_at(&t->groups, i);
		str key = table_key(&t->groups, i), verdict = str_cut(&key, '|');
		size_t v = 0;
		while (v < VERDICTS && !str_is(verdict, verdict_names[v]))
			v++;
		if (v == VERDICTS || g->n == 0)
			return "a line of a group that is broken or missing";
		n[v] += g->n;
	}
	for (size_t v = 0; v < VERDICTS; v++)
		if (n[v] != t->verdicts[v])
			return "lines are missing: counters and groups do not agree";
	return t->hops == n[0] + n[1] + n[2] ? NULL :
					       "lines are missing: hops and verdicts "
					       "do not agree";
}
