/* report_text.c - the report for people. */
#include <stdio.h>
#include <string.h>

#include "base/key.h"
#include "data/when.h"
#include "report.h"
#include "ui/grid.h"
#include "ui/term.h"

struct printing {
	const struct result *r;
	const struct facts *f;
	struct arena *arena;
};

static str
money(const struct printing *p, dec amount)
{
	return report_money(p->arena, p->r->plan, amount);
}

static str
percent(const struct printing *p, dec part, dec whole)
{
	str s = report_percent(p->arena, part, whole, 1);

	return s.len > 0 ? arena_printf(p->arena, "%.*s %%", STR_F(s)) :
			   str_of(term_sign("\u2013", "-"));
}

/* An amount for each of n; a dash for none of them. */
static str
per(const struct printing *p, dec amount, int64_t n)
{
	dec each;

	if (!dec_muldiv(amount, 1, n, &each))
		return str_of(term_sign("\u2013", "-"));
	return money(p, each);
}

static void
print_head(const struct printing *p)
{
	const struct price_book *b = p->r->plan->book;
	const struct group *g = &p->r->total_group;

	printf("%lld calls, %lld priced; %zu group%s; prices: ", (long long)g->calls,
	    (long long)g->priced, p->r->count, p->r->count == 1 ? "" : "s");
	term_put(b->name);
	if (b->date != INT64_MIN)
		printf(", of %.10s", when_print(p->arena, b->date).at);
	printf("; %.*s\n", STR_F(b->currency));
}

static dec
cogs(const struct result *r)
{
	return r->total_group.cost + r->total.shared;
}

static void
surface_row(struct grid *g, const struct printing *p, str name, dec amount, dec allocated,
    dec unallocated)
{
	grid_cell(g, name);
	grid_cell(g, money(p, amount));
	grid_cell(g, percent(p, amount, cogs(p->r)));
	grid_cell(g, per(p, amount, p->r->total_tasks.resolved));
	grid_cell(g, money(p, allocated));
	grid_cell(g, money(p, unallocated));
}

static void
three(struct grid *g, str a, str b, str c)
{
	const str none = STR("");

	grid_cell(g, a.len > 0 ? a : none);
	grid_cell(g, b.len > 0 ? b : none);
	grid_cell(g, c.len > 0 ? c : none);
}

/* The surfaces, and that each amount is its parts. */
static void
print_surfaces(const struct printing *p)
{
	const struct result *r = p->r;
	struct grid g = { .arena = p->arena,
		.columns = 9,
		.left = { [0] = true, [6] = true, [7] = true, [8] = true } };
	static const char *const heads[] = { "surface", "amount", "share", "per resolved",
		"allocated", "unallocated", "driver", "owner", "source" };

	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		grid_text(&g, heads[i]);
	surface_row(&g, p, STR("inference"), r->total_group.cost, r->total_group.cost, 0);
	three(&g, STR("measured"), STR(""), r->plan->book->name);
	for (size_t i = 0; i < r->line_count; i++) {
		const struct line *l = &r->lines[i];
		surface_row(&g, p, l->category, l->amount, l->allocated, l->unallocated);
		three(&g, l->driver.len > 0 ? l->driver : STR("none"), l->owner, l->source);
	}
	for (size_t i = 0; i < p->f->missing_count; i++) {
		grid_cell(&g, p->f->missing[i]);
		grid_text(&g, "missing");
		for (int k = 0; k < 7; k++)
			grid_text(&g, "");
	}
	surface_row(&g, p, STR("total"), cogs(r), cogs(r) - r->unallocated, r->unallocated);
	three(&g, STR(""), STR(""), STR(""));
	putchar('\n');
	grid_print(&g);
	for (size_t i = 0; i < r->line_count; i++)
		if (r->lines[i].why.len > 0) {
			fputs("not allocated: ", stdout);
			term_put(r->lines[i].category);
			fputs(": ", stdout);
			term_put(r->lines[i].why);
			putchar('\n');
		}
}

/* Costs that are not all known make a margin that is at most so much. */
static const char *
bound(const struct printing *p)
{
	return report_at_most(p->r, p->f) ? "at most " : "";
}

static void
print_margin(const struct printing *p)
{
	const struct row *t = &p->r->total;
	dec gross = t->revenue - p->r->total_group.cost, full = gross - t->shared;

	if (!t->has_revenue)
		return;
	printf("\nrevenue %.*s\n", STR_F(money(p, t->revenue)));
	printf("gross margin, inference only: %s%.*s (%.*s of revenue)\n", bound(p),
	    STR_F(percent(p, gross, t->revenue)), STR_F(money(p, gross)));
	printf("gross margin, full: %s%.*s (%.*s of revenue); gap %.*s points; inference is "
	       "%.*s of COGS\n",
	    bound(p), STR_F(percent(p, full, t->revenue)), STR_F(money(p, full)),
	    STR_F(report_percent(p->arena, t->shared, t->revenue, 1)),
	    STR_F(percent(p, p->r->total_group.cost, cogs(p->r))));
}

