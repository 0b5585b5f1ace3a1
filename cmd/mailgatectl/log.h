/* log.h - the audit log of a time, added up. */
#ifndef LOG_H
#define LOG_H

#include "base/example.h"
#include "base/table.h"
#include "ctl.h"

struct log_agent {
	int64_t n[VERDICT_KINDS], recipients;
	int64_t alike, content_n; /* of the content seen most often; mails with a content */
	struct table contents;    /* int64_t by content */
	struct table domains;     /* int64_t by domain of recipient */
};

struct log_reason { /* by verdict, reason and agent, parted by bars */
	int64_t n, first, last;
	struct examples examples;
};

struct log_domain { /* by sending domain */
	int64_t sent, bounces, complaints, unsubscribed;
};

#define LOG_BINS 48

struct log {
	struct arena arena;
	int64_t since, until;
	int64_t n[VERDICT_KINDS], decisions, withdrawn, feedback_ignored;
	int64_t bins[LOG_BINS][VERDICT_KINDS];
	struct table agents, reasons, domains;
	struct table acts; /* int64_t by action: what was done by hand */
	int status;
};

/* usual: how far back when --since does not say. */
void log_read(struct ctl *, int64_t usual, struct log *);
void log_free(struct log *);
double log_bin_minutes(const struct log *);
/* "a|b|c" cut at the bars. */
str log_part(str key, int which);

#endif
