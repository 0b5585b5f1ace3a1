/* rating.h - which price each kind of call has, looked up once.
 *
 * Calls of one provider, model, service tier and region of processing at the same time of
 * the book are priced by the same cards.  What was used is summed per card, in whole
 * numbers, so that amounts by class need no division and no order. */
#ifndef RATING_H
#define RATING_H

#include "cogs.h"

struct usage_sum {
	int64_t calls;
	int64_t n[USED_CLASSES];
};

/* Sums after those of the cards: calls without a card, calls whose card lacks a rate. */
#define RATING_LOST 2

/* One kind of call, with a sum for each of its cards (or one, when it has no price). */
struct rating {
	const struct price *price; /* NULL: state says why */
	enum price_found state;
	enum price_tier tier;     /* TIERS: no tier that we know */
	struct price_card *cards; /* by region's factor; as many as the price's */
	struct usage_sum *sums;   /* by card, then by why there is no price (RATING_LOST) */
	size_t count;
	bool by_time; /* the model has several prices: which, depends on the time */
};

/* What is known of a call that decides its price.  Slices are borrowed. */
struct call_kind {
	str provider; /* as the record says it */
	str api;      /* where it says nothing, the dialect is a hint */
	str model;    /* that answered; else the one that was asked for */
	str asked;    /* where it is another: its price is taken if `model` has none */
	str tier, region;
	str time; /* as it is written: looked at only where prices depend on it */
};

#define RATING_RECENT 64

struct ratings {
	const struct price_book *book;
	struct table table; /* struct rating *, by its kind, parted by bars */
	struct arena arena;
	struct buf key;
	/* Kinds seen lately, by a hash of the model's name. */
	struct recent_kind {
		struct call_kind kind;
		struct rating *rating;
	} recent[RATING_RECENT];
};

/* NULL and *why where the time is needed and is none. */
struct rating *rating_of(struct ratings *, const struct call_kind *, const char **why);

/* The provider that speaks this dialect; empty: nobody knows. */
str rating_provider(str api);

/* Price what was used: *amount, and the call is added to the sums.  Also where there is no
 * price: the answer says why. */
enum price_found rating_apply(struct rating *, const struct used_counts *, dec *amount);

/* For partials: the rating of a key of the table, made if need be; NULL: it is no such key.
 * A sum of card n more. */
struct rating *rating_restore(struct ratings *, str key);
void rating_add(struct rating *, size_t n, const struct usage_sum *);

void ratings_join(struct ratings *, struct ratings *from);
void ratings_free(struct ratings *);
struct rating *ratings_at(const struct ratings *, size_t); /* in order of first sight */

/* A class's amount over all calls that were priced. */
bool rating_amount(const struct rating *, enum used, dec *amount);

#endif
