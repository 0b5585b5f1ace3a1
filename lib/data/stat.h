/* stat.h - the statistics of paired yes/no outcomes.
 *
 * Shares are fractions (0.03 is 3 %); limits are two-sided at the confidence whose
 * normal quantile is STAT_Z95.  Checked against scipy and statsmodels (tests/unit). */
#ifndef STAT_H
#define STAT_H

#include <stdint.h>

#define STAT_Z95 1.959963984540054
#define STAT_Z80 0.8416212335729143 /* one-sided: power 80 % */

struct interval {
	double low, high;
};

/* A two by two table of pairs: both passed, only the first, only the second, neither. */
struct pairs2 {
	int64_t both, first, second, neither;
};

/* Wilson 1927: score limits of x out of n; 0..1 when n is 0. */
struct interval stat_wilson(int64_t x, int64_t n);

/* McNemar 1947, exact binomial, two-sided, of b and c discordant pairs; 1 when none. */
double stat_mcnemar(int64_t b, int64_t c);

/* The mid-p form (Fagerland, Lydersen, Laake 2013). */
double stat_mcnemar_midp(int64_t b, int64_t c);

/* Newcombe 1998, method 10: limits of the first share minus the second. */
struct interval stat_newcombe(struct pairs2);

/* Connor 1987: pairs needed to see a difference delta at 5 % two-sided with 80 % power
 * when a share disc of the pairs is discordant; NaN where no number can do it. */
double stat_mcnemar_n(double disc, double delta);

#endif
