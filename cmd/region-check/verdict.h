/* verdict.h - may the data of this subject go where this hop went?
 *
 * Three answers.  Bytes that left count, whatever the answer was; an address says more than
 * a label, what the provider says of where it ran says more than both; an endpoint that may
 * be served from anywhere says nothing.  What runs elsewhere than it is sent to, as a product
 * of several regions does, has to be allowed in both. */
#ifndef VERDICT_H
#define VERDICT_H

#include "hop.h"
#include "policy.h"

enum verdict { VERDICT_OK, VERDICT_VIOLATION, VERDICT_UNKNOWN, VERDICTS };
extern const char *const verdict_names[];

/* Where the place is known from; the last is the weakest. */
enum evidence {
	EVIDENCE_PROVIDER,
	EVIDENCE_PRODUCT,
	EVIDENCE_ADDRESS,
	EVIDENCE_LABEL,
	EVIDENCE_NONE,
	EVIDENCES
};
extern const char *const evidence_names[];

struct judged {
	enum verdict verdict;
	const char *reason;        /* one word: inside, outside, no-transfer, exempt, ... */
	const struct class *class; /* NULL: none */
	enum evidence evidence;
	struct place place;         /* where it ran, or may have */
	struct place source, named; /* where it was sent; what its model id names */
	str countries;              /* of the place, in words; some of many */
	str message;                /* one sentence */
	bool no_sku;                /* a resource of which nobody knows what it is */
	bool mismatch;              /* label and address name different places */
	str address;                /* then: what the address says */
};

/* Texts live in the arena. */
struct judged verdict_of(
    struct arena *, const struct policy *, const struct places *, const struct hop *);

#endif
