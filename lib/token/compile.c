/* compile.c - a recipe becomes an image. */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "token/build.h"
#include "token/cuts.h"

static uint32_t
slot_hash(const struct slots *s, uint64_t key)
{
	uint32_t h = s->key_shift == 32 ?
	    IMAGE_HASH(key) :
	    IMAGE_HASH((uint32_t)(key >> 21) * 0x85EBCA6Bu + (uint32_t)(key & 0x1fffff));
	return h >> (32 - s->bits);
}

void
slots_new(struct slots *s, uint32_t bits, int key_shift)
{
	*s = (struct slots){ mem_new(sizeof(uint64_t) << bits), bits, 0, key_shift };
}

static void
slots_grow(struct slots *s)
{
	struct slots more;
	slots_new(&more, s->bits + 1, s->key_shift);
	for (size_t i = 0; i < (size_t)1 << s->bits; i++)
		if (s->at[i] != 0)
			slots_put(&more, s->at[i] >> s->key_shift,
			    s->at[i] & ((UINT64_C(1) << s->key_shift) - 1));
	free(s->at);
	*s = more;
}

uint64_t
slots_put(struct slots *s, uint64_t key, uint64_t value)
{
	if ((uint64_t)s->count * 5 >= (UINT64_C(3) << s->bits))
		slots_grow(s);
	uint32_t mask = (1u << s->bits) - 1, at = slot_hash(s, key);
	for (;; at = (at + 1) & mask) {
		if (s->at[at] == 0) {
			s->at[at] = key << s->key_shift | value;
			s->count++;
			return value;
		}
		if (s->at[at] >> s->key_shift == key)
			return s->at[at] & ((UINT64_C(1) << s->key_shift) - 1);
	}
}

bool
build_counts(const struct piece *p)
{
	return p->type == PIECE_NORMAL || p->type == PIECE_USER || p->type == PIECE_UNUSED ||
	    p->type == PIECE_MERE;
}

uint32_t
build_token(struct build *b, uint32_t id, str text)
{
	if (b->tokens == b->room) {
		b->room = b->room == 0 ? 4096 : b->room * 2;
		b->outside = mem_grow(b->outside, b->room, sizeof *b->outside);
		b->texts = mem_grow(b->texts, b->room, sizeof *b->texts);
		b->halves = mem_grow(b->halves, b->room, 2 * sizeof *b->halves);
	}
	uint32_t token = (uint32_t)b->tokens++;
	b->outside[token] = id;
	b->texts[token] = text;
	b->halves[(size_t)token * 2] = b->halves[(size_t)token * 2 + 1] = token;
	if (id != IMAGE_NONE)
		b->inside[id] = token;
	return token;
}

uint32_t
build_node(const struct build *b, str text)
{
	uint32_t node = 0, mask = (1u << b->edges.bits) - 1;
	for (size_t i = 0; i < text.len; i++) {
		uint32_t key = node << 8 | (unsigned char)text.at[i];
		uint32_t at = slot_hash(&b->edges, key);
		while (b->edges.at[at] != 0 && b->edges.at[at] >> 32 != key)
			at = (at + 1) & mask;
		if (b->edges.at[at] == 0)
			return IMAGE_NONE;
		node = (uint32_t)b->edges.at[at] - 1;
	}
	return node;
}

/* Every token that text can become gets its path of nodes. */
static void
grow_trie(struct build *b)
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

struct image_out {
	struct buf *to;
	struct image_head head;
};

static void
part(struct image_out *o, enum image_section which, const void *at, size_t len)
{
	static const char zeros[64];
	buf_add(o->to, (str){ zeros, (64 - o->to->len % 64) % 64 });
	o->head.parts[which].at = o->to->len;
	o->head.parts[which].len = len;
	buf_add(o->to, (str){ at, len });
}

/* The first two steps of every walk, in one. */
static void
write_starts(const struct slots *edges, uint32_t root, struct image_out *o)
{
	struct image im = { .edges = edges->at,
		.edge_shift = 32 - edges->bits,
		.edge_mask = (1u << edges->bits) - 1 };
	uint32_t *starts = mem_grow(NULL, 65536, sizeof *starts);
	for (unsigned i = 0; i < 65536; i++) {
		uint32_t node = image_step(&im, root, (unsigned char)(i >> 8));
		starts[i] = node == IMAGE_NONE ? 0 : image_edge(&im, node, (unsigned char)i);
	}
	part(o, SECTION_STARTS, starts, 65536 * sizeof *starts);
	free(starts);
}

