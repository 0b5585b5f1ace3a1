/* rate.h - shares of independent groups: are they the same, over places and over time?
 *
 * A share is x of n, both counts.  Intervals are two-sided at 95 %; p-values two-sided, by
 * the normal approximation unless said otherwise.  Nothing here is random.  Checked against
 * scipy's figures (tests/unit). */
#ifndef RATE_H
#define RATE_H

#include <stdbool.h>

#include "data/stat.h"

struct share {
	int64_t x, n;
};

double share_of(struct share); /* NaN when n is 0 */

/* A difference, its standard error where the method has one (else NaN), its limits and p. */
struct contrast {
	double estimate, se, low, high, z, p;
};

/* The first share minus the second: z with the pooled variance, limits by Newcombe 1998,
 * method 10.  NaN where a group is empty. */
struct contrast rate_difference(struct share, struct share);

/* Difference in differences of four shares: (treated after - treated before) - (control
 * after - control before); the variance is the sum of p (1 - p) / n.  NaN where a group is
 * empty. */
struct before_after {
	struct share before, after;
};
struct contrast rate_did(struct before_after treated, struct before_after control);

/* Mantel, Haenszel 1959: the common odds ratio of tables [a b; c d], one a stratum, and the
 * test that it is 1 (chi squared with 1 degree of freedom, without and with the correction
 * of one half).  The ratio is NaN where no stratum tells anything.  The interval is Robins',
 * Breslow's and Greenland's (1986), of the ratio. */
struct stratum {
	int64_t a, b, c, d;
};
struct odds {
	double ratio, low, high, chi2, p, chi2_corrected, p_corrected;
};
struct odds rate_mantel_haenszel(const struct stratum *, size_t count);

/* Page's CUSUM (1954) for a share that rises from p0 to p1: the sum of log-likelihood
 * ratios, never below 0.  It alarms at `limit`; the onset is the first observation after the
 * sum was last 0.  Observations may come several at once: x failures of n. */
struct cusum {
	double up, down; /* what a failure and a success add */
	double limit;
	double sum, most;
	int64_t seen;  /* observations */
	int64_t zero;  /* of them, before the sum left 0 */
	int64_t alarm; /* index of the observation that alarmed; -1: none */
	int64_t onset; /* estimated at the alarm */
};
struct cusum cusum_start(double p0, double p1, double limit);
bool cusum_take(struct cusum *, struct share); /* true once: it alarms now */

#endif
