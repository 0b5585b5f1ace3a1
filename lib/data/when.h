/* when.h - points in time and durations, exact to the nanosecond.
 *
 * A time is a signed count of nanoseconds since 1970-01-01T00:00:00Z (the years 1678 to
 * 2261 fit); a duration is a count of nanoseconds.  Nothing here reads a clock. */
#ifndef WHEN_H
#define WHEN_H

#include "base/arena.h"

#define WHEN_SECOND INT64_C(1000000000)
#define WHEN_MS     INT64_C(1000000)

/* From 1970 to 2199: what a record's time can be, where times are subtracted and added.  Two
 * of them are less than the range of a duration apart. */
#define WHEN_YEAR_2200 (WHEN_SECOND * 7258118400)
static inline bool
when_usual(int64_t ns)
{
	return ns >= 0 && ns < WHEN_YEAR_2200;
}

/* RFC 3339 with zone; a leap second counts as the second after it.  Also plain numbers:
 * epoch seconds (a fraction is read), milliseconds, microseconds or nanoseconds, told
 * apart by their size. */
bool when_parse(str, int64_t *ns);

/* The same, faster where times come in order: the minute of the last one is remembered.  A
 * zeroed struct remembers none. */
struct when_memo {
	char minute[16]; /* "2026-01-01T06:00" */
	int64_t ns;
	bool set;
};
bool when_parse_near(struct when_memo *, str, int64_t *ns);

/* The same, and a date alone: its first moment in UTC. */
bool when_date(str, int64_t *ns);

/* The Gregorian calendar: days since 1970-01-01 and back. */
int64_t when_days(int64_t year, int64_t month, int64_t day);
void when_civil(int64_t days, int64_t *year, int64_t *month, int64_t *day);

/* "250ms", "1.5s", "20m", "6h", "3d", "2w"; a bare number counts seconds. */
bool when_duration(str, int64_t *ns);

/* RFC 3339 in UTC, with as many decimals as are not zero. */
str when_print(struct arena *, int64_t ns);

#endif
