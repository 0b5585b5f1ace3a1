/* cuts.h - where a piece can be taken apart before it is tokenized, and nothing changes.
 *
 * A token can only come about across a boundary between two characters if some token of
 * the vocabulary contains that boundary; where none does, both sides are tokenized alone.
 * The boundaries inside tokens are kept as hashed bits, so a cut may be missed, never
 * made wrongly.  A token may begin or end inside a character: such boundaries are keyed by
 * what there is of it, and the characters beside them are marked so that this is asked. */
#ifndef CUTS_H
#define CUTS_H

#include "token/image.h"

#define CUT_RIGHT                                                                              \
	0xFD000000u          /* (a, CUT_RIGHT): behind a some token has part of a character    \
			      */
#define CUT_LEFT 0xFC000000u /* (CUT_LEFT, b): before b */
#define CUT_BOTH 0xFE000000u /* (CUT_BOTH | last byte, first byte): parts on both sides */

static inline uint32_t
cut_key(uint32_t left, uint32_t right, uint32_t mask)
{
	uint64_t h =
	    (left * UINT64_C(0x9E3779B97F4A7C15)) ^ (right * UINT64_C(0xC2B2AE3D27D4EB4F));
	h ^= h >> 29;
	h *= UINT64_C(0xBF58476D1CE4E5B9);
	return (uint32_t)(h >> 32) & mask;
}

static inline bool
cut_has(const struct image *im, uint32_t left, uint32_t right)
{
	uint32_t bit = cut_key(left, right, im->facts.cut_mask);
	return im->cuts[bit >> 6] >> (bit & 63) & 1;
}

/* Put the boundaries inside a token into bits[]. */
void cuts_add(uint64_t *bits, uint32_t mask, str token);

/* Does some token perhaps cross the boundary at offset at of the text?  Both characters are
 * well-formed; left is where the one before it starts. */
bool cuts_crossed(const struct image *, str text, size_t left, size_t at);

#endif
