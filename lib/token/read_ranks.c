/* read_ranks.c - vocabularies that list tokens by rank: .tiktoken, tiktoken's JSON (also
 * Claude's old one), tekken.json. */
#include <string.h>

#include "io/doc.h"
#include "token/hf.h"
#include "token/recipe.h"

static int
digit64(unsigned char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool
recipe_base64(struct arena *arena, str text, str *bytes)
{
	if (text.len % 4 != 0)
		return false;
	char *to = arena_bytes(arena, text.len / 4 * 3 + 1);
	size_t n = 0;
	while (text.len > 0 && text.at[text.len - 1] == '=' && n++ < 2)
		text.len--;
	n = 0;
	for (uint32_t i = 0, word = 0; i < text.len; i++) {
		int d = digit64((unsigned char)text.at[i]);
		if (d < 0)
			return false;
		word = word << 6 | (uint32_t)d;
		if (i % 4 != 0)
			to[n++] = (char)(word >> (6 - i % 4 * 2) & 0xff);
	}
	*bytes = (str){ to, n };
	return true;
}

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
		if (!recipe_base64(r->arena, token, &bytes) || !str_int(rest, &rank) || rank < 0 ||
		    rank > 0x1fffff)
			return arena_string(r->arena,
			    arena_printf(r->arena, "line %lld: no token and rank", (long long)line));
		recipe_piece(r, (size_t)rank, bytes, 0.0f, PIECE_NORMAL);
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
	DOC_EACH(s, list)
		if (doc_int(s, &id) && id >= 0 && id <= 0x1fffff) {
			recipe_piece(r, (size_t)id, s->key, 0.0f, PIECE_CONTROL);
			recipe_special(r, s->key, (uint32_t)id, SPECIAL_CONTROL);
		}
}

/* Lines of "! FIRST token token ..." in base64. */
static const char *
runs(struct recipe *r, str ranks)
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
			if (!recipe_base64(r->arena, str_cut(&line, ' '), &bytes) || rank > 0x1fffff)
				return "bpe_ranks: a token that is no base64";
			recipe_piece(r, (size_t)rank, bytes, 0.0f, PIECE_NORMAL);
		}
	}
	return NULL;
}

const char *
recipe_runs(struct recipe *r, str file)
{
	const struct doc *d = doc_read(r->arena, file);
	str pattern = doc_text(doc_get(d, "pat_str"));
	byte_level(r);
	if (d == NULL || pattern.len == 0)
		return d == NULL ? "it is no JSON" : "pat_str is missing";
	/* Anthropic's own loader normalizes; its file has the number of tokens beside them */
	if (doc_get(d, "explicit_n_vocab") != NULL &&
	    doc_get(doc_get(d, "special_tokens"), "<META_START>") != NULL)
		recipe_step(r, STEP_NFKC, 0, STR(""), STR(""));
	recipe_step(r, STEP_SPLIT, SPLIT_REMOVED | SPLIT_INVERT, pattern, STR(""));
	const char *why = runs(r, doc_text(doc_get(d, "bpe_ranks")));
	specials(r, doc_get(d, "special_tokens"));
	return why != NULL ? why : bytes_are_there(r);
}

const char *
recipe_tekken(struct recipe *r, str file)
{
	const struct doc *d = doc_read(r->arena, file), *config = doc_get(d, "config");
	int64_t offset = 0, most = INT64_MAX, rank;
	str pattern = doc_text(doc_get(config, "pattern"));
	byte_level(r);
	if (pattern.len == 0)
		return d == NULL ? "it is no JSON" : "config.pattern is missing";
	doc_int(doc_get(config, "default_num_special_tokens"), &offset);
	doc_int(doc_get(config, "default_vocab_size"), &most);
	recipe_step(r, STEP_SPLIT, SPLIT_REMOVED | SPLIT_INVERT, pattern, STR(""));
	if (offset < 0 || offset > 0x10000 || most <= offset)
		return "config: impossible numbers of tokens";
	for (int64_t i = 0; i < offset; i++) {
		str name = doc_text(doc_get(doc_item(doc_get(d, "special_tokens"), (size_t)i),
		    "token_str"));
		if (name.len == 0)
			name = arena_printf(r->arena, "<SPECIAL_%lld>", (long long)i);
		recipe_piece(r, (size_t)i, name, 0.0f, PIECE_CONTROL);
		recipe_special(r, name, (uint32_t)i, SPECIAL_CONTROL);
	}
	DOC_EACH(t, doc_get(d, "vocab")) {
		str bytes;
		if (!doc_int(doc_get(t, "rank"), &rank) || rank < 0 ||
		    !recipe_base64(r->arena, doc_text(doc_get(t, "token_bytes")), &bytes))
			return "vocab: a token without rank and token_bytes";
		if (rank < most - offset && rank + offset <= 0x1fffff)
			recipe_piece(r, (size_t)(rank + offset), bytes, 0.0f, PIECE_NORMAL);
	}
	return bytes_are_there(r);
}
