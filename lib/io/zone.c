/* zone.c - local time, through the C library. */
#include "io/zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "data/when.h"

static bool is_utc = true;

const char *
zone_open(const char *name)
{
	char path[256];

	is_utc = name == NULL || strcmp(name, "UTC") == 0;
	if (is_utc)
		return NULL;
	const char *root = getenv("TZDIR");
	snprintf(path, sizeof path, "%s/%s", root != NULL ? root : "/usr/share/zoneinfo", name);
	if (name[0] == '/' || strstr(name, "..") != NULL || access(path, R_OK) != 0)
		return "is no time zone of this system (tzdata), like Europe/Berlin";
	setenv("TZ", name, 1);
	tzset();
	return NULL;
}

static int64_t
floor_seconds(int64_t ns)
{
	return ns / WHEN_SECOND - (ns % WHEN_SECOND < 0);
}

int64_t
zone_offset(int64_t ns)
{
	time_t t = (time_t)floor_seconds(ns);
	struct tm local;

	if (is_utc || localtime_r(&t, &local) == NULL)
		return 0;
	return local.tm_gmtoff;
}

/* The offset just before and well after the day's start tell where midnight lies; where a
 * clock jumps over it, its first moment is the jump. */
int64_t
zone_midnight(int64_t year, int64_t month, int64_t day)
{
	int64_t wall = when_days(year, month, day) * 86400;
	int64_t low = wall - 86400, high = wall + 86400; /* UTC seconds around it */

	while (high - low > 1) { /* the first second whose local time is not before it */
		int64_t middle = low + (high - low) / 2;
		if (middle + zone_offset(middle * WHEN_SECOND) >= wall)
			high = middle;
		else
			low = middle;
	}
	return high * WHEN_SECOND;
}
