/* split.h - pre-tokenizers: where a text is cut into pieces before it is tokenized.
 *
 * The regular expressions that models really use differ in a few points, so one scanner
 * with those points as parameters does their work; every other pattern is run by PCRE2.
 * Pieces are maximal matches as the pattern's own engine finds them, and what it does not
 * match is a piece of its own between them (Isolated).
 *
 * Text is well-formed UTF-8, and SPLIT_PAD zero bytes must be readable behind it. */
#ifndef SPLIT_H
#define SPLIT_H

#include "base/str.h"
#include "token/unicode.h"

#define SPLIT_PAD 64

/* What the scanner can be. */
struct scheme {
	bool
	    leads_space; /* words, numbers and signs take one space before them, nothing else */
	bool cased;      /* a word ends where an upper-case letter follows a lower-case one */
	bool marks_join; /* marks are letters of a word */
	bool ends_whole; /* white space up to the end of the text is one piece, lines or not */
	bool lines;      /* white space ends with its last line end */
	uint8_t digits;  /* of a number, at most; 0: any */
	uint8_t tail;    /* signs take what follows: 1 line ends, 2 line ends and slashes */
	uint8_t contracts; /* 's 't 're 've 'm 'll 'd: 1 alone, 2 behind a word */
	bool folds;        /* those in upper case too */
	bool long_s;       /* U+017F counts as an s of them */
};

struct splitter;

/* The schemes by the pattern that they stand for; NULL: none of ours. */
const struct scheme *split_scheme(str pattern);

/* The i-th pattern that has a scheme; NULL: no more. */
const char *split_known(size_t i);

/* A scanner: the ground truth, that of every machine of this kind, or the best for the one
 * at hand.  The table is borrowed. */
enum split_way { SPLIT_SCALAR, SPLIT_BASE, SPLIT_BEST };
struct splitter *split_scan(const struct scheme *, const struct unicode *, enum split_way);
/* Any pattern, by PCRE2.  NULL: it does not compile, why[] says what and where. */
struct splitter *split_pattern(str pattern, char why[160]);
bool split_is_scan(const struct splitter *);
void split_free(struct splitter *);

/* Find pieces from offset *at on: their ends go to ends[room]; returns how many, 0 at the
 * end of the text.  *at moves along.  text.len is less than 4 GiB. */
size_t split_next(const struct splitter *, str text, size_t *at, uint32_t *ends, size_t room);

/* The next match of a pattern from an offset on (split_pattern() only); false: none. */
bool split_match(const struct splitter *, str text, size_t from, size_t *start, size_t *end);

/* How many bytes of the text can be split without knowing what follows, so that the rest
 * begins a piece: 0 if nobody can say. */
size_t split_safe(const struct splitter *, str text);

#endif
