/* model.c - pieces of known and unknown characters; the choice of the model. */
#include "token/model.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "token/unigram.h"
#include "token/wordpiece.h"

struct model {
	const struct image *im;
	struct bpe bpe;
	struct unigram *unigram;
	bool plain;   /* every token comes out as one id */
	bool unknown; /* the token before was the unknown one, and they are fused */
};

/* A token that comes out as something else: unused ones are taken apart again, mere
 * characters have no id. */
static bool
all_plain(const struct image *im)
{
	for (size_t i = 0; i < im->facts.made; i++)
		if (im->types[i] == PIECE_UNUSED || im->types[i] == PIECE_MERE)
			return false;
	for (unsigned i = 0; i < 256 && im->facts.byte_level; i++) {
		char byte = (char)i;
		if (bpe_whole(im, (str){ &byte, 1 }) == IMAGE_NONE)
			return false;
	}
	return true;
}

struct model *
model_new(const struct image *im)
{
	struct model *m = mem_new(sizeof *m);
	m->im = im;
	m->plain = im->facts.model == MODEL_BPE && all_plain(im);
	if (im->facts.model == MODEL_UNIGRAM)
		m->unigram = unigram_new(im);
	return m;
}

void
model_free(struct model *m)
{
	if (m == NULL)
		return;
	bpe_free(&m->bpe);
	unigram_free(m->unigram);
	free(m);
}

/* Has every byte a token that can stand in for it? */
static bool
all_bytes(const struct image *im)
{
	if (!im->facts.byte_fallback)
		return false;
	for (unsigned i = 0; i < 256; i++)
		if (im->byte_ids[i] == IMAGE_NONE)
			return false;
	return true;
}

/* Unknown characters side by side are one token where they are fused: no cut between. */
bool
model_cuts(const struct image *im)
{
	if (im->facts.model == MODEL_WORDPIECE || model_sums(im))
		return false;
	return im->facts.byte_level || all_bytes(im) || !im->facts.fuse_unknown;
}

bool
model_sums(const struct image *im)
{
	return im->facts.model == MODEL_UNIGRAM;
}

void
model_begin(struct model *m, unsigned parts)
{
	m->unknown = false;
	if (m->unigram != NULL)
		unigram_begin(m->unigram, parts);
}

/* A character without a token: its bytes, the unknown token, or nothing. */
static void
unknown(struct model *m, str character, struct sink *sink)
{
	const struct image_facts *f = &m->im->facts;
	bool bytes = f->byte_fallback;
	for (size_t i = 0; i < character.len && bytes; i++)
		bytes = m->im->byte_ids[(unsigned char)character.at[i]] != IMAGE_NONE;
	if (bytes)
		for (size_t i = 0; i < character.len; i++)
			sink_id(sink, m->im->byte_ids[(unsigned char)character.at[i]]);
	else if (f->unknown != IMAGE_NONE && !(m->unknown && f->fuse_unknown))
		sink_id(sink, f->unknown);
	m->unknown = !bytes;
}

static void
token_out(struct model *m, uint32_t token, struct sink *sink)
{
	const struct image *im = m->im;
	if (token == IMAGE_NONE)
		return;
	if (im->types[token] == PIECE_UNUSED && im->halves[token].of[0] != token) {
		token_out(m, im->halves[token].of[0], sink);
		token_out(m, im->halves[token].of[1], sink);
	} else if (im->outside[token] == IMAGE_NONE || im->types[token] == PIECE_MERE) {
		unknown(m, image_token(im, token), sink);
	} else {
		m->unknown = false;
		sink_id(sink, im->outside[token]);
	}
}

/* Known symbols only. */
static void
known(struct model *m, str piece, bool entire, struct sink *sink)
{
	if (piece.len == 0)
		return;
	size_t n = bpe_encode(m->im, &m->bpe, piece, entire);
	m->unknown = false;
	if (m->plain && sink->ids == NULL) {
		sink->count += n;
		return;
	}
	for (size_t i = 0; i < n; i++)
		token_out(m, m->bpe.tokens[i], sink);
}

static void
bpe_piece(struct model *m, str piece, bool entire, struct sink *sink)
{
	if (m->im->facts.byte_level) {
		known(m, piece, entire, sink);
		return;
	}
	size_t from = 0, len;
	for (size_t i = 0; i < piece.len; i += len) {
		if (bpe_symbol(m->im, str_from(piece, i), &len) != IMAGE_NONE)
			continue;
		known(m, (str){ piece.at + from, i - from }, false, sink);
		unknown(m, (str){ piece.at + i, len }, sink);
		from = i + len;
	}
	known(m, str_from(piece, from), entire && from == 0, sink);
}

bool
model_piece(struct model *m, str piece, bool entire, struct sink *sink)
{
	const struct image *im = m->im;
	m->bpe.odd = false;
	if (entire)
		m->unknown = false;
	if (piece.len == 0)
		return true;
	if (im->facts.model == MODEL_UNIGRAM)
		unigram_piece(m->unigram, piece, sink);
	else if (im->facts.model == MODEL_WORDPIECE)
		wordpiece(im, piece, sink);
	else
		bpe_piece(m, piece, entire, sink);
	return !m->bpe.odd;
}
