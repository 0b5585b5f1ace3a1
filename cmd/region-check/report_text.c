/* report_text.c - the report for a reader. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/key.h"
#include "report.h"
#include "ui/grid.h"
#include "ui/term.h"

static void
line(str text)
{
	term_put(text);
	putchar('\n');
}

static void
heads(struct grid *g, const char *const *names, size_t left)
{
	for (; *names != NULL; names++, g->columns++) {
		grid_text(g, *names);
		g->left[g->columns] = g->columns < left;
	}
}

static void
headline(const struct report *r)
{
	const struct tally *t = r->tally;
	struct arena *a = r->arena;

	line(
	    arena_printf(a, "%lld hops of %lld records: %lld violations, %lld ok, %lld unknown",
		(long long)t->hops, (long long)t->records,
		(long long)t->verdicts[VERDICT_VIOLATION], (long long)t->verdicts[VERDICT_OK],
		(long long)t->verdicts[VERDICT_UNKNOWN]));
	if (table_count(&t->traces) > 0)
		line(
		    arena_printf(a, "%lld traces with a violation, %lld more with unknown hops",
			(long long)r->traces_violation, (long long)r->traces_unknown));
	line(arena_printf(a,
	    "places known from: the provider %lld, the product %lld, the address %lld, a label "
	    "alone %lld, nothing %lld",
	    (long long)r->evidence[EVIDENCE_PROVIDER], (long long)r->evidence[EVIDENCE_PRODUCT],
	    (long long)r->evidence[EVIDENCE_ADDRESS], (long long)r->evidence[EVIDENCE_LABEL],
	    (long long)r->evidence[EVIDENCE_NONE]));
}

/* Hops of one country and class. */
struct subject {
	int64_t n[VERDICTS];
};

static void
show_subjects(const struct report *r)
{
	static const char *const names[] = { "Subject", "class", "hops", "ok", "violation",
		"unknown", NULL };
	struct table of = { .size = sizeof(struct subject) };
	struct grid g = { .arena = r->arena };
	struct buf key = { 0 };
	bool known;

	for (size_t i = 0; i < r->row_count; i++) {
		const struct row *row = &r->rows[i];
		key_begin(&key);
		key_add(&key, row->parts[G_COUNTRY], true);
		key_add(&key, row->parts[G_CLASS], false);
		((struct subject *)table_put(&of, buf_str(&key)))->n[row->verdict] +=
		    row->group->n;
	}
	heads(&g, names, 2);
	size_t *order = table_sorted(&of);
	for (size_t i = 0; i < table_count(&of); i++) {
		const struct subject *s = table_at(&of, order[i]);
		str country = key_value(r->arena, table_key(&of, order[i]), 0, &known);
		str class = key_value(r->arena, table_key(&of, order[i]), 1, &known);
		int64_t all = s->n[0] + s->n[1] + s->n[2];
		grid_cell(&g, country.len > 0 ? country : STR("?"));
		grid_cell(&g, class.len > 0 ? class : STR("-"));
		grid_int(&g, all);
		grid_int(&g, s->n[VERDICT_OK]);
		grid_cell(&g, say_share(r->arena, s->n[VERDICT_VIOLATION], all));
		grid_cell(&g, say_share(r->arena, s->n[VERDICT_UNKNOWN], all));
	}
	putchar('\n');
	grid_print(&g);
	free(order);
	table_free(&of);
	buf_free(&key);
}

static void
show_spans(const struct report *r, const struct row *row)
{
	for (size_t i = 0; i < row->span_count && i < 4; i++) {
		const struct span *s = &row->spans[i];
		line(arena_printf(r->arena, "           %.*s .. %.*s: %lld %s",
		    STR_F(say_time(r->arena, s->from)), STR_F(say_time(r->arena, s->until)),
		    (long long)s->n, s->n == 1 ? "hop" : "hops"));
	}
	if (row->span_count > 4)
		line(arena_printf(
		    r->arena, "           and %zu times more", row->span_count - 4));
}

