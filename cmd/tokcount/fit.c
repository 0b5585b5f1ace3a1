/* fit.c - least squares by the normal equations. */
#include "fit.h"

#include <math.h>
#include <string.h>

#include "data/stat.h"
#include "io/doc.h"
#include "io/emit.h"

const char *const feature_names[] = { "per_request", "per_message", "per_tool", "per_token",
	NULL };

void
sums_add(struct sums *s, const int64_t x[FIT_FEATURES], int64_t y)
{
	for (unsigned i = 0; i < FIT_FEATURES; i++) {
		for (unsigned k = 0; k < FIT_FEATURES; k++)
			s->xx[i][k] += (whole)x[i] * x[k];
		s->xy[i] += (whole)x[i] * y;
	}
	s->yy += (whole)y * y;
	s->n++;
}

void
sums_merge(struct sums *s, const struct sums *o)
{
	for (unsigned i = 0; i < FIT_FEATURES; i++) {
		for (unsigned k = 0; k < FIT_FEATURES; k++)
			s->xx[i][k] += o->xx[i][k];
		s->xy[i] += o->xy[i];
	}
	s->yy += o->yy;
	s->n += o->n;
}

/* A JSON string: 128 bits are more than a number can hold. */
static void
emit_whole(struct buf *b, whole v)
{
	char digits[48];
	size_t at = sizeof digits;
	bool negative = v < 0;
	do {
		int d = (int)(v % 10);
		digits[--at] = (char)('0' + (d < 0 ? -d : d));
		v /= 10;
	} while (v != 0);
	if (negative)
		digits[--at] = '-';
	emit_str(b, (str){ digits + at, sizeof digits - at });
}

static bool
parse_whole(str s, whole *v)
{
	bool negative = str_starts(s, "-");
	s = str_from(s, negative);
	*v = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (s.at[i] < '0' || s.at[i] > '9' || s.len > 30)
			return false;
		*v = *v * 10 + (s.at[i] - '0');
	}
	*v = negative ? -*v : *v;
	return s.len > 0;
}

void
sums_emit(struct buf *b, const struct sums *s)
{
	emit_kint(b, "n", s->n);
	emit_key(b, "sums");
	emit_open(b, '[');
	for (unsigned i = 0; i < FIT_FEATURES; i++)
		for (unsigned k = i; k < FIT_FEATURES; k++)
			emit_whole(b, s->xx[i][k]);
	for (unsigned i = 0; i < FIT_FEATURES; i++)
		emit_whole(b, s->xy[i]);
	emit_whole(b, s->yy);
	emit_close(b, ']');
}

static bool
next_whole(const struct doc **item, whole *v)
{
	bool ok = parse_whole(doc_text(*item), v);
	*item = *item != NULL ? (*item)->next : NULL;
	return ok;
}

bool
sums_parse(struct sums *s, const struct doc *state)
{
	const struct doc *list = doc_get(state, "sums"),
			 *item = list != NULL ? list->child : NULL;
	bool ok = doc_int(doc_get(state, "n"), &s->n) && s->n > 0;
	for (unsigned i = 0; i < FIT_FEATURES; i++)
		for (unsigned k = i; k < FIT_FEATURES; k++) {
			ok = next_whole(&item, &s->xx[i][k]) && ok;
			s->xx[k][i] = s->xx[i][k];
		}
	for (unsigned i = 0; i < FIT_FEATURES; i++)
		ok = next_whole(&item, &s->xy[i]) && ok;
	return next_whole(&item, &s->yy) && ok && item == NULL;
}

/* Gauss-Jordan on the centred equations of the features that vary; a pivot that vanishes
 * beside its own size means that the feature goes with others. */
struct system {
	double a[FIT_FEATURES][2 * FIT_FEATURES];
	bool used[FIT_FEATURES];
};

static double
centred(const struct sums *s, unsigned i, unsigned k)
{
	return (double)(s->xx[i][k] * s->n - s->xx[0][i] * s->xx[0][k]) / (double)s->n;
}

