/* content.h - what a text mostly consists of: the content classes that drift is told by.
 *
 * Kana makes a text Japanese where a tenth of its East Asian characters are kana.  JSON is
 * a text that begins like it; code is Latin text of which
 * more than a sixteenth are signs (of C and Perl it is an eighth, of Python an eleventh, of
 * documentation in plain text a fiftieth, in reStructuredText a fifteenth); digits and emoji
 * are where more than half of the characters are. */
#ifndef CONTENT_H
#define CONTENT_H

#include "base/str.h"

enum content {
	CONTENT_HAN,
	CONTENT_KANA,
	CONTENT_HANGUL,
	CONTENT_ARABIC,
	CONTENT_CYRILLIC,
	CONTENT_THAI,
	CONTENT_DEVANAGARI,
	CONTENT_PROSE,
	CONTENT_CODE,
	CONTENT_JSON,
	CONTENT_DIGITS,
	CONTENT_EMOJI,
	CONTENT_OTHER,
	CONTENT_EMPTY,
	CONTENTS
};

extern const char *const content_names[];

struct classes {
	uint64_t counts[CONTENTS], signs, all;
	char first; /* that is no blank */
	char held[4];
	unsigned held_len; /* of a character that was cut */
};

void classes_look(struct classes *, str bytes); /* block by block */
enum content classes_of(const struct classes *);
enum content content_of(str text);
/* The class of that name, CONTENTS if none. */
enum content content_named(str name);

#endif
