/* read_hf.c - Hugging Face's tokenizer.json: the model and the added tokens. */
#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "token/hf.h"

struct hf {
	struct recipe *r;
	const struct doc *file, *model;
	struct map names; /* of the vocabulary, as written */
	uint32_t *ids;    /* by slot of names */
	bool byte_level;
};

static const char *
complain(struct hf *h, const char *what, str name)
{
	return arena_string(
	    h->r->arena, arena_printf(h->r->arena, "%s: %.*s is not read", what, STR_F(name)));
}

/* Printable bytes stand for themselves, the others for U+0100 and on, in order. */
static int
byte_of(uint32_t code)
{
	static const struct {
		uint32_t first, last;
	} printable[] = { { '!', '~' }, { 0xa1, 0xac }, { 0xae, 0xff } };
	uint32_t next = 0x100, from = 0;
	for (unsigned i = 0; i < 3; i++) {
		if (code >= printable[i].first && code <= printable[i].last)
			return (int)code;
		uint32_t gap = printable[i].first - from;
		if (code >= next && code < next + gap)
			return (int)(from + code - next);
		next += gap;
		from = printable[i].last + 1;
	}
	return -1;
}

bool
hf_bytes(struct arena *arena, str text, str *bytes)
{
	char *to = arena_bytes(arena, text.len + 1);
	size_t n = 0;
	for (size_t i = 0; i < text.len;) {
		unsigned char c = (unsigned char)text.at[i];
		uint32_t code = c;
		if (c >= 0xe0 || (c >= 0x80 && i + 1 == text.len))
			return false;
		if (c >= 0x80)
			code = (c & 31u) << 6 | ((unsigned char)text.at[i + 1] & 63u);
		int byte = byte_of(code);
		if (byte < 0)
			return false;
		to[n++] = (char)byte;
		i += c >= 0x80 ? 2 : 1;
	}
	*bytes = (str){ to, n };
	return true;
}

static uint32_t
id_of(const struct hf *h, str name)
{
	size_t slot = map_find(&h->names, name);
	return slot == MAP_NONE ? UINT32_MAX : h->ids[slot];
}

/* <0x0A> */
static bool
byte_token(str name, unsigned *byte)
{
	static const char digits[] = "0123456789ABCDEF";
	if (name.len != 6 || !str_starts(name, "<0x") || name.at[5] != '>')
		return false;
	const char *high = memchr(digits, name.at[3], 16),
		   *low = memchr(digits, name.at[4], 16);
	if (high == NULL || low == NULL)
		return false;
	*byte = (unsigned)(high - digits) << 4 | (unsigned)(low - digits);
	return true;
}

static const char *
add_piece(struct hf *h, str name, int64_t id, double score)
{
	struct recipe *r = h->r;
	unsigned byte;
	str text = name;
	if (id < 0 || id > 0x1fffff)
		return "model.vocab: an id that is none";
	if ((size_t)id < r->piece_count && r->pieces[id].type != PIECE_HOLE)
		return "model.vocab: two tokens of one id";
	if (r->byte_fallback && byte_token(name, &byte)) {
		char *one = arena_bytes(r->arena, 1);
		*one = (char)byte;
		r->byte_ids[byte] = (uint32_t)id;
		recipe_piece(r, (size_t)id, (str){ one, 1 }, score, PIECE_BYTE);
	} else if (h->byte_level && !hf_bytes(r->arena, name, &text)) {
		recipe_piece(r, (size_t)id, name, score, PIECE_CONTROL);
	} else {
		recipe_piece(r, (size_t)id, text, score, PIECE_NORMAL);
	}
	return NULL;
}

static const char *
vocabulary(struct hf *h)
{
	const struct doc *vocab = doc_get(h->model, "vocab");
	const char *why = NULL;
	int64_t id = 0;
	if (doc_kind(vocab) != KIND_OBJECT)
		return "model.vocab is missing";
	h->ids = ARENA_ARRAY(h->r->arena, uint32_t, vocab->count + 1);
	DOC_EACH (item, vocab) {
		if (!doc_int(item, &id) || (why = add_piece(h, item->key, id, 0)) != NULL)
			return why != NULL ? why : "model.vocab: an id that is none";
		h->ids[map_slot(&h->names, item->key)] = (uint32_t)id;
	}
	return NULL;
}

/* "left right", or ["left", "right"]. */
static bool
merge_names(const struct doc *m, str *left, str *right)
{
	*left = doc_text(m->child);
	*right = m->child != NULL ? doc_text(m->child->next) : (str){ 0 };
	if (m->kind == KIND_STRING) {
		*right = m->text;
		*left = str_cut(right, ' ');
	}
	return left->len > 0 && right->len > 0;
}

static const char *
merges(struct hf *h)
{
	const struct doc *list = doc_get(h->model, "merges");
	struct recipe *r = h->r;
	str left, right;
	if (doc_kind(list) != KIND_ARRAY)
		return "model.merges is missing";
	r->merges = ARENA_ARRAY(r->arena, struct merge, list->count + 1);
	DOC_EACH (item, list) {
		if (!merge_names(item, &left, &right))
			return "model.merges: an entry that is no pair";
		char *both = arena_bytes(r->arena, left.len + right.len);
		memcpy(both, left.at, left.len);
		memcpy(both + left.len, right.at, right.len);
		struct merge m = { id_of(h, left), id_of(h, right),
			id_of(h, (str){ both, left.len + right.len }) };
		if (m.left == UINT32_MAX || m.right == UINT32_MAX || m.to == UINT32_MAX)
			return "model.merges: a token that model.vocab does not have";
		r->merges[r->merge_count++] = m;
	}
	return NULL;
}

