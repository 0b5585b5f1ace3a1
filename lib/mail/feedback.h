/* feedback.h - what comes back of a mail: bounces, complaints, people who want no more.
 *
 * Read are delivery status notifications (RFC 3464), abuse reports (RFC 5965), our own
 * {recipient, type, token, time}, and the events of Amazon SES (by SNS or bare) and SendGrid.
 * It counts only with a token of ours that belongs to the recipient: anybody can write to the
 * address that bounces go to. */
#ifndef FEEDBACK_H
#define FEEDBACK_H

#include "mail/store.h"

enum feedback_event {
	EVENT_NONE,    /* nothing went wrong, or it is no report */
	EVENT_IGNORED, /* it is one, and does not count: see reason */
	EVENT_HARD,    /* there is no such mailbox */
	EVENT_SOFT,    /* not now */
	EVENT_POLICY, /* the receiver does not want it from here: it says nothing of the address
		       */
	EVENT_COMPLAINT,
	EVENT_UNSUBSCRIBE,
	EVENTS
};
extern const char *const feedback_events[]; /* NULL ends */

struct feedback {
	enum feedback_event event;
	const char *reason;          /* of EVENT_IGNORED */
	struct address to, original; /* as reported; empty: not told */
	str token;
	int64_t time; /* ns; 0: not told */
	int64_t seq;  /* of the mail, when it counts */
};

#define FEEDBACK_MOST 256 /* recipients of one report */

struct feedbacks {
	struct feedback *of;
	size_t count;
};

void feedback_message(struct arena *, const struct policy *, str raw, struct feedbacks *);
/* False: the record is none of those forms. */
bool feedback_record(
    struct arena *, const struct policy *, const struct doc *, struct feedbacks *);

/* Who a token stands for: the recipients (canonical) of its mail, 0: nobody. */
typedef size_t feedback_owner(
    void *context, struct arena *, str token, int64_t *seq, str **recipients);
/* Does it count?  If not it is EVENT_IGNORED; if so ->to is the recipient that had the mail.
 * trusted: the channel is known to be genuine, what has no token counts too. */
void feedback_check(
    struct arena *a, struct feedback *f, feedback_owner *owner, void *context, bool trusted);

/* By the ledger. */
feedback_owner feedback_ledger;
/* Count it, suppress the address where it is due, put it into the audit log.  False: this
 * recipient's was counted before. */
bool feedback_apply(struct ledger *, struct feedback *, int64_t now);
bool feedback_suppresses(enum feedback_event);

#endif
