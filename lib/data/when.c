/* when.c - points in time and durations. */
#include "data/when.h"

/* Days since 1970-01-01 of a Gregorian date (Hinnant, "days_from_civil"). */
int64_t
when_days(int64_t year, int64_t month, int64_t day)
{
	year -= month <= 2;
	int64_t era = (year >= 0 ? year : year - 399) / 400;
	int64_t of_era = year - era * 400;
	int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void
when_civil(int64_t days, int64_t *year, int64_t *month, int64_t *day)
{
	days += 719468;
	int64_t era = (days >= 0 ? days : days - 146096) / 146097;
	int64_t rest = days - era * 146097;
	int64_t of_era = (rest - rest / 1460 + rest / 36524 - rest / 146096) / 365;
	int64_t of_year = rest - (365 * of_era + of_era / 4 - of_era / 100);
	int64_t shifted = (5 * of_year + 2) / 153;

	*day = of_year - (153 * shifted + 2) / 5 + 1;
	*month = shifted < 10 ? shifted + 3 : shifted - 9;
	*year = of_era + era * 400 + (*month <= 2);
}

/* n digits at the start of *s, taken off. */
static bool
digits(str *s, size_t n, int64_t *value)
{
	if (s->len < n || !str_int((str){ s->at, n }, value) || s->at[0] == '-' ||
	    s->at[0] == '+')
		return false;
	*s = (str){ s->at + n, s->len - n };
	return true;
}

static bool
one_of(str *s, const char *set, char *which)
{
	for (const char *c = set; *c != '\0'; c++)
		if (s->len > 0 && s->at[0] == *c) {
			*which = *c;
			*s = (str){ s->at + 1, s->len - 1 };
			return true;
		}
	return false;
}

/* ".123" as nanoseconds; more than nine digits are cut. */
static int64_t
fraction(str *s)
{
	int64_t ns = 0, scale = WHEN_SECOND / 10;
	char c;

	if (!one_of(s, ".,", &c))
		return 0;
	while (one_of(s, "0123456789", &c)) {
		ns += (c - '0') * scale;
		scale /= 10;
	}
	return ns;
}

static bool
zone(str *s, int64_t *seconds)
{
	int64_t hours, minutes;
	char sign;

	*seconds = 0;
	if (one_of(s, "Zz", &sign))
		return true;
	if (!one_of(s, "+-", &sign) || !digits(s, 2, &hours))
		return false;
	one_of(s, ":", &(char){ 0 });
	if (!digits(s, 2, &minutes) || hours > 23 || minutes > 59)
		return false;
	*seconds = (hours * 60 + minutes) * (sign == '-' ? -60 : 60);
	return true;
}

static int64_t
month_length(int64_t year, int64_t month)
{
	static const char length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return length[month - 1] + (month == 2 && leap);
}

static bool
rfc3339(str s, int64_t *ns)
{
	int64_t year, month, day, hour, minute, second, part, offset, total;
	char c;

	if (!digits(&s, 4, &year) || !one_of(&s, "-", &c) || !digits(&s, 2, &month) ||
	    !one_of(&s, "-", &c) || !digits(&s, 2, &day) || !one_of(&s, "Tt ", &c) ||
	    !digits(&s, 2, &hour) || !one_of(&s, ":", &c) || !digits(&s, 2, &minute) ||
	    !one_of(&s, ":", &c) || !digits(&s, 2, &second))
		return false;
	if (month < 1 || month > 12 || day < 1 || day > month_length(year, month) ||
	    hour > 23 || minute > 59 || second > 60)
		return false;
	part = fraction(&s);
	if (!zone(&s, &offset) || s.len > 0)
		return false;
	total =
	    when_days(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - offset;
	return !__builtin_mul_overflow(total, WHEN_SECOND, ns) &&
	    !__builtin_add_overflow(*ns, part, ns);
}

/* 1e11 seconds is the year 5138, 1e11 milliseconds is 1973: the sizes do not meet. */
static bool
epoch(str s, int64_t *ns)
{
	int64_t n, part, unit = WHEN_SECOND;
	size_t whole = str_find(s, '.');
	str tail = str_from(s, whole);

	if (!str_int((str){ s.at, whole }, &n) || n < 0)
		return false;
	for (int64_t limit = INT64_C(100000000000); n >= limit && unit > 1; unit /= 1000) {
		if (__builtin_mul_overflow(limit, 1000, &limit))
			limit = INT64_MAX;
	}
	part = fraction(&tail) / (WHEN_SECOND / unit);
	return tail.len == 0 && !__builtin_mul_overflow(n, unit, ns) &&
	    !__builtin_add_overflow(*ns, part, ns);
}

bool
when_parse(str s, int64_t *ns)
{
	return rfc3339(s, ns) || epoch(s, ns);
}

bool
when_duration(str s, int64_t *ns)
{
	static const struct {
		const char *name;
		double seconds;
	} units[] = { { "ns", 1e-9 }, { "us", 1e-6 }, { "ms", 1e-3 }, { "s", 1 }, { "m", 60 },
		{ "h", 3600 }, { "d", 86400 }, { "w", 604800 }, { "", 1 } };
	size_t number = 0;
	double value;

	while (number < s.len &&
	    ((s.at[number] >= '0' && s.at[number] <= '9') || s.at[number] == '.'))
		number++;
	if (!str_real((str){ s.at, number }, &value))
		return false;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (str_is(str_from(s, number), units[i].name)) {
			value *= units[i].seconds * 1e9;
			*ns = value < 9e18 ? (int64_t)(value + 0.5) : INT64_MAX;
			return value < 9e18;
		}
	return false;
}

str
when_print(struct arena *a, int64_t ns)
{
	int64_t part = ns % WHEN_SECOND, seconds = ns / WHEN_SECOND, year, month, day;

	if (part < 0) {
		part += WHEN_SECOND;
		seconds--;
	}
	int64_t days = seconds / 86400 - (seconds % 86400 < 0), of_day = seconds - days * 86400;
	when_civil(days, &year, &month, &day);
	str text = arena_printf(a, "%04lld-%02lld-%02lldT%02lld:%02lld:%02lld.%09lld",
	    (long long)year, (long long)month, (long long)day, (long long)(of_day / 3600),
	    (long long)(of_day / 60 % 60), (long long)(of_day % 60), (long long)part);
	while (text.at[text.len - 1] == '0')
		text.len--;
	if (text.at[text.len - 1] == '.')
		text.len--;
	return arena_printf(a, "%.*sZ", STR_F(text));
}

/* ":SS.fffZ", in UTC: nanoseconds of the minute, or -1 for any other spelling. */
static int64_t
seconds_of_minute(str s)
{
	static const int64_t scale[] = { 1000000000, 100000000, 10000000, 1000000, 100000,
		10000, 1000, 100, 10, 1 };
	unsigned tens = (unsigned)s.at[1] - '0', ones = (unsigned)s.at[2] - '0';
	size_t n = s.len - 4 - (s.len > 4);
	int64_t part = 0;

	if (s.at[0] != ':' || tens > 5 || ones > 9 || s.at[s.len - 1] != 'Z' || n > 9 ||
	    (s.len > 4 && (s.at[3] != '.' || n == 0)))
		return -1;
	for (size_t i = 0; i < n; i++) {
		unsigned digit = (unsigned)s.at[4 + i] - '0';
		if (digit > 9)
			return -1;
		part = part * 10 + digit;
	}
	return (int64_t)(tens * 10 + ones) * WHEN_SECOND + part * scale[n];
}

bool
when_parse_near(struct when_memo *m, str s, int64_t *ns)
{
	const size_t n = sizeof m->minute;

	if (m->set && s.len >= n + 4 && memcmp(s.at, m->minute, n) == 0) {
		int64_t rest = seconds_of_minute(str_from(s, n));
		if (rest >= 0 && !__builtin_add_overflow(m->ns, rest, ns))
			return true;
	}
	if (!when_parse(s, ns))
		return false;
	int64_t rest = s.len >= n + 4 ? seconds_of_minute(str_from(s, n)) : -1;
	m->set = rest >= 0 && s.at[4] == '-';
	if (m->set) {
		memcpy(m->minute, s.at, n);
		m->ns = *ns - rest;
	}
	return true;
}

bool
when_date(str s, int64_t *ns)
{
	char full[32] = "";

	if (when_parse(s, ns))
		return true;
	if (s.len != 10)
		return false;
	for (size_t i = 0; i < 10; i++)
		full[i] = s.at[i];
	for (size_t i = 0; i < 10; i++)
		full[10 + i] = "T00:00:00Z"[i];
	return rfc3339((str){ full, 20 }, ns);
}
