/* postfix.h - Postfix's policy protocol (SMTPD_POLICY_README): a request of name=value lines,
 * an answer of one action. */
#ifndef POSTFIX_H
#define POSTFIX_H

#include "mail/gate.h"

struct postfix_request {
	str state, sender, recipient, instance, sasl_username;
	int64_t size, recipient_count;
	bool rcpt, end; /* the two states that are answered; else DUNNO */
};

#define POSTFIX_MOST 65536 /* bytes of a request */

/* text: lines without the empty one behind them.  NULL, or what is wrong with it. */
const char *postfix_read(struct arena *, str text, struct postfix_request *);
void postfix_mail(struct arena *, const struct policy *, const struct postfix_request *,
    str agent, struct mail *);
/* "REJECT 5.7.1 why", in one line. */
str postfix_action(struct arena *, const struct verdict *);

#endif
