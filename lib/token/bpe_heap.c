/* bpe_heap.c - byte pair encoding with a heap of candidate merges, for any vocabulary. */
#include <stdlib.h>

#include "base/mem.h"
#include "token/bpe.h"

#define END UINT32_MAX

/* A symbol or what it became; a piece has fewer than 2^32 of them. */
struct bpe_node {
	uint32_t token; /* IMAGE_NONE: merged into the one before */
	uint32_t before, behind;
};

struct bpe_candidate {
	uint32_t rank, at, left, right; /* the tokens that must still stand there */
};

#define WAYS 4 /* children of an entry of the heap: they share a cache line */

static inline bool
before(const struct bpe_candidate *a, const struct bpe_candidate *b)
{
	return a->rank != b->rank ? a->rank < b->rank : a->at < b->at;
}

static inline void
append(struct bpe *b, struct bpe_candidate c)
{
	if (b->heap_len == b->heap_room) {
		b->heap_room = b->heap_room == 0 ? 256 : b->heap_room * 2;
		b->heap = mem_grow(b->heap, b->heap_room, sizeof *b->heap);
	}
	b->heap[b->heap_len++] = c;
}

/* The last entry goes up to where it belongs. */
static inline void
rise(struct bpe *b)
{
	size_t i = b->heap_len - 1;
	struct bpe_candidate c = b->heap[i];
	for (; i > 0 && before(&c, &b->heap[(i - 1) / WAYS]); i = (i - 1) / WAYS)
		b->heap[i] = b->heap[(i - 1) / WAYS];
	b->heap[i] = c;
}

/* An entry goes down from i to where it belongs. */
static inline void
sink(struct bpe *b, size_t i, struct bpe_candidate c)
{
	for (size_t child; (child = i * WAYS + 1) < b->heap_len; i = child) {
		size_t last = child + WAYS < b->heap_len ? child + WAYS : b->heap_len;
		for (size_t k = child + 1; k < last; k++)
			child = before(&b->heap[k], &b->heap[child]) ? k : child;
		if (!before(&b->heap[child], &c))
			break;
		b->heap[i] = b->heap[child];
	}
	b->heap[i] = c;
}

static struct bpe_candidate
take(struct bpe *b)
{
	struct bpe_candidate top = b->heap[0], last = b->heap[--b->heap_len];
	if (b->heap_len > 0)
		sink(b, 0, last);
	return top;
}

static bool
consider(const struct image *im, struct bpe *b, uint32_t at)
{
	if (at == END || b->nodes[at].behind == END)
		return false;
	struct bpe_candidate c = { .at = at, .left = b->nodes[at].token };
	c.right = b->nodes[b->nodes[at].behind].token;
	if (c.left == IMAGE_NONE || c.right == IMAGE_NONE ||
	    image_pair(im, c.left, c.right, &c.rank) == IMAGE_NONE)
		return false;
	append(b, c);
	return true;
}

static void
consider_later(const struct image *im, struct bpe *b, uint32_t at)
{
	if (consider(im, b, at))
		rise(b);
}

static uint32_t
symbols(const struct image *im, struct bpe *b, str piece)
{
	uint32_t n = 0;
	if (b->node_room < piece.len) {
		b->node_room = piece.len + piece.len / 2;
		b->nodes = mem_grow(b->nodes, b->node_room, sizeof *b->nodes);
	}
	for (size_t i = 0, len; i < piece.len; i += len, n++) {
		b->nodes[n].token = bpe_symbol(im, str_from(piece, i), &len);
		b->nodes[n].before = n > 0 ? n - 1 : END;
		b->nodes[n].behind = i + len < piece.len ? n + 1 : END;
	}
	return n;
}

/* All pairs that stand there at first, as a heap. */
static void
begin(const struct image *im, struct bpe *b, uint32_t n)
{
	b->heap_len = 0;
	for (uint32_t i = 0; i + 1 < n; i++)
		consider(im, b, i);
	for (size_t i = b->heap_len / WAYS + 1; i-- > 0;)
		if (i < b->heap_len)
			sink(b, i, b->heap[i]);
}

static void
merge(const struct image *im, struct bpe *b, struct bpe_candidate c)
{
	struct bpe_node *left = &b->nodes[c.at];
	if (left->token != c.left || left->behind == END ||
	    b->nodes[left->behind].token != c.right)
		return;
	struct bpe_node *right = &b->nodes[left->behind];
	left->token = image_pair(im, c.left, c.right, &c.rank);
	left->behind = right->behind;
	right->token = IMAGE_NONE;
	if (left->behind != END)
		b->nodes[left->behind].before = c.at;
	consider_later(im, b, left->before);
	consider_later(im, b, c.at);
}

size_t
bpe_heap(const struct image *im, struct bpe *b, str piece)
{
	uint32_t n = symbols(im, b, piece);
	size_t out = 0;
	begin(im, b, n);
	while (b->heap_len > 0)
		merge(im, b, take(b));
	if (b->room < n) {
		b->room = n;
		b->tokens = mem_grow(b->tokens, b->room, sizeof *b->tokens);
	}
	for (uint32_t i = n > 0 ? 0 : END; i != END; i = b->nodes[i].behind)
		b->tokens[out++] = b->nodes[i].token;
	return out;
}
