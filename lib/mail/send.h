/* send.h - an accepted mail leaves, and the ledger is told what became of it. */
#ifndef SEND_H
#define SEND_H

#include "mail/deliver.h"
#include "mail/gate.h"

struct sender {
	const struct policy *policy;
	struct ledger *ledger;
	struct deliverer *deliverer; /* NULL: what is accepted goes on down the pipe */
	int64_t now;
};

struct outcome {
	struct delivered delivered;
	bool tried, withdrawn;
};

/* The name of the switch that holds it back now, or NULL. */
const char *send_stopped(const struct sender *, const struct mail *);

/* Hand it over, unless the switch was turned meanwhile.  The verdict is changed when the mail
 * did not leave.  EXIT_YES, or EXIT_REMOTE when it did not reach everybody. */
int send_mail(
    struct sender *, struct arena *, const struct mail *, struct verdict *, struct outcome *);

/* What became of it, inside a transaction. */
void send_settle(
    struct sender *, const struct mail *, const struct verdict *, const struct outcome *);

#endif
