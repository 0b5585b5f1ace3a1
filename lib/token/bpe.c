/* bpe.c - byte pair encoding from left to right. */
#include "token/bpe.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "token/trie.h"

/* Undo the merges of both, the later one first; a pair that could have merged before the
 * merges undone so far shows that the boundary would not have held.  Symbols have the lowest
 * numbers: when the later one is a symbol, both are; asked is 256 where bytes_merge() said no
 * of the last pair already, else 0. */
static inline __attribute__((always_inline)) bool
compatible(const struct image *im, uint32_t left, uint32_t right, uint32_t asked)
{
	uint32_t limit = UINT32_MAX, rank;
	while ((left | right) >= asked) {
		if (image_pair(im, left, right, &rank) != IMAGE_NONE && rank < limit)
			return false;
		bool first = left > right;
		uint32_t later = first ? left : right;
		uint32_t half = im->halves[later].of[first]; /* nobody can foresee which */
		if (half == later)
			return true;
		uint32_t mask = first ? UINT32_MAX : 0;
		limit = later + 1 + mask;
		left ^= (left ^ half) & mask;
		right ^= (right ^ half) & ~mask;
	}
	return true;
}

/* The last of these questions first, as it says no most often: do the bytes beside the
 * boundary merge before either of them does so in its token? */
static inline bool
bytes_merge(const struct image *im, uint32_t left, uint32_t right, const char *boundary)
{
	const unsigned char *p = (const unsigned char *)boundary;
	if (im->meets == NULL)
		return false;
	uint32_t rank = im->meets[p[-1] << 8 | p[0]];
	return (rank < im->halves[left].tail) & (rank <= im->halves[right].head) &
	    (rank != IMAGE_NONE);
}

static inline bool
fits(const struct image *im, uint32_t left, uint32_t right, const char *boundary)
{
	return !bytes_merge(im, left, right, boundary) &&
	    compatible(im, left, right, im->meets != NULL ? 256 : 0);
}

bool
bpe_compatible(const struct image *im, uint32_t left, uint32_t right)
{
	return compatible(im, left, right, 0);
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

/* A token that fits at the start of a text, and how long it is. */
struct match {
	uint32_t token;
	uint32_t whole; /* the token that is all of the text, whether merges make it or not */
	size_t len;
};

/* The longest token that merges can make at the start of text. */
static inline __attribute__((always_inline)) struct match
longest(const struct image *im, str text)
{
	const unsigned char *p = (const unsigned char *)text.at;
	struct match m = { IMAGE_NONE, IMAGE_NONE, 0 };
	uint32_t node = text.len > 1 ? im->starts[p[0] << 8 | p[1]] : 0, token = IMAGE_NONE;
	size_t i = 2;
	for (; node != 0; i++) {
		token = trie_token(im, node);
		if (token < im->facts.made) {
			m.token = token;
			m.len = i;
		}
		if (i >= text.len)
			break;
		node = trie_child(im, node, p[i]);
	}
	m.whole = node != 0 ? token : IMAGE_NONE;
	if (m.len == 0 && text.len > 0) {
		token = bpe_whole(im, (str){ text.at, 1 });
		m.token = token < im->facts.made ? token : IMAGE_NONE;
		m.len = 1;
		if (text.len == 1)
			m.whole = token;
	}
	return m;
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

static bool
is_dead(const struct bpe *b, size_t offset)
{
	return b->dead[offset >> 6] >> (offset & 63) & 1;
}

/* From left to right, beginning with a match; false: the piece is not of known symbols. */
static bool
encode(const struct image *im, struct bpe *b, str piece, struct match next, size_t *count)
{
	size_t n = 0, pos = 0;
	make_room(b, piece.len + 1);
	while (pos < piece.len) {
		struct match m = next;
		while (m.token != IMAGE_NONE &&
		    (is_dead(b, pos + m.len) ||
			(n > 0 && !fits(im, b->tokens[n - 1], m.token, piece.at + pos)))) {
			m.token = im->prefixes[m.token];
			m.len = m.token != IMAGE_NONE ? length(im, m.token) : 0;
		}
		if (m.token != IMAGE_NONE) {
			b->tokens[n++] = m.token;
			pos += m.len;
			next = longest(im, str_from(piece, pos));
		} else if (n > 0) { /* nothing fits: not this one before it */
			b->dead[pos >> 6] |= UINT64_C(1) << (pos & 63);
			next.token = b->tokens[--n];
			next.len = length(im, next.token);
			pos -= next.len;
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
	struct match next = longest(im, piece);
	uint32_t whole = next.whole;
	size_t n;
	b->odd = false;
	/* a token that merges make of its text is what they make of it */
	if (im->facts.regular && whole != IMAGE_NONE && next.token == whole)
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
