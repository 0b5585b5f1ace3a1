/* dec.h - exact money: signed 128-bit counts of 10^-18 of a currency's unit.
 *
 * Amounts are read from a number's text and never pass through a double; they reach
 * +-1.7 * 10^20 units.  Nothing wraps: what does not fit is refused.  Rounding is half-even
 * and happens where it is asked for, once.  No I/O, no memory of its own. */
#ifndef DEC_H
#define DEC_H

#include "base/arena.h"

__extension__ typedef __int128 dec;
__extension__ typedef unsigned __int128 dec_wide; /* its magnitude */

#define DEC_PLACES 18
#define DEC_ONE    ((dec)1000000000000000000) /* 1.0 */
#define DEC_MAX    ((dec)(~(dec_wide)0 >> 1))
#define DEC_TEXT   48 /* room for any printed amount */

enum dec_read {
	DEC_EXACT,
	DEC_ROUNDED, /* more than 18 decimals: half-even */
	DEC_NONE,    /* no decimal number: digits, one point, an exponent; no separators */
	DEC_RANGE,   /* too large */
};

/* The whole slice: "12", "-0.5", "35.2E-7", ".5" and "5." too. */
enum dec_read dec_parse(str, dec *);

/* False, and nothing is changed, where the result does not fit. */
static inline bool
dec_add(dec *sum, dec more)
{
	dec result;

	if (__builtin_add_overflow(*sum, more, &result) || result < -DEC_MAX)
		return false;
	*sum = result;
	return true;
}

static inline bool
dec_sub(dec *from, dec less)
{
	return dec_add(from, -less);
}

static inline bool
dec_times(dec *value, int64_t n)
{
	dec result;

	if (*value == (int64_t)*value) { /* nearly always: no product of 64 bits overflows */
		*value = (dec)(int64_t)*value * n;
		return true;
	}
	if (__builtin_mul_overflow(*value, n, &result) || result < -DEC_MAX)
		return false;
	*value = result;
	return true;
}

/* a * b / c, exact inside, rounded half-even; false when c is 0 or it does not fit. */
bool dec_muldiv(dec a, dec b, dec c, dec *result);

/* The sign of a * b - c * d, exactly: fractions are compared without dividing. */
int dec_cross(dec a, dec b, dec c, dec d);

/* To so many decimals (0 to 18), still in units of 10^-18. */
dec dec_round(dec, int places);

/* How many decimals are needed to write it as it is. */
int dec_decimals(dec);

/* With exactly that many decimals, rounded half-even; or as few as it needs. */
str dec_print(struct arena *, dec, int places);
str dec_exact(struct arena *, dec);
size_t dec_write(char out[DEC_TEXT], dec, int places); /* the same without an arena */

/* A fraction with so many decimals: "12.34"; the empty slice when den is 0. */
str dec_ratio(struct arena *, dec num, dec den, int places);

/* Parts of an amount in proportion to weights (none negative), in whole units of
 * 10^-places, by largest remainder; of equal remainders the key that is smaller by bytes
 * comes first, so the order of the parts does not matter.  Of a negative amount the
 * magnitude is divided.  The parts sum to the amount rounded to `places`; false, and all
 * parts 0, when no weight is positive or their sum does not fit. */
bool dec_allocate(
    dec amount, int places, const dec *weights, const str *keys, size_t n, dec *parts);

#endif
