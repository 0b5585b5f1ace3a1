/* fault.h - misfortunes on request, the same ones for the same seed.
 *
 * Whether an attempt meets with one is decided by a hash of the seed, the call it belongs
 * to (its Idempotency-Key, else its body) and how manieth attempt it is: the order in
 * which requests arrive does not matter. */
#ifndef FAULT_H
#define FAULT_H

#include "io/in.h"

enum fault_kind { FAULT_NONE, FAULT_STATUS, FAULT_CUT, FAULT_SLOW, FAULT_RESET };

struct fault {
	enum fault_kind kind;
	int status; /* FAULT_STATUS */
	double share;
};

struct faults {
	struct fault of[16];
	size_t count;
	uint64_t seed;
};

/* KIND[:SHARE] each: 429:0.1, 500, cut:5%, slow, reset.  NULL, or what is wrong. */
const char *fault_parse(struct faults *, const struct in_list *);

struct fault fault_of(const struct faults *, str call, uint32_t attempt);

#endif
