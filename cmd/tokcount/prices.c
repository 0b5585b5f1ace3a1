/* prices.c - prices of tokens. */
#include "prices.h"

#include "base/err.h"
#include "io/doc.h"
#include "io/in.h"

#define SCALE INT64_C(1000000000) /* of a dollar */

__extension__ typedef unsigned __int128 wide;

/* A decimal of at most 9 places and 9 digits before them, in units of 1/SCALE. */
static bool
decimal(str s, int64_t *units)
{
	int64_t value = 0, place = SCALE;
	size_t point = str_find(s, '.'), digits = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (i == point)
			continue;
		if (s.at[i] < '0' || s.at[i] > '9' || (i < point && i >= 9) ||
		    (i > point && place == 1))
			return false;
		if (i < point)
			value = value * 10 + (s.at[i] - '0');
		else
			value += (s.at[i] - '0') * (place /= 10);
		if (i + 1 == point || (point == s.len && i + 1 == s.len))
			value *= SCALE;
		digits++;
	}
	*units = value;
	return digits > 0;
}

static bool
price_of(const struct doc *d, int64_t *units)
{
	return decimal(d->kind == KIND_STRING ? d->text : d->raw, units);
}

const struct doc *
prices_read(struct arena *a, const char *file)
{
	str text;
	int64_t units;
	const char *why = in_file(a, file, &text);
	if (why != NULL)
		die(EXIT_USAGE, "--prices: %s: %s", file, why);
	const struct doc *d = doc_read(a, text);
	if (doc_kind(d) != KIND_OBJECT)
		die(EXIT_USAGE, "--prices: %s: not a JSON object of prices", file);
	DOC_EACH (p, d)
		if (!price_of(p, &units))
			die(EXIT_USAGE, "--prices: %s: %.*s: not a decimal of at most 9 places",
			    file, STR_F(p->key));
	return d;
}

str
prices_cost(struct arena *a, const struct doc *prices, str name, uint64_t tokens)
{
	const struct doc *p = doc_find(prices, name);
	int64_t units;
	if (p == NULL || !price_of(p, &units))
		return (str){ 0 };
	/* tokens * units is in 1e-15 dollars; 1e-6 dollars are wanted */
	wide cost = (wide)tokens * (wide)units, micro = cost / SCALE, rest = cost % SCALE;
	if (rest * 2 > SCALE || (rest * 2 == SCALE && micro % 2 == 1))
		micro++;
	return arena_printf(a, "%llu.%06llu", (unsigned long long)(micro / 1000000),
	    (unsigned long long)(micro % 1000000));
}
