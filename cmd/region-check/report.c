/* report.c - from groups to rows and findings. */
#include "report.h"

#include <stdlib.h>

#include "base/key.h"
#include "io/emit.h"

#define MINUTE (60 * WHEN_SECOND)

str
say_time(struct arena *a, int64_t ns)
{
	str text = when_print(a, ns - ns % WHEN_SECOND);

	if (text.len != sizeof "2026-01-01T06:00:00Z" - 1)
		return text;
	return arena_printf(a, "%.10s %.8s", text.at, text.at + 11);
}

str
say_share(struct arena *a, int64_t n, int64_t of)
{
	if (of == 0)
		return arena_printf(a, "%lld of 0", (long long)n);
	return arena_printf(a, "%lld of %lld (%.1f %%)", (long long)n, (long long)of,
	    100 * (double)n / (double)of);
}

int
report_unknown_status(const struct class *c)
{
	if (c == NULL || c->on_unknown == UNKNOWN_FAILS)
		return EXIT_NO;
	return c->on_unknown == UNKNOWN_INCONCLUSIVE ? EXIT_INCONCLUSIVE : EXIT_YES;
}

static const struct class *
class_of(const struct policy *p, str name)
{
	for (size_t i = 0; i < p->class_count; i++)
		if (str_eq(p->classes[i].name, name))
			return &p->classes[i];
	return NULL;
}

static int
by_order(const void *x, const void *y)
{
	static const int order[] = {
		[VERDICT_OK] = 2, [VERDICT_VIOLATION] = 0, [VERDICT_UNKNOWN] = 1
	};
	const struct row *a = x, *b = y;

	if (a->verdict != b->verdict)
		return order[a->verdict] - order[b->verdict];
	if (a->group->n != b->group->n)
		return a->group->n > b->group->n ? -1 : 1;
	for (size_t i = 0; i < G_PARTS; i++)
		if (!str_eq(a->parts[i], b->parts[i]))
			return str_cmp(a->parts[i], b->parts[i]);
	return 0;
}

/* A minute of a group. */
struct minute {
	int64_t group, minute, n;
};

static int
by_group(const void *x, const void *y)
{
	const struct minute *a = x, *b = y;

	if (a->group != b->group)
		return a->group < b->group ? -1 : 1;
	return a->minute < b->minute ? -1 : a->minute > b->minute;
}

static struct minute *
sorted_minutes(struct report *r, size_t *count)
{
	const struct table *t = &r->tally->minutes;

	*count = table_count(t);
	struct minute *of = ARENA_ARRAY(r->arena, struct minute, *count + 1);
	for (size_t i = 0; i < *count; i++) {
		int64_t key[2];
		memcpy(key, table_key(t, i).at, sizeof key);
		of[i] = (struct minute){ key[1], key[0], *(const int64_t *)table_at(t, i) };
	}
	qsort(of, *count, sizeof *of, by_group);
	return of;
}

/* The minutes of a group, put together where they are no further apart than --gap. */
static void
make_spans(
    struct report *r, struct row *row, const struct minute *of, size_t count, int64_t group)
{
	size_t first = 0, n = 0;

	while (first < count && of[first].group < group)
		first++;
	while (first + n < count && of[first + n].group == group)
		n++;
	row->spans = ARENA_ARRAY(r->arena, struct span, n + 1);
	for (size_t i = first; i < first + n; i++) {
		int64_t from = of[i].minute * MINUTE;
		struct span *s = row->span_count > 0 ? &row->spans[row->span_count - 1] : NULL;
		if (s == NULL || from - s->until > r->plan->o->gap) {
			s = &row->spans[row->span_count++];
			*s = (struct span){ .from = from };
		}
		s->until = from + MINUTE;
		s->n += of[i].n;
	}
}

static void
make_rows(struct report *r)
{
	const struct table *t = &r->tally->groups;
	size_t count;
	const struct minute *minutes = sorted_minutes(r, &count);
	bool known;

	r->row_count = table_count(t);
	r->rows = ARENA_ARRAY(r->arena, struct row, r->row_count + 1);
	for (size_t i = 0; i < r->row_count; i++) {
		struct row *row = &r->rows[i];
		row->group = table_at(t, i);
		for (size_t p = 0; p < G_PARTS; p++)
			row->parts[p] = key_value(r->arena, table_key(t, i), p, &known);
		while (row->verdict < VERDICTS - 1 &&
		    !str_is(row->parts[G_VERDICT], verdict_names[row->verdict]))
			row->verdict++;
		row->class = class_of(r->plan->policy, row->parts[G_CLASS]);
		size_t e = 0;
		while (e < EVIDENCES - 1 && !str_is(row->parts[G_EVIDENCE], evidence_names[e]))
			e++;
		r->evidence[e] += row->group->n;
		make_spans(r, row, minutes, count, (int64_t)i);
	}
	qsort(r->rows, r->row_count, sizeof *r->rows, by_order);
}

static str
keep(struct report *r, struct buf *b)
{
	str text = arena_keep(r->arena, buf_str(b));

	buf_free(b);
	return text;
}

