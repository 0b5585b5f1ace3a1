/* dec.c - exact money: read, rounded, written. */
#include "data/dec.h"

#include <string.h>

static const dec powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000,
	1000000000, 10000000000, 100000000000, 1000000000000, 10000000000000, 100000000000000,
	1000000000000000, 10000000000000000, 100000000000000000, DEC_ONE };

struct number {
	bool negative, point, digits;
	dec_wide value; /* the digits that count */
	int kept;       /* how many of them */
	int exponent;   /* value * 10^exponent */
	int next;       /* the first digit that was left out, -1: none was */
	bool more;      /* something behind it is not zero */
};

/* One digit more of the number. */
static void
digit(struct number *n, unsigned c)
{
	n->digits = true;
	n->exponent -= n->point;
	if (n->next < 0 && n->value <= (dec_wide)DEC_MAX / 10) {
		n->value = n->value * 10 + c;
		return;
	}
	n->exponent++;
	if (n->next < 0)
		n->next = (int)c;
	else
		n->more |= c != 0;
}

/* The exponent behind an e; far beyond any use it stays where it is. */
static bool
exponent(str s, int *value)
{
	bool negative = s.len > 0 && s.at[0] == '-';
	int n = 0;

	if (s.len > 0 && (s.at[0] == '-' || s.at[0] == '+'))
		s = str_from(s, 1);
	if (s.len == 0)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		if (s.at[i] < '0' || s.at[i] > '9')
			return false;
		n = n < 1000000 ? n * 10 + (s.at[i] - '0') : n;
	}
	*value += negative ? -n : n;
	return true;
}

static bool
read_number(str s, struct number *n)
{
	size_t i = 0;

	*n = (struct number){ .next = -1 };
	if (s.len > 0 && (s.at[0] == '-' || s.at[0] == '+'))
		n->negative = s.at[i++] == '-';
	for (; i < s.len; i++) {
		if (s.at[i] >= '0' && s.at[i] <= '9')
			digit(n, (unsigned)(s.at[i] - '0'));
		else if (s.at[i] == '.' && !n->point)
			n->point = true;
		else
			break;
	}
	if (!n->digits)
		return false;
	if (i == s.len)
		return true;
	return (s.at[i] == 'e' || s.at[i] == 'E') && exponent(str_from(s, i + 1), &n->exponent);
}

/* Take the last digit off, remembering what is lost. */
static void
shift(struct number *n)
{
	n->more |= n->next > 0;
	n->next = (int)(n->value % 10);
	n->value /= 10;
	n->exponent++;
}

enum dec_read
dec_parse(str s, dec *result)
{
	struct number n;
	dec_wide most = (dec_wide)DEC_MAX;

	if (!read_number(s, &n))
		return DEC_NONE;
	if (n.value == 0)
		n.exponent = -DEC_PLACES;
	while (n.exponent < -DEC_PLACES && (n.value > 0 || n.next > 0))
		shift(&n);
	for (; n.exponent > -DEC_PLACES && n.value > 0; n.exponent--) {
		if (n.value > most / 10 || n.next >= 0)
			return DEC_RANGE;
		n.value *= 10;
	}
	if (n.next > 5 || (n.next == 5 && (n.more || n.value % 2 == 1)))
		n.value++;
	if (n.value > most)
		return DEC_RANGE;
	*result = n.negative ? -(dec)n.value : (dec)n.value;
	return n.next > 0 || n.more ? DEC_ROUNDED : DEC_EXACT;
}

dec
dec_round(dec value, int places)
{
	dec unit = powers[DEC_PLACES - places], rest = value % unit;

	value -= rest;
	bool up = value / unit % 2 != 0;
	if (rest * 2 > unit || (rest * 2 == unit && up))
		value = value > DEC_MAX - unit ? value : value + unit;
	else if (rest * 2 < -unit || (rest * 2 == -unit && up))
		value = value < -DEC_MAX + unit ? value : value - unit;
	return value;
}

int
dec_decimals(dec value)
{
	int places = DEC_PLACES;

	while (places > 0 && value % 10 == 0) {
		value /= 10;
		places--;
	}
	return places;
}

size_t
dec_write(char out[DEC_TEXT], dec value, int places)
{
	char digits[DEC_TEXT];
	size_t n = 0, len = 0;
	value = dec_round(value, places) / powers[DEC_PLACES - places];
	dec_wide rest = value < 0 ? -(dec_wide)value : (dec_wide)value;

	for (; rest > 0 || n <= (size_t)places; rest /= 10)
		digits[n++] = (char)('0' + (int)(rest % 10));
	if (value < 0)
		out[len++] = '-';
	while (n > 0) {
		if (n == (size_t)places)
			out[len++] = '.';
		out[len++] = digits[--n];
	}
	out[len] = '\0';
	return len;
}

str
dec_print(struct arena *a, dec value, int places)
{
	char text[DEC_TEXT];
	size_t n = dec_write(text, value, places);

	return arena_keep(a, (str){ text, n });
}

str
dec_exact(struct arena *a, dec value)
{
	return dec_print(a, value, dec_decimals(value));
}
