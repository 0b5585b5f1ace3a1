/* peer.h - one connection of Postfix's policy protocol: a question a recipient, and one more
 * when the message is there.
 *
 * What is admitted at RCPT is reserved, and becomes sent at END-OF-MESSAGE of the same
 * `instance'.  A reservation whose message never came is given back when the next one of the
 * connection begins, or the connection ends. */
#ifndef PEER_H
#define PEER_H

#include "session.h"

struct peer {
	struct arena arena; /* of the question at hand */
	struct buf in;
	size_t looked;       /* bytes of it without the end of a question */
	struct buf instance; /* of the last question */
	int64_t *seqs;       /* what is reserved under it */
	size_t count, room;
	size_t held; /* recipients of it for which Postfix is to hold the message */
	str action;  /* the answer, when peer_judge() has said yes */
};

/* A complete question stands in ->in.  *why: it never will. */
bool peer_ready(struct peer *, str *text, const char **why);
/* Inside a transaction.  False: nothing can be answered, and why; the connection ends. */
bool peer_judge(struct session *, struct peer *, str text, const char **why);
/* The question is answered. */
void peer_next(struct peer *, size_t len);
/* The connection has ended; inside a transaction. */
void peer_gone(struct session *, struct peer *);
void peer_free(struct peer *);

int run_service(struct session *);
int run_listen(struct session *, const char *where);

#endif
