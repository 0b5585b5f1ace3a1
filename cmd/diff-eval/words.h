/* words.h - two texts compared word by word (longest common subsequence). */
#ifndef WORDS_H
#define WORDS_H

#include "base/arena.h"

struct word {
	enum { WORDS_SAME, WORDS_GONE, WORDS_NEW } is;
	str text; /* one or several words, blanks between them as they stood */
	const struct word *next;
};

/* What became of was in now; texts of more than WORDS_MAX words are cut. */
#define WORDS_MAX 1200
const struct word *words_compare(struct arena *, str was, str now);

#endif