static void
eliminate(struct system *m, unsigned i)
{
	double pivot = m->a[i][i];
	for (unsigned k = 0; k < 2 * FIT_FEATURES; k++)
		m->a[i][k] /= pivot;
	for (unsigned r = 1; r < FIT_FEATURES; r++) {
		double factor = m->a[r][i];
		for (unsigned k = 0; r != i && k < 2 * FIT_FEATURES; k++)
			m->a[r][k] -= factor * m->a[i][k];
	}
}

static unsigned
invert(const struct sums *s, struct system *m)
{
	unsigned used = 0;
	memset(m, 0, sizeof *m);
	for (unsigned i = 1; i < FIT_FEATURES; i++) {
		for (unsigned k = 1; k < FIT_FEATURES; k++)
			m->a[i][k] = centred(s, i, k);
		m->a[i][FIT_FEATURES + i] = 1;
	}
	for (unsigned i = 1; i < FIT_FEATURES; i++) {
		m->used[i] = m->a[i][i] > 1e-9 * centred(s, i, i) && centred(s, i, i) > 0;
		if (m->used[i]) {
			eliminate(m, i);
			used++;
		}
	}
	return used;
}

static void
set(struct term_fit *f, double value, double error, double t)
{
	*f = (struct term_fit){ true, value, value - t * error, value + t * error };
}

/* Products of sums have room in 126 bits, so that two of them can be subtracted. */
static bool
fits_product(whole a, whole b)
{
	whole p, most = (whole)1 << 126;
	return !__builtin_mul_overflow(a, b, &p) && p < most && p > -most;
}

/* Numbers that no real traffic has would not. */
static bool
has_room(const struct sums *s)
{
	bool ok = fits_product(s->yy, s->n) && fits_product(s->xy[0], s->xy[0]);
	for (unsigned i = 0; i < FIT_FEATURES; i++) {
		ok = ok && fits_product(s->xy[i], s->n) && fits_product(s->xx[0][i], s->xy[0]);
		for (unsigned k = 0; k < FIT_FEATURES; k++)
			ok = ok && fits_product(s->xx[i][k], s->n) &&
			    fits_product(s->xx[0][i], s->xx[0][k]);
	}
	return ok;
}

bool
fit_solve(const struct sums *s, struct term_fit fits[FIT_FEATURES])
{
	struct system m;
	double b[FIT_FEATURES] = { 0 }, cy[FIT_FEATURES] = { 0 }, n = (double)s->n;
	memset(fits, 0, FIT_FEATURES * sizeof *fits);
	if (s->n < 8 || !has_room(s))
		return false;
	unsigned used = invert(s, &m);
	double left = (double)(s->yy * s->n - s->xy[0] * s->xy[0]) / n,
	       base = (double)s->xy[0] / n;
	for (unsigned i = 1; i < FIT_FEATURES; i++)
		cy[i] = (double)(s->xy[i] * s->n - s->xx[0][i] * s->xy[0]) / n;
	for (unsigned i = 1; i < FIT_FEATURES; i++) {
		for (unsigned k = 1; m.used[i] && k < FIT_FEATURES; k++)
			b[i] += m.used[k] ? m.a[i][FIT_FEATURES + k] * cy[k] : 0;
		left -= b[i] * cy[i];
		base -= b[i] * (double)s->xx[0][i] / n;
	}
	double df = n - 1 - used, variance = left > 0 ? left / df : 0, t = stat_t_quantile(df);
	double at_zero = 1 / n;
	for (unsigned i = 1; i < FIT_FEATURES; i++)
		for (unsigned k = 1; m.used[i] && k < FIT_FEATURES; k++)
			at_zero += m.used[k] ? m.a[i][FIT_FEATURES + k] * (double)s->xx[0][i] /
				n * (double)s->xx[0][k] / n :
					       0;
	set(&fits[0], base, sqrt(variance * at_zero), t);
	for (unsigned i = 1; i < FIT_FEATURES; i++)
		if (m.used[i])
			set(&fits[i], b[i], sqrt(variance * m.a[i][FIT_FEATURES + i]), t);
	return true;
}
