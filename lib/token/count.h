/* count.h - text to tokens: how many, or which.
 *
 * A counter belongs to one thread; the vocabulary is shared.  It keeps a bounded cache of
 * pieces met before, with their number of tokens only (16 bytes a piece, 15 of text).
 * Text may be any bytes: by default each maximal part of a broken character becomes
 * U+FFFD, as providers' JSON readers do (WHATWG); INVALID_BYTES takes the bytes as they
 * are, for vocabularies of bytes. */
#ifndef COUNT_H
#define COUNT_H

#include "token/image.h"

enum special_mode { SPECIAL_TEXT, SPECIAL_PARSE, SPECIAL_ERROR };
enum invalid_mode { INVALID_REPLACE, INVALID_BYTES, INVALID_ERROR };

struct count_options {
	enum special_mode special;
	enum invalid_mode invalid;
	bool scalar; /* the slow ways everywhere: no vectors, no cuts, no cache */
};

struct ids {
	uint32_t *at; /* free() */
	size_t count, room;
};

enum count_trouble { COUNT_FINE, COUNT_SPECIAL, COUNT_INVALID };

struct counter;

/* NULL: a pattern of the vocabulary is none (why).  The image is borrowed. */
struct counter *counter_new(const struct image *, const struct count_options *, char why[160]);
void counter_free(struct counter *);

/* Part of a longer text: what is before or behind it is counted elsewhere. */
enum text_part {
	TEXT_FIRST = 1, /* nothing stands before it */
	TEXT_LAST = 2,
	TEXT_WHOLE = 3,
	TEXT_INNER = 4, /* an added token stands before it */
};

/* Tokens of a text, added to *count; to ids too, unless NULL.  Trouble: nothing is added. */
enum count_trouble counter_run(
    struct counter *, str text, unsigned parts, uint64_t *count, struct ids *ids);

/* How many bytes from the start of text can be counted by themselves (TEXT_FIRST or not,
 * no TEXT_LAST), so that the rest is a part of its own; 0: no place found. */
size_t counter_safe(const struct counter *, str text);

/* The bytes that an id stands for; empty and false if it is none. */
bool count_decode(const struct image *, uint32_t id, str *bytes);

#endif
