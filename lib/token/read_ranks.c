/* read_ranks.c - vocabularies that list tokens by rank: .tiktoken, tiktoken's JSON (also
 * Claude's old one), tekken.json. */
#include <string.h>

#include "data/base64.h"
#include "io/doc.h"
#include "token/hf.h"
#include "token/recipe.h"

static void
byte_level(struct recipe *r)
{
	r->model = MODEL_BPE;
	r->byte_level = r->whole_first = true;
	r->unknown = -1;
}

static const char *
bytes_are_there(const struct recipe *r)
{
	bool seen[256] = { false };
	size_t count = 0;
	for (size_t i = 0; i < r->piece_count; i++)
		if (r->pieces[i].text.len == 1 && !seen[(unsigned char)*r->pieces[i].text.at]) {
			seen[(unsigned char)*r->pieces[i].text.at] = true;
			count++;
		}
	return count == 256 ? NULL : "not every byte is a token";
}

const char *
recipe_ranks(struct recipe *r, str file, str pattern)
{
	int64_t line = 0, rank;
	byte_level(r);
	while (file.at != NULL && file.len > 0) {
		str rest = str_cut(&file, '\n'), token = str_cut(&rest, ' '), bytes;
		line++;
		if (token.len == 0 && rest.len == 0)
			continue;
		rest = str_trim(rest);
		if (!base64_decode(r->arena, token, &bytes) || !str_int(rest, &rank) ||
		    rank < 0 || rank > 0x1fffff)
			return arena_string(r->arena,
			    arena_printf(
				r->arena, "line %lld: no token and rank", (long long)line));
		recipe_piece(r, (size_t)rank, bytes, 0, PIECE_NORMAL);
	}
	if (pattern.len == 0)
		return "a .tiktoken file has no pattern: name its encoding with --pattern";
	recipe_step(r, STEP_SPLIT, SPLIT_REMOVED | SPLIT_INVERT, pattern, STR(""));
	return bytes_are_there(r);
}

static void
specials(struct recipe *r, const struct doc *list)
{
	int64_t id;
	DOC_EACH (s, list)
		if (doc_int(s, &id) && id >= 0 && id <= 0x1fffff) {
			recipe_piece(r, (size_t)id, s->key, 0, PIECE_CONTROL);
			recipe_special(r, s->key, (uint32_t)id, SPECIAL_CONTROL);
		}
}

/* Lines of "! FIRST token token ..." in base64. */
static const char *
runs(struct recipe *r, str ranks, int64_t offset, int64_t most)
{
	while (ranks.at != NULL && ranks.len > 0) {
		str line = str_cut(&ranks, '\n');
		int64_t rank = 0;
		str mark = str_cut(&line, ' '), first = str_cut(&line, ' '), bytes;
		if (mark.len == 0 && line.len == 0)
			continue;
		if (!str_int(first, &rank) || rank < 0)
			return "bpe_ranks: a run without its first rank";
		for (; line.at != NULL && line.len > 0; rank++) {
			if (!base64_decode(r->arena, str_cut(&line, ' '), &bytes) ||
			    rank > 0x1fffff)
				return "bpe_ranks: a token that is no base64";
			if (rank + offset < most)
				recipe_piece(
				    r, (size_t)(rank + offset), bytes, 0, PIECE_NORMAL);
		}
	}
	return NULL;
}

/* Mistral's config: the pattern, and room for specials before the ranks. */
struct config {
	str pattern;
	int64_t offset, most;
};

static const char *
read_config(const struct doc *d, struct config *c)
{
	const struct doc *config = doc_get(d, "config");
	*c = (struct config){ doc_text(doc_get(config, "pattern")), 0, 0x1fffff };
	if (c->pattern.len == 0)
		c->pattern = doc_text(doc_get(d, "pat_str"));
	doc_int(doc_get(config, "default_num_special_tokens"), &c->offset);
	doc_int(doc_get(config, "default_vocab_size"), &c->most);
	if (c->pattern.len == 0)
		return d == NULL ? "it is no JSON" : "pat_str and config.pattern are missing";
	if (c->offset < 0 || c->offset > 0x10000 || c->most <= c->offset || c->most > 0x1fffff)
		return "config: impossible numbers of tokens";
	return NULL;
}

static void
reserved(struct recipe *r, const struct doc *names, int64_t count)
{
	const struct doc *name = names != NULL ? names->child : NULL;
	for (int64_t i = 0; i < count; i++, name = name != NULL ? name->next : NULL) {
		str text = doc_text(doc_get(name, "token_str"));
		if (text.len == 0)
			text = arena_printf(r->arena, "<SPECIAL_%lld>", (long long)i);
		recipe_piece(r, (size_t)i, text, 0, PIECE_CONTROL);
		recipe_special(r, text, (uint32_t)i, SPECIAL_CONTROL);
	}
}

const char *
recipe_runs(struct recipe *r, str file)
{
	const struct doc *d = doc_read(r->arena, file);
	struct config c;
	const char *why = read_config(d, &c);
	byte_level(r);
	if (why != NULL)
		return why;
	/* Anthropic's own loader normalizes; its file has the number of tokens beside them */
	if (doc_get(d, "explicit_n_vocab") != NULL &&
	    doc_get(doc_get(d, "special_tokens"), "<META_START>") != NULL)
		recipe_step(r, STEP_NFKC, 0, STR(""), STR(""));
	recipe_step(r, STEP_SPLIT, SPLIT_REMOVED | SPLIT_INVERT, c.pattern, STR(""));
	reserved(r, NULL, c.offset);
	why = runs(r, doc_text(doc_get(d, "bpe_ranks")), c.offset, c.most);
	specials(r, doc_get(d, "special_tokens"));
	return why != NULL ? why : bytes_are_there(r);
}

const char *
recipe_tekken(struct recipe *r, str file)
{
	const struct doc *d = doc_read(r->arena, file);
	struct config c;
	int64_t rank;
	const char *why = read_config(d, &c);
	byte_level(r);
	if (why != NULL)
		return why;
	recipe_step(r, STEP_SPLIT, SPLIT_REMOVED | SPLIT_INVERT, c.pattern, STR(""));
	reserved(r, doc_get(d, "special_tokens"), c.offset);
	DOC_EACH (t, doc_get(d, "vocab")) {
		str bytes;
		if (!doc_int(doc_get(t, "rank"), &rank) || rank < 0 || rank > 0x1fffff ||
		    !base64_decode(r->arena, doc_text(doc_get(t, "token_bytes")), &bytes))
			return "vocab: a token without rank and token_bytes";
		if (rank + c.offset < c.most)
			recipe_piece(r, (size_t)(rank + c.offset), bytes, 0, PIECE_NORMAL);
	}
	return bytes_are_there(r);
}
