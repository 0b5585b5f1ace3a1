/* audit.c - how much of this traffic could be replayed, and why not the rest?
 *
 * Replayable is what judge.c calls yes or degraded; exact is yes alone.  Groups are
 * endpoints (dialect and address) and the number of tool turns that a request carries. */
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/table.h"
#include "capture.h"
#include "io/emit.h"
#include "io/out.h"
#include "ui/term.h"

struct tally {
	int64_t n, yes, degraded;
};

struct cause {
	int64_t no, degraded; /* records of that verdict which have it */
	str examples[3];
	size_t shown;
};

#define MAX_GROUPS 200 /* endpoints told apart; the rest is "other" */
#define TURNS      6   /* 0, 1, 2, 3-5, 6-10, more */

struct audit {
	struct tally all, turns[TURNS];
	struct table endpoints; /* struct tally */
	struct table causes;    /* struct cause */
	struct arena arena;
};

struct audit *
audit_new(void)
{
	struct audit *t = mem_new(sizeof *t);

	t->endpoints.size = sizeof(struct tally);
	t->causes.size = sizeof(struct cause);
	return t;
}

static void
count(struct tally *t, str verdict)
{
	t->n++;
	t->yes += str_is(verdict, "yes");
	t->degraded += str_is(verdict, "degraded");
}

static size_t
turns_of(struct arena *a, const struct doc *record)
{
	const struct dialect *d = dialect_named(doc_text(doc_get(record, "api")));
	const struct doc *request = doc_get(record, "request");
	struct view v = { 0 };
	size_t turns = 0;

	if (d == NULL || doc_kind(request) != KIND_OBJECT)
		return 0;
	d->view(a, request, &v);
	for (size_t i = 0; i < v.item_count; i++)
		turns += v.items[i].kind == ITEM_RESULT &&
		    (i == 0 || v.items[i - 1].kind != ITEM_RESULT);
	return turns <= 2 ? turns : turns <= 5 ? 3 : turns <= 10 ? 4 : 5;
}

static void
count_endpoint(struct audit *t, struct arena *a, const struct doc *record, str verdict)
{
	str api = doc_text(doc_get(record, "api")), url = doc_text(doc_get(record, "url"));
	size_t scheme = str_search(url, "://");
	str name = api.len > 0 ? api : STR("unknown dialect");

	if (scheme < url.len)
		url = str_from(url, scheme + 3);
	url.len = str_find(url, '?');
	if (url.len > 0)
		name = arena_printf(a, "%.*s %.*s", STR_F(name), STR_F(url));
	if (table_count(&t->endpoints) >= MAX_GROUPS && table_find(&t->endpoints, name) == NULL)
		name = STR("other");
	count(table_put(&t->endpoints, name), verdict);
}

static void
count_cause(struct audit *t, str code, str verdict, str id)
{
	struct cause *c = table_put(&t->causes, code);

	c->no += str_is(verdict, "no");
	c->degraded += str_is(verdict, "degraded");
	if (c->shown < 3)
		c->examples[c->shown++] = arena_keep(&t->arena, id);
}

void
audit_add(struct audit *t, struct arena *a, const struct doc *record)
{
	str verdict = doc_text(doc_get(record, "replayable"));
	const struct doc *gaps = doc_get(record, "gaps");

	if (verdict.len == 0)
		verdict = STR("no");
	count(&t->all, verdict);
	count(&t->turns[turns_of(a, record)], verdict);
	count_endpoint(t, a, record, verdict);
	DOC_EACH (code, gaps)
		count_cause(t, doc_text(code), verdict, doc_text(doc_get(record, "id")));
	if (str_is(verdict, "no") && (gaps == NULL || gaps->count == 0))
		count_cause(t, STR("unknown"), verdict, doc_text(doc_get(record, "id")));
}

/* Causes by what they cost: those that forbid a replay first. */
static int64_t
weight(const struct audit *t, size_t slot)
{
	const struct cause *c = table_at(&t->causes, slot);

	return c->no * 1000000 + c->degraded;
}

static size_t *
ordered(const struct audit *t, struct arena *a)
{
	size_t *order = ARENA_ARRAY(a, size_t, table_count(&t->causes) + 1);

	for (size_t i = 0; i < table_count(&t->causes); i++) {
		size_t k = i;
		for (; k > 0 && weight(t, order[k - 1]) < weight(t, i); k--)
			order[k] = order[k - 1];
		order[k] = i;
	}
	return order;
}

static double
percent(int64_t part, int64_t of)
{
	return of > 0 ? 100.0 * (double)part / (double)of : 0;
}

static void
print_tally(str name, const struct tally *t)
{
	int64_t good = t->yes + t->degraded;

	printf("  %5.1f %%  %8lld of %-8lld exact %5.1f %%  ", percent(good, t->n),
	    (long long)good, (long long)t->n, percent(t->yes, t->n));
	term_put(name);
	putchar('\n');
}

