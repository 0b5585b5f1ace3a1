/* bpe.c - byte pair encoding from left to right. */
#include "token/bpe.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "token/trie.h"

/* Undo the merges of both, the later one first; a pair that could have merged before the
 * merges undone so far shows that the boundary would not have held. */
static inline __attribute__((always_inline)) bool
compatible(const struct image *im, uint32_t left, uint32_t right)
{
	uint32_t limit = UINT32_MAX, rank;
	for (;;) {
		if (image_pair(im, left, right, &rank) != IMAGE_NONE && rank < limit)
			return false;
		if (left > right) {
			limit = left;
			left = im->halves[(size_t)left * 2 + 1];
			if (left != limit)
				continue;
			limit = right + 1;
			right = im->halves[(size_t)right * 2];
			if (right + 1 == limit)
				return true;
		} else {
			limit = right + 1;
			right = im->halves[(size_t)right * 2];
			if (right + 1 != limit)
				continue;
			limit = left;
			left = im->halves[(size_t)left * 2 + 1];
			if (left == limit)
				return true;
		}
	}
}

bool
bpe_compatible(const struct image *im, uint32_t left, uint32_t right)
{
	return compatible(im, left, right);
}

uint32_t
bpe_whole(const struct image *im, str text)
{
	uint32_t node = 0;
	for (size_t i = 0; i < text.len; i++)
		if ((node = trie_child(im, node, (unsigned char)text.at[i])) == 0)
			return IMAGE_NONE;
	return trie_token(im, node);
}

uint32_t
bpe_symbol(const struct image *im, str text, size_t *len)
{
	*len = im->facts.byte_level ? 1 : utf8_length(text);
	if (*len == 0)
		*len = 1;
	return bpe_whole(im, (str){ text.at, *len });
}

/* The longest token that merges can make at the start of text; *whole: the token that is
 * all of it, whether merges make it or not. */
static inline __attribute__((always_inline)) uint32_t
longest(const struct image *im, str text, uint32_t *whole)
{
	const unsigned char *p = (const unsigned char *)text.at;
	uint32_t best = IMAGE_NONE, node = 0, token = IMAGE_NONE;
	size_t i = 2;
	if (text.len > 1)
		node = im->starts[p[0] << 8 | p[1]];
	for (; node != 0; i++) {
		token = trie_token(im, node);
		best = token < im->facts.made ? token : best;
		if (i >= text.len)
			break;
		node = trie_child(im, node, p[i]);
	}
	*whole = node != 0 ? token : IMAGE_NONE;
	if (best == IMAGE_NONE && text.len > 0) {
		token = bpe_whole(im, (str){ text.at, 1 });
		best = token < im->facts.made ? token : IMAGE_NONE;
		if (text.len == 1)
			*whole = token;
	}
	return best;
}

static void
make_room(struct bpe *b, size_t len)
{
	if (b->room < len) {
		b->room = len + len / 2;
		b->tokens = mem_grow(b->tokens, b->room, sizeof *b->tokens);
	}
	if (b->dead_room < len / 64 + 1) {
		b->dead_room = len / 32 + 1;
		b->dead = mem_grow(b->dead, b->dead_room, sizeof *b->dead);
	}
	memset(b->dead, 0, (len / 64 + 1) * sizeof *b->dead);
}

static size_t
length(const struct image *im, uint32_t token)
{
	return im->offsets[token + 1] - im->offsets[token];
}

/* From left to right; false: the piece is not of known symbols. */
static bool
encode(const struct image *im, struct bpe *b, str piece, uint32_t next, size_t *count)
{
	size_t n = 0, pos = 0;
	uint32_t whole;
	make_room(b, piece.len + 1);
	while (pos < piece.len) {
		uint32_t token = next;
		size_t end = 0;
		for (; token != IMAGE_NONE; token = im->prefixes[token]) {
			end = pos + length(im, token);
			if (!(b->dead[end >> 6] >> (end & 63) & 1) &&
			    (n == 0 || compatible(im, b->tokens[n - 1], token)))
				break;
		}
		if (token != IMAGE_NONE) {
			b->tokens[n++] = token;
			pos = end;
			next = longest(im, (str){ piece.at + pos, piece.len - pos }, &whole);
		} else if (n > 0) { /* nothing fits: not this one before it */
			b->dead[pos >> 6] |= UINT64_C(1) << (pos & 63);
			next = b->tokens[--n];
			pos -= length(im, next);
		} else {
			return false;
		}
	}
	*count = n;
	return true;
}

static size_t
only(struct bpe *b, uint32_t token)
{
	make_room(b, 1);
	b->tokens[0] = token;
	return 1;
}

size_t
bpe_encode(const struct image *im, struct bpe *b, str piece, bool entire)
{
	uint32_t whole, next = longest(im, piece, &whole);
	size_t n;
	b->odd = false;
	/* a token that merges make of its text is what they make of it */
	if (im->facts.regular && whole != IMAGE_NONE && next == whole)
		return only(b, whole);
	if (!im->facts.regular || !encode(im, b, piece, next, &n))
		n = bpe_heap(im, b, piece);
	if (!im->facts.whole_first || whole == IMAGE_NONE || (n == 1 && b->tokens[0] == whole))
		return n;
	b->odd = true;
	return entire ? only(b, whole) : n;
}

void
bpe_free(struct bpe *b)
{
	free(b->tokens);
	free(b->dead);
	free(b->nodes);
	free(b->heap);
	*b = (struct bpe){ 0 };
}