static str
subject_of(struct report *r, const struct row *row)
{
	struct buf b = { 0 };

	emit_kstr(&b, "country", row->parts[G_COUNTRY]);
	emit_kstr(&b, "class", row->parts[G_CLASS]);
	emit_kstr(&b, "kind", row->parts[G_KIND]);
	emit_kstr(&b, "place", row->parts[G_PLACE]);
	emit_kstr(&b, "countries", row->parts[G_COUNTRIES]);
	return keep(r, &b);
}

static str
numbers_of(struct report *r, const struct row *row)
{
	struct buf b = { 0 };
	const struct group *g = row->group;

	emit_kstr(&b, "reason", row->parts[G_REASON]);
	emit_kstr(&b, "evidence", row->parts[G_EVIDENCE]);
	emit_kint(&b, "failed", g->failed);
	if (g->attempt != NO_NUMBER)
		emit_kint(&b, "attempt", g->attempt);
	if (g->after_status != NO_NUMBER)
		emit_kint(&b, "after_status", g->after_status);
	emit_kstr(&b, "after_region", g->after_region);
	emit_key(&b, "windows");
	emit_open(&b, '[');
	for (size_t i = 0; i < row->span_count; i++) {
		emit_open(&b, '[');
		emit_str(&b, when_print(r->arena, row->spans[i].from));
		emit_str(&b, when_print(r->arena, row->spans[i].until));
		emit_int(&b, row->spans[i].n);
		emit_close(&b, ']');
	}
	emit_close(&b, ']');
	return keep(r, &b);
}

/* "t1, attempt 2, after 503 from eu-central-1" */
static str
say_example(struct report *r, const struct group *g)
{
	struct arena *a = r->arena;
	str text = g->examples.count > 0 ?
	    arena_printf(a, "; trace %.*s", STR_F(g->examples.of[0].id)) :
	    STR("");

	if (g->attempt != NO_NUMBER)
		text = arena_printf(a, "%.*s%s attempt %lld", STR_F(text),
		    text.len > 0 ? "," : ";", (long long)g->attempt);
	if (g->after_status > 0)
		text = arena_printf(a, "%.*s, after %lld from %.*s", STR_F(text),
		    (long long)g->after_status, STR_F(g->after_region));
	return text;
}

static void
add_finding(struct report *r, const struct row *row)
{
	const struct group *g = row->group;
	bool violation = row->verdict == VERDICT_VIOLATION;
	int status = violation ? EXIT_NO : report_unknown_status(row->class);
	str country = row->parts[G_COUNTRY];

	r->status = err_worse(r->status, status);
	r->findings[r->finding_count++] = (struct finding){
		.rule = violation ? "residency" : "residency-unknown",
		.severity = status == EXIT_NO   ? "error" :
		    status == EXIT_INCONCLUSIVE ? "warning" :
						  "notice",
		.subject = subject_of(r, row),
		.numbers = numbers_of(r, row),
		.first = g->first <= g->last ? g->first : FINDING_NEVER,
		.last = g->first <= g->last ? g->last : FINDING_NEVER,
		.n = g->n,
		.examples = g->examples,
		.message = arena_printf(r->arena, "subject %.*s: %.*s: %.*s%.*s",
		    STR_F(country.len > 0 ? country : STR("?")), STR_F(row->parts[G_KIND]),
		    (int)row->parts[G_MESSAGE].len, row->parts[G_MESSAGE].at,
		    STR_F(say_example(r, g))),
	};
}

static void
add_mismatches(struct report *r)
{
	const struct table *t = &r->tally->mismatches;
	size_t *order = table_sorted(t);
	bool known;

	for (size_t i = 0; i < table_count(t); i++) {
		const struct mismatch *m = table_at(t, order[i]);
		str key = table_key(t, order[i]);
		str label = key_value(r->arena, key, 0, &known);
		str address = key_value(r->arena, key, 1, &known);
		struct buf b = { 0 };
		emit_kstr(&b, "label", label);
		emit_kstr(&b, "address", address);
		r->status = err_worse(r->status, EXIT_NO);
		r->findings[r->finding_count++] = (struct finding){
			.rule = "label-mismatch",
			.severity = "warning",
			.subject = keep(r, &b),
			.first = m->first <= m->last ? m->first : FINDING_NEVER,
			.last = m->first <= m->last ? m->last : FINDING_NEVER,
			.n = m->n,
			.examples = m->examples,
			.message = arena_printf(r->arena,
			    "the label says %.*s, the address %.*s: the address counts",
			    STR_F(label), STR_F(address)),
		};
	}
	free(order);
}

struct report
report_of(struct arena *a, const struct plan *plan, const struct tally *t)
{
	struct report r = { .arena = a, .plan = plan, .tally = t };

	make_rows(&r);
	r.findings =
	    ARENA_ARRAY(a, struct finding, r.row_count + table_count(&t->mismatches) + 1);
	for (size_t i = 0; i < r.row_count; i++)
		if (r.rows[i].verdict != VERDICT_OK)
			add_finding(&r, &r.rows[i]);
	add_mismatches(&r);
	for (size_t i = 0; i < table_count(&t->traces); i++) {
		const struct trace *trace = table_at(&t->traces, i);
		r.traces_violation += trace->violation;
		r.traces_unknown += trace->unknown && !trace->violation;
	}
	if (t->hops == 0)
		r.status = err_worse(r.status, EXIT_INCONCLUSIVE);
	return r;
}
