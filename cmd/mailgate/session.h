/* session.h - what every way of asking mailgate shares: the policy, the ledger, the clock, and
 * who is to get what was accepted. */
#ifndef SESSION_H
#define SESSION_H

#include "mail/send.h"
#include "ui/opt.h"

enum { EXIT_PLAIN, EXIT_SYSEXITS };

struct options {
	const char *policy, *state, *agent, *deliver, *clock, *listen;
	int durability, exit;
	bool dry_run, lf, trusted, policy_service, filter, sendmail;
	int64_t batch;
	struct in_options in;
};

struct session {
	const struct options *o;
	struct arena run;
	const struct policy *policy;
	struct ledger ledger;
	struct gate gate;
	struct sender send;
	str agent; /* empty: the intent's word counts */
	int64_t answers[VERDICT_KINDS];
	int status;
};

/* Ends the program, with nothing attempted, when the policy or the ledger cannot be had. */
void session_open(struct session *, const struct options *);
int session_close(struct session *); /* the status */
int64_t session_now(const struct session *);

/* A transaction of which the ledger may be unable: NULL, or why.  Between them gate_judge(). */
const char *session_begin(struct session *);
const char *session_commit(struct session *);

/* Trouble: nobody can say yes. */
void session_trouble(struct session *, struct verdict *, const char *why);

int run_stream(struct session *, char **operands);
int run_filter(struct session *, char **operands);
int run_sendmail(struct session *, char **argv);

#endif
