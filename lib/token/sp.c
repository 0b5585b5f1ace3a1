/* sp.c - sentencepiece's pieces and rules as a recipe. */
#include "token/sp.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/utf8.h"

static enum piece_type
type_of(uint64_t type)
{
	static const enum piece_type types[] = { PIECE_NORMAL, PIECE_NORMAL, PIECE_UNKNOWN,
		PIECE_CONTROL, PIECE_USER, PIECE_UNUSED, PIECE_BYTE };
	return type < 7 ? types[type] : PIECE_CONTROL;
}

/* <0x0A> */
static int
byte_of(str name)
{
	int byte = 0;
	if (name.len != 6 || memcmp(name.at, "<0x", 3) != 0 || name.at[5] != '>')
		return -1;
	for (unsigned i = 3; i < 5; i++) {
		char c = name.at[i];
		int d = c >= '0' && c <= '9' ? c - '0' :
		    c >= 'A' && c <= 'F'     ? c - 'A' + 10 :
					       -1;
		if (d < 0)
			return -1;
		byte = byte * 16 + d;
	}
	return byte;
}

void
sp_piece(struct sp *sp, struct sp_piece p)
{
	struct recipe *r = sp->recipe;
	enum piece_type type = type_of(p.type);
	str text = p.text;
	if (sp->count == 0)
		memset(r->byte_ids, 0xff, sizeof r->byte_ids);
	int byte = type == PIECE_BYTE ? byte_of(text) : -1;
	if (byte >= 0) {
		char *one = arena_bytes(r->arena, 1);
		*one = (char)byte;
		text = (str){ one, 1 };
		r->byte_ids[byte] = (uint32_t)sp->count;
	}
	if (type == PIECE_UNKNOWN)
		r->unknown = (int64_t)sp->count;
	recipe_piece(r, sp->count, text, p.score, type);
	if (type == PIECE_USER && text.len > 0)
		recipe_special(r, text, (uint32_t)sp->count, 0);
	else if (type == PIECE_CONTROL && text.len > 0)
		recipe_special(r, text, (uint32_t)sp->count, SPECIAL_CONTROL);
	sp->count++;
}

static const struct piece *sorted; /* for by_score() only */

static int
by_score(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	if (sorted[x].score > sorted[y].score || sorted[x].score < sorted[y].score)
		return sorted[x].score > sorted[y].score ? -1 : 1;
	return x < y ? -1 : x > y;
}

static bool
is_text(const struct piece *p)
{
	return p->type == PIECE_NORMAL || p->type == PIECE_UNUSED || p->type == PIECE_USER;
}

/* Characters that are part of pieces but no piece themselves. */
static void
mere_characters(struct recipe *r)
{
	struct map seen = { 0 };
	size_t count = r->piece_count;
	for (size_t i = 0; i < count; i++)
		if (is_text(&r->pieces[i]))
			map_slot(&seen, r->pieces[i].text);
	for (size_t i = 0; i < count; i++) {
		str text = r->pieces[i].text;
		for (size_t at = 0, len; is_text(&r->pieces[i]) && at < text.len; at += len) {
			len = utf8_length(str_from(text, at));
			size_t before = seen.count;
			if (len == 0)
				break;
			if (map_slot(&seen, (str){ text.at + at, len }) == before)
				recipe_piece(r, r->piece_count, (str){ text.at + at, len },
				    0.0f, PIECE_MERE);
		}
	}
	map_free(&seen);
}

/* BPE: tokens merge by score; two that have the same one are not told apart. */
static void
rank(struct recipe *r)
{
	r->ranked = ARENA_ARRAY(r->arena, uint32_t, r->piece_count + 1);
	for (size_t i = 0; i < r->piece_count; i++)
		if (is_text(&r->pieces[i]))
			r->ranked[r->ranked_count++] = (uint32_t)i;
	sorted = r->pieces;
	qsort(r->ranked, r->ranked_count, sizeof *r->ranked, by_score);
	for (size_t i = 1; i < r->ranked_count; i++) {
		const struct piece *a = &r->pieces[r->ranked[i - 1]],
				   *b = &r->pieces[r->ranked[i]];
		bool one =
		    a->text.len == utf8_length(a->text) || b->text.len == utf8_length(b->text);
		if (!one && a->type == PIECE_NORMAL && b->type == PIECE_NORMAL &&
		    !(a->score > b->score))
			r->tied = true;
	}
	mere_characters(r);
}

static void
least_score(struct recipe *r)
{
	double least = 0;
	bool any = false;
	for (size_t i = 0; i < r->piece_count; i++)
		if (r->pieces[i].type == PIECE_NORMAL && (!any || r->pieces[i].score < least)) {
			least = r->pieces[i].score;
			any = true;
		}
	r->unknown_score = (double)((float)least - 10.0f);
}

const char *
sp_finish(struct sp *sp)
{
	struct recipe *r = sp->recipe;
	uint32_t space = (sp->prefix ? SPACE_PREFIX : 0) | (sp->squeeze ? SPACE_SQUEEZE : 0) |
	    (sp->escape ? SPACE_ESCAPE : 0) | (sp->suffix ? SPACE_SUFFIX : 0);
	if (sp->model != 1 && sp->model != 2)
		return "trainer_spec.model_type: only unigram and bpe are read";
	if (sp->charsmap.len > 0)
		recipe_step(r, STEP_CHARSMAP, 0, sp->charsmap, STR(""));
	recipe_step(r, STEP_SPACE, space, STR(""), STR(""));
	r->model = sp->model == 1 ? MODEL_UNIGRAM : MODEL_BPE;
	r->byte_fallback = sp->byte_fallback;
	r->fuse_unknown = true;
	r->exact_float = true;
	if (sp->model == 1)
		least_score(r);
	else
		rank(r);
	return NULL;
}
