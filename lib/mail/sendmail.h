/* sendmail.h - the command line that programs call sendmail with.
 *
 * Taken: -t, -i and -oi, -f and -r ADDRESS, -F NAME, -bm, -oem, -om, -B TYPE, --, recipients.
 * Everything else is refused, above all what makes a mailer read or write files or become a
 * server: -C -X -O -oQ -bd -bs (the class of CVE-2016-10033). */
#ifndef SENDMAIL_H
#define SENDMAIL_H

#include "mail/mail.h"

struct sendmail {
	struct mail_envelope envelope;
	bool dots;           /* -i: a line of a dot alone does not end the message */
	const char *name;    /* -F */
	const char *refused; /* the option that is not taken */
};

/* argv behind the program's name; ends in NULL. */
void sendmail_parse(struct arena *, char **argv, struct sendmail *);
/* The message on standard input, as it came; lines that all end in LF are converted. */
void sendmail_read(struct arena *, const struct policy *, const struct sendmail *, str raw,
    str agent, struct mail *);

#endif
