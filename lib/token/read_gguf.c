/* read_gguf.c - GGUF versions 2 and 3: the tokenizer's keys of the header, as llama.cpp
 * reads them.  The tensors are never touched. */
#include <string.h>

#include "base/map.h"
#include "token/gguf.h"
#include "token/hf.h"
#include "token/patterns.h"
#include "token/sp.h"

#define KEY "tokenizer.ggml."

enum gguf_type {
	G_U8,
	G_I8,
	G_U16,
	G_I16,
	G_U32,
	G_I32,
	G_F32,
	G_BOOL,
	G_STRING,
	G_ARRAY,
	G_U64,
	G_I64,
	G_F64,
	G_TYPES
};

static const size_t sizes[G_TYPES] = { 1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8 };

/* A value as it stands: scalars by their bytes, an array by its elements. */
struct value {
	uint32_t type, of;
	uint64_t count;
	str bytes;
};

struct gguf {
	str rest;
	struct value model, pre, tokens, scores, types, merges, charsmap, space_prefix, squeeze;
	struct value unknown;
};

static bool
take(struct gguf *g, void *to, size_t len)
{
	if (g->rest.len < len)
		return false;
	memcpy(to, g->rest.at, len);
	g->rest = str_from(g->rest, len);
	return true;
}

static bool
text(str *rest, str *to)
{
	uint64_t len;
	if (rest->len < 8)
		return false;
	memcpy(&len, rest->at, 8);
	if (len > rest->len - 8)
		return false;
	*to = (str){ rest->at + 8, len };
	*rest = str_from(*rest, 8 + len);
	return true;
}

static bool
skip_elements(struct gguf *g, uint32_t type, uint64_t count)
{
	str one;
	if (type >= G_TYPES || type == G_ARRAY)
		return false;
	if (type != G_STRING) {
		if (count > g->rest.len / sizes[type])
			return false;
		g->rest = str_from(g->rest, count * sizes[type]);
		return true;
	}
	for (uint64_t i = 0; i < count; i++)
		if (!text(&g->rest, &one))
			return false;
	return true;
}

static bool
read_value(struct gguf *g, struct value *v)
{
	if (!take(g, &v->type, 4) || v->type >= G_TYPES)
		return false;
	v->of = v->type;
	v->count = 1;
	if (v->type == G_ARRAY && (!take(g, &v->of, 4) || !take(g, &v->count, 8)))
		return false;
	const char *start = g->rest.at;
	if (!skip_elements(g, v->of, v->count))
		return false;
	v->bytes = (str){ start, (size_t)(g->rest.at - start) };
	return true;
}

static void
keep(struct gguf *g, str key, struct value v)
{
	const struct {
		const char *name;
		struct value *to;
	} wanted[] = {
		{ KEY "model", &g->model },
		{ KEY "pre", &g->pre },
		{ KEY "tokens", &g->tokens },
		{ KEY "scores", &g->scores },
		{ KEY "token_type", &g->types },
		{ KEY "merges", &g->merges },
		{ KEY "precompiled_charsmap", &g->charsmap },
		{ KEY "add_space_prefix", &g->space_prefix },
		{ KEY "remove_extra_whitespaces", &g->squeeze },
		{ KEY "unknown_token_id", &g->unknown },
	};
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		if (str_is(key, wanted[i].name))
			*wanted[i].to = v;
}

static bool
read_keys(struct gguf *g)
{
	uint32_t version;
	uint64_t tensors, keys;
	g->rest = str_from(g->rest, 4);
	if (!take(g, &version, 4) || version < 2 || version > 3 || !take(g, &tensors, 8) ||
	    !take(g, &keys, 8))
		return false;
	for (uint64_t i = 0; i < keys; i++) {
		struct value v = { 0 };
		str key;
		if (!text(&g->rest, &key) || !read_value(g, &v))
			return false;
		keep(g, key, v);
	}
	return true;
}

static str
as_text(const struct value *v)
{
	str rest = v->bytes, s = { 0 };
	if (v->type == G_STRING)
		text(&rest, &s);
	return s;
}

static bool
as_bool(const struct value *v, bool otherwise)
{
	return v->type == G_BOOL && v->bytes.len == 1 ? v->bytes.at[0] != 0 : otherwise;
}

static uint32_t
type_at(const struct gguf *g, uint64_t i)
{
	uint32_t type = 1;
	if (i < g->types.count && (g->types.of == G_I32 || g->types.of == G_U32) &&
	    g->types.type == G_ARRAY)
		memcpy(&type, g->types.bytes.at + 4 * i, 4);
	return type;
}

static float
score_at(const struct gguf *g, uint64_t i)
{
	float score = 0.0f;
	if (i < g->scores.count && g->scores.of == G_F32 && g->scores.type == G_ARRAY)
		memcpy(&score, g->scores.bytes.at + 4 * i, 4);
	return score;
}

/* llama and t5: sentencepiece's pieces. */
static const char *
read_pieces(struct gguf *g, struct recipe *r, bool unigram)
{
	struct sp sp = { .recipe = r, .model = unigram ? 1 : 2, .escape = true };
	str rest = g->tokens.bytes;
	sp.prefix = as_bool(&g->space_prefix, true);
	sp.squeeze = as_bool(&g->squeeze, false);
	if (unigram && g->charsmap.type == G_ARRAY)
		sp.charsmap = g->charsmap.bytes;
	for (uint64_t i = 0; i < g->tokens.count; i++) {
		struct sp_piece p = { .score = (double)score_at(g, i), .type = type_at(g, i) };
		if (!text(&rest, &p.text))
			return KEY "tokens: cut off";
		sp.byte_fallback = sp.byte_fallback || p.type == 6;
		sp_piece(&sp, p);
	}
	return sp_finish(&sp);
}

