/* compose.h - a mail as it goes onto the wire: RFC 5322, lines that end in CRLF, with the
 * token, without Bcc.  Through GMime. */
#ifndef COMPOSE_H
#define COMPOSE_H

#include "mail/mail.h"

struct composed {
	str text;
	const char *sender; /* of the envelope, without brackets */
};

/* now: ns, for Date. */
void compose(struct arena *, const struct agent *, const struct mail *, str token, int64_t now,
    struct composed *);

#endif
