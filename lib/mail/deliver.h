/* deliver.h - a mail handed over, and what became of it for each recipient.
 *
 * smtp://HOST[:PORT] (libcurl; one connection is kept) or command:CMD (sh -c CMD with sender
 * and recipients as "$1", "$2" ..., the mail on standard input: 0 is sent, 75 is not now, and
 * all else is unknown).  When nobody can say whether a mail was taken it is unknown. */
#ifndef DELIVER_H
#define DELIVER_H

#include "mail/compose.h"

enum delivery {
	DELIVERY_SENT,
	DELIVERY_LATER,  /* surely not taken, and may be tried again */
	DELIVERY_FAILED, /* surely not taken, for good */
	DELIVERY_UNKNOWN,
};

struct delivered {
	enum delivery *to; /* by recipient */
	size_t count;
	str why; /* what the other side said, one line */
};

struct deliverer;

/* NULL and why: the place is none.  Borrowed. */
struct deliverer *deliver_open(const char *where, const char **why);
void deliver(struct deliverer *, struct arena *, const struct composed *,
    const struct address *to, size_t count, struct delivered *);
void deliver_close(struct deliverer *);

#endif