static void
show_findings(const struct report *r)
{
	if (r->finding_count > 0)
		puts("\nFindings");
	for (size_t i = 0, row = 0; i < r->finding_count; i++) {
		const struct finding *f = &r->findings[i];
		bool of_row = strcmp(f->rule, "label-mismatch") != 0;
		line(arena_printf(r->arena, "%-9s  %.*s: %lld %s",
		    !of_row                               ? "mismatch" :
			strcmp(f->rule, "residency") == 0 ? "violation" :
							    "unknown",
		    (int)f->message.len, f->message.at, (long long)f->n,
		    f->n == 1 ? "hop" : "hops"));
		if (of_row)
			show_spans(r, &r->rows[row++]);
	}
}

static void
show_ok(const struct report *r)
{
	bool any = false;

	for (size_t i = 0; i < r->row_count; i++) {
		const struct row *row = &r->rows[i];
		if (row->verdict != VERDICT_OK)
			continue;
		if (!any)
			puts("\nIn order");
		any = true;
		line(arena_printf(r->arena, "ok         subject %.*s: %.*s: %.*s: %lld %s",
		    STR_F(row->parts[G_COUNTRY].len > 0 ? row->parts[G_COUNTRY] : STR("?")),
		    STR_F(row->parts[G_KIND]), (int)row->parts[G_MESSAGE].len,
		    row->parts[G_MESSAGE].at, (long long)row->group->n,
		    row->group->n == 1 ? "hop" : "hops"));
	}
}

void
report_text(const struct report *r)
{
	headline(r);
	if (r->row_count > 0)
		show_subjects(r);
	show_findings(r);
	show_ok(r);
}

static str
factor(struct arena *a, const struct plan *p, const struct tokens *t)
{
	double read = (double)t->cache_read, write = (double)t->cache_write;
	double rest = (double)t->input - read - write;

	if (t->input == 0)
		return STR("-");
	return arena_printf(a, "%.3f",
	    (rest + read * p->o->cache_read + write * p->o->cache_write) / (double)t->input);
}

static str
milliseconds(struct arena *a, const struct quantiles *q, double share)
{
	return q->n > 0 ? arena_printf(a, "%.0f", quantile_of(q, QUANTILE_ERROR, share)) :
			  STR("-");
}

static void
show_paths(struct arena *a, const struct tally *t)
{
	static const char *const names[] = { "Path", "calls", "ttft p50 ms", "p95",
		"total p50 ms", "p95", NULL };
	struct grid g = { .arena = a };
	size_t *order = table_sorted(&t->paths);

	heads(&g, names, 1);
	for (size_t i = 0; i < table_count(&t->paths); i++) {
		const struct journey *p = table_at(&t->paths, order[i]);
		str name = { 0 }, rest = table_key(&t->paths, order[i]);
		while (rest.at != NULL) {
			str part = str_cut(&rest, '|');
			name = arena_printf(a, "%.*s%s%.*s", STR_F(name),
			    name.len > 0 ? " > " : "", STR_F(part));
		}
		grid_cell(&g, name);
		grid_int(&g, p->n);
		grid_cell(&g, milliseconds(a, &p->ttft, 0.5));
		grid_cell(&g, milliseconds(a, &p->ttft, 0.95));
		grid_cell(&g, milliseconds(a, &p->total, 0.5));
		grid_cell(&g, milliseconds(a, &p->total, 0.95));
	}
	putchar('\n');
	if (table_count(&t->paths) > 0)
		grid_print(&g);
	else
		puts("No record has timing.total_ms or timing.ttft_ms: no latency by path");
	free(order);
}

void
isolation_text(struct arena *a, const struct plan *p, const struct tally *t)
{
	static const char *const names[] = { "Region", "calls", "with usage", "input tokens",
		"cache hits", "price factor", NULL };
	struct grid g = { .arena = a };
	size_t *order = table_sorted(&t->tokens);

	heads(&g, names, 1);
	for (size_t i = 0; i < table_count(&t->tokens); i++) {
		const struct tokens *one = table_at(&t->tokens, order[i]);
		grid_cell(&g, table_key(&t->tokens, order[i]));
		grid_int(&g, one->calls);
		grid_int(&g, one->known);
		grid_int(&g, one->input);
		grid_cell(
		    &g, one->input > 0 ? say_share(a, one->cache_read, one->input) : STR("-"));
		grid_cell(&g, factor(a, p, one));
	}
	putchar('\n');
	grid_print(&g);
	line(arena_printf(a,
	    "  price factor: of an input token, where a cache read costs %g and a write %g of "
	    "the plain price",
	    p->o->cache_read, p->o->cache_write));
	show_paths(a, t);
	free(order);
}
