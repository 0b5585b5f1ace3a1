/* finding.h - what a gate has found, in the one shape that every gate writes.
 *
 * Subject and numbers are objects that the caller fills; all else is a field here. */
#ifndef FINDING_H
#define FINDING_H

#include "base/buf.h"
#include "base/example.h"

#define FINDING_NEVER INT64_MIN /* a time that is not known */

struct finding {
	const char *rule, *severity; /* error, warning, notice */
	str subject, numbers;        /* the members of objects: "a":1,"b":2; may be empty */
	int64_t first, last;         /* ns; FINDING_NEVER: not written */
	int64_t n;
	struct examples examples;
	str message; /* one sentence */
	bool over;   /* it was told before, and does not hold any more */
};

/* The record, by the tool's own name. */
void finding_emit(struct buf *, const struct finding *);

#endif
