/* ctl.h - what the words of mailgatectl share. */
#ifndef CTL_H
#define CTL_H

#include "mail/gate.h"
#include "ui/opt.h"

enum { TEXT, JSON, PROM };

struct options {
	const char *policy, *state, *by, *why, *deliver, *svg;
	int format;
	bool trusted, body;
	struct in_options in;
};

struct ctl {
	const struct options *o;
	const struct tool *tool;
	struct arena arena;
	const struct policy *policy; /* NULL: none was given */
	struct ledger ledger;
	int64_t now;
};

/* Each returns the status; its operands end in NULL. */
int ctl_held(struct ctl *, char **);
int ctl_release(struct ctl *, char **);
int ctl_refuse(struct ctl *, char **);
int ctl_suspend(struct ctl *, char **);
int ctl_resume(struct ctl *, char **);
int ctl_top(struct ctl *, char **);
int ctl_report(struct ctl *, char **);
int ctl_explain(struct ctl *, char **);
int ctl_feedback(struct ctl *, char **);
int ctl_commit_results(struct ctl *, char **);
int ctl_suppress(struct ctl *, char **);
int ctl_unsuppress(struct ctl *, char **);
int ctl_know(struct ctl *, char **);
int ctl_prune(struct ctl *, char **);
int ctl_rewind(struct ctl *, char **);
int ctl_verify(struct ctl *, char **);
int ctl_test(struct ctl *, char **);

/* They end the program when the ledger does not go on. */
void ctl_begin(struct ctl *);
void ctl_commit(struct ctl *);
/* A line in the audit log: what was done by hand.  more: further members, may be empty. */
void ctl_log(struct ctl *, const char *action, str subject, str more);
/* g17 as 17; 0 and a message: it is none. */
int64_t ctl_id(const char *word);

#endif
