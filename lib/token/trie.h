/* trie.h - the tokens of an image as a trie of bytes.
 *
 * The children of a node stand side by side, so that a walk down a long word touches
 * neighbours; a node is the number of the first 32 bits, how many 9 bits, and above 43 the
 * token that ends there.  The byte that leads to a node is its label, in an array of their
 * own: the labels of all children are compared together.  Node 0 is the root, which is
 * nobody's child. */
#ifndef TRIE_H
#define TRIE_H

#include <string.h>

#include "token/image.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define TRIE_SPARE 16 /* bytes behind the labels: they are loaded so many at a time */
#define TRIE_NONE  0x1fffffu

static inline uint64_t
trie_node(uint32_t first, uint32_t count, uint32_t token)
{
	uint64_t t = token == IMAGE_NONE ? TRIE_NONE : token;
	return t << 43 | (uint64_t)count << 32 | first;
}

/* The token that ends at a node, IMAGE_NONE if none. */
static inline uint32_t
trie_token(const struct image *im, uint32_t node)
{
	uint32_t token = (uint32_t)(im->nodes[node] >> 43);
	return token == TRIE_NONE ? IMAGE_NONE : token;
}

/* Which of the labels is this byte, IMAGE_NONE if none. */
#ifdef __SSE2__
static inline uint32_t
trie_find(const uint8_t *labels, uint32_t count, unsigned char byte)
{
	__m128i wanted = _mm_set1_epi8((char)byte);
	for (uint32_t i = 0;; i += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(labels + i));
		uint32_t hits = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, wanted));
		uint32_t left = count - i;
		hits &= left < 16 ? (1u << left) - 1 : 0xffff;
		if (left <= 16)
			return hits != 0 ? i + (uint32_t)__builtin_ctz(hits) : IMAGE_NONE;
		if (hits != 0)
			return i + (uint32_t)__builtin_ctz(hits);
	}
}
#else
static inline uint32_t
trie_find(const uint8_t *labels, uint32_t count, unsigned char byte)
{
	const uint8_t *hit = count > 0 ? memchr(labels, byte, count) : NULL;
	return hit != NULL ? (uint32_t)(hit - labels) : IMAGE_NONE;
}
#endif

/* The node behind a byte, 0 if there is none. */
static inline uint32_t
trie_child(const struct image *im, uint32_t node, unsigned char byte)
{
	uint64_t n = im->nodes[node];
	uint32_t first = (uint32_t)n, count = n >> 32 & 511;
	if (count == 256)
		return first + byte;
	uint32_t at = trie_find(im->labels + first, count, byte);
	return at != IMAGE_NONE ? first + at : 0;
}

#endif
