/* zone.h - local time of a place, by the system's own time zone data.
 *
 * One zone for the whole program: that of the last zone_open(). */
#ifndef ZONE_H
#define ZONE_H

#include <stdbool.h>
#include <stdint.h>

/* A name like Europe/Berlin; NULL or "UTC" for UTC.  NULL: it is set; else why not. */
const char *zone_open(const char *name);
const char *zone_known(const char *name); /* the same, but nothing is set */

/* Seconds to add to UTC there, at that time (ns since 1970).  Threads may call it. */
int64_t zone_offset(int64_t ns);

/* The first moment (ns) at which a clock there shows that local day's midnight, or what
 * comes first after it where there is none. */
int64_t zone_midnight(int64_t year, int64_t month, int64_t day);
/* The same of another minute of that day (from 0 to 1439). */
int64_t zone_moment(int64_t year, int64_t month, int64_t day, int64_t minute);

#endif
