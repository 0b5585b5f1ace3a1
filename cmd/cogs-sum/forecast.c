/* forecast.c - what would have to change for a margin. */
#include "forecast.h"

#include <stdio.h>

#include "io/emit.h"
#include "io/out.h"

struct economy
economy_of(const struct result *r)
{
	struct economy e = { .revenue = r->total.revenue, .per_token = r->total_group.cost };

	for (size_t i = 0; i < r->line_count; i++) {
		const struct line *l = &r->lines[i];
		tally_add(l->behaves == FIXED  ? &e.fixed :
			l->behaves == PER_TASK ? &e.per_task :
						 &e.per_token,
		    l->amount);
	}
	return e;
}

static dec
costs(const struct economy *e)
{
	return e->fixed + e->per_task + e->per_token;
}

/* What of the revenue may go to costs: R (1 - m). */
static dec
allowed(const struct economy *e, dec target)
{
	dec d = 0;

	dec_muldiv(e->revenue, DEC_ONE - target, DEC_ONE, &d);
	return d;
}

/* num / den - 1, where that makes sense. */
static struct change
ratio_less_one(dec num, dec den)
{
	struct change c = { .known = den > 0 && num >= 0 };

	c.known = c.known && dec_muldiv(num, DEC_ONE, den, &c.value);
	c.value -= DEC_ONE;
	return c;
}

struct change
forecast_price(const struct economy *e, dec target)
{
	return ratio_less_one(costs(e), allowed(e, target));
}

struct change
forecast_volume(const struct economy *e, dec target)
{
	struct change c =
	    ratio_less_one(e->fixed, allowed(e, target) - e->per_task - e->per_token);

	c.known = c.known && e->fixed > 0;
	return c;
}

struct change
forecast_cost(const struct economy *e, dec target)
{
	return ratio_less_one(allowed(e, target), costs(e));
}

struct change
forecast_crossing(const struct economy *before, const struct economy *now, dec target)
{
	struct change c = { .known = false };
	dec start = costs(before) - allowed(before, target);
	dec slope = allowed(now, target) - allowed(before, target) - costs(now) + costs(before);

	c.known = slope != 0 && dec_muldiv(start, DEC_ONE, slope, &c.value);
	return c;
}

static str
percent(struct arena *a, struct change c)
{
	str s = c.known ? report_percent(a, c.value, DEC_ONE, 4) : (str){ 0 };

	if (s.len == 0)
		return STR("none that reaches it");
	return arena_printf(a, "%s%.*s %%", c.value < 0 ? "" : "+", STR_F(s));
}

static void
print(const struct result *r, const struct economy *e, const struct economy *before, dec target)
{
	struct arena *a = r->arena;

	printf("\ntarget %.*s %%: margin is %.*s %% of %.*s\n",
	    STR_F(report_percent(a, target, DEC_ONE, 1)),
	    STR_F(report_percent(a, e->revenue - costs(e), e->revenue, 2)),
	    STR_F(report_money(a, r->plan, e->revenue)));
	printf("costs: fixed %.*s, per task %.*s, per token %.*s\n",
	    STR_F(report_money(a, r->plan, e->fixed)),
	    STR_F(report_money(a, r->plan, e->per_task)),
	    STR_F(report_money(a, r->plan, e->per_token)));
	printf(
	    "reached by a change of price alone: %.*s; of all costs: %.*s; of volume (revenue "
	    "and costs that are not fixed grow with it): %.*s\n",
	    STR_F(percent(a, forecast_price(e, target))),
	    STR_F(percent(a, forecast_cost(e, target))),
	    STR_F(percent(a, forecast_volume(e, target))));
	if (before == NULL)
		return;
	struct change c = forecast_crossing(before, e, target);
	if (c.known)
		printf("on a straight line through both periods the margin crosses it %.*s "
		       "periods after the first\n",
		    STR_F(dec_print(a, c.value, 6)));
	else
		puts("both periods lie on a line that never crosses it");
}

static void
emit_change(struct buf *b, struct arena *a, const char *key, struct change c)
{
	emit_key(b, key);
	if (c.known)
		emit_str(b, dec_print(a, c.value, 6));
	else
		emit_null(b);
}

static void
emit(const struct result *r, const struct economy *e, const struct economy *before, dec target)
{
	struct arena *a = r->arena;
	struct buf b = { 0 };

	emit_open(&b, '{');
	emit_ktext(&b, "record", "cogs-forecast");
	emit_kint(&b, "v", 1);
	emit_kstr(&b, "target", dec_exact(a, target));
	emit_kstr(&b, "revenue", report_money(a, r->plan, e->revenue));
	emit_kstr(&b, "fixed", report_money(a, r->plan, e->fixed));
	emit_kstr(&b, "per_task", report_money(a, r->plan, e->per_task));
	emit_kstr(&b, "per_token", report_money(a, r->plan, e->per_token));
	emit_change(&b, a, "price_change", forecast_price(e, target));
	emit_change(&b, a, "cost_change", forecast_cost(e, target));
	emit_change(&b, a, "volume_change", forecast_volume(e, target));
	if (before != NULL)
		emit_change(&b, a, "crosses_after", forecast_crossing(before, e, target));
	emit_close(&b, '}');
	out_line(buf_str(&b));
	buf_free(&b);
}

void
forecast_report(const struct result *r, const struct result *before, dec target)
{
	struct economy e = economy_of(r), was;

	if (before != NULL)
		was = economy_of(before);
	if (r->plan->o->format == JSON)
		emit(r, &e, before != NULL ? &was : NULL, target);
	else if (r->plan->o->format == TEXT)
		print(r, &e, before != NULL ? &was : NULL, target);
}
