/* stat.c - the statistics of paired comparisons. */
#include "data/stat.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

static struct interval
wilson(double x, double n)
{
	if (n <= 0)
		return (struct interval){ 0, 1 };

	double z2 = STAT_Z95 * STAT_Z95, p = x / n;
	double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
	double half = STAT_Z95 / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n));
	return (struct interval){ x <= 0 ? 0 : middle - half, x >= n ? 1 : middle + half };
}

struct interval
stat_wilson(int64_t x, int64_t n)
{
	return wilson((double)x, (double)n);
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
stat_newcombe_of(struct pairs2 t, double effective)
{
	double n = (double)(t.both + t.first + t.second + t.neither);
	if (n <= 0 || effective <= 0)
		return (struct interval){ -1, 1 };

	double p1 = (double)(t.both + t.first) / n, p2 = (double)(t.both + t.second) / n;
	struct interval w1 = wilson(p1 * effective, effective),
			w2 = wilson(p2 * effective, effective);
	double f = phi(t), d = p1 - p2;
	double dl1 = p1 - w1.low, du1 = w1.high - p1, dl2 = p2 - w2.low, du2 = w2.high - p2;

	return (struct interval){
		d - sqrt(fmax(0, dl1 * dl1 - 2 * f * dl1 * du2 + du2 * du2)),
		d + sqrt(fmax(0, du1 * du1 - 2 * f * du1 * dl2 + dl2 * dl2)),
	};
}

struct interval
stat_newcombe(struct pairs2 t)
{
	return stat_newcombe_of(t, (double)(t.both + t.first + t.second + t.neither));
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

double
stat_paired_n(double w2, double a2, double b2, double k, double delta)
{
	double z = STAT_Z95 + STAT_Z80;

	return delta != 0 ? z * z * (w2 + a2 / k + b2 / k) / (delta * delta) : (double)NAN;
}

/* Lentz's method; the even and odd coefficients of the fraction (DLMF 8.17.22). */
static double
beta_fraction(double a, double b, double x)
{
	const double tiny = 1e-300;
	double c = 1, d = 1 - (a + b) * x / (a + 1);

	d = 1 / (fabs(d) < tiny ? tiny : d);
	double h = d;
	for (int m = 1; m < 100000; m++) {
		for (int odd = 0; odd < 2; odd++) {
			double k = odd ?
			    -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)) :
			    m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
			d = 1 + k * d;
			c = 1 + k / c;
			d = 1 / (fabs(d) < tiny ? tiny : d);
			c = fabs(c) < tiny ? tiny : c;
			h *= d * c;
		}
		if (fabs(d * c - 1) < 1e-15)
			break;
	}
	return h;
}

double
stat_beta(double a, double b, double x)
{
	if (x <= 0 || x >= 1)
		return x <= 0 ? 0 : 1;
	double front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x));
	return x < (a + 1) / (a + b + 2) ? front * beta_fraction(a, b, x) / a :
					   1 - front * beta_fraction(b, a, 1 - x) / b;
}

double
stat_t_p(double t, double df)
{
	return stat_beta(df / 2, 0.5, df / (df + t * t));
}

double
stat_t_quantile(double df)
{
	double low = 0, high = 1e6;

	for (int i = 0; i < 200; i++) {
		double middle = low > 0 ? sqrt(low * high) : high / 1e6;
		if (middle <= low || middle >= high)
			break;
		*(stat_t_p(middle, df) > 0.05 ? &low : &high) = middle;
	}
	return high;
}

struct ranked {
	double p;
	size_t at;
};

static int
by_p(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	return x->p < y->p ? -1 : x->p > y->p ? 1 : (x->at > y->at) - (x->at < y->at);
}

void
stat_holm(double *p, size_t n)
{
	struct ranked *order = mem_new((n + 1) * sizeof *order);
	size_t known = 0;
	double last = 0;

	for (size_t i = 0; i < n; i++)
		if (!isnan(p[i]))
			order[known++] = (struct ranked){ p[i], i };
	qsort(order, known, sizeof *order, by_p);
	for (size_t i = 0; i < known; i++) {
		last = fmax(last, fmin(1, order[i].p * (double)(known - i)));
		p[order[i].at] = last;
	}
	free(order);
}

double
stat_kappa(const int64_t *table, size_t k)
{
	double n = 0, same = 0, chance = 0;

	for (size_t i = 0; i < k * k; i++)
		n += (double)table[i];
	for (size_t i = 0; i < k; i++) {
		double row = 0, column = 0;
		for (size_t j = 0; j < k; j++) {
			row += (double)table[i * k + j];
			column += (double)table[j * k + i];
		}
		same += (double)table[i * k + i];
		chance += row * column;
	}
	chance /= n * n;
	return n > 0 && chance < 1 ? (same / n - chance) / (1 - chance) : (double)NAN;
}
