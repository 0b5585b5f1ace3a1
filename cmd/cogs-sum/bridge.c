/* bridge.c - why a cost changed. */
#include "bridge.h"

#include <stdio.h>

#include "base/key.h"
#include "io/emit.h"
#include "io/out.h"
#include "ui/grid.h"

const char *const bridge_steps[BRIDGE_STEPS] = { "volume", "calls per task", "mix of models",
	"tokens per call", "price" };

/* A model's priced calls in one period. */
struct model {
	int64_t calls;
	int64_t n[USED_CLASSES];
	dec amount[USED_CLASSES], total;
};

static void
add_rating(struct model *m, const struct rating *r)
{
	for (size_t i = 0; i < r->count; i++) {
		tally_count(&m->calls, r->sums[i].calls);
		for (int c = 0; c < USED_CLASSES; c++)
			tally_count(&m->n[c], r->sums[i].n[c]);
	}
	for (int c = 0; c < USED_CLASSES; c++) {
		dec part;
		if (!rating_amount(r, (enum used)c, &part))
			die(EXIT_DATA, "an amount is larger than can be held");
		tally_add(&m->amount[c], part);
		tally_add(&m->total, part);
	}
}

static struct table
models_of(struct arena *a, const struct result *r)
{
	struct table models = { .size = sizeof(struct model) };
	const struct table *ratings = &r->tally->ratings.table;
	bool known;

	for (size_t i = 0; i < table_count(ratings); i++)
		add_rating(table_put(&models, key_value(a, table_key(ratings, i), 1, &known)),
		    ratings_at(&r->tally->ratings, i));
	return models;
}

/* a * b / c, which must fit. */
static dec
part(dec a, dec b, dec c)
{
	dec d;

	if (!dec_muldiv(a, b, c, &d))
		die(EXIT_DATA, "an amount is larger than can be held");
	return d;
}

/* What the model's calls now would have cost with the tokens per call of before. */
static dec
with_old_tokens(const struct model *was, const struct model *is)
{
	return was == NULL || was->calls == 0 ? is->total :
						part(was->total, is->calls, was->calls);
}

/* What its tokens now would have cost at the rates of before; classes that are new cost what
 * they do. */
static dec
with_old_rates(const struct model *was, const struct model *is)
{
	dec sum = 0;

	if (was == NULL || was->calls == 0)
		return is->total;
	for (int c = 0; c < USED_CLASSES; c++)
		tally_add(&sum,
		    was->n[c] > 0 ? part(was->amount[c], is->n[c], was->n[c]) : is->amount[c]);
	return sum;
}

static int64_t
calls_of(const struct table *models, dec *total)
{
	int64_t calls = 0;

	*total = 0;
	for (size_t i = 0; i < table_count(models); i++) {
		const struct model *m = table_at(models, i);
		tally_count(&calls, m->calls);
		tally_add(total, m->total);
	}
	return calls;
}

bool
bridge_of(const struct result *before, const struct result *now, struct bridge *b)
{
	struct arena a = { 0 };
	struct table was = models_of(&a, before), is = models_of(&a, now);
	int64_t n0 = calls_of(&was, &b->before), n1 = calls_of(&is, &b->now);
	int64_t u0 = before->total_tasks.tasks, u1 = now->total_tasks.tasks;

	b->by_tasks = u0 > 0 && u1 > 0;
	if (!b->by_tasks)
		u0 = n0, u1 = n1;
	if (n0 > 0) {
		dec way[BRIDGE_STEPS + 1] = { b->before, part(b->before, u1, u0),
			part(b->before, n1, n0) };
		for (size_t i = 0; i < table_count(&is); i++) {
			const struct model *m = table_at(&is, i),
					   *old = table_find(&was, table_key(&is, i));
			tally_add(&way[3], with_old_tokens(old, m));
			tally_add(&way[4], with_old_rates(old, m));
		}
		way[5] = b->now;
		for (int i = 0; i < BRIDGE_STEPS; i++)
			b->steps[i] = way[i + 1] - way[i];
	}
	table_free(&was);
	table_free(&is);
	arena_free(&a);
	return n0 > 0;
}

/* What a category of shared lines costs in a period. */
static dec
line_amount(const struct result *r, str category)
{
	dec sum = 0;

	for (size_t i = 0; i < r->line_count; i++)
		if (str_eq(r->lines[i].category, category))
			tally_add(&sum, r->lines[i].amount);
	return sum;
}

