/* gate.h - may this mail be sent now?
 *
 * Inside a transaction of the ledger the checks of the policy are asked in its order; the
 * first that says no decides.  What is accepted is counted and reserved in the same
 * transaction, what is quarantined is kept for a person, and every answer gets its line in
 * the audit log. */
#ifndef GATE_H
#define GATE_H

#include "mail/store.h"

enum verdict_kind {
	VERDICT_ACCEPT,
	VERDICT_DEFER,
	VERDICT_QUARANTINE,
	VERDICT_REJECT,
	VERDICT_KINDS
};
extern const char *const verdict_names[]; /* NULL ends */

struct verdict {
	enum verdict_kind kind;
	const char *reason; /* "ok", or a stable code; of a content rule its id */
	str message;        /* one sentence */
	int64_t until;      /* ns; 0: not told */
	int64_t seq;        /* of the line in the audit log */
	str token;          /* of what was accepted: see token.h */
};

struct gate {
	const struct policy *policy;
	struct ledger *ledger;
	struct arena *arena; /* verdicts live in it */
	int64_t now;
	str approved_by;   /* a person has looked at it: nothing holds it but what forbids it */
	struct past *past; /* STORE_PAST of them; gate_free() */
};

void gate_judge(struct gate *, const struct mail *, struct verdict *);
void gate_free(struct gate *);

/* The checks by themselves, for gate.c: true when they let the mail pass. */
struct asking {
	struct gate *g;
	const struct mail *m;
	const struct agent *agent;
	struct verdict *v;
	struct verdict held; /* what a person should look at, if nothing else is wrong */
};
bool gate_say(struct asking *, enum verdict_kind, const char *reason, const char *fmt, ...)
    __attribute__((format(printf, 4, 5))); /* false */
bool gate_content(struct asking *);
bool gate_dedupe(struct asking *);
bool gate_quiet(struct asking *);
bool gate_breaker(struct asking *);
bool gate_limits(struct asking *);

#endif
