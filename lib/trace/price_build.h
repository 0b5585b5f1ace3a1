/* price_build.h - entries being read, for the readers of price books. */
#ifndef PRICE_BUILD_H
#define PRICE_BUILD_H

#include "trace/price.h"

/* What the book says of one model, before what is missing is filled in. */
struct price_draft {
	struct price_card cards[TIERS][PRICE_CARDS];
	size_t count[TIERS];
};

/* The card of a tier for prompts above that size, made if need be; NULL: too many. */
struct price_card *price_draft_card(
    struct price_draft *, enum price_tier, int64_t above, bool inclusive);

/* One rate: value / per, or NULL, or why it is none.  Rounding is noted. */
const char *price_rate(struct arena *, struct price_book *, struct price_card *, enum used,
    str entry, str key, const struct doc *value, int64_t per);

/* A number from its text: a JSON number or a string; false: it is none. */
bool price_number(const struct doc *, dec *);

void price_note(
    struct arena *, struct price_book *, str entry, str key, str value, bool rounded);

/* Fill in what is missing and add the entry to the book. */
void price_add(struct arena *, struct price_book *, struct price, struct price_draft *);

/* Readers of a whole book: NULL, or why it is none. */
const char *price_read_own(struct arena *, struct price_book *, const struct doc *);
const char *price_read_litellm(struct arena *, struct price_book *, const struct doc *);

#endif