/* Nodes that are tokens get the token's number, the others follow. */
static void
write_edges(struct build *b, struct image_out *o)
{
	uint32_t *number = mem_grow(NULL, b->nodes, sizeof *number), next = (uint32_t)b->tokens;
	bool *inner = mem_new(b->nodes);
	struct slots final;
	for (size_t i = 0; i < (size_t)1 << b->edges.bits; i++)
		if (b->edges.at[i] != 0)
			inner[b->edges.at[i] >> 40] = true;
	for (uint32_t n = 0; n < b->nodes; n++) {
		uint32_t id = b->node_piece[n];
		number[n] =
		    id != IMAGE_NONE && b->inside[id] != IMAGE_NONE ? b->inside[id] : next++;
	}
	slots_new(&final, b->edges.bits, 32);
	for (size_t i = 0; i < (size_t)1 << b->edges.bits; i++) {
		uint64_t slot = b->edges.at[i];
		uint32_t child = (uint32_t)slot - 1;
		if (slot != 0)
			slots_put(&final,
			    (uint64_t)number[slot >> 40] << 8 | (slot >> 32 & 0xff),
			    (number[child] + 1) | (inner[child] ? 0 : IMAGE_LEAF));
	}
	free(inner);
	o->head.facts.root = number[0];
	o->head.facts.nodes = next;
	part(o, SECTION_EDGES, final.at, sizeof(uint64_t) << final.bits);
	write_starts(&final, number[0], o);
	free(final.at);
	free(number);
}

static void
write_filter(struct build *b, struct image_out *o)
{
	uint32_t bits = 9;
	while (bits < 27 && (1u << bits) < b->pairs.count * 8)
		bits++;
	uint64_t *filter = mem_new((size_t)1 << bits >> 3);
	struct slots as = { .bits = bits, .key_shift = 22 };
	for (size_t i = 0; i < (size_t)1 << b->pairs.bits; i++) {
		uint32_t bit = slot_hash(&as, b->pairs.at[i] >> 22);
		if (b->pairs.at[i] != 0)
			filter[bit >> 6] |= UINT64_C(1) << (bit & 63);
	}
	part(o, SECTION_FILTER, filter, (size_t)1 << bits >> 3);
	free(filter);
}

static void
write_pairs(struct build *b, struct image_out *o)
{
	if (b->regular) {
		part(o, SECTION_PAIRS, b->pairs.at, sizeof(uint64_t) << b->pairs.bits);
		return;
	}
	uint32_t *ranks = mem_new(sizeof *ranks << b->pairs.bits);
	uint32_t mask = (1u << b->pairs.bits) - 1;
	for (size_t i = 0; i < b->irregular_count; i++) {
		uint32_t at = slot_hash(&b->pairs, b->irregular[i].key);
		while (b->pairs.at[at] >> 22 != b->irregular[i].key)
			at = (at + 1) & mask;
		ranks[at] = b->irregular[i].rank;
	}
	part(o, SECTION_PAIRS, b->pairs.at, sizeof(uint64_t) << b->pairs.bits);
	part(o, SECTION_RANKS, ranks, sizeof *ranks << b->pairs.bits);
	free(ranks);
}

static void
write_tokens(struct build *b, struct image_out *o)
{
	const struct recipe *r = b->recipe;
	struct buf bytes = { 0 };
	uint32_t *offsets = mem_grow(NULL, b->tokens + 1, sizeof *offsets);
	double *scores = mem_grow(NULL, b->tokens + 1, sizeof *scores);
	uint8_t *types = mem_grow(NULL, b->tokens + 1, 1);
	for (size_t t = 0; t < b->tokens; t++) {
		uint32_t id = b->outside[t];
		offsets[t] = (uint32_t)bytes.len;
		scores[t] = id == IMAGE_NONE ? 0.0 : r->pieces[id].score;
		types[t] = id == IMAGE_NONE ? PIECE_NORMAL : (uint8_t)r->pieces[id].type;
		buf_add(&bytes, b->texts[t]);
	}
	offsets[b->tokens] = (uint32_t)bytes.len;
	part(o, SECTION_BYTES, bytes.at, bytes.len);
	part(o, SECTION_OFFSETS, offsets, (b->tokens + 1) * sizeof *offsets);
	part(o, SECTION_SCORES, scores, b->tokens * sizeof *scores);
	part(o, SECTION_TYPES, types, b->tokens);
	part(o, SECTION_OUTSIDE, b->outside, b->tokens * sizeof *b->outside);
	part(o, SECTION_INSIDE, b->inside, r->piece_count * sizeof *b->inside);
	part(o, SECTION_HALVES, b->halves, 2 * b->tokens * sizeof *b->halves);
	buf_free(&bytes);
	free(offsets);
	free(scores);
	free(types);
}

/* For each token the longest other one that it begins with (of those that merges make). */
static void
write_prefixes(struct build *b, struct image_out *o)
{
	uint32_t *prefixes = mem_grow(NULL, b->tokens + 1, sizeof *prefixes);
	for (size_t t = 0; t < b->tokens; t++) {
		str text = b->texts[t];
		prefixes[t] = IMAGE_NONE;
		for (size_t n = text.len; n-- > 1 && prefixes[t] == IMAGE_NONE;) {
			uint32_t node = build_node(b, (str){ text.at, n });
			uint32_t id = node == IMAGE_NONE ? IMAGE_NONE : b->node_piece[node];
			if (id != IMAGE_NONE && b->inside[id] < b->made)
				prefixes[t] = b->inside[id];
		}
	}
	part(o, SECTION_PREFIXES, prefixes, b->tokens * sizeof *prefixes);
	free(prefixes);
}

