/* period.c - spans of the calendar. */
#include "period.h"

#include <stdio.h>

#include "data/when.h"
#include "io/zone.h"

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* ISO 8601: the week belongs to the year of its Thursday; 1970-01-01 was one. */
static int
week_label(char text[PERIOD_TEXT], int64_t days)
{
	int64_t thursday = floor_div(days + 3, 7) * 7, year, month, day;

	when_civil(thursday, &year, &month, &day);
	int64_t week = (thursday - when_days(year, 1, 1)) / 7 + 1;
	return snprintf(text, PERIOD_TEXT, "%04lld-W%02lld", (long long)year, (long long)week);
}

static size_t
two(char *to, int64_t n, char before)
{
	to[0] = before;
	to[1] = (char)('0' + n / 10);
	to[2] = (char)('0' + n % 10);
	return 3;
}

str
period_label(enum dimension_kind kind, int64_t local, char text[PERIOD_TEXT])
{
	int64_t days = floor_div(local, 86400), year, month, day;
	size_t n = 4;

	if (kind == BY_WEEK)
		return (str){ text, (size_t)week_label(text, days) };
	when_civil(days, &year, &month, &day);
	for (int64_t i = 3, rest = year; i >= 0; i--, rest /= 10)
		text[i] = (char)('0' + rest % 10);
	n += two(text + n, month, '-');
	if (kind != BY_MONTH)
		n += two(text + n, day, '-');
	if (kind == BY_HOUR)
		n += two(text + n, (local - days * 86400) / 3600, 'T');
	return (str){ text, n };
}

/* n digits, then what comes behind them. */
static bool
number(str *s, size_t n, int64_t *value)
{
	if (s->len < n || !str_int((str){ s->at, n }, value) || *value < 1)
		return false;
	*s = str_from(*s, n);
	return true;
}

static bool
dash(str *s)
{
	if (s->len == 0 || s->at[0] != '-')
		return false;
	*s = str_from(*s, 1);
	return true;
}

/* Months from the first on; 13 is January of the year after. */
static int64_t
month_start(int64_t year, int64_t month)
{
	return zone_midnight(year + (month - 1) / 12, (month - 1) % 12 + 1, 1);
}

static bool
in_calendar(int64_t year, int64_t month, int64_t day)
{
	int64_t y, m, d;

	when_civil(when_days(year, month, day), &y, &m, &d);
	return y == year && m == month && d == day;
}

static bool
calendar(str s, int64_t *from, int64_t *until)
{
	int64_t year, month = 1, day, months = 12;

	if (!number(&s, 4, &year))
		return false;
	if (dash(&s)) {
		bool quarter = s.len > 0 && s.at[0] == 'Q';
		s = str_from(s, quarter);
		months = quarter ? 3 : 1;
		if (!number(&s, quarter ? 1 : 2, &month) || month > (quarter ? 4 : 12))
			return false;
		month = quarter ? month * 3 - 2 : month;
		if (!quarter && dash(&s)) {
			if (!number(&s, 2, &day) || s.len > 0 || !in_calendar(year, month, day))
				return false;
			*from = zone_midnight(year, month, day);
			*until = zone_midnight(year, month, day + 1);
			return true;
		}
	}
	*from = month_start(year, month);
	*until = month_start(year, month + months);
	return s.len == 0;
}

static bool
moment(str s, int64_t *ns)
{
	int64_t end;

	return when_parse(s, ns) || calendar(s, ns, &end);
}

bool
period_parse(str s, int64_t *from, int64_t *until)
{
	size_t dots = str_search(s, "..");

	if (dots == s.len)
		return calendar(s, from, until);
	return moment((str){ s.at, dots }, from) && moment(str_from(s, dots + 2), until) &&
	    *from < *until;
}

static void
option(const char *name, const char *text, int64_t *from, int64_t *until)
{
	if (!period_parse(str_of(text), from, until))
		die(EXIT_USAGE,
		    "%s: '%s' is no period like 2026-05, 2026-05-17, 2026-Q2, 2026 or "
		    "FROM..UNTIL",
		    name, text);
}

void
plan_periods(struct plan *p)
{
	p->periodic = p->o->period != NULL;
	p->bridged = p->o->bridge != NULL;
	if (p->periodic)
		option("--period", p->o->period, &p->from, &p->until);
	if (p->bridged)
		option("--bridge", p->o->bridge, &p->from0, &p->until0);
}
