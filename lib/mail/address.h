/* address.h - one mailbox, read strictly, and the form in which two of them are the same.
 *
 * What is taken: [display name] <local@domain>, or local@domain alone (RFC 5322 mailbox
 * without comments, folding and obsolete forms); UTF-8 as of RFC 6531.  A quoted local part
 * must be a dot-atom inside its quotes.  Refused are groups, source routes, literals, % and !
 * routing, and what a mailer may take for an option, a pipe or a file. */
#ifndef ADDRESS_H
#define ADDRESS_H

#include "base/arena.h"

/* Which differences do not make another mailbox; domains never tell cases apart. */
struct canonical {
	bool fold_local, strip_plus, gmail_dots;
};

struct address {
	str spec;          /* local@domain as it goes onto the wire, the domain in A-labels */
	str local, domain; /* parts of it */
	str canonical;
	str display; /* as it was written */
};

/* NULL, or a reason code: address-syntax, group-syntax, header-injection. */
const char *address_read(struct arena *, str text, const struct canonical *, struct address *);
/* The same for what SMTP and a command line have: no display name, no brackets needed. */
const char *address_envelope(
    struct arena *, str text, const struct canonical *, struct address *);

/* A domain in lower-case A-labels (UTS 46, nontransitional, through libidn2) without a dot at
 * its end; false: it is none. */
bool domain_read(struct arena *, str text, str *domain);

/* Is it that domain, or below it? */
bool domain_within(str domain, str parent);

#endif
