/* store.h - what the ledger knows of mails: who got what, who must get nothing, what waits
 * for a person, what came back.  All inside a transaction of the ledger. */
#ifndef STORE_H
#define STORE_H

#include "ledger/window.h"
#include "mail/mail.h"

extern const char store_tables[];

/* Admitted is reserved until somebody tells how it ended; unknown is never sent again without
 * a person. */
enum send_state { SEND_RESERVED, SEND_SENT, SEND_FAILED, SEND_UNKNOWN, SEND_STATES };
extern const char *const send_states[]; /* NULL ends */

/* A mail is known by the number of its line in the audit log: gNUMBER. */
struct past { /* a mail that was admitted, for one recipient */
	int64_t seq, t;
	enum send_state state;
	str agent;
	uint64_t alike;
};

/* The newest that the recipient got from the agent since then with the same content. */
bool store_same(
    struct ledger *, str agent, str rcpt, uint64_t same, int64_t since, struct past *past);
/* All that a recipient got since then, the newest first, at most STORE_PAST. */
#define STORE_PAST POLICY_PAST
size_t store_past(struct ledger *, struct arena *, str rcpt, int64_t since, struct past *past);
/* The mail that was admitted or is held with that idempotency key of that agent; 0: none. */
int64_t store_key(struct ledger *, str agent, str key, const char **state);

/* The newest that was admitted with that key; agent empty: of any, *several when there is more
 * than one who has it. */
int64_t store_find(struct ledger *, str key, str agent, bool *several);

void store_admit(
    struct ledger *, const struct policy *, const struct mail *, int64_t seq, int64_t t);
/* The counters alone, without those by recipient domain. */
void store_count(struct ledger *, const struct policy *, str agent, str from_domain, int64_t t,
    int64_t how_many);
/* It never left: not there, and not counted. */
void store_withdraw(struct ledger *, const struct policy *, int64_t seq, str why, int64_t now);
/* A line of the audit log on how it ended. */
void store_outcome(struct ledger *, int64_t seq, const char *result, str why, int64_t now);
/* How it ended, for one recipient or (empty) all; false: there is no such mail. */
bool store_result(struct ledger *, int64_t seq, str rcpt, enum send_state, int64_t t);

/* "" or why: suppressed by the ledger, as an address or as (a subdomain of) a domain. */
str store_suppressed(struct ledger *, struct arena *, const struct address *);
void store_suppress(struct ledger *, str canonical, str why, str by, int64_t t);
bool store_unsuppress(struct ledger *, str canonical);

/* Somebody an agent wrote to, or whom a person made known. */
bool store_known(struct ledger *, str agent, str rcpt);
void store_make_known(struct ledger *, str canonical, str by, int64_t t);

/* True: it is new; false: the same was held already (its number in *seq). */
bool store_hold(
    struct ledger *, const struct mail *, int64_t *seq, int64_t t, const char *reason);

/* Names of counters. */
str store_name(struct arena *, const char *kind, str of);
#define COUNT_AGENT     "a:"
#define COUNT_TO        "d:" /* by group of recipient domains */
#define COUNT_ORG       "o:"
#define COUNT_FROM      "f:"
#define COUNT_STREAM    "s:"
#define COUNT_BOUNCE    "b:"
#define COUNT_COMPLAINT "c:"
#define NOTE_RAMP       "r:" /* when a sending domain began its warm-up anew, ns */

#endif
