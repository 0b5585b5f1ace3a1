/* rate.c - shares of independent groups. */
#include "data/rate.h"

#include <math.h>

double
share_of(struct share s)
{
	return s.n > 0 ? (double)s.x / (double)s.n : (double)NAN;
}

static double
two_sided(double z)
{
	return erfc(fabs(z) / sqrt(2));
}

struct contrast
rate_difference(struct share a, struct share b)
{
	double p1 = share_of(a), p2 = share_of(b), n1 = (double)a.n, n2 = (double)b.n;
	double pooled = (double)(a.x + b.x) / (n1 + n2);
	struct interval w1 = stat_wilson(a.x, a.n), w2 = stat_wilson(b.x, b.n);
	struct contrast c = { .estimate = p1 - p2 };

	c.se = sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2));
	c.z = c.estimate == 0 ? 0 : c.estimate / c.se;
	c.p = two_sided(c.z);
	c.low = c.estimate - hypot(p1 - w1.low, w2.high - p2);
	c.high = c.estimate + hypot(w1.high - p1, p2 - w2.low);
	return c;
}

static double
variance(struct share s)
{
	double p = share_of(s);

	return p * (1 - p) / (double)s.n;
}

struct contrast
rate_did(struct before_after t, struct before_after c)
{
	struct contrast d = { 0 };

	d.estimate =
	    (share_of(t.after) - share_of(t.before)) - (share_of(c.after) - share_of(c.before));
	d.se = sqrt(
	    variance(t.after) + variance(t.before) + variance(c.after) + variance(c.before));
	d.z = d.estimate == 0 ? 0 : d.estimate / d.se;
	d.p = two_sided(d.z);
	d.low = d.estimate - STAT_Z95 * d.se;
	d.high = d.estimate + STAT_Z95 * d.se;
	return d;
}

/* What the strata add up to: R and S of the ratio, and the products of its variance. */
struct mh_sums {
	double r, s, pr, ps_qr, qs, a, expected, variance;
};

static void
add_stratum(struct mh_sums *m, const struct stratum *t)
{
	double a = (double)t->a, b = (double)t->b, c = (double)t->c, d = (double)t->d;
	double n = a + b + c + d;

	if (n < 2)
		return;
	double p = (a + d) / n, q = (b + c) / n, r = a * d / n, s = b * c / n;
	m->r += r;
	m->s += s;
	m->pr += p * r;
	m->ps_qr += p * s + q * r;
	m->qs += q * s;
	m->a += a;
	m->expected += (a + b) * (a + c) / n;
	m->variance += (a + b) * (c + d) * (a + c) * (b + d) / (n * n * (n - 1));
}

struct odds
rate_mantel_haenszel(const struct stratum *strata, size_t count)
{
	struct mh_sums m = { 0 };

	for (size_t i = 0; i < count; i++)
		add_stratum(&m, &strata[i]);
	struct odds o = { .ratio = m.s > 0 ? m.r / m.s :
		    m.r > 0                ? (double)INFINITY :
					     (double)NAN };
	double se =
	    sqrt(m.pr / (2 * m.r * m.r) + m.ps_qr / (2 * m.r * m.s) + m.qs / (2 * m.s * m.s));
	double off = fabs(m.a - m.expected), less = fmax(0, off - 0.5);
	o.low = exp(log(o.ratio) - STAT_Z95 * se);
	o.high = exp(log(o.ratio) + STAT_Z95 * se);
	o.chi2 = m.variance > 0 ? off * off / m.variance : (double)NAN;
	o.chi2_corrected = m.variance > 0 ? less * less / m.variance : (double)NAN;
	o.p = two_sided(sqrt(o.chi2));
	o.p_corrected = two_sided(sqrt(o.chi2_corrected));
	return o;
}

struct cusum
cusum_start(double p0, double p1, double limit)
{
	return (struct cusum){ .up = log(p1 / p0),
		.down = log((1 - p1) / (1 - p0)),
		.limit = limit,
		.alarm = -1,
		.onset = -1 };
}

bool
cusum_take(struct cusum *c, struct share s)
{
	double next = c->sum + (double)s.x * c->up + (double)(s.n - s.x) * c->down;
	int64_t before = c->seen;

	c->seen += s.n;
	if (next <= 0) {
		c->sum = 0;
		c->zero = c->seen;
		return false;
	}
	if (c->sum <= 0)
		c->zero = before;
	c->sum = next;
	c->most = fmax(c->most, next);
	if (c->alarm >= 0 || next < c->limit)
		return false;
	c->alarm = c->seen - 1;
	c->onset = c->zero;
	return true;
}
