/* lines.h - costs that are no model calls: what other teams are billed.
 *
 * Rows of cost records, of CSV files and of FOCUS 1.2 to 1.4 exports become lines: one for
 * each category, driver, owner and source.  Amounts are exact; of a row whose charge period
 * is only partly inside the report's, the part in proportion to time counts, computed so
 * that the parts of several periods sum to the row. */
#ifndef LINES_H
#define LINES_H

#include "cogs.h"

enum behaviour { FIXED, PER_TASK, PER_TOKEN };
extern const char *const behaviours[];

struct line {
	str category, driver, owner, source;
	enum behaviour behaves;
	bool behaviour_given;
	dec amount;
	dec allocated, unallocated; /* after allocation: they sum to the amount */
	str why;                    /* it could not be allocated */
	int64_t rows;
};

struct lines {
	struct table of; /* struct line */
	struct arena arena;
	int64_t from, until;  /* the report's period, ns; INT64_MIN, INT64_MAX: all time */
	const char *currency; /* of the price book: no other is added to it */
	bool billed;          /* billed cost, not effective cost */
	int places;           /* decimals of the report */
	int64_t outside;      /* rows that lie outside the period */
	int64_t undated;      /* rows without a period where one was asked for: counted whole */
	int status;
};

void lines_read(struct lines *, const char *file);
void lines_free(struct lines *);

#endif
