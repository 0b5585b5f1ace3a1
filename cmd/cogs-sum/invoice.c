/* invoice.c - what was estimated beside what was billed. */
#include <stdio.h>
#include <stdlib.h>

#include "base/key.h"
#include "gates.h"
#include "io/emit.h"
#include "io/out.h"
#include "sheet.h"
#include "ui/grid.h"

/* Calls of a model, a provider, or all ("*"). */
struct item {
	dec billed, estimated;
	bool incomplete; /* some of its calls have no price */
};

/* "model:NAME", "provider:NAME" or "*": what the row bills. */
static str
what(struct arena *a, const struct sheet_row *row)
{
	str model = sheet_cell(row, "model"), provider = sheet_cell(row, "provider");

	if (model.len > 0)
		return arena_printf(a, "model:%.*s", STR_F(model));
	if (provider.len > 0)
		return arena_printf(a, "provider:%.*s", STR_F(provider));
	return STR("*");
}

static str
amount(const struct sheet_row *row)
{
	static const char *const names[] = { "billed_cost", "amount", "cost", "billed",
		"total" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		str s = sheet_cell(row, names[i]);
		if (s.len > 0)
			return s;
	}
	return (str){ 0 };
}

static int
read_bill(const struct result *r, const char *file, struct table *items)
{
	struct sheet *s = sheet_open("--invoice", file, NULL);
	struct sheet_row row;
	bool any = false;
	dec d;

	while (sheet_next(s, &row)) {
		any = true;
		str currency = sheet_cell(&row, "currency"), text = amount(&row);
		if (currency.len > 0 && !str_eq(currency, r->plan->book->currency))
			sheet_reject(s, &row, "is in %.*s, the estimate in %.*s",
			    STR_F(currency), STR_F(r->plan->book->currency));
		else if (dec_parse(text, &d) > DEC_ROUNDED)
			sheet_reject(s, &row,
			    "amount: '%.*s' is no decimal number (digits and one point, no "
			    "separators)",
			    STR_F(text));
		else
			tally_add(
			    &((struct item *)table_put(items, what(r->arena, &row)))->billed,
			    d);
	}
	int status = sheet_close(s);
	if (!any) {
		warn("--invoice: %s: no rows: nothing is decided", file);
		status = err_worse(status, EXIT_INCONCLUSIVE);
	}
	return status;
}

static dec
rating_total(const struct rating *r)
{
	dec total = 0, part;

	for (int c = 0; c < USED_CLASSES; c++)
		if (rating_amount(r, (enum used)c, &part))
			tally_add(&total, part);
	return total;
}

static void
estimate(struct table *items, str name, const struct rating *r, dec total)
{
	struct item *item = table_find(items, name);

	if (item == NULL)
		return;
	tally_add(&item->estimated, total);
	item->incomplete |= r->sums[r->count].calls + r->sums[r->count + 1].calls > 0;
}

static void
estimate_all(const struct result *r, struct table *items)
{
	const struct table *t = &r->tally->ratings.table;
	bool known;

	for (size_t i = 0; i < table_count(t); i++) {
		const struct rating *one = ratings_at(&r->tally->ratings, i);
		str key = table_key(t, i), provider = key_value(r->arena, key, 0, &known);
		dec total = rating_total(one);
		if (provider.len == 0 && one->price != NULL)
			provider = one->price->provider;
		estimate(items,
		    arena_printf(
			r->arena, "model:%.*s", STR_F(key_value(r->arena, key, 1, &known))),
		    one, total);
		estimate(items, arena_printf(r->arena, "provider:%.*s", STR_F(provider)), one,
		    total);
		estimate(items, STR("*"), one, total);
	}
}

static int
verdict(const struct item *i, dec tolerance)
{
	dec difference = i->billed - i->estimated, most;

	if (!dec_muldiv(i->billed < 0 ? -i->billed : i->billed, tolerance, DEC_ONE, &most))
		return EXIT_INCONCLUSIVE;
	if (difference > most || difference < -most)
		return EXIT_NO;
	return i->incomplete ? EXIT_INCONCLUSIVE : EXIT_YES;
}

static const char *
word(int status)
{
	return status == EXIT_YES ? "agrees" : status == EXIT_NO ? "differs" : "incomplete";
}

static str
item_name(str key)
{
	return str_is(key, "*") ? STR("all") : str_from(key, str_find(key, ':') + 1);
}

static void
print_item(struct grid *g, const struct result *r, str key, const struct item *i, int status)
{
	str p = report_percent(r->arena, i->billed - i->estimated, i->billed, 2);

	grid_cell(g, item_name(key));
	grid_cell(g, report_money(r->arena, r->plan, i->estimated));
	grid_cell(g, report_money(r->arena, r->plan, i->billed));
	grid_cell(g, report_money(r->arena, r->plan, i->billed - i->estimated));
	grid_cell(g, p.len > 0 ? arena_printf(r->arena, "%.*s %%", STR_F(p)) : STR("-"));
	grid_text(g, word(status));
}

static void
emit_item(const struct result *r, str key, const struct item *i, int status)
{
	struct buf b = { 0 };

	emit_open(&b, '{');
	emit_ktext(&b, "record", "cogs-invoice");
	emit_kint(&b, "v", 1);
	emit_kstr(&b, "what", item_name(key));
	emit_kstr(&b, "estimated", report_money(r->arena, r->plan, i->estimated));
	emit_kstr(&b, "billed", report_money(r->arena, r->plan, i->billed));
	emit_kstr(&b, "difference", report_money(r->arena, r->plan, i->billed - i->estimated));
	emit_ktext(&b, "verdict", word(status));
	emit_close(&b, '}');
	out_line(buf_str(&b));
	buf_free(&b);
}

int
gate_invoice(const struct result *r, const char *file, dec tolerance)
{
	static const char *const heads[] = { "invoice", "estimated", "billed", "unexplained",
		"of billed", "" };
	struct table items = { .size = sizeof(struct item) };
	struct grid g = { .arena = r->arena, .columns = 6, .left = { [0] = true, [5] = true } };
	int status = read_bill(r, file, &items);
	size_t *order = table_sorted(&items);

	estimate_all(r, &items);
	for (size_t i = 0; i < 6; i++)
		grid_text(&g, heads[i]);
	for (size_t i = 0; i < table_count(&items); i++) {
		const struct item *item = table_at(&items, order[i]);
		int one = verdict(item, tolerance);
		status = err_worse(status, one);
		if (r->plan->o->format == JSON)
			emit_item(r, table_key(&items, order[i]), item, one);
		else
			print_item(&g, r, table_key(&items, order[i]), item, one);
	}
	if (r->plan->o->format == TEXT) {
		putchar('\n');
		grid_print(&g);
	}
	free(order);
	table_free(&items);
	return status;
}
