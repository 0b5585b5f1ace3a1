/* mime.h - what a message says, decoded, through GMime: transfer encodings, character sets,
 * encoded words, parts inside parts. */
#ifndef MIME_H
#define MIME_H

#include "base/arena.h"

struct mime_part {
	str type; /* "text/plain", "message/delivery-status", in lower case */
	str text; /* decoded; UTF-8 where the type is text */
};

struct mime {
	struct mime_part *parts; /* leaves, and enclosed messages too, each by itself */
	size_t count;
	const char *strange; /* why readers may see another message in it; NULL: they do not */
};

#define MIME_PARTS 200
#define MIME_DEPTH 20

/* Before anything else of GMime; once is enough. */
void mime_start(void);

/* Everything lives in the arena. */
void mime_read(struct arena *, str raw, struct mime *);

/* A header's text with its encoded words (RFC 2047) decoded. */
str mime_words(struct arena *, str value);

#endif
