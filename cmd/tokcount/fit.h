/* fit.h - the difference between bill and local count, taken apart: ordinary least squares
 * of billed - local on 1, messages, tools and local tokens.
 *
 * The sums are whole numbers of 128 bits, so partial ones add up exactly; the equations are
 * solved once at the end. */
#ifndef FIT_H
#define FIT_H

#include "calibration.h"

enum feature { FIT_REQUEST, FIT_MESSAGE, FIT_TOOL, FIT_TOKEN, FIT_FEATURES };

extern const char *const feature_names[];

__extension__ typedef __int128 whole;

struct sums {
	int64_t n;
	whole xx[FIT_FEATURES][FIT_FEATURES]; /* symmetric */
	whole xy[FIT_FEATURES];
	whole yy;
};

struct term_fit {
	bool known;
	double value, low, high; /* 95 % interval */
};

void sums_add(struct sums *, const int64_t x[FIT_FEATURES], int64_t y);
void sums_merge(struct sums *, const struct sums *);
void sums_emit(struct buf *, const struct sums *);
bool sums_parse(struct sums *, const struct doc *);

/* False: too few requests. Terms that do not vary (or go with another) are not known. */
bool fit_solve(const struct sums *, struct term_fit fits[FIT_FEATURES]);

#endif
