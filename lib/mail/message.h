/* message.h - one RFC 5322 message, taken only if every reader must see the same in it.
 *
 * Lines end in CRLF and nothing else: a bare CR or LF ends the message for some servers and
 * not for others (SMTP smuggling, CVE-2023-51764 and its kin).  Field names are those of RFC
 * 5322 without the blanks before the colon that its obsolete syntax had; a line of a field
 * that holds nothing but blanks is refused. */
#ifndef MESSAGE_H
#define MESSAGE_H

#include "base/arena.h"

struct header {
	str name, value; /* the value unfolded (line ends taken out), blanks at both ends too */
	str raw; /* all its lines, with their ends; empty if it never was in a message */
};

struct headers {
	struct header *of;
	size_t count, room;
};

struct message {
	struct headers headers;
	str raw, body;
};

struct message_limits {
	size_t bytes, line; /* of a line: without its end */
};

/* NULL, or a reason code: size, bare-newline, nul, line-length, header-syntax,
 * obsolete-folding. */
const char *message_read(
    struct arena *, str raw, const struct message_limits *, struct message *);

/* A message whose lines all end in LF, with CRLF; one with any CR is left as it is. */
str message_crlf(struct arena *, str raw);

void headers_add(struct arena *, struct headers *, str name, str value);
/* The first of that name, whatever its case; NULL: there is none. */
const struct header *headers_find(const struct headers *, const char *name);
size_t headers_count(const struct headers *, const char *name);
bool header_is(const struct header *, const char *name);

/* Letters, digits and signs but no colon (RFC 5322, 3.6.8). */
bool header_name(str);

#endif
