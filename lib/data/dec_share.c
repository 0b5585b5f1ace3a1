/* dec_share.c - exact money divided: products of 256 bits, fractions, allocation. */
#include <stdlib.h>

#include "base/mem.h"
#include "data/dec.h"

struct product {
	dec_wide high, low;
};

static struct product
multiply(dec_wide a, dec_wide b)
{
	const dec_wide half = ~(uint64_t)0;
	dec_wide low = (a & half) * (b & half), one = (a >> 64) * (b & half),
		 two = (a & half) * (b >> 64);
	dec_wide middle = (low >> 64) + (one & half) + (two & half);

	return (struct product){
		(a >> 64) * (b >> 64) + (one >> 64) + (two >> 64) + (middle >> 64),
		middle << 64 | (low & half),
	};
}

/* p / d by long division, a bit at a time: false when the quotient has more than 128. */
static bool
divide(struct product p, dec_wide d, dec_wide *quotient, dec_wide *rest)
{
	if (p.high >= d)
		return false;
	if (p.high == 0) {
		*quotient = p.low / d;
		*rest = p.low % d;
		return true;
	}
	dec_wide r = p.high, q = 0;
	for (int i = 127; i >= 0; i--) {
		bool carry = r >> 127 != 0;
		r = r << 1 | (p.low >> i & 1);
		q <<= 1;
		if (carry || r >= d) {
			r -= d;
			q |= 1;
		}
	}
	*quotient = q;
	*rest = r;
	return true;
}

static dec_wide
magnitude(dec value)
{
	return value < 0 ? -(dec_wide)value : (dec_wide)value;
}

bool
dec_muldiv(dec a, dec b, dec c, dec *result)
{
	bool negative = ((a < 0) != (b < 0)) != (c < 0);
	dec_wide d = magnitude(c), q, rest;

	if (c == 0 || !divide(multiply(magnitude(a), magnitude(b)), d, &q, &rest))
		return false;
	if (rest > d - rest || (rest == d - rest && q % 2 == 1))
		q++;
	if (q > (dec_wide)DEC_MAX)
		return false;
	*result = negative ? -(dec)q : (dec)q;
	return true;
}

static int
compare(struct product p, struct product q)
{
	if (p.high != q.high)
		return p.high > q.high ? 1 : -1;
	return p.low == q.low ? 0 : p.low > q.low ? 1 : -1;
}

int
dec_cross(dec a, dec b, dec c, dec d)
{
	int left = (a == 0 || b == 0) ? 0 : (a < 0) != (b < 0) ? -1 : 1;
	int right = (c == 0 || d == 0) ? 0 : (c < 0) != (d < 0) ? -1 : 1;

	if (left != right || left == 0)
		return left - right;
	return left *
	    compare(multiply(magnitude(a), magnitude(b)), multiply(magnitude(c), magnitude(d)));
}

str
dec_ratio(struct arena *a, dec num, dec den, int places)
{
	dec unit = 1, value;

	for (int i = 0; i < places; i++)
		unit *= 10;
	if (!dec_muldiv(num, unit, den, &value))
		return (str){ 0 };
	for (int i = places; i < DEC_PLACES; i++)
		if (!dec_times(&value, 10))
			return (str){ 0 };
	return dec_print(a, value, places);
}

struct remainder {
	dec_wide rest;
	str key;
	size_t part;
};

static int
by_remainder(const void *a, const void *b)
{
	const struct remainder *x = a, *y = b;

	if (x->rest != y->rest)
		return x->rest > y->rest ? -1 : 1;
	return str_cmp(x->key, y->key);
}

static bool
sum_of(const dec *weights, size_t n, dec *total)
{
	*total = 0;
	for (size_t i = 0; i < n; i++)
		if (weights[i] < 0 || !dec_add(total, weights[i]))
			return false;
	return *total > 0;
}

bool
dec_allocate(dec amount, int places, const dec *weights, const str *keys, size_t n, dec *parts)
{
	dec total, unit = 1;

	for (size_t i = 0; i < n; i++)
		parts[i] = 0;
	if (!sum_of(weights, n, &total))
		return false;
	for (int i = places; i < DEC_PLACES; i++)
		unit *= 10;
	dec units = dec_round(amount, places) / unit;
	dec_wide left = magnitude(units), whole = left;
	struct remainder *order = mem_new(n * sizeof *order);
	for (size_t i = 0; i < n; i++) {
		dec_wide q = 0;
		order[i] = (struct remainder){ 0, keys[i], i };
		divide(
		    multiply(whole, (dec_wide)weights[i]), (dec_wide)total, &q, &order[i].rest);
		parts[i] = (dec)q;
		left -= q;
	}
	qsort(order, n, sizeof *order, by_remainder);
	for (size_t i = 0; i < (size_t)left; i++)
		parts[order[i].part]++;
	for (size_t i = 0; i < n; i++)
		parts[i] *= units < 0 ? -unit : unit;
	free(order);
	return true;
}
