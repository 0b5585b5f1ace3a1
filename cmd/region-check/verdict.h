/* verdict.h - may the data of this subject go where this hop went?
 *
 * Three answers.  Bytes that left count, whatever the answer was; an address says more than
 * a label, what the provider says of where it ran says more than both; an endpoint that may
 * be served from anywhere says nothing. */
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
	struct place place;
	str countries; /* of the place, in words; some of many */
	str message;   /* one sentence */
	bool no_sku;   /* the label is a resource's, of which nobody knows what it is */
	bool mismatch; /* label and address name different places */
	str address;   /* then: what the address says */
};

/* Texts live in the arena. */
struct judged verdict_of(
    struct arena *, const struct policy *, const struct places *, const struct hop *);

#endif
