/* zone.c - local time, through the C library. */
#include "io/zone.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "data/when.h"

static bool is_utc = true;

static bool
names_utc(const char *name)
{
	return name == NULL || strcmp(name, "UTC") == 0;
}

/* The names of folders there are no zones. */
static bool
is_zone_file(const char *path)
{
	char magic[4] = "";
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, magic, sizeof magic) : -1;

	if (fd >= 0)
		close(fd);
	return n == sizeof magic && memcmp(magic, "TZif", sizeof magic) == 0;
}

const char *
zone_known(const char *name)
{
	char path[256];

	if (names_utc(name))
		return NULL;
	const char *root = getenv("TZDIR");
	int n = snprintf(
	    path, sizeof path, "%s/%s", root != NULL ? root : "/usr/share/zoneinfo", name);
	if (n < 0 || (size_t)n >= sizeof path || name[0] == '/' || strstr(name, "..") != NULL ||
	    !is_zone_file(path))
		return "is no time zone of this system (tzdata), like Europe/Berlin";
	return NULL;
}

const char *
zone_open(const char *name)
{
	static char now[256];
	const char *why = names_utc(name) || strcmp(now, name) == 0 ? NULL : zone_known(name);

	if (why != NULL)
		return why;
	is_utc = names_utc(name);
	if (is_utc || strcmp(now, name) == 0)
		return NULL;
	snprintf(now, sizeof now, "%s", name);
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
	return zone_moment(year, month, day, 0);
}

int64_t
zone_moment(int64_t year, int64_t month, int64_t day, int64_t minute)
{
	int64_t wall = when_days(year, month, day) * 86400 + minute * 60;
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
