/* bpe.h - byte pair encoding of one piece, in time that grows with its length.
 *
 * Regular vocabularies (every merge makes a token of higher rank than its parts) are
 * encoded from left to right: take the longest token that fits behind the one before,
 * step back where none does.  Two tokens fit if merging their text gives them again, which
 * undoing their merges tells (github/rust-gems, "BPE: correct and linear").  All others use
 * a heap of candidate merges.  Both give what merging the lowest rank first, leftmost
 * first among equals, gives; tests compare them. */
#ifndef BPE_H
#define BPE_H

#include "token/image.h"

/* Memory of one thread, reused; zeroed to begin with. */
struct bpe {
	uint32_t *tokens; /* the result */
	size_t room;
	uint64_t *dead; /* offsets that lead nowhere */
	size_t dead_room;
	struct bpe_node *nodes;
	struct bpe_candidate *heap;
	size_t node_room, heap_len, heap_room;
	bool odd;
};

/* Would merging the text of both leave exactly these two? */
bool bpe_compatible(const struct image *, uint32_t left, uint32_t right);

/* Encode a piece that consists of known symbols; returns how many tokens, which are
 * internal numbers in bpe->tokens.  A piece that is a token, whatever the merges say, is
 * that token only if it is entire, not a part that was cut off: bpe->odd says that this
 * made a difference, or would have. */
size_t bpe_encode(const struct image *, struct bpe *, str piece, bool entire);

/* The same by way of the heap, whatever the vocabulary. */
size_t bpe_heap(const struct image *, struct bpe *, str piece);

/* The token that is exactly this text, IMAGE_NONE if none. */
uint32_t bpe_whole(const struct image *, str text);

/* The symbol at the start of text and its length; IMAGE_NONE: unknown. */
uint32_t bpe_symbol(const struct image *, str text, size_t *len);

void bpe_free(struct bpe *);

#endif