static bool
empty_or_null(const struct doc *d)
{
	return doc_null(d) || (d->kind == KIND_STRING && d->text.len == 0);
}

static const char *
read_bpe(struct hf *h)
{
	struct recipe *r = h->r;
	double dropout;
	r->model = MODEL_BPE;
	r->byte_level = h->byte_level;
	r->byte_fallback = doc_true(doc_get(h->model, "byte_fallback"));
	r->fuse_unknown = doc_true(doc_get(h->model, "fuse_unk"));
	r->whole_first = doc_true(doc_get(h->model, "ignore_merges"));
	if (doc_real(doc_get(h->model, "dropout"), &dropout) && dropout > 0)
		return complain(h, "model", STR("dropout"));
	if (!empty_or_null(doc_get(h->model, "continuing_subword_prefix")))
		return complain(h, "model", STR("continuing_subword_prefix of BPE"));
	if (!empty_or_null(doc_get(h->model, "end_of_word_suffix")))
		return complain(h, "model", STR("end_of_word_suffix"));
	const char *why = vocabulary(h);
	str unknown = doc_text(doc_get(h->model, "unk_token"));
	r->unknown = unknown.len > 0 && id_of(h, unknown) != UINT32_MAX ?
	    (int64_t)id_of(h, unknown) :
	    -1;
	return why != NULL ? why : merges(h);
}

static const char *
read_wordpiece(struct hf *h)
{
	struct recipe *r = h->r;
	r->model = MODEL_WORDPIECE;
	r->longest = 100;
	doc_int(doc_get(h->model, "max_input_chars_per_word"), &r->longest);
	if (r->longest < 1 || r->longest > 1000)
		return "model.max_input_chars_per_word is out of range";
	r->continues = doc_text(doc_get(h->model, "continuing_subword_prefix"));
	const char *why = vocabulary(h);
	uint32_t unknown = id_of(h, doc_text(doc_get(h->model, "unk_token")));
	r->unknown = unknown == UINT32_MAX ? -1 : (int64_t)unknown;
	return why;
}

static const char *
read_unigram(struct hf *h)
{
	struct recipe *r = h->r;
	const struct doc *vocab = doc_get(h->model, "vocab");
	double score, least = 0;
	int64_t id = 0;
	r->model = MODEL_UNIGRAM;
	r->byte_fallback = doc_true(doc_get(h->model, "byte_fallback"));
	r->fuse_unknown = true;
	r->unknown = -1;
	doc_int(doc_get(h->model, "unk_id"), &r->unknown);
	if (doc_kind(vocab) != KIND_ARRAY)
		return "model.vocab is missing";
	DOC_EACH (item, vocab) {
		str name = doc_text(doc_item(item, 0));
		if (!doc_real(doc_item(item, 1), &score))
			return "model.vocab: an entry without its score";
		least = score < least ? score : least;
		const char *why = add_piece(h, name, id, score);
		if (why != NULL)
			return why;
		id++;
	}
	r->unknown_score = least - 10;
	return NULL;
}

static const char *
read_model(struct hf *h)
{
	str type = doc_text(doc_get(h->model, "type"));
	if (type.len == 0 && doc_get(h->model, "merges") != NULL)
		type = STR("BPE");
	if (str_is(type, "BPE"))
		return read_bpe(h);
	if (str_is(type, "Unigram"))
		return read_unigram(h);
	if (str_is(type, "WordPiece"))
		return read_wordpiece(h);
	return complain(h, "model.type", type.len > 0 ? type : STR("an unnamed one"));
}

static const char *
added_tokens(struct hf *h)
{
	struct recipe *r = h->r;
	DOC_EACH (t, doc_get(h->file, "added_tokens")) {
		str text = doc_text(doc_get(t, "content"));
		uint32_t flags = 0;
		int64_t id;
		if (!doc_int(doc_get(t, "id"), &id) || id < 0 || id > 0x1fffff)
			return "added_tokens: an id that is none";
		flags |= doc_true(doc_get(t, "special")) ? SPECIAL_CONTROL : 0;
		flags |= doc_true(doc_get(t, "lstrip")) ? SPECIAL_LSTRIP : 0;
		flags |= doc_true(doc_get(t, "rstrip")) ? SPECIAL_RSTRIP : 0;
		flags |= doc_true(doc_get(t, "single_word")) ? SPECIAL_WORD : 0;
		flags |= doc_true(doc_get(t, "normalized")) ? SPECIAL_NORMAL : 0;
		if ((size_t)id >= r->piece_count || r->pieces[id].type == PIECE_HOLE)
			recipe_piece(r, (size_t)id, text, 0,
			    flags & SPECIAL_CONTROL ? PIECE_CONTROL : PIECE_UNKNOWN);
		recipe_special(r, text, (uint32_t)id, flags);
	}
	return NULL;
}

const char *
recipe_hf(struct recipe *r, str file)
{
	struct doc_error error = { 0 };
	struct hf h = { .r = r, .file = doc_parse(r->arena, file, 0, &error) };
	h.model = doc_get(h.file, "model");
	memset(r->byte_ids, 0xff, sizeof r->byte_ids);
	if (h.file == NULL)
		return arena_string(r->arena,
		    arena_printf(r->arena, "no JSON: %s at byte %zu", error.why, error.offset));
	if (doc_kind(h.model) != KIND_OBJECT)
		return "no tokenizer.json: it has no model";
	const char *why = hf_steps(r, h.file, &h.byte_level);
	if (why == NULL)
		why = read_model(&h);
	if (why == NULL)
		why = added_tokens(&h);
	map_free(&h.names);
	return why;
}
