/* compile_trie.c - the trie of an image: first a hash table of edges that grows, then nodes
 * whose children stand side by side, in the order of a walk. */
#include <stdlib.h>

#include "base/mem.h"
#include "token/build.h"
#include "token/trie.h"

uint32_t
build_node(const struct build *b, str text)
{
	uint32_t node = 0, mask = (1u << b->edges.bits) - 1;
	for (size_t i = 0; i < text.len; i++) {
		uint32_t key = node << 8 | (unsigned char)text.at[i];
		uint32_t at = slots_hash(&b->edges, key);
		while (b->edges.at[at] != 0 && b->edges.at[at] >> 32 != key)
			at = (at + 1) & mask;
		if (b->edges.at[at] == 0)
			return IMAGE_NONE;
		node = (uint32_t)b->edges.at[at] - 1;
	}
	return node;
}

void
build_paths(struct build *b)
{
	const struct recipe *r = b->recipe;
	size_t room = 4096;
	slots_new(&b->edges, 16, 32);
	b->node_piece = mem_grow(NULL, room, sizeof(uint32_t));
	b->node_piece[0] = IMAGE_NONE;
	b->nodes = 1;
	for (size_t id = 0; id < r->piece_count && b->why == NULL; id++) {
		const struct piece *p = &r->pieces[id];
		uint32_t node = 0;
		if (!build_counts(p) || p->text.len == 0)
			continue;
		if (p->text.len > BUILD_LONGEST)
			b->why = "a token is longer than 4096 bytes";
		for (size_t i = 0; i < p->text.len && b->why == NULL; i++) {
			uint64_t child = slots_put(&b->edges,
			    (uint64_t)node << 8 | (unsigned char)p->text.at[i], b->nodes + 1);
			node = (uint32_t)child - 1;
			if (node < b->nodes)
				continue;
			if (b->nodes >= BUILD_NODES)
				b->why = "the vocabulary is too large";
			if (b->nodes == room)
				b->node_piece =
				    mem_grow(b->node_piece, room *= 2, sizeof(uint32_t));
			b->node_piece[b->nodes++] = IMAGE_NONE;
		}
		if (b->node_piece[node] == IMAGE_NONE)
			b->node_piece[node] = (uint32_t)id;
	}
}

/* The children of each node: those of node n from starts[n] to starts[n + 1]. */
struct children {
	uint32_t *starts;
	struct edge {
		uint32_t node;
		uint8_t byte;
	} * edges;
};

static int
by_byte(const void *a, const void *b)
{
	const struct edge *x = a, *y = b;
	return x->byte < y->byte ? -1 : x->byte > y->byte;
}

static struct children
list_children(const struct build *b)
{
	struct children c = { mem_new((b->nodes + UINT64_C(2)) * sizeof(uint32_t)),
		mem_new(b->nodes * sizeof(struct edge)) };
	size_t slots = (size_t)1 << b->edges.bits;
	for (size_t i = 0; i < slots; i++)
		if (b->edges.at[i] != 0)
			c.starts[(b->edges.at[i] >> 40) + 2]++;
	for (uint32_t n = 2; n <= b->nodes; n++)
		c.starts[n] += c.starts[n - 1];
	for (size_t i = 0; i < slots; i++) {
		uint64_t slot = b->edges.at[i];
		if (slot != 0)
			c.edges[c.starts[(slot >> 40) + 1]++] =
			    (struct edge){ (uint32_t)slot - 1, slot >> 32 & 0xff };
	}
	for (uint32_t n = 0; n < b->nodes; n++)
		qsort(c.edges + c.starts[n], c.starts[n + 1] - c.starts[n], sizeof *c.edges,
		    by_byte);
	return c;
}

struct layout {
	const struct build *b;
	struct children children;
	uint64_t *nodes;
	uint8_t *labels;
	uint32_t next;   /* the first number that is free */
	uint32_t *stack; /* pairs: a node, and its number */
};

/* A node gets the next numbers for its children, which wait on the stack, the first on
 * top. */
static size_t
place(struct layout *l, uint32_t node, uint32_t number, size_t depth)
{
	uint32_t from = l->children.starts[node], to = l->children.starts[node + 1];
	uint32_t id = l->b->node_piece[node], first = l->next;
	l->nodes[number] =
	    trie_node(first, to - from, id == IMAGE_NONE ? IMAGE_NONE : l->b->inside[id]);
	l->next += to - from;
	for (uint32_t i = to; i-- > from;) {
		uint32_t at = first + i - from;
		l->labels[at] = l->children.edges[i].byte;
		l->stack[depth++] = l->children.edges[i].node;
		l->stack[depth++] = at;
	}
	return depth;
}

static void
write_starts(const struct layout *l, struct image_out *o)
{
	const struct image im = { .nodes = l->nodes, .labels = l->labels };
	uint32_t *starts = mem_grow(NULL, 65536, sizeof *starts);
	for (unsigned i = 0; i < 65536; i++) {
		uint32_t node = trie_child(&im, 0, (unsigned char)(i >> 8));
		starts[i] = node == 0 ? 0 : trie_child(&im, node, (unsigned char)i);
	}
	build_part(o, SECTION_STARTS, starts, 65536 * sizeof *starts);
	free(starts);
}

void
build_trie(const struct build *b, struct image_out *o)
{
	struct layout l = { .b = b, .children = list_children(b), .next = 1 };
	l.nodes = mem_new(b->nodes * sizeof *l.nodes);
	l.labels = mem_new(b->nodes + (size_t)TRIE_SPARE);
	l.stack = mem_new(((size_t)b->nodes + 1) * 2 * sizeof *l.stack);
	for (size_t depth = 2; depth > 0;) {
		depth -= 2;
		depth = place(&l, l.stack[depth], l.stack[depth + 1], depth);
	}
	o->head.facts.nodes = b->nodes;
	build_part(o, SECTION_NODES, l.nodes, b->nodes * sizeof *l.nodes);
	build_part(o, SECTION_LABELS, l.labels, b->nodes + (size_t)TRIE_SPARE);
	write_starts(&l, o);
	free(l.children.starts);
	free(l.children.edges);
	free(l.nodes);
	free(l.labels);
	free(l.stack);
}