static void
write_cuts(struct build *b, struct image_out *o)
{
	size_t bits = 1 << 16;
	while (bits < b->tokens * 12)
		bits *= 2;
	uint64_t *cuts = mem_new(bits / 8);
	for (size_t t = 0; t < b->tokens; t++)
		cuts_add(cuts, (uint32_t)bits - 1, b->texts[t]);
	o->head.facts.cut_mask = (uint32_t)bits - 1;
	part(o, SECTION_CUTS, cuts, bits / 8);
	free(cuts);
}

static void
write_facts(struct build *b, struct image_out *o)
{
	const struct recipe *r = b->recipe;
	struct image_facts *f = &o->head.facts;
	f->model = (uint32_t)r->model;
	f->tokens = (uint32_t)b->tokens;
	f->made = (uint32_t)b->made;
	f->ids = (uint32_t)r->piece_count;
	f->byte_level = r->byte_level;
	f->whole_first = r->whole_first;
	f->byte_fallback = r->byte_fallback;
	f->fuse_unknown = r->fuse_unknown;
	f->exact_float = r->exact_float;
	f->regular = b->regular;
	f->unknown = r->unknown < 0 ? IMAGE_NONE : (uint32_t)r->unknown;
	f->longest = (uint32_t)r->longest;
	f->unknown_score = r->unknown_score;
	f->continues_len = (uint32_t)r->continues.len;
	if (r->continues.len > 0)
		memcpy(f->continues, r->continues.at, r->continues.len);
}

static void
write_all(struct build *b, struct image_out *o)
{
	const struct recipe *r = b->recipe;
	struct unicode *unicode = mem_new(sizeof *unicode);
	unicode_fill(unicode);
	part(o, SECTION_UNICODE, unicode, sizeof *unicode);
	write_facts(b, o);
	write_tokens(b, o);
	write_edges(b, o);
	write_pairs(b, o);
	write_filter(b, o);
	write_prefixes(b, o);
	write_cuts(b, o);
	part(o, SECTION_STEPS, r->steps, r->step_count * sizeof *r->steps);
	part(o, SECTION_SPECIALS, r->specials, r->special_count * sizeof *r->specials);
	part(o, SECTION_TEXT, r->text.at, r->text.len);
	part(o, SECTION_BYTE_IDS, r->byte_ids, sizeof r->byte_ids);
	free(unicode);
}

/* Unigram and WordPiece: every token as it stands. */
static void
build_plain(struct build *b)
{
	const struct recipe *r = b->recipe;
	for (size_t id = 0; id < r->piece_count; id++)
		if (build_counts(&r->pieces[id]) && r->pieces[id].text.len > 0)
			build_token(b, (uint32_t)id, r->pieces[id].text);
	b->made = b->tokens;
	b->regular = true;
}

/* What no text becomes has a number too: specials and bytes are decoded. */
static void
build_rest(struct build *b)
{
	const struct recipe *r = b->recipe;
	for (size_t id = 0; id < r->piece_count; id++)
		if (r->pieces[id].type != PIECE_HOLE && b->inside[id] == IMAGE_NONE)
			build_token(b, (uint32_t)id, r->pieces[id].text);
}

static void
build_free(struct build *b)
{
	free(b->edges.at);
	free(b->pairs.at);
	free(b->node_piece);
	free(b->inside);
	free(b->outside);
	free(b->texts);
	free(b->halves);
	free(b->irregular);
}

const char *
image_compile(struct recipe *r, const struct hash *source, struct buf *to)
{
	struct build b = { .recipe = r };
	struct image_out o = { .to = to };
	if (r->piece_count == 0 || r->piece_count > BUILD_TOKENS)
		return r->piece_count == 0 ? "it has no tokens" : "the vocabulary is too large";
	if (r->continues.len > sizeof o.head.facts.continues)
		return "its continuing prefix is too long";
	b.inside = mem_grow(NULL, r->piece_count, sizeof *b.inside);
	memset(b.inside, 0xff, r->piece_count * sizeof *b.inside);
	slots_new(&b.pairs, 12, 22);
	grow_trie(&b);
	if (b.why == NULL && r->model == MODEL_BPE)
		build_bpe(&b);
	else if (b.why == NULL)
		build_plain(&b);
	if (b.why == NULL) {
		build_rest(&b);
		if (b.tokens > BUILD_TOKENS)
			b.why = "the vocabulary is too large";
	}
	if (b.why == NULL) {
		memcpy(o.head.source, source->bytes, sizeof o.head.source);
		buf_add(to, (str){ (char *)&o.head, sizeof o.head });
		write_all(&b, &o);
		image_seal(&o.head, to);
	}
	build_free(&b);
	return b.why;
}
