/* sp.h - a sentencepiece model, from its own file or out of a GGUF. */
#ifndef SP_H
#define SP_H

#include "token/recipe.h"

struct sp_piece {
	str text;
	double score;
	uint64_t type; /* 1 normal, 2 unknown, 3 control, 4 user-defined, 5 unused, 6 byte */
};

struct sp {
	struct recipe *recipe;
	uint64_t model; /* 1 unigram, 2 bpe, 3 word, 4 char */
	str charsmap;
	bool prefix, squeeze, escape, suffix, byte_fallback;
	size_t count;
};

void sp_piece(struct sp *, struct sp_piece);
/* The recipe is complete: NULL, or what is not read. */
const char *sp_finish(struct sp *);

#endif
