/* evidence.c - evidence that may be looked at any time. */
#include "data/evidence.h"

#include <math.h>

#include "data/stat.h"

double
evidence_two_sided(int64_t s, int64_t f)
{
	double a = (double)s + 0.5, b = (double)f + 0.5;

	/* B(1/2, 1/2) is pi */
	return (double)(s + f) * log(2) + lgamma(a) + lgamma(b) - lgamma(a + b) - log(M_PI);
}

double
evidence_one_sided(int64_t s, int64_t f)
{
	double above = stat_beta((double)f + 0.5, (double)s + 0.5, 0.5); /* 1 - I(s, f) */

	return 2 * exp(evidence_two_sided(s, f)) * above;
}

double
evidence_half_width(double t, double r, double sd, double alpha)
{
	double u = t * r * r + 1;

	return sd * sqrt(2 * u / (t * t * r * r) * log(sqrt(u) / alpha));
}

/* Between losing nothing and losing all in the worst case: the middles of equal shares of
 * the arcsine law. */
static double
size_of(int i)
{
	return cos(M_PI / 2 * (i + 0.5) / EVIDENCE_BETS);
}

void
bet_take(struct bet *b, double sum, double count, double most)
{
	double gain = (b->up ? sum - count * b->mean : count * b->mean - sum) / most;
	double worst = b->up ? 1 + b->mean : 1 - b->mean;

	for (int i = 0; i < EVIDENCE_BETS; i++)
		b->log_wealth[i] += log1p(size_of(i) / worst * gain);
}

double
bet_value(const struct bet *b)
{
	double sum = 0;

	for (int i = 0; i < EVIDENCE_BETS; i++)
		sum += exp(b->log_wealth[i]) / EVIDENCE_BETS;
	return sum;
}
