/* gates.c - budgets and expected surfaces. */
#include "gates.h"

#include <stdio.h>

#include "base/key.h"
#include "io/emit.h"
#include "io/out.h"
#include "trace/finding.h"
#include "ui/term.h"

static str
subject(const struct result *r, str key)
{
	struct buf b = { 0 };
	bool known;

	for (size_t i = 0; i < r->plan->by_count; i++)
		emit_kstr(&b, r->plan->by[i].name, key_value(r->arena, key, i, &known));
	str members = arena_keep(r->arena, buf_str(&b));
	buf_free(&b);
	return members;
}

static void
finding(const struct result *r, const struct row *row, dec cost, dec limit, str message)
{
	struct buf numbers = { 0 }, b = { 0 };

	emit_kstr(&numbers, "cost", report_money(r->arena, r->plan, cost));
	emit_kstr(&numbers, "budget", report_money(r->arena, r->plan, limit));
	const struct finding f = { .rule = "over-budget",
		.severity = "error",
		.subject = subject(r, row->key),
		.numbers = buf_str(&numbers),
		.first = FINDING_NEVER,
		.last = FINDING_NEVER,
		.n = row->group->calls,
		.message = message };
	finding_emit(&b, &f);
	out_line(buf_str(&b));
	buf_free(&numbers);
	buf_free(&b);
}

/* One budget: 1 over it, 6 within it as far as is known. */
static int
check(const struct result *r, const struct row *row, dec limit)
{
	struct arena *a = r->arena;
	dec cost = row->group->cost + row->shared;
	str percent = report_percent(a, cost, limit, 1);
	str message = arena_printf(a, "over budget: %.*s: %.*s of %.*s (%.*s %%)",
	    STR_F(report_name(a, r->plan, row->key)), STR_F(report_money(a, r->plan, cost)),
	    STR_F(report_money(a, r->plan, limit)),
	    STR_F(percent.len > 0 ? percent : STR("-")));

	if (cost <= limit)
		return row->group->unpriced + row->group->unknown > row->group->failures ?
		    EXIT_INCONCLUSIVE :
		    EXIT_YES;
	if (r->plan->o->format == JSON)
		finding(r, row, cost, limit, message);
	else if (r->plan->o->format == TEXT) {
		term_put(message);
		putchar('\n');
	} else {
		warn("%.*s", STR_F(message));
	}
	return EXIT_NO;
}

int
gate_budget(const struct result *r, const struct figures *budget)
{
	const dec *total = table_find(&budget->totals, STR("budget"));
	int status = EXIT_YES;
	size_t checked = 0;
	dec limit;

	for (size_t i = 0; i < r->count; i++)
		if (figures_get(budget, STR("budget"), r->rows[i].key, &limit)) {
			status = err_worse(status, check(r, &r->rows[i], limit));
			checked++;
		}
	if (total != NULL && table_count(&budget->of) == 0) {
		struct row all = r->total;
		all.group = &r->total_group;
		status = check(r, &all, *total);
		checked++;
	}
	if (checked == 0) {
		warn("--budget: for none of these groups: nothing is decided");
		return EXIT_INCONCLUSIVE;
	}
	if (status == EXIT_INCONCLUSIVE)
		warn("within budget as far as prices are known: some calls have none");
	return status;
}

static bool
has_surface(const struct result *r, str name)
{
	if (str_is(name, "inference"))
		return r->total_group.calls > 0;
	for (size_t i = 0; i < r->line_count; i++)
		if (str_eq(r->lines[i].category, name))
			return true;
	return false;
}

void
gate_surfaces(struct arena *a, const struct result *r, const char *list, struct facts *f)
{
	str rest = str_of(list);

	f->missing = ARENA_ARRAY(a, str, rest.len + 1);
	while (rest.len > 0) {
		str name = str_trim(str_cut(&rest, ','));
		if (name.len > 0 && !has_surface(r, name))
			f->missing[f->missing_count++] = name;
	}
}
