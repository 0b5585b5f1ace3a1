/* build.h - for compile*.c only: a vocabulary on its way from recipe to image. */
#ifndef BUILD_H
#define BUILD_H

#include "token/image.h"

#define BUILD_LONGEST 4096     /* bytes of a token */
#define BUILD_TOKENS  0x1fffff /* of 21 bits */
#define BUILD_NODES   0xfffffe

/* A growing hash table in the image's form. */
struct slots {
	uint64_t *at;
	uint32_t bits, count;
	int key_shift; /* 32: edges, 22: pairs */
};

struct image_out {
	struct buf *to;
	struct image_head head;
};

uint32_t slots_hash(const struct slots *, uint64_t key);
void slots_new(struct slots *, uint32_t bits, int key_shift);
/* Puts key and value unless the key is there already; the value that stands. */
uint64_t slots_put(struct slots *, uint64_t key, uint64_t value);

struct build {
	struct recipe *recipe;
	struct slots edges, pairs;
	uint32_t nodes;
	uint32_t *node_piece;  /* by node: which id, IMAGE_NONE */
	uint32_t *inside;      /* by id: internal number, IMAGE_NONE so far */
	uint32_t *outside;     /* by internal number */
	str *texts;            /* by internal number */
	struct halves *halves; /* by internal number */
	size_t tokens, room, made;
	bool regular;
	struct build_rank {
		uint64_t key; /* of the pair */
		uint32_t rank;
	} * irregular;
	size_t irregular_count, irregular_room;
	const char *why; /* what is wrong; NULL: nothing */
};

/* The next internal number for a piece; id may be IMAGE_NONE (a mere symbol). */
uint32_t build_token(struct build *, uint32_t id, str text);
/* The node of a text; IMAGE_NONE: no token begins with it. */
uint32_t build_node(const struct build *, str text);
/* Every token that text can become gets its path of nodes. */
void build_paths(struct build *);
/* The nodes as the image has them. */
void build_trie(const struct build *, struct image_out *);
void build_part(struct image_out *, enum image_section, const void *at, size_t len);
/* What two bytes merge to. */
void build_meets(const struct build *, struct image_out *);
bool build_counts(const struct piece *); /* is it made of text at all? */

/* Symbols, merged tokens in order of rank, the rest. */
void build_bpe(struct build *);

#endif
