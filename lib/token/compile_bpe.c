/* compile_bpe.c - which merge makes which token.
 *
 * A token that text can become is made by exactly one merge: merging its own text ends
 * with it, always the same way.  So in order of rank, a merge counts if its two parts are
 * tokens already and fit together; all others never happen.  Where a part only comes about
 * at a later rank, that argument fails and the vocabulary is irregular: it keeps every
 * merge with its rank, and bpe.h uses the heap. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "token/bpe.h"
#include "token/build.h"

#define DOUBTS 4096 /* tokens that no merge makes; more than that are not looked into */

/* The image as far as it is built, for bpe_compatible(). */
static struct image
so_far(const struct build *b)
{
	return (struct image){ .pairs = b->pairs.at,
		.pair_shift = 32 - b->pairs.bits,
		.pair_mask = (1u << b->pairs.bits) - 1,
		.halves = b->halves };
}

static bool
fits(const struct build *b, uint32_t left, uint32_t right)
{
	struct image im = so_far(b);
	return bpe_compatible(&im, left, right);
}

static void
make(struct build *b, uint32_t id, uint32_t left, uint32_t right)
{
	uint32_t made = build_token(b, id, b->recipe->pieces[id].text);
	const struct halves *l = &b->halves[left], *r = &b->halves[right];
	b->halves[made] = (struct halves){ { left, right }, l->of[0] == left ? made : l->head,
		r->of[0] == right ? made : r->tail };
	slots_put(&b->pairs, (uint64_t)left << 21 | right, (uint64_t)made << 1 | 1);
}

static uint32_t
inside_of(const struct build *b, str text)
{
	uint32_t node = build_node(b, text);
	uint32_t id = node == IMAGE_NONE ? IMAGE_NONE : b->node_piece[node];
	return id == IMAGE_NONE ? IMAGE_NONE : b->inside[id];
}

/* Bytes, or every character that is a token. */
static void
symbols(struct build *b)
{
	const struct recipe *r = b->recipe;
	for (size_t id = 0; id < r->piece_count; id++) {
		const struct piece *p = &r->pieces[id];
		size_t one = r->byte_level ? 1 : utf8_length(p->text);
		if (build_counts(p) && p->text.len > 0 && p->text.len == one &&
		    inside_of(b, p->text) == IMAGE_NONE)
			build_token(b, (uint32_t)id, p->text);
	}
}

/* By rank: the longest token at the front whose rest is a token that fits. */
static bool
make_ranked(struct build *b, uint32_t id)
{
	str text = b->recipe->pieces[id].text;
	for (size_t n = text.len; n-- > 1;) {
		uint32_t left = inside_of(b, (str){ text.at, n });
		if (left == IMAGE_NONE)
			continue;
		uint32_t right = inside_of(b, str_from(text, n));
		if (right == IMAGE_NONE || !fits(b, left, right))
			continue;
		make(b, id, left, right);
		return true;
	}
	return false;
}

static bool
to_be_made(const struct build *b, uint32_t id)
{
	const struct piece *p = &b->recipe->pieces[id];
	return build_counts(p) && p->text.len > 0 && b->inside[id] == IMAGE_NONE &&
	    inside_of(b, p->text) == IMAGE_NONE;
}

static uint32_t
ranked_id(const struct recipe *r, size_t rank)
{
	return r->ranked != NULL ? r->ranked[rank] : (uint32_t)rank;
}

/* Merging ends with two tokens that this one is made of: it comes about after all, by way
 * of tokens of higher rank. */
static bool
made_late(const struct build *b, uint32_t id)
{
	str text = b->recipe->pieces[id].text;
	for (size_t n = 1; n < text.len; n++) {
		uint32_t left = inside_of(b, (str){ text.at, n });
		uint32_t right = inside_of(b, str_from(text, n));
		if (left != IMAGE_NONE && right != IMAGE_NONE && fits(b, left, right))
			return true;
	}
	return false;
}

static void
all_ranked(struct build *b)
{
	const struct recipe *r = b->recipe;
	size_t count = r->ranked != NULL ? r->ranked_count : r->piece_count, left = 0;
	uint32_t *doubts = mem_grow(NULL, DOUBTS, sizeof *doubts);
	for (size_t rank = 0; rank < count; rank++) {
		uint32_t id = ranked_id(r, rank);
		if (to_be_made(b, id) && !make_ranked(b, id) && left < DOUBTS)
			doubts[left++] = id;
	}
	b->regular = left < DOUBTS && !r->tied;
	for (size_t i = 0; i < left && b->regular; i++)
		b->regular = !made_late(b, doubts[i]);
	free(doubts);
}

