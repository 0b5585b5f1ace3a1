/* token.h - what a mail carries so that what comes back is believed.
 *
 * "v1.", the mail's number in base 36, a dot, and 16 hexadecimal digits of an HMAC-SHA-256
 * over the number with the ledger's key.  All lower case: local parts lose their case on the
 * way.  Who to is checked against the ledger. */
#ifndef TOKEN_H
#define TOKEN_H

#include "ledger/ledger.h"

#define TOKEN_HEADER "X-Gate-Report"

str token_make(struct arena *, const struct ledger *, int64_t seq);
/* The mail's number; 0: it is none of ours. */
int64_t token_read(const struct ledger *, str token);
/* The first "v1." in a text and what belongs to it; empty: there is none. */
str token_in(str text);

#endif
