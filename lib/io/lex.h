/* lex.h - the words of JSON (RFC 8259), read in place.
 *
 * A cursor moves over bytes it borrows and validates everything it passes: structure,
 * numbers, escapes, UTF-8, depth.  What it hands out are slices of those bytes.  It
 * agrees with jansson on what is JSON and is wider in four places: integers of any size,
 * reals beyond double, \u0000 and lone surrogates.  After the first error `why` is set,
 * `at` points to it and every later call fails. */
#ifndef LEX_H
#define LEX_H

#include "base/arena.h"
#include "base/buf.h"

#define LEX_DEPTH 2048

enum kind {
	KIND_NONE,
	KIND_NULL,
	KIND_FALSE,
	KIND_TRUE,
	KIND_NUMBER,
	KIND_STRING,
	KIND_ARRAY,
	KIND_OBJECT,
};

struct lex {
	const char *start, *at, *end;
	int depth, max_depth; /* 0: LEX_DEPTH */
	const char *why;      /* static; NULL while all is well */
};

struct lex lex_of(str);
size_t lex_offset(const struct lex *);

enum kind lex_kind(struct lex *);      /* skips blanks; what begins here, NONE: nothing */
bool lex_skip(struct lex *, str *raw); /* one whole value */
bool lex_string(struct lex *, str *inner, bool *escaped); /* without its quotes */
bool lex_enter(struct lex *);                             /* past a { or [ */
bool lex_colon(struct lex *);
bool lex_end(struct lex *); /* only blanks are left */

/* Is there another member or element before close?  Passes the comma or the close;
 * *first starts true.  False at the end and on an error. */
bool lex_more(struct lex *, char close, bool *first);

/* The text that the inside of a string literal stands for; lone surrogates become
 * U+FFFD.  Borrowed from inner when nothing is escaped, else made in the arena. */
str lex_text(struct arena *, str inner);

/* Is there half a surrogate pair in the inside of a string literal? */
bool lex_lone(str inner);

#endif