static bool
has_tasks(const struct result *r)
{
	return r->total_tasks.tasks > 0 || r->total_tasks.resolved > 0;
}

static void
group_heads(struct grid *g, const struct result *r)
{
	const struct plan *plan = r->plan;

	for (size_t i = 0; i < plan->by_count; i++) {
		g->left[g->columns++] = true;
		grid_text(g, plan->by[i].name);
	}
	if (plan->by_count == 0) {
		g->left[g->columns++] = true;
		grid_text(g, "");
	}
	static const char *const always[] = { "calls", "input", "output", "inference" };
	for (size_t i = 0; i < 4; i++)
		grid_text(g, always[i]);
	g->columns += 4;
	if (r->line_count > 0) {
		grid_text(g, "shared");
		grid_text(g, "total");
		g->columns += 2;
	}
	if (has_tasks(r)) {
		grid_text(g, "tasks");
		grid_text(g, "resolved");
		grid_text(g, "per task");
		grid_text(g, "per resolved");
		g->columns += 4;
	}
	if (r->total.has_revenue) {
		grid_text(g, "revenue");
		grid_text(g, "margin");
		g->columns += 2;
	}
}

static void
group_cells(struct grid *g, const struct printing *p, const struct row *row)
{
	const struct result *r = p->r;
	dec total = row->group->cost + row->shared;

	grid_int(g, row->group->calls);
	grid_int(g, row->group->input);
	grid_int(g, row->group->output);
	grid_cell(g, money(p, row->group->cost));
	if (r->line_count > 0) {
		grid_cell(g, money(p, row->shared));
		grid_cell(g, money(p, total));
	}
	if (has_tasks(r)) {
		grid_int(g, row->tasks->tasks);
		grid_int(g, row->tasks->resolved);
		grid_cell(g, per(p, total, row->tasks->tasks));
		grid_cell(g, per(p, total, row->tasks->resolved));
	}
	if (r->total.has_revenue) {
		grid_cell(g,
		    row->has_revenue ? money(p, row->revenue) :
				       str_of(term_sign("\u2013", "-")));
		grid_cell(g,
		    row->has_revenue ? percent(p, row->revenue - total, row->revenue) :
				       str_of(term_sign("\u2013", "-")));
	}
}

static void
group_name(struct grid *g, const struct printing *p, str key)
{
	bool known;

	for (size_t i = 0; i < p->r->plan->by_count; i++)
		grid_cell(g, key_value(p->arena, key, i, &known));
	if (p->r->plan->by_count == 0)
		grid_text(g, "all");
}

/* What --top leaves out, in one row. */
static void
others(struct grid *g, const struct printing *p, size_t from)
{
	struct group group = { 0 };
	struct task_stat tasks = { 0 };
	struct row rest = { .group = &group, .tasks = &tasks };

	if (from >= p->r->count)
		return;
	for (size_t i = from; i < p->r->count; i++) {
		const struct row *row = &p->r->rows[i];
		tally_join_group(&group, row->group);
		tally_add(&rest.shared, row->shared);
		tasks.tasks += row->tasks->tasks;
		tasks.resolved += row->tasks->resolved;
		if (row->has_revenue)
			tally_add(&rest.revenue, row->revenue);
		rest.has_revenue |= row->has_revenue;
	}
	grid_cell(g, arena_printf(p->arena, "%zu others", p->r->count - from));
	for (size_t i = 1; i < p->r->plan->by_count; i++)
		grid_text(g, "");
	group_cells(g, p, &rest);
}

static void
print_groups(const struct printing *p)
{
	struct grid g = { .arena = p->arena };
	size_t top = p->r->plan->o->top > 0 ? (size_t)p->r->plan->o->top : p->r->count;

	group_heads(&g, p->r);
	for (size_t i = 0; i < p->r->count && i < top; i++) {
		group_name(&g, p, p->r->rows[i].key);
		group_cells(&g, p, &p->r->rows[i]);
	}
	others(&g, p, top);
	if (p->r->count != 1 || p->r->plan->by_count > 0) {
		grid_text(&g, "total");
		for (size_t i = 1; i < p->r->plan->by_count; i++)
			grid_text(&g, "");
		struct row total = p->r->total;
		total.group = &p->r->total_group;
		total.tasks = &p->r->total_tasks;
		total.shared -= p->r->unallocated; /* what groups have */
		group_cells(&g, p, &total);
	}
	putchar('\n');
	grid_print(&g);
}

#define MOST_SURFACES 12 /* that a line has room for */

/* What each group carries of each surface. */
static void
print_parts(const struct printing *p)
{
	const struct result *r = p->r;
	struct grid g = { .arena = p->arena, .columns = r->plan->by_count + r->line_count + 1 };
	size_t top = r->plan->o->top > 0 ? (size_t)r->plan->o->top : r->count;

	if (r->line_count == 0 || r->plan->by_count == 0)
		return;
	if (r->line_count > MOST_SURFACES) {
		puts("\nwhat each group carries of each surface: see --format=json");
		return;
	}
	for (size_t i = 0; i < r->plan->by_count; i++) {
		g.left[i] = true;
		grid_text(&g, r->plan->by[i].name);
	}
	grid_text(&g, "inference");
	for (size_t l = 0; l < r->line_count; l++)
		grid_cell(&g, r->lines[l].category);
	for (size_t i = 0; i < r->count && i < top; i++) {
		group_name(&g, p, r->rows[i].key);
		grid_cell(&g, money(p, r->rows[i].group->cost));
		for (size_t l = 0; l < r->line_count; l++)
			grid_cell(&g, money(p, r->rows[i].parts[l]));
	}
	putchar('\n');
	grid_print(&g);
}

