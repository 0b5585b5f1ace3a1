/* price_use.h - the price book, for who has the usage of an answer instead of a record. */
#ifndef PRICE_USE_H
#define PRICE_USE_H

#include "trace/dialect.h"
#include "trace/price.h"

/* As price_book(); ends the program with EXIT_USAGE when it is none, or holds two prices of a
 * model at the same time.  file: the argument of --prices, or NULL. */
struct price_book *price_need(struct arena *, const char *file);

/* A usage as counts; false: it does not say how long the prompt is, or its parts are more
 * than the whole.  An unknown output counts as none. */
bool price_counts(const struct usage *, struct used_counts *);

/* What it costs in that tier at that time (ns, or PRICE_ANY_TIME).  supposed: a
 * provider that the model is looked for at first; asked: its price is taken where `model`
 * has none.  False where it is not known. */
struct price_of {
	str supposed, model, asked;
	enum price_tier tier;
	int64_t time;
};
bool price_usage(
    const struct price_book *, const struct price_of *, const struct usage *, dec *cost);

#endif
