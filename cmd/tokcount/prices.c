/* prices.c - dollars for a million tokens. */
#include "prices.h"

#include "base/err.h"
#include "data/dec.h"
#include "io/in.h"

static bool
price_of(const struct doc *d, dec *price)
{
	return dec_parse(d->kind == KIND_STRING ? d->text : d->raw, price) == DEC_EXACT &&
	    *price >= 0;
}

const struct doc *
prices_read(struct arena *a, const char *file)
{
	str text;
	dec price;
	const char *why = in_file(a, file, &text);
	if (why != NULL)
		die(EXIT_USAGE, "--prices: %s: %s", file, why);
	const struct doc *d = doc_read(a, text);
	if (doc_kind(d) != KIND_OBJECT)
		die(EXIT_USAGE, "--prices: %s: not a JSON object of prices", file);
	DOC_EACH (p, d)
		if (!price_of(p, &price))
			die(EXIT_USAGE,
			    "--prices: %s: %.*s: not a decimal of at most 18 places", file,
			    STR_F(p->key));
	return d;
}

str
prices_cost(struct arena *a, const struct doc *prices, str name, uint64_t tokens)
{
	const struct doc *p = doc_find(prices, name);
	dec price, cost;
	if (p == NULL || !price_of(p, &price) ||
	    !dec_muldiv(price, (dec)tokens, 1000000, &cost))
		return (str){ 0 };
	return dec_print(a, cost, 6);
}
