/* fields.h - what the header fields of a mail say about it, and whether they may stand there;
 * for the readers of messages and of intents. */
#ifndef FIELDS_H
#define FIELDS_H

#include "mail/mail.h"

/* Exactly one From with exactly one mailbox. */
void fields_from(struct arena *, const struct policy *, struct mail *);
/* One recipient, or a list of them as in To. */
void fields_recipient(struct arena *, const struct policy *, str mailbox, struct mail *);
void fields_recipients(struct arena *, const struct policy *, str list, struct mail *);
void fields_envelope_to(struct arena *, const struct policy *, str spec, struct mail *);
/* Names, values, fields that an agent has no business to set; what is answered. */
void fields_common(struct arena *, struct mail *);
/* Does it bring a field of RFC 8058 itself? */
bool fields_unsubscribe(const struct mail *);
/* What the policy wants of them; NULL, or a reason. */
const char *fields_demanded(
    struct arena *, const struct header_rules *, const struct mail *, str *what);

#endif
