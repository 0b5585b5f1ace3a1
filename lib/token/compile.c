/* compile.c - a recipe becomes an image. */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "token/build.h"
#include "token/cuts.h"

uint32_t
slots_hash(const struct slots *s, uint64_t key)
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
	uint32_t mask = (1u << s->bits) - 1, at = slots_hash(s, key);
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
		b->halves = mem_grow(b->halves, b->room, sizeof *b->halves);
	}
	uint32_t token = (uint32_t)b->tokens++;
	b->outside[token] = id;
	b->texts[token] = text;
	b->halves[token] = (struct halves){ { token, token }, IMAGE_NONE, IMAGE_NONE };
	if (id != IMAGE_NONE)
		b->inside[id] = token;
	return token;
}

void
build_part(struct image_out *o, enum image_section which, const void *at, size_t len)
{
	static const char zeros[64];
	buf_add(o->to, (str){ zeros, (64 - o->to->len % 64) % 64 });
	o->head.parts[which].at = o->to->len;
	o->head.parts[which].len = len;
	buf_add(o->to, (str){ at, len });
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
		uint32_t bit = slots_hash(&as, b->pairs.at[i] >> 22);
		if (b->pairs.at[i] != 0)
			filter[bit >> 6] |= UINT64_C(1) << (bit & 63);
	}
	build_part(o, SECTION_FILTER, filter, (size_t)1 << bits >> 3);
	free(filter);
}

static void
write_pairs(struct build *b, struct image_out *o)
{
	if (b->regular) {
		build_part(o, SECTION_PAIRS, b->pairs.at, sizeof(uint64_t) << b->pairs.bits);
		return;
	}
	uint32_t *ranks = mem_new(sizeof *ranks << b->pairs.bits);
	uint32_t mask = (1u << b->pairs.bits) - 1;
	for (size_t i = 0; i < b->irregular_count; i++) {
		uint32_t at = slots_hash(&b->pairs, b->irregular[i].key);
		while (b->pairs.at[at] >> 22 != b->irregular[i].key)
			at = (at + 1) & mask;
		ranks[at] = b->irregular[i].rank;
	}
	build_part(o, SECTION_PAIRS, b->pairs.at, sizeof(uint64_t) << b->pairs.bits);
	build_part(o, SECTION_RANKS, ranks, sizeof *ranks << b->pairs.bits);
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
	build_part(o, SECTION_BYTES, bytes.at, bytes.len);
	build_part(o, SECTION_OFFSETS, offsets, (b->tokens + 1) * sizeof *offsets);
	build_part(o, SECTION_SCORES, scores, b->tokens * sizeof *scores);
	build_part(o, SECTION_TYPES, types, b->tokens);
	build_part(o, SECTION_OUTSIDE, b->outside, b->tokens * sizeof *b->outside);
	build_part(o, SECTION_INSIDE, b->inside, r->piece_count * sizeof *b->inside);
	build_part(o, SECTION_HALVES, b->halves, b->tokens * sizeof *b->halves);
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
	build_part(o, SECTION_PREFIXES, prefixes, b->tokens * sizeof *prefixes);
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
	build_part(o, SECTION_CUTS, cuts, bits / 8);
	uint64_t plain[256] = { 0 };
	const struct image im = { .cuts = cuts, .facts.cut_mask = o->head.facts.cut_mask };
	for (unsigned i = 0; i < 16384; i++) {
		char both[2] = { (char)(i >> 7), (char)(i & 127) };
		if (cuts_crossed(&im, (str){ both, 2 }, 0, 1))
			plain[i >> 6] |= UINT64_C(1) << (i & 63);
	}
	build_part(o, SECTION_PLAIN, plain, sizeof plain);
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
	build_part(o, SECTION_UNICODE, unicode, sizeof *unicode);
	write_facts(b, o);
	write_tokens(b, o);
	build_trie(b, o);
	write_pairs(b, o);
	write_filter(b, o);
	build_meets(b, o);
	write_prefixes(b, o);
	write_cuts(b, o);
	build_part(o, SECTION_STEPS, r->steps, r->step_count * sizeof *r->steps);
	build_part(o, SECTION_SPECIALS, r->specials, r->special_count * sizeof *r->specials);
	build_part(o, SECTION_TEXT, r->text.at, r->text.len);
	build_part(o, SECTION_BYTE_IDS, r->byte_ids, sizeof r->byte_ids);
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
	build_paths(&b);
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
