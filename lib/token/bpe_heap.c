/* bpe_heap.c - byte pair encoding with a heap of candidate merges, for any vocabulary. */
#include <stdlib.h>

#include "base/mem.h"
#include "token/bpe.h"

#define END SIZE_MAX

struct bpe_node {
	uint32_t token; /* IMAGE_NONE: merged into the one before */
	size_t before, behind;
};

struct bpe_candidate {
	uint32_t rank, made, left, right; /* what must still stand there */
	size_t at;
};

static bool
before(const struct bpe_candidate *a, const struct bpe_candidate *b)
{
	return a->rank != b->rank ? a->rank < b->rank : a->at < b->at;
}

static void
heap_put(struct bpe *b, struct bpe_candidate c)
{
	if (b->heap_len == b->heap_room) {
		b->heap_room = b->heap_room == 0 ? 256 : b->heap_room * 2;
		b->heap = mem_grow(b->heap, b->heap_room, sizeof *b->heap);
	}
	size_t i = b->heap_len++;
	for (; i > 0 && before(&c, &b->heap[(i - 1) / 2]); i = (i - 1) / 2)
		b->heap[i] = b->heap[(i - 1) / 2];
	b->heap[i] = c;
}

static struct bpe_candidate
heap_take(struct bpe *b)
{
	struct bpe_candidate top = b->heap[0], last = b->heap[--b->heap_len];
	size_t i = 0;
	for (size_t child = 1; child < b->heap_len; child = 2 * i + 1) {
		if (child + 1 < b->heap_len && before(&b->heap[child + 1], &b->heap[child]))
			child++;
		if (!before(&b->heap[child], &last))
			break;
		b->heap[i] = b->heap[child];
		i = child;
	}
	if (b->heap_len > 0)
		b->heap[i] = last;
	return top;
}

static void
consider(const struct image *im, struct bpe *b, size_t at)
{
	if (at == END || b->nodes[at].behind == END)
		return;
	struct bpe_candidate c = { .at = at };
	c.left = b->nodes[at].token;
	c.right = b->nodes[b->nodes[at].behind].token;
	if (c.left == IMAGE_NONE || c.right == IMAGE_NONE)
		return;
	c.made = image_pair(im, c.left, c.right, &c.rank);
	if (c.made != IMAGE_NONE)
		heap_put(b, c);
}

static size_t
symbols(const struct image *im, struct bpe *b, str piece)
{
	size_t n = 0;
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

size_t
bpe_heap(const struct image *im, struct bpe *b, str piece)
{
	size_t n = symbols(im, b, piece), out = 0;
	b->heap_len = 0;
	for (size_t i = 0; i + 1 < n; i++)
		consider(im, b, i);
	while (b->heap_len > 0) {
		struct bpe_candidate c = heap_take(b);
		struct bpe_node *left = &b->nodes[c.at];
		if (left->token != c.left || left->behind == END ||
		    b->nodes[left->behind].token != c.right)
			continue;
		struct bpe_node *right = &b->nodes[left->behind];
		left->token = c.made;
		left->behind = right->behind;
		right->token = IMAGE_NONE;
		if (left->behind != END)
			b->nodes[left->behind].before = c.at;
		consider(im, b, left->before);
		consider(im, b, c.at);
	}
	if (b->room < n) {
		b->room = n;
		b->tokens = mem_grow(b->tokens, b->room, sizeof *b->tokens);
	}
	for (size_t i = n > 0 ? 0 : END; i != END; i = b->nodes[i].behind)
		b->tokens[out++] = b->nodes[i].token;
	return out;
}