static void
all_merges(struct build *b)
{
	const struct recipe *r = b->recipe;
	bool *early = mem_new(r->merge_count + 1);
	b->regular = true;
	for (size_t k = 0; k < r->merge_count; k++) {
		const struct merge *m = &r->merges[k];
		uint32_t left = b->inside[m->left], right = b->inside[m->right];
		if (left == IMAGE_NONE || right == IMAGE_NONE)
			early[k] = true;
		else if (b->inside[m->to] == IMAGE_NONE && fits(b, left, right))
			make(b, m->to, left, right);
	}
	for (size_t k = 0; k < r->merge_count && b->regular; k++) {
		uint32_t left = b->inside[r->merges[k].left];
		uint32_t right = b->inside[r->merges[k].right];
		if (early[k] && left != IMAGE_NONE && right != IMAGE_NONE)
			b->regular = !fits(b, left, right);
	}
	free(early);
}

static void
add_pair(struct build *b, uint32_t left, uint32_t right, uint32_t made, uint32_t rank)
{
	uint64_t key = (uint64_t)left << 21 | right, value = (uint64_t)made << 1 | 1;
	uint32_t before = b->pairs.count;
	slots_put(&b->pairs, key, value);
	if (b->pairs.count == before)
		return; /* the first of two merges of a pair counts */
	if (b->irregular_count == b->irregular_room) {
		b->irregular_room = b->irregular_room == 0 ? 4096 : b->irregular_room * 2;
		b->irregular = mem_grow(b->irregular, b->irregular_room, sizeof *b->irregular);
	}
	b->irregular[b->irregular_count].key = key;
	b->irregular[b->irregular_count++].rank = rank;
}

/* Every way to make a token of two others, at the rank of the token. */
static void
all_ways(struct build *b, uint32_t id, uint32_t rank)
{
	str text = b->recipe->pieces[id].text;
	for (size_t n = 1; n < text.len; n++) {
		uint32_t left = inside_of(b, (str){ text.at, n });
		uint32_t right = inside_of(b, str_from(text, n));
		if (left != IMAGE_NONE && right != IMAGE_NONE)
			add_pair(b, left, right, b->inside[id], rank);
	}
}

/* All merges with their ranks; every token has a number before. */
static void
irregular(struct build *b)
{
	const struct recipe *r = b->recipe;
	size_t count = r->ranked != NULL ? r->ranked_count : r->piece_count;
	uint32_t class = 0;
	for (uint32_t id = 0; id < r->piece_count; id++)
		if (to_be_made(b, id))
			build_token(b, id, r->pieces[id].text);
	free(b->pairs.at);
	slots_new(&b->pairs, 12, 22);
	for (size_t k = 0; r->merges != NULL && k < r->merge_count; k++) {
		const struct merge *m = &r->merges[k];
		add_pair(
		    b, b->inside[m->left], b->inside[m->right], b->inside[m->to], (uint32_t)k);
	}
	for (size_t k = 0; r->merges == NULL && k < count; k++) {
		uint32_t id = ranked_id(r, k);
		if (!r->tied || k == 0 ||
		    r->pieces[ranked_id(r, k - 1)].score > r->pieces[id].score)
			class = (uint32_t)k;
		if (build_counts(&r->pieces[id]) && b->inside[id] != IMAGE_NONE)
			all_ways(b, id, class);
	}
}

void
build_bpe(struct build *b)
{
	symbols(b);
	if (b->recipe->merges != NULL)
		all_merges(b);
	else
		all_ranked(b);
	if (!b->regular)
		irregular(b);
	b->made = b->tokens;
}

/* Are the first 256 tokens the bytes? */
static bool
all_bytes(const struct build *b)
{
	for (unsigned i = 0; i < 256; i++) {
		char byte = (char)i;
		if (inside_of(b, (str){ &byte, 1 }) >= 256)
			return false;
	}
	return true;
}

void
build_meets(const struct build *b, struct image_out *o)
{
	const struct image im = so_far(b);
	uint32_t *meets, rank;
	if (!b->regular || !b->recipe->byte_level || !all_bytes(b))
		return;
	meets = mem_grow(NULL, 65536, sizeof *meets);
	for (unsigned i = 0; i < 65536; i++) {
		char bytes[2] = { (char)(i >> 8), (char)i };
		uint32_t left = inside_of(b, (str){ bytes, 1 });
		uint32_t right = inside_of(b, (str){ bytes + 1, 1 });
		meets[i] = image_pair(&im, left, right, &rank);
	}
	build_part(o, SECTION_MEETS, meets, 65536 * sizeof *meets);
	free(meets);
}
