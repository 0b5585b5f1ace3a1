/* stat.h - the statistics of paired comparisons.
 *
 * Shares are fractions (0.03 is 3 %); limits are two-sided at the confidence whose
 * normal quantile is STAT_Z95.  Checked against scipy and statsmodels (tests/unit). */
#ifndef STAT_H
#define STAT_H

#include <stddef.h>
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

/* The same table as if it were of so many pairs: of clustered pairs as many as independent
 * ones would tell as much (Korn, Graubard 1998). */
struct interval stat_newcombe_of(struct pairs2, double effective);

/* Connor 1987: pairs needed to see a difference delta at 5 % two-sided with 80 % power
 * when a share disc of the pairs is discordant; NaN where no number can do it. */
double stat_mcnemar_n(double disc, double delta);

/* Miller 2024: items needed to see a difference delta of means, with k samples of each
 * item a side: w2 is the variance of an item's expected difference, a2 and b2 those of one
 * sample around it. */
double stat_paired_n(double w2, double a2, double b2, double k, double delta);

/* The regularised incomplete beta function I_x(a, b), by its continued fraction. */
double stat_beta(double a, double b, double x);

/* Student's t: the two-sided p of t, and the quantile of 97.5 %. */
double stat_t_p(double t, double df);
double stat_t_quantile(double df);

/* Holm 1979: p[] becomes the adjusted p of each, monotone, at most 1; NaN stays and does
 * not count. */
void stat_holm(double *p, size_t n);

/* Cohen 1960: agreement of two raters beyond chance, table[k * k] by row; NaN if one word
 * is all that both ever said. */
double stat_kappa(const int64_t *table, size_t k);

#endif