/* Categories of both periods, once each. */
static struct map
categories(const struct result *before, const struct result *now)
{
	struct map m = { 0 };

	for (size_t i = 0; i < before->line_count; i++)
		map_slot(&m, before->lines[i].category);
	for (size_t i = 0; i < now->line_count; i++)
		map_slot(&m, now->lines[i].category);
	return m;
}

static void
row(struct grid *g, const struct result *r, str name, dec change, dec level)
{
	grid_cell(g, name);
	grid_cell(g,
	    arena_printf(r->arena, "%s%.*s", change < 0 ? "" : "+",
		STR_F(report_money(r->arena, r->plan, change))));
	grid_cell(g, report_money(r->arena, r->plan, level));
}

static void
print(const struct result *before, const struct result *now, const struct bridge *b)
{
	struct grid g = { .arena = now->arena, .columns = 3, .left = { [0] = true } };
	struct map shared = categories(before, now);
	dec level = before->total_group.cost + before->total.shared;

	printf("\nbridge from %s to %s, by %s\n", now->plan->o->bridge, now->plan->o->period,
	    b->by_tasks ? "tasks" : "calls");
	grid_text(&g, "");
	grid_text(&g, "change");
	grid_text(&g, "cost");
	grid_text(&g, now->plan->o->bridge);
	grid_text(&g, "");
	grid_cell(&g, report_money(now->arena, now->plan, level));
	for (int i = 0; i < BRIDGE_STEPS; i++) {
		if (i == BRIDGE_CALLS && !b->by_tasks)
			continue;
		level += b->steps[i];
		row(&g, now, arena_printf(now->arena, "inference: %s", bridge_steps[i]),
		    b->steps[i], level);
	}
	for (size_t i = 0; i < shared.count; i++) {
		str name = map_key(&shared, i);
		dec change = line_amount(now, name) - line_amount(before, name);
		level += change;
		row(&g, now, name, change, level);
	}
	row(&g, now, str_of(now->plan->o->period),
	    level - before->total_group.cost - before->total.shared, level);
	grid_print(&g);
	map_free(&shared);
}

static void
emit_step(
    struct buf *b, const struct result *r, const char *surface, const char *step, dec change)
{
	emit_open(b, '{');
	emit_ktext(b, "surface", surface);
	emit_ktext(b, "step", step);
	emit_kstr(b, "change", report_money(r->arena, r->plan, change));
	emit_close(b, '}');
}

static void
emit(const struct result *before, const struct result *now, const struct bridge *b)
{
	struct buf out = { 0 };
	struct map shared = categories(before, now);
	dec was = before->total_group.cost + before->total.shared,
	    is = now->total_group.cost + now->total.shared;

	emit_open(&out, '{');
	emit_ktext(&out, "record", "cogs-bridge");
	emit_kint(&out, "v", 1);
	emit_ktext(&out, "from", now->plan->o->bridge);
	emit_ktext(&out, "to", now->plan->o->period);
	emit_ktext(&out, "unit", b->by_tasks ? "task" : "call");
	emit_kstr(&out, "cost_from", report_money(now->arena, now->plan, was));
	emit_kstr(&out, "cost_to", report_money(now->arena, now->plan, is));
	emit_key(&out, "steps");
	emit_open(&out, '[');
	for (int i = 0; i < BRIDGE_STEPS; i++)
		emit_step(&out, now, "inference", bridge_steps[i], b->steps[i]);
	for (size_t i = 0; i < shared.count; i++) {
		str name = map_key(&shared, i);
		emit_step(&out, now, arena_string(now->arena, name), "amount",
		    line_amount(now, name) - line_amount(before, name));
	}
	emit_close(&out, ']');
	emit_close(&out, '}');
	out_line(buf_str(&out));
	buf_free(&out);
	map_free(&shared);
}

void
bridge_report(const struct result *before, const struct result *now)
{
	struct bridge b = { 0 };

	if (!bridge_of(before, now, &b))
		warn("--bridge: no priced call in %s: nothing to compare with",
		    now->plan->o->bridge);
	else if (now->plan->o->format == JSON)
		emit(before, now, &b);
	else if (now->plan->o->format == TEXT)
		print(before, now, &b);
}
