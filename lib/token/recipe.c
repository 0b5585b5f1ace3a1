/* recipe.c - a vocabulary being described. */
#include "token/recipe.h"

#include <string.h>

#include "base/mem.h"

static void *
room_for(struct arena *arena, void *items, size_t count, size_t *room, size_t size)
{
	if (count < *room)
		return items;
	size_t more = *room < 64 ? 64 : *room * 2;
	while (more <= count)
		more *= 2;
	char *moved = arena_alloc(arena, more * size);
	if (*room > 0)
		memcpy(moved, items, *room * size);
	*room = more;
	return moved;
}

void
recipe_piece(struct recipe *r, size_t id, str text, double score, enum piece_type type)
{
	r->pieces = room_for(r->arena, r->pieces, id, &r->piece_room, sizeof *r->pieces);
	r->pieces[id] = (struct piece){ text, score, type };
	if (id >= r->piece_count)
		r->piece_count = id + 1;
}

struct step *
recipe_step(struct recipe *r, enum step_kind kind, uint32_t flags, str a, str b)
{
	r->steps = room_for(r->arena, r->steps, r->step_count, &r->step_room, sizeof *r->steps);
	struct step *s = &r->steps[r->step_count++];
	*s = (struct step){ (uint32_t)kind, flags, r->text.len, a.len, r->text.len + a.len,
		b.len };
	buf_add(&r->text, a);
	buf_add(&r->text, b);
	return s;
}

void
recipe_special(struct recipe *r, str text, uint32_t id, uint32_t flags)
{
	r->specials = room_for(
	    r->arena, r->specials, r->special_count, &r->special_room, sizeof *r->specials);
	r->specials[r->special_count++] = (struct special){ r->text.len, text.len, id, flags };
	buf_add(&r->text, text);
}

void
recipe_free(struct recipe *r)
{
	buf_free(&r->text);
}

const char *
recipe_read(struct recipe *r, str file, str pattern)
{
	str head = { file.at, file.len < 4096 ? file.len : 4096 };
	if (str_starts(file, "GGUF"))
		return recipe_gguf(r, file);
	if (file.len > 0 && str_trim(head).len > 0 && str_trim(head).at[0] == '{') {
		if (str_search(file, "\"bpe_ranks\"") < file.len)
			return recipe_runs(r, file);
		if (str_search(file, "\"token_bytes\"") < file.len)
			return recipe_tekken(r, file);
		return recipe_hf(r, file);
	}
	size_t line = str_find(head, '\n'), blank = str_find(head, ' ');
	if (blank < line && line < head.len && line < 256)
		return recipe_ranks(r, file, pattern);
	if (file.len > 0 && file.at[0] == 0x0a)
		return recipe_sentencepiece(r, file);
	return "no vocabulary: it is neither .tiktoken, tiktoken JSON, tekken.json, "
	       "tokenizer.json, sentencepiece .model nor GGUF";
}
