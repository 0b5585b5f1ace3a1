/* group_report.c - what --drift found, for people and for programs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "group.h"
#include "io/emit.h"
#include "io/out.h"
#include "ui/term.h"

static double
percent(struct ratio r)
{
	return 100.0 * ((double)r.billed / (double)r.local - 1.0);
}

static void
print_fit(const struct term_fit *fits, bool fitted, int64_t n)
{
	static const char *const words[] = { "per request", "per message", "per tool",
		"per token" };
	if (!fitted) {
		printf("    no fit: n=%lld is too few\n", (long long)n);
		return;
	}
	printf("    billed - local =");
	for (unsigned i = 0; i < FIT_FEATURES; i++)
		if (fits[i].known)
			printf("%s %+.*f [%+.*f, %+.*f] %s", i > 0 ? "," : "",
			    i == FIT_TOKEN ? 4 : 1, fits[i].value, i == FIT_TOKEN ? 4 : 1,
			    fits[i].low, i == FIT_TOKEN ? 4 : 1, fits[i].high, words[i]);
	putchar('\n');
}

static void
print_column(const char *name, const struct sketch *s)
{
	if (s->n == 0)
		return;
	printf("    %-9s n=%lld  median %+.1f %%  p95 %+.1f %%  max %+.1f %%\n", name,
	    (long long)s->n, percent(sketch_quantile(s, 50, true)),
	    percent(sketch_quantile(s, 95, true)), percent(sketch_quantile(s, 100, true)));
}

static void
print_output(const struct group *g)
{
	if (g->outputs > 0)
		printf("    output    n=%lld  billed %lld, seen %lld, reasoning %lld\n",
		    (long long)g->outputs, (long long)g->output_billed,
		    (long long)g->output_local, (long long)g->reasoning);
}

static void
print_group(str key, const struct group *g)
{
	struct calibrated c = group_calibration(key, g);
	struct term_fit fits[FIT_FEATURES];
	bool fitted = fit_solve(&g->sums, fits);
	const char *cause = group_cause(g, fits, fitted);
	term_put(c.model);
	printf("  %.*s  %s  n=%lld  billed %lld, local %lld (%+.1f %%)\n", STR_F(c.encoding),
	    content_names[c.content], (long long)g->sums.n, (long long)g->billed,
	    (long long)g->local,
	    percent((struct ratio){ g->billed, g->local > 0 ? g->local : 1 }));
	for (unsigned i = 0; i < COLUMNS; i++)
		print_column(column_names[i], &g->ratios[i]);
	print_fit(fits, fitted, g->sums.n);
	print_output(g);
	if (cause != NULL)
		printf("    likely: %s\n", cause);
	printf("    e.g.");
	for (size_t i = 0; i < g->example_count; i++) {
		putchar(' ');
		term_put(str_of(g->examples[i].id));
	}
	putchar('\n');
}

static void
emit_column(struct buf *b, const char *name, const struct sketch *s)
{
	struct calibrated c = { .n = s->n };
	if (s->n == 0)
		return;
	c.low = sketch_quantile(s, 5, false);
	emit_key(b, name);
	emit_open(b, '{');
	emit_kint(b, "n", s->n);
	emit_kreal(b, "p5", percent(c.low));
	emit_kreal(b, "median", percent(sketch_quantile(s, 50, true)));
	emit_kreal(b, "p95", percent(sketch_quantile(s, 95, true)));
	emit_kreal(b, "max", percent(sketch_quantile(s, 100, true)));
	emit_close(b, '}');
}

static void
emit_fit(struct buf *b, const struct term_fit *fits)
{
	emit_key(b, "fit");
	emit_open(b, '{');
	for (unsigned i = 0; i < FIT_FEATURES; i++) {
		if (!fits[i].known)
			continue;
		emit_key(b, feature_names[i]);
		emit_open(b, '[');
		emit_real(b, fits[i].value);
		emit_real(b, fits[i].low);
		emit_real(b, fits[i].high);
		emit_close(b, ']');
	}
	emit_close(b, '}');
}

static void
emit_group(str key, const struct group *g)
{
	struct buf b = { 0 };
	struct term_fit fits[FIT_FEATURES];
	bool fitted = fit_solve(&g->sums, fits);
	struct calibrated c = group_calibration(key, g);
	emit_open(&b, '{');
	emit_ktext(&b, "record", "drift");
	emit_kint(&b, "v", 1);
	emit_kstr(&b, "model", c.model);
	emit_kstr(&b, "encoding", c.encoding);
	emit_ktext(&b, "class", content_names[c.content]);
	emit_kint(&b, "n", g->sums.n);
	emit_kint(&b, "billed", g->billed);
	emit_kint(&b, "counted", g->local);
	for (unsigned i = 0; i < COLUMNS; i++)
		emit_column(&b, column_names[i], &g->ratios[i]);
	if (fitted)
		emit_fit(&b, fits);
	emit_key(&b, "cause");
	emit_text(&b, group_cause(g, fits, fitted));
	emit_key(&b, "examples");
	emit_open(&b, '[');
	for (size_t i = 0; i < g->example_count; i++)
		emit_text(&b, g->examples[i].id);
	emit_close(&b, ']');
	emit_close(&b, '}');
	out_line(buf_str(&b));
	buf_free(&b);
}

void
groups_report(const struct groups *g, const struct options *o)
{
	size_t *slots = table_sorted(&g->table);
	for (size_t i = 0; i < table_count(&g->table); i++) {
		str key = table_key(&g->table, slots[i]);
		const struct group *group = table_at(&g->table, slots[i]);
		if (o->format == JSON)
			emit_group(key, group);
		else
			print_group(key, group);
	}
	if (g->without_usage > 0)
		warn("%lld records without usage were left out", (long long)g->without_usage);
	if (g->candidate_only > 0)
		warn("%lld records whose own model cannot be counted: only their candidate was",
		    (long long)g->candidate_only);
	free(slots);
}

void
groups_calibrate(const struct groups *g, const char *file)
{
	struct buf all = { 0 }, b = { 0 };
	size_t *slots = table_sorted(&g->table);
	for (size_t i = 0; i < table_count(&g->table); i++) {
		const struct group *group = table_at(&g->table, slots[i]);
		struct calibrated c = group_calibration(table_key(&g->table, slots[i]), group);
		if (c.n == 0)
			continue;
		buf_reset(&b);
		emit_open(&b, '{');
		emit_ktext(&b, "record", "calibration");
		emit_kint(&b, "v", 1);
		calibrated_emit(&b, &c);
		emit_close(&b, '}');
		buf_add(&all, buf_str(&b));
		buf_byte(&all, '\n');
	}
	const char *why = out_file(file, buf_str(&all));
	if (why != NULL)
		die(EXIT_SYSTEM, "--calibration: %s: %s", file, why);
	buf_free(&all);
	buf_free(&b);
	free(slots);
}