static void
print_tasks(const struct printing *p)
{
	const struct task_stat *s = &p->r->total_tasks;
	const struct group *g = &p->r->total_group;

	if (s->tasks > 0) {
		printf("\ninference per task, n=%lld%s: p50 %.*s, p95 %.*s, p99 %.*s; the "
		       "dearest %lld (2 %%) cost %.*s of %.*s\n",
		    (long long)s->tasks, s->incomplete > 0 ? ", a lower bound" : "",
		    STR_F(money(p, s->p50)), STR_F(money(p, s->p95)), STR_F(money(p, s->p99)),
		    (long long)s->top_count, STR_F(percent(p, s->top, s->total)),
		    STR_F(money(p, s->total)));
		if (s->resolved + s->unresolved > 0 && s->resolved <= s->tasks)
			printf("tasks resolved: %lld of %lld\n", (long long)s->resolved,
			    (long long)s->tasks);
	}
	if (g->retries > 0)
		printf("retries: %lld of %lld calls, %.*s (%.*s of inference)\n",
		    (long long)g->retries, (long long)g->calls, STR_F(money(p, g->retry)),
		    STR_F(percent(p, g->retry, g->cost)));
	if (g->failures > 0)
		printf("failed: %lld of %lld calls, %.*s (%.*s of inference)\n",
		    (long long)g->failures, (long long)g->calls, STR_F(money(p, g->failed)),
		    STR_F(percent(p, g->failed, g->cost)));
}

static void
print_misses(const struct printing *p)
{
	struct miss *misses;
	size_t n = report_misses(p->arena, p->r->tally, &misses);
	struct grid g = { .arena = p->arena, .columns = 5, .left = { [0] = true, [4] = true } };

	if (n == 0)
		return;
	printf("\nwithout a price: %lld of %lld calls; the amounts above are lower bounds\n",
	    (long long)p->r->total_group.unpriced, (long long)p->r->total_group.calls);
	static const char *const heads[] = { "model", "calls", "input", "output", "why" };
	for (size_t i = 0; i < 5; i++)
		grid_text(&g, heads[i]);
	for (size_t i = 0; i < n && i < 10; i++) {
		const int64_t *used = misses[i].sum.n;
		grid_cell(&g, misses[i].model.len > 0 ? misses[i].model : STR("(unknown)"));
		grid_int(&g, misses[i].sum.calls);
		grid_int(&g,
		    used[USED_INPUT] + used[USED_CACHE_READ] + used[USED_CACHE_WRITE] +
			used[USED_CACHE_WRITE_1H]);
		grid_int(&g, used[USED_OUTPUT] + used[USED_REASONING]);
		grid_text(&g, price_states[misses[i].state]);
	}
	grid_print(&g);
	if (n > 10)
		printf("and %zu more\n", n - 10);
}

static void
note(const char *what, int64_t n)
{
	if (n > 0)
		printf("%s%lld\n", what, (long long)n);
}

static void
print_notes(const struct printing *p)
{
	const struct tally *t = p->r->tally;
	const struct group *g = &p->r->total_group;
	struct assumption *assumed;
	size_t n = report_assumptions(p->arena, t, &assumed);

	for (size_t i = 0; i < n; i++) {
		printf("assumed: %lld %s of ", (long long)assumed[i].count,
		    used_names[assumed[i].class]);
		term_put(assumed[i].model);
		puts(" at the price of another class: the book has none of their own");
	}
	note("calls without usage, of unknown cost: ", g->unknown);
	note("calls answered by a cache of your own, at no cost: ", t->cached);
	note("calls without a task: ", t->no_task < g->calls ? t->no_task : 0);
	note("calls outside the period: ", t->outside);
	note(
	    "records with a key twice, of which the last counts: ", p->f->counters->duplicates);
	note("records with half a surrogate pair, which stands for U+FFFD: ",
	    p->f->counters->surrogates);
	note("bills without a charge period, counted whole: ", p->f->lines->undated);
	note("bills outside the period: ", p->f->lines->outside);
	if (p->r->plan->o->reprice != NULL)
		puts("repriced: another model would write more or less, and count tokens "
		     "differently: a lower bound unless recounted");
}

void
report_text(const struct result *r, const struct facts *f)
{
	struct printing p = { r, f, r->arena };

	print_head(&p);
	if (r->line_count > 0 || r->total.has_revenue || f->missing_count > 0)
		print_surfaces(&p);
	print_margin(&p);
	print_groups(&p);
	print_parts(&p);
	print_tasks(&p);
	print_misses(&p);
	print_notes(&p);
}
