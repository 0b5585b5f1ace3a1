/* price.h - the price book: what a provider asks for what a call used, and since when.
 *
 * Two forms are read: our own (inferutils-records(5)) and LiteLLM's
 * model_prices_and_context_window.json as it is.  Both become entries: provider, model,
 * the time in which they hold, and for each service tier a card of rates by the size of
 * the whole prompt (a larger card replaces the smaller one wholesale, it is never
 * marginal).  A rate is what one token, call, picture ... costs, exactly (data/dec); one
 * with more than 18 decimals is rounded half-even when it is loaded, and noted.
 *
 * A missing cache price means the input price (that of one-hour writes: the price of other
 * writes, if there is one); a missing reasoning price means the output price; a missing fee
 * per request means none.  Everything else that is missing is unknown, never 0. */
#ifndef PRICE_H
#define PRICE_H

#include "base/table.h"
#include "data/dec.h"
#include "io/doc.h"
#include "trace/used.h"

enum price_tier { TIER_STANDARD, TIER_BATCH, TIER_FLEX, TIER_PRIORITY, TIERS };
extern const char *const price_tiers[TIERS];

struct price_card {
	int64_t above;  /* of the whole prompt's tokens; -1: any prompt */
	bool inclusive; /* a prompt of just that size too */
	dec rates[USED_CLASSES];
	uint32_t given;   /* bit by class: the book says so */
	uint32_t assumed; /* the rate of another class, or of the smaller card */
	uint32_t free;    /* the rate is 0 */
	bool narrow;      /* all rates fit 64 bits, so no amount of one call overflows */
};

/* Sets the last two from the others: to be called when rates have been changed. */
void price_card_seal(struct price_card *);

#define PRICE_CARDS 8 /* of one tier at most */

struct price_cards {
	struct price_card *of; /* by rising `above`; the first one is for any prompt */
	size_t count;
};

struct price {
	str provider, model; /* provider may be empty */
	bool pattern;        /* model is a glob */
	int64_t from, until; /* ns; INT64_MIN, INT64_MAX: unbounded */
	struct price_cards tiers[TIERS];
	struct price_factor *factors; /* by region of processing */
	size_t factor_count, line;    /* line: its place in the book, from 1 */
	struct price *next;           /* another time of the same, or another provider */
};

struct price_factor {
	str region;
	dec num, den;
};

/* What loading found that is no error: rates rounded, members not understood. */
struct price_note {
	str entry, key, value;
	bool rounded; /* else: the member is not used */
};

struct price_book {
	str name;     /* of the file, or "built-in" */
	str currency; /* "USD" */
	str digest;   /* SHA-256 of its text */
	int64_t date; /* ns; INT64_MIN: it does not say */
	struct price *entries;
	size_t count;
	struct table models;         /* struct price *, by model: the first of a chain */
	const struct price **sorted; /* by model, provider, time from, place in the book */
	struct price_note *notes;
	size_t note_count;
};

/* file NULL: $INFERUTILS_PRICES, else the built-in book.  NULL and *why when it is none.
 * Lives in the arena, all but its table, which price_free() gives back. */
struct price_book *price_book(struct arena *, const char *file, str *why);
struct price_book *price_read(struct arena *, str name, str text, str *why);
void price_free(struct price_book *);

/* Do two neighbours in `sorted` hold at the same time for the same model and provider? A
 * book in which any do prices nothing.  NULL: none; else the second of the first two. */
bool price_overlaps(const struct price *, const struct price *next);
const struct price *price_overlap(const struct price_book *, const struct price **other);

enum price_found {
	PRICE_FOUND,
	PRICE_NO_MODEL,  /* the book does not know it */
	PRICE_NO_TIME,   /* it does, but not at that time, or several and the time is unknown */
	PRICE_AMBIGUOUS, /* several providers have it, and none is named */
	PRICE_NO_TIER,   /* no price for this service tier, or not for a prompt of that size */
	PRICE_NO_CLASS,  /* no price for something that was used */
	PRICE_OVERFLOW,  /* an amount beyond all money */
	PRICE_STATES
};
extern const char *const price_states[PRICE_STATES];

#define PRICE_ANY_TIME INT64_MIN

/* provider may be empty, or "PROVIDER/" may stand before the model.  time: ns or
 * PRICE_ANY_TIME.  An exact name comes before a pattern, the longest pattern of the provider
 * first.  Only prices that hold at the time count, so the order of the book does not. */
enum price_found price_find(
    const struct price_book *, str provider, str model, int64_t time, const struct price **);

/* The service tier as a provider's answer says it; TIERS: none of ours. */
enum price_tier price_tier_named(str);

/* The card for a prompt of that size; NULL: there is none. */
const struct price_card *price_card(const struct price *, enum price_tier, int64_t prompt);

/* The factor of a region: 1/1 when none is given for it. */
struct price_factor price_factor(const struct price *, str region);

/* *amount grows by what was used.  parts: NULL, or an amount for each class, which grow
 * too. */
enum price_found price_apply(
    const struct price_card *, const struct used_counts *, dec *amount, dec *parts);

#endif
