/* image.h - a compiled vocabulary: one file that is mapped and used as it lies.
 *
 * Tokens have internal numbers here: first the symbols (bytes or characters), then what
 * merges make of them in order of rank, then what no merge ever makes.  So the number of a
 * merged token is its rank, and of two merges the lower number comes first.
 *
 * pairs is an open hash table (linear probing, empty is 0) of left 21 bits, right 21 bits,
 * made 21 bits, used 1 bit.  The trie is in trie.h, cuts is a bitmap of hashed keys, see
 * cuts.h. */
#ifndef IMAGE_H
#define IMAGE_H

#include "data/hash.h"
#include "token/recipe.h"
#include "token/unicode.h"

#define IMAGE_NONE UINT32_MAX

enum image_section {
	SECTION_UNICODE,
	SECTION_BYTES,    /* what each token stands for, by internal number */
	SECTION_OFFSETS,  /* uint32_t[tokens + 1] into it */
	SECTION_OUTSIDE,  /* uint32_t[tokens]: the publisher's id, IMAGE_NONE: a mere symbol */
	SECTION_INSIDE,   /* uint32_t[ids]: internal number, IMAGE_NONE: no such id */
	SECTION_PAIRS,    /* uint64_t[] */
	SECTION_FILTER,   /* uint64_t[]: a bit for the hash of each pair; the tables seldom need
			     asking */
	SECTION_RANKS,    /* uint32_t[] beside pairs, where rank is not the internal number */
	SECTION_HALVES,   /* struct halves[tokens] */
	SECTION_MEETS,    /* uint32_t[65536]: the rank of the merge of two bytes, IMAGE_NONE:
			     they do not merge.  Only of regular vocabularies whose
			    first 256 tokens are the bytes */
	SECTION_PREFIXES, /* uint32_t[tokens]: the longest token that it begins with */
	SECTION_NODES,    /* uint64_t[nodes] */
	SECTION_LABELS,   /* uint8_t[nodes], and some to spare */
	SECTION_STARTS,   /* uint32_t[65536]: the node behind two bytes */
	SECTION_CUTS,     /* uint64_t[] */
	SECTION_PLAIN,    /* uint64_t[256]: the same of two ASCII characters, a bit each */
	SECTION_SCORES,   /* double[tokens] */
	SECTION_TYPES,    /* uint8_t[tokens] */
	SECTION_STEPS,
	SECTION_SPECIALS,
	SECTION_TEXT,
	SECTION_BYTE_IDS, /* uint32_t[256], the publisher's */
	SECTIONS,
};

/* Of what a merged token is made (symbols: of themselves); and the first merges that took
 * in its first and its last symbol, IMAGE_NONE where there was none. */
struct halves {
	uint32_t of[2], head, tail;
};

struct image_facts {
	uint32_t model, tokens, made, ids, nodes; /* tokens below made can come of merges */
	uint32_t byte_level, whole_first, byte_fallback, fuse_unknown;
	uint32_t exact_float, regular, unknown, longest, cut_mask, continues_len;
	double unknown_score;
	char continues[32];
};

struct image_head {
	char magic[8];
	uint64_t size, sum; /* of all behind the head */
	unsigned char source[32];
	struct image_facts facts;
	struct {
		uint64_t at, len;
	} parts[SECTIONS];
};

/* A vocabulary in use; read-only, threads share it. */
struct image {
	const struct image_head *head;
	struct image_facts facts;
	const struct unicode *unicode;
	const char *bytes;
	const uint32_t *starts, *offsets, *outside, *inside, *ranks, *prefixes, *byte_ids;
	const uint32_t *meets; /* NULL: see there */
	const struct halves *halves;
	const uint64_t *pairs, *filter, *nodes, *cuts, *plain_cuts;
	const uint8_t *labels;
	uint32_t pair_shift, filter_shift; /* of a 32-bit hash */
	uint32_t pair_mask;
	const double *scores;
	const uint8_t *types;
	const struct step *steps;
	const struct special *specials;
	size_t step_count, special_count;
	const char *text;
	void *memory; /* what image_close() gives back */
	size_t mapped;
};

/* Compile a recipe into bytes (the owner frees them).  NULL, or why it is no vocabulary. */
const char *image_compile(struct recipe *, const struct hash *source, struct buf *to);

/* For image_compile(): the head, complete, goes before its bytes. */
void image_seal(struct image_head *, struct buf *);

/* Use compiled bytes, which stay the caller's; false: they are damaged or another
 * version's. */
bool image_use(struct image *, const void *bytes, size_t len);
/* Map a compiled file.  False: not there, damaged, or not made of that source (NULL: any). */
bool image_map(struct image *, const char *file, const struct hash *source);
void image_close(struct image *);

static inline str
image_token(const struct image *im, uint32_t token)
{
	return (
	    str){ im->bytes + im->offsets[token], im->offsets[token + 1] - im->offsets[token] };
}

#define IMAGE_HASH(key) ((uint32_t)(key)*0x9E3779B1u)

/* The token that this pair makes, IMAGE_NONE if none; *rank as the merges say. */
static inline uint32_t
image_pair(const struct image *im, uint32_t left, uint32_t right, uint32_t *rank)
{
	uint64_t key = (uint64_t)left << 21 | right;
	uint32_t hash = IMAGE_HASH(left * 0x85EBCA6Bu + right), bit = hash >> im->filter_shift;
	if (im->filter != NULL && !(im->filter[bit >> 6] >> (bit & 63) & 1))
		return IMAGE_NONE;
	for (uint32_t at = hash >> im->pair_shift;; at = (at + 1) & im->pair_mask) {
		uint64_t slot = im->pairs[at];
		if (slot == 0)
			return IMAGE_NONE;
		if (slot >> 22 == key) {
			uint32_t made = (uint32_t)(slot >> 1) & 0x1fffff;
			*rank = im->ranks != NULL ? im->ranks[at] : made;
			return made;
		}
	}
}

#endif
