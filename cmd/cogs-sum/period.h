/* period.h - hours, days, ISO weeks and months of local time, and spans of them. */
#ifndef PERIOD_H
#define PERIOD_H

#include "cogs.h"

#define PERIOD_TEXT 24

/* "2026-05-17T13", "2026-05-17", "2026-W20", "2026-05": local is seconds since 1970 on the
 * wall's clock. */
str period_label(enum dimension_kind, int64_t local, char text[PERIOD_TEXT]);

/* "2026-05", "2026-05-17", "2026-Q2", "2026" or "FROM..UNTIL" (dates or times): its first
 * moment and that behind its last, in the zone of zone_open().  False: it is none. */
bool period_parse(str, int64_t *from, int64_t *until);

#endif
