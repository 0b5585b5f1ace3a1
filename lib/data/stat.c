/* stat.c - the statistics of paired yes/no outcomes. */
#include "data/stat.h"

#include <math.h>

struct interval
stat_wilson(int64_t x, int64_t n)
{
	if (n <= 0)
		return (struct interval){ 0, 1 };

	double z2 = STAT_Z95 * STAT_Z95, p = (double)x / (double)n, size = (double)n;
	double middle = (p + z2 / (2 * size)) / (1 + z2 / size);
	double half =
	    STAT_Z95 / (1 + z2 / size) * sqrt(p * (1 - p) / size + z2 / (4 * size * size));
	return (struct interval){ x == 0 ? 0 : middle - half, x == n ? 1 : middle + half };
}

/* The binomial probability of k out of n at one half. */
static double
half_pmf(int64_t k, int64_t n)
{
	double size = (double)n, hit = (double)k;

	return exp(lgamma(size + 1) - lgamma(hit + 1) - lgamma(size - hit + 1) - size * log(2));
}

/* Summed from the largest term down, until nothing is added any more. */
static double
half_cdf(int64_t k, int64_t n)
{
	double sum = 0;

	for (int64_t i = k; i >= 0; i--) {
		double term = half_pmf(i, n);
		sum += term;
		if (term < sum * 1e-18)
			break;
	}
	return sum;
}

double
stat_mcnemar(int64_t b, int64_t c)
{
	int64_t low = b < c ? b : c;

	if (b + c == 0 || b == c)
		return 1;
	return fmin(1, 2 * half_cdf(low, b + c));
}

double
stat_mcnemar_midp(int64_t b, int64_t c)
{
	int64_t low = b < c ? b : c;

	if (b + c == 0)
		return 1;
	if (b == c)
		return 1 - half_pmf(b, b + c);
	return 2 * half_cdf(low, b + c) - half_pmf(low, b + c);
}

/* phi of the table with Newcombe's correction of the numerator. */
static double
phi(struct pairs2 t)
{
	double a = (double)t.both, b = (double)t.first, c = (double)t.second,
	       d = (double)t.neither, n = a + b + c + d;
	double product = (a + b) * (c + d) * (a + c) * (b + d), cross = a * d - b * c;

	if (product <= 0)
		return 0;
	if (cross > n / 2)
		cross -= n / 2;
	else if (cross >= 0)
		cross = 0;
	return cross / sqrt(product);
}

struct interval
stat_newcombe(struct pairs2 t)
{
	int64_t n = t.both + t.first + t.second + t.neither;
	if (n == 0)
		return (struct interval){ -1, 1 };

	double p1 = (double)(t.both + t.first) / (double)n;
	double p2 = (double)(t.both + t.second) / (double)n;
	struct interval w1 = stat_wilson(t.both + t.first, n);
	struct interval w2 = stat_wilson(t.both + t.second, n);
	double f = phi(t), d = p1 - p2;
	double dl1 = p1 - w1.low, du1 = w1.high - p1, dl2 = p2 - w2.low, du2 = w2.high - p2;

	return (struct interval){
		d - sqrt(fmax(0, dl1 * dl1 - 2 * f * dl1 * du2 + du2 * du2)),
		d + sqrt(fmax(0, du1 * du1 - 2 * f * du1 * dl2 + dl2 * dl2)),
	};
}

double
stat_mcnemar_n(double disc, double delta)
{
	double rest = disc - delta * delta;

	if (!(delta > 0) || !(disc > 0) || rest < 0)
		return NAN;
	double root = STAT_Z95 * sqrt(disc) + STAT_Z80 * sqrt(rest);
	return root * root / (delta * delta);
}
