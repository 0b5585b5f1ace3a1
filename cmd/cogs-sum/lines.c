/* lines.c - shared costs, read. */
#include "lines.h"

#include <string.h>

#include "data/when.h"
#include "sheet.h"
#include "tally.h"

const char *const behaviours[] = { "fixed", "task", "token", NULL };

/* The first of some columns that has a value. */
static str
first(const struct sheet_row *row, const char *const *names)
{
	for (; *names != NULL; names++) {
		str s = sheet_cell(row, *names);
		if (s.len > 0)
			return s;
	}
	return (str){ 0 };
}

#define FIRST(row, ...) first((row), (const char *const[]){ __VA_ARGS__, NULL })

static bool
number(struct sheet *s, const struct sheet_row *row, const char *what, str text, dec *value)
{
	switch (dec_parse(text, value)) {
	case DEC_EXACT: return true;
	case DEC_ROUNDED:
		sheet_reject(s, row, "%s: '%.*s' has more than 18 decimals", what, STR_F(text));
		return false;
	case DEC_NONE:
		sheet_reject(s, row,
		    "%s: '%.*s' is no decimal number (digits and one point, no separators)",
		    what, STR_F(text));
		return false;
	case DEC_RANGE: sheet_reject(s, row, "%s: '%.*s' is too large", what, STR_F(text));
	}
	return false;
}

/* Minutes of people at a rate an hour. */
static bool
labour(struct sheet *s, const struct sheet_row *row, dec *amount)
{
	dec minutes, rate;
	str time = sheet_cell(row, "minutes"), per_hour = sheet_cell(row, "rate_per_hour");

	if (time.len == 0 || per_hour.len == 0) {
		sheet_reject(s, row, "no amount, and no minutes with rate_per_hour");
		return false;
	}
	if (!number(s, row, "minutes", time, &minutes) ||
	    !number(s, row, "rate_per_hour", per_hour, &rate))
		return false;
	if (!dec_muldiv(minutes, rate, 60 * DEC_ONE, amount)) {
		sheet_reject(s, row, "minutes times rate_per_hour is too large");
		return false;
	}
	return true;
}

static bool
amount_of(const struct lines *l, struct sheet *s, const struct sheet_row *row, dec *amount)
{
	str text = l->billed ? FIRST(row, "billed_cost", "amount", "cost", "effective_cost") :
			       FIRST(row, "effective_cost", "amount", "cost", "billed_cost");

	return text.len > 0 ? number(s, row, "amount", text, amount) : labour(s, row, amount);
}

static bool
moment(struct sheet *s, const struct sheet_row *row, str text, int64_t *ns)
{
	if (text.len == 0 || when_date(text, ns))
		return true;
	sheet_reject(s, row, "'%.*s' is no time", STR_F(text));
	return false;
}

/* So much of the amount as had been used up at a time, in whole units of the report. */
static dec
until_then(const struct lines *l, dec amount, int64_t start, int64_t end, int64_t at)
{
	dec part = amount;

	if (at <= start)
		return 0;
	if (at >= end)
		return amount;
	dec_muldiv(amount, (dec)at - start, (dec)end - start, &part);
	return dec_round(part, l->places);
}

/* The part of the row's amount that belongs to the report's period. */
static bool
in_period(struct lines *l, struct sheet *s, const struct sheet_row *row, dec *amount)
{
	int64_t start = INT64_MIN, end = INT64_MIN;
	str from = FIRST(row, "charge_period_start", "period_start", "start", "date"),
	    until = FIRST(row, "charge_period_end", "period_end", "end");

	if (!moment(s, row, from, &start) || !moment(s, row, until, &end))
		return false;
	if (l->from == INT64_MIN && l->until == INT64_MAX)
		return true;
	if (start == INT64_MIN) {
		l->undated++;
		return true;
	}
	if (end != INT64_MIN && end < start) {
		sheet_reject(s, row, "the charge period ends before it begins");
		return false;
	}
	if (end == INT64_MIN || end == start) {
		bool inside = start >= l->from && start < l->until;
		l->outside += !inside;
		return inside;
	}
	l->outside += end <= l->from || start >= l->until;
	*amount = until_then(l, *amount, start, end, l->until) -
	    until_then(l, *amount, start, end, l->from);
	return end > l->from && start < l->until;
}

static bool
same_currency(struct lines *l, struct sheet *s, const struct sheet_row *row)
{
	str c = FIRST(row, "currency", "billing_currency");

	if (c.len == 0 || str_is(c, l->currency))
		return true;
	sheet_reject(s, row, "is in %.*s, the sum is in %s: currencies are not added", STR_F(c),
	    l->currency);
	return false;
}

/* FOCUS: credits, taxes and the like are lines of their own. */
static str
category_of(struct lines *l, const struct sheet_row *row)
{
	str name = FIRST(row, "category", "line", "surface", "x_category", "service_name",
	    "service_category");
	str charge = sheet_cell(row, "charge_category");

	if (charge.len == 0 || str_is(charge, "Usage") || str_is(charge, "Purchase"))
		return name;
	return arena_printf(&l->arena, "%.*s (%.*s)", STR_F(name), STR_F(charge));
}

static bool
behaviour_of(struct sheet *s, const struct sheet_row *row, struct line *line)
{
	str text = FIRST(row, "behaviour", "behavior", "x_behaviour");

	if (text.len == 0)
		return true;
	for (int i = 0; behaviours[i] != NULL; i++)
		if (str_is(text, behaviours[i])) {
			line->behaves = (enum behaviour)i;
			line->behaviour_given = true;
			return true;
		}
	sheet_reject(s, row, "behaviour: '%.*s' is not fixed, task or token", STR_F(text));
	return false;
}

static void
add(struct lines *l, struct sheet *s, const struct sheet_row *row)
{
	struct line one = { .category = category_of(l, row) };
	dec amount;

	if (one.category.len == 0) {
		sheet_reject(s, row, "no category");
		return;
	}
	if (!same_currency(l, s, row) || !behaviour_of(s, row, &one) ||
	    !amount_of(l, s, row, &amount) || !in_period(l, s, row, &amount))
		return;
	one.driver = FIRST(row, "driver", "x_driver");
	one.owner = FIRST(row, "owner", "x_owner", "sub_account_name");
	one.source = FIRST(row, "source", "x_source", "service_provider_name", "provider_name");
	str key = arena_printf(&l->arena, "%.*s\t%.*s\t%.*s\t%.*s", STR_F(one.category),
	    STR_F(one.driver), STR_F(one.owner), STR_F(one.source));
	struct line *line = table_put(&l->of, key);
	if (line->rows++ == 0) {
		*line = one;
		line->rows = 1;
		line->category = arena_keep(&l->arena, one.category);
		line->driver = arena_keep(&l->arena, one.driver);
		line->owner = arena_keep(&l->arena, one.owner);
		line->source = arena_keep(&l->arena, one.source);
	}
	tally_add(&line->amount, amount);
}

void
lines_read(struct lines *l, const char *file)
{
	struct sheet *s = sheet_open("--lines", file, NULL);
	struct sheet_row row;
	bool any = false;

	l->of.size = sizeof(struct line);
	for (; sheet_next(s, &row); any = true)
		add(l, s, &row);
	if (!any)
		warn("--lines: %s: no rows", file);
	l->status = err_worse(l->status, sheet_close(s));
}

void
lines_free(struct lines *l)
{
	table_free(&l->of);
	arena_free(&l->arena);
}
