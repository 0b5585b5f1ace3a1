/* unit.h - assertions that speak TAP.  One program per module; plain C. */
#ifndef UNIT_H
#define UNIT_H

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"

static int unit_count, unit_failed;

#define CHECK(condition) unit_say((condition), #condition, __FILE__, __LINE__)

/* A table of cases counts as one test: the first failures are shown. */
#define EXPECT(condition, ...)                                                                 \
	do {                                                                                   \
		if (!(condition)) {                                                            \
			printf("# %s:%d: %s: ", __FILE__, __LINE__, #condition);               \
			printf(__VA_ARGS__);                                                   \
			putchar('\n');                                                         \
			unit_case_failed = 1;                                                  \
		}                                                                              \
	} while (0)
static int unit_case_failed;

static inline void
unit_say(int ok, const char *what, const char *file, int line)
{
	printf("%sok %d - %s\n", ok ? "" : "not ", ++unit_count, what);
	if (!ok) {
		printf("# %s:%d\n", file, line);
		unit_failed = 1;
	}
}

/* End of a table of cases. */
static inline void
unit_table(const char *what)
{
	unit_say(!unit_case_failed, what, "", 0);
	unit_case_failed = 0;
}

static inline int
unit_done(void)
{
	printf("1..%d\n", unit_count);
	return unit_failed;
}

#endif