static const char *const turn_names[TURNS] = { "no tool turn", "1 tool turn", "2 tool turns",
	"3 to 5 tool turns", "6 to 10 tool turns", "more than 10 tool turns" };

static void
report_text(const struct audit *t, struct arena *a, const char *verdict)
{
	const struct tally *all = &t->all;
	const size_t *order = ordered(t, a);

	if (all->n == 0) {
		printf("replayable: nothing to judge, no record came in\n");
		return;
	}
	int64_t good = all->yes + all->degraded;
	printf("replayable %.1f %% (%lld of %lld): exact %.1f %% (%lld), degraded %.1f %% "
	       "(%lld)%s\n",
	    percent(good, all->n), (long long)good, (long long)all->n,
	    percent(all->yes, all->n), (long long)all->yes, percent(all->degraded, all->n),
	    (long long)all->degraded, verdict);
	if (table_count(&t->causes) > 0)
		printf("\ncauses (a record may have several)\n");
	for (size_t i = 0; i < table_count(&t->causes); i++) {
		const struct cause *c = table_at(&t->causes, order[i]);
		str name = table_key(&t->causes, order[i]);
		printf("  ");
		term_put(name);
		printf("%*s not replayable %6lld (%4.1f %%)  degraded %6lld (%4.1f %%)  e.g. ",
		    name.len < 24 ? (int)(24 - name.len) : 0, "", (long long)c->no,
		    percent(c->no, all->n), (long long)c->degraded,
		    percent(c->degraded, all->n));
		term_put(c->examples[0]);
		putchar('\n');
	}
	printf("\nby endpoint\n");
	for (size_t i = 0; i < table_count(&t->endpoints); i++)
		print_tally(table_key(&t->endpoints, i), table_at(&t->endpoints, i));
	printf("\nby tool turns in the request\n");
	for (size_t i = 0; i < TURNS; i++)
		if (t->turns[i].n > 0)
			print_tally(str_of(turn_names[i]), &t->turns[i]);
}

static void
emit_line(struct buf *b, const char *by, str value, const struct tally *t)
{
	buf_reset(b);
	emit_open(b, '{');
	emit_ktext(b, "record", "audit");
	emit_kint(b, "v", 1);
	emit_ktext(b, "by", by);
	emit_kstr(b, "value", value);
	emit_kint(b, "n", t->n);
	emit_kint(b, "replayable", t->yes + t->degraded);
	emit_kint(b, "exact", t->yes);
	emit_kint(b, "degraded", t->degraded);
	emit_close(b, '}');
	out_line(buf_str(b));
}

static void
emit_cause(struct buf *b, str name, const struct cause *c, int64_t n)
{
	buf_reset(b);
	emit_open(b, '{');
	emit_ktext(b, "record", "audit");
	emit_kint(b, "v", 1);
	emit_ktext(b, "by", "cause");
	emit_kstr(b, "value", name);
	emit_kint(b, "n", n);
	emit_kint(b, "not_replayable", c->no);
	emit_kint(b, "degraded", c->degraded);
	emit_key(b, "examples");
	emit_open(b, '[');
	for (size_t i = 0; i < c->shown; i++)
		emit_str(b, c->examples[i]);
	emit_close(b, ']');
	emit_close(b, '}');
	out_line(buf_str(b));
}

static void
report_json(const struct audit *t, struct arena *a)
{
	const size_t *order = ordered(t, a);
	struct buf b = { 0 };

	emit_line(&b, "total", (str){ 0 }, &t->all);
	for (size_t i = 0; i < table_count(&t->causes); i++)
		emit_cause(&b, table_key(&t->causes, order[i]), table_at(&t->causes, order[i]),
		    t->all.n);
	for (size_t i = 0; i < table_count(&t->endpoints); i++)
		emit_line(
		    &b, "endpoint", table_key(&t->endpoints, i), table_at(&t->endpoints, i));
	for (size_t i = 0; i < TURNS; i++)
		if (t->turns[i].n > 0)
			emit_line(&b, "tool_turns", str_of(turn_names[i]), &t->turns[i]);
	buf_free(&b);
}

int
audit_report(const struct audit *t, const struct capture_options *o)
{
	double n = (double)t->all.n, good = (double)(t->all.yes + t->all.degraded);
	bool gate = o->min >= 0 || o->min_exact >= 0;
	bool low = good < o->min * n - 1e-9 || (double)t->all.yes < o->min_exact * n - 1e-9;
	struct arena a = { 0 };

	if (o->format == 0)
		report_text(t, &a, !gate || n <= 0 ? "" : low ? ": too little" : ": enough");
	else
		report_json(t, &a);
	arena_free(&a);
	if (gate && t->all.n == 0)
		return EXIT_INCONCLUSIVE;
	return gate && low ? EXIT_NO : EXIT_YES;
}

void
audit_free(struct audit *t)
{
	table_free(&t->endpoints);
	table_free(&t->causes);
	arena_free(&t->arena);
	free(t);
}
