/* evidence.h - evidence that may be looked at any time (anytime-valid inference).
 *
 * An e-value is what a bet against a hypothesis has made of 1: under the hypothesis it
 * exceeds 1/alpha with a chance of at most alpha, however often one looks (Ville 1939).
 * Sources: Robbins 1970; Howard, Ramdas et al. 2021; Waudby-Smith, Arbour et al. 2021
 * (arXiv 2103.06476); Waudby-Smith, Ramdas 2024 (betting). */
#ifndef EVIDENCE_H
#define EVIDENCE_H

#include <stdbool.h>
#include <stdint.h>

/* Of s wins and f losses, mixed over Beta(1/2, 1/2): the logarithm of the e-value against
 * "both are as likely", and the e-value against "wins are not more likely". */
double evidence_two_sided(int64_t s, int64_t f);
double evidence_one_sided(int64_t s, int64_t f);

/* Half-width of the asymptotic confidence sequence of a mean after t observations with
 * that standard deviation; r sets where it is tightest. */
double evidence_half_width(double t, double r, double sd, double alpha);

/* A bet, going on, that the mean of what comes (each in -1..1, by any stopping rule) is
 * above `mean` (up) or below it: the average over EVIDENCE_BETS bets of different size,
 * spread as Beta(1/2, 1/2) would, so that with mean 0 and values -1, 0 and 1 it comes to
 * evidence_one_sided(). */
#define EVIDENCE_BETS 64
struct bet {
	double mean;
	bool up;
	double log_wealth[EVIDENCE_BETS];
};
/* One unit: a sum over `count` observations, of which one unit has at most `most`. */
void bet_take(struct bet *, double sum, double count, double most);
double bet_value(const struct bet *);

#endif