/* gpt2: tokens in the alphabet of bytes, merges, and a split by name. */
static const char *
read_merges(struct gguf *g, struct recipe *r, const struct map *names)
{
	str rest = g->merges.bytes, both, left;
	r->merges = ARENA_ARRAY(r->arena, struct merge, g->merges.count + 1);
	for (uint64_t i = 0; i < g->merges.count; i++) {
		if (!text(&rest, &both))
			return KEY "merges: cut off";
		size_t space = 1 + str_find(str_from(both, 1), ' ');
		if (space >= both.len)
			return KEY "merges: an entry that is no pair";
		left = (str){ both.at, space };
		str right = str_from(both, space + 1);
		str made = arena_printf(
		    r->arena, "%.*s%.*s", (int)left.len, left.at, (int)right.len, right.at);
		size_t l = map_find(names, left), x = map_find(names, right),
		       to = map_find(names, made);
		if (l == MAP_NONE || x == MAP_NONE || to == MAP_NONE)
			continue; /* as llama.cpp: such a merge never happens */
		r->merges[r->merge_count++] =
		    (struct merge){ (uint32_t)l, (uint32_t)x, (uint32_t)to };
	}
	return NULL;
}

static const char *
read_bytes(struct gguf *g, struct recipe *r, struct map *names)
{
	str rest = g->tokens.bytes, name;
	const struct gguf_pre *pre = gguf_pre(as_text(&g->pre));
	if (pre == NULL)
		return arena_string(r->arena,
		    arena_printf(
			r->arena, KEY "pre: '%.*s' is not read", STR_F(as_text(&g->pre))));
	r->model = MODEL_BPE;
	r->byte_level = true;
	r->whole_first = pre->whole_first;
	r->unknown = -1;
	for (unsigned i = 0; i < GGUF_SPLITS && pre->splits[i] != NULL; i++)
		recipe_step(r, STEP_SPLIT, SPLIT_ISOLATED, str_of(pre->splits[i]), STR(""));
	for (uint64_t i = 0; i < g->tokens.count; i++) {
		uint32_t type = type_at(g, i);
		if (!text(&rest, &name))
			return KEY "tokens: cut off";
		str bytes = name;
		bool normal = (type == 1 || type == 5) && hf_bytes(r->arena, name, &bytes);
		recipe_piece(r, i, bytes, 0, normal ? PIECE_NORMAL : PIECE_CONTROL);
		if ((type == 3 || type == 4) && name.len > 0)
			recipe_special(r, name, (uint32_t)i, type == 3 ? SPECIAL_CONTROL : 0);
		if (map_slot(names, name) != i)
			return KEY "tokens: the same token twice";
	}
	return read_merges(g, r, names);
}

/* bert: words begin with U+2581, others continue one. */
static const char *
read_words(struct gguf *g, struct recipe *r)
{
	str rest = g->tokens.bytes, name;
	r->model = MODEL_WORDPIECE;
	r->longest = 1000;
	r->unknown = 100;
	if (g->unknown.type == G_U32)
		memcpy(&r->unknown, g->unknown.bytes.at, 4);
	recipe_step(r, STEP_BERT, BERT_CLEAN | BERT_CHINESE | BERT_ACCENTS | BERT_LOWER,
	    STR(""), STR(""));
	recipe_step(r, STEP_SPLIT, SPLIT_REMOVED, STR("\\s"), STR(""));
	recipe_step(r, STEP_SPLIT, SPLIT_ISOLATED, STR(PATTERN_PUNCTUATION), STR(""));
	recipe_step(r, STEP_PREPEND, 0, STR("\xe2\x96\x81"), STR(""));
	for (uint64_t i = 0; i < g->tokens.count; i++) {
		if (!text(&rest, &name))
			return KEY "tokens: cut off";
		bool normal = type_at(g, i) == 1;
		recipe_piece(r, i, name, 0, normal ? PIECE_NORMAL : PIECE_CONTROL);
		if (!normal && name.len > 0)
			recipe_special(r, name, (uint32_t)i, SPECIAL_CONTROL);
	}
	return NULL;
}

const char *
recipe_gguf(struct recipe *r, str file)
{
	struct gguf g = { .rest = file };
	struct map names = { 0 };
	if (!read_keys(&g))
		return "the header is broken, cut off, or of a version that is not read";
	str model = as_text(&g.model);
	if (g.tokens.type != G_ARRAY || g.tokens.of != G_STRING || g.tokens.count == 0 ||
	    g.tokens.count > 0x1fffff)
		return "it has no " KEY "tokens";
	const char *why = NULL;
	if (str_is(model, "llama") || str_is(model, "t5"))
		why = read_pieces(&g, r, str_is(model, "t5"));
	else if (str_is(model, "gpt2") && g.merges.of == G_STRING)
		why = read_bytes(&g, r, &names);
	else if (str_is(model, "bert"))
		why = read_words(&g, r);
	else
		why = arena_string(r->arena,
		    arena_printf(r->arena, KEY "model: '%.*s' is not read", STR_F(model)));
	map_free(&names);
	return why;
}
