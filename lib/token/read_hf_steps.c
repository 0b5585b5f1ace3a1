/* read_hf_steps.c - tokenizer.json: normalizers and pre-tokenizers. */
#include <string.h>

#include "base/utf8.h"
#include "data/base64.h"
#include "token/hf.h"
#include "token/patterns.h"

#define META "\xe2\x96\x81" /* U+2581 */

struct steps {
	struct recipe *r;
	bool *byte_level;
	unsigned depth;
};

struct reader {
	const char *type;
	const char *(*read)(struct steps *, const struct doc *);
};

static const char *
unread(struct steps *s, const char *where, str type)
{
	return arena_string(
	    s->r->arena, arena_printf(s->r->arena, "%s: %.*s is not read", where, STR_F(type)));
}

static void
step(struct steps *s, enum step_kind kind, uint32_t flags, str a)
{
	recipe_step(s->r, kind, flags, a, STR(""));
}

/* A text as a pattern that means just it. */
static str
literal(struct arena *arena, str text)
{
	struct buf b = { 0 };
	for (size_t i = 0; i < text.len; i++) {
		if ((unsigned char)text.at[i] < 0x80 && text.at[i] != '\n')
			buf_printf(&b, "\\x{%02x}", (unsigned)text.at[i]);
		else
			buf_byte(&b, text.at[i]);
	}
	str kept = arena_keep(arena, buf_str(&b));
	buf_free(&b);
	return kept;
}

/* {"String": ...} or {"Regex": ...} */
static const char *
pattern_of(struct steps *s, const struct doc *d, str *pattern, bool *regex)
{
	const struct doc *p = doc_get(d, "pattern");
	const struct doc *text = doc_get(p, "String"), *expression = doc_get(p, "Regex");
	*regex = text == NULL;
	if (text != NULL)
		*pattern = doc_text(text);
	else
		*pattern = doc_text(expression);
	(void)s;
	return text == NULL && expression == NULL ? "pattern: neither String nor Regex" : NULL;
}

static const char *
nfc(struct steps *s, const struct doc *d)
{
	str type = doc_text(doc_get(d, "type"));
	step(s,
	    str_is(type, "NFC")      ? STEP_NFC :
		str_is(type, "NFD")  ? STEP_NFD :
		str_is(type, "NFKC") ? STEP_NFKC :
				       STEP_NFKD,
	    OLD_TABLES, STR(""));
	return NULL;
}

static const char *
lower(struct steps *s, const struct doc *d)
{
	(void)d;
	step(s, STEP_LOWER, 0, STR(""));
	return NULL;
}

static const char *
strip(struct steps *s, const struct doc *d)
{
	uint32_t left = doc_true(doc_get(d, "strip_left")) ? 1 : 0;
	step(s, STEP_STRIP, left | (doc_true(doc_get(d, "strip_right")) ? 2 : 0), STR(""));
	return NULL;
}

static const char *
strip_accents(struct steps *s, const struct doc *d)
{
	(void)d;
	step(s, STEP_STRIP_ACCENTS, 0, STR(""));
	return NULL;
}

static const char *
replace(struct steps *s, const struct doc *d)
{
	bool regex;
	str pattern;
	const char *why = pattern_of(s, d, &pattern, &regex);
	if (why == NULL)
		recipe_step(s->r, regex ? STEP_REPLACE_PATTERN : STEP_REPLACE, 0, pattern,
		    doc_text(doc_get(d, "content")));
	return why;
}

static const char *
prepend(struct steps *s, const struct doc *d)
{
	step(s, STEP_PREPEND, 0, doc_text(doc_get(d, "prepend")));
	return NULL;
}

static const char *
nmt(struct steps *s, const struct doc *d)
{
	(void)d;
	step(s, STEP_NMT, 0, STR(""));
	return NULL;
}

static const char *
precompiled(struct steps *s, const struct doc *d)
{
	str map;
	const struct doc *text = doc_get(d, "precompiled_charsmap");
	if (doc_null(text))
		return NULL;
	if (!base64_decode(s->r->arena, doc_text(text), &map))
		return "precompiled_charsmap is no base64";
	step(s, STEP_CHARSMAP, 1, map);
	return NULL;
}

static const char *
bert(struct steps *s, const struct doc *d)
{
	bool low = doc_true(doc_get(d, "lowercase"));
	const struct doc *accents = doc_get(d, "strip_accents");
	uint32_t flags = OLD_TABLES | (low ? BERT_LOWER : 0);
	flags |= doc_true(doc_get(d, "clean_text")) ? BERT_CLEAN : 0;
	flags |= doc_true(doc_get(d, "handle_chinese_chars")) ? BERT_CHINESE : 0;
	flags |= (doc_null(accents) ? low : doc_true(accents)) ? BERT_ACCENTS : 0;
	step(s, STEP_BERT, flags, STR(""));
	return NULL;
}

static const struct reader normalizers[] = {
	{ "NFC", nfc },
	{ "NFD", nfc },
	{ "NFKC", nfc },
	{ "NFKD", nfc },
	{ "Lowercase", lower },
	{ "Strip", strip },
	{ "StripAccents", strip_accents },
	{ "Replace", replace },
	{ "Prepend", prepend },
	{ "Nmt", nmt },
	{ "Precompiled", precompiled },
	{ "BertNormalizer", bert },
	{ 0 },
};

/* What becomes of a match; as_default where nothing is said. */
static const char *
behaviour_of(struct steps *s, const struct doc *d, uint32_t as_default, uint32_t *flags)
{
	static const char *const names[] = { "Isolated", "Removed", "MergedWithPrevious",
		"MergedWithNext", "Contiguous" };
	str name = doc_text(doc_get(d, "behavior"));
	*flags = name.len == 0 ? as_default : 0;
	while (name.len > 0 && *flags < 5 && !str_is(name, names[*flags]))
		++*flags;
	return *flags == 5 ? unread(s, "behavior", name) : NULL;
}

static const char *
split(struct steps *s, const struct doc *d)
{
	str pattern;
	uint32_t flags;
	bool regex;
	const char *why = pattern_of(s, d, &pattern, &regex);
	if (why == NULL)
		why = behaviour_of(s, d, 5, &flags);
	if (why != NULL)
		return why;
	if (doc_true(doc_get(d, "invert")))
		flags |= SPLIT_INVERT;
	step(s, STEP_SPLIT, flags, regex ? pattern : literal(s->r->arena, pattern));
	return NULL;
}

static const char *
byte_level(struct steps *s, const struct doc *d)
{
	const struct doc *regex = doc_get(d, "use_regex");
	*s->byte_level = true;
	if (doc_true(doc_get(d, "add_prefix_space")))
		step(s, STEP_METASPACE, 0, STR(" "));
	if (regex == NULL || doc_true(regex))
		step(s, STEP_SPLIT, SPLIT_ISOLATED, STR(PATTERN_GPT2));
	return NULL;
}

static const char *
metaspace(struct steps *s, const struct doc *d)
{
	str to = doc_text(doc_get(d, "replacement")),
	    scheme = doc_text(doc_get(d, "prepend_scheme"));
	const struct doc *old = doc_get(d, "add_prefix_space"), *splits = doc_get(d, "split");
	bool never = scheme.len > 0 ? str_is(scheme, "never") : old != NULL && !doc_true(old);
	if (to.len == 0)
		to = STR(META);
	recipe_step(s->r, STEP_REPLACE, 0, STR(" "), to);
	if (!never)
		step(s, STEP_METASPACE, str_is(scheme, "first") ? 1 : 0, to);
	if (splits == NULL || doc_true(splits))
		step(s, STEP_SPLIT, SPLIT_NEXT, literal(s->r->arena, to));
	return NULL;
}

static const char *
digits(struct steps *s, const struct doc *d)
{
	bool single = doc_true(doc_get(d, "individual_digits"));
	step(s, STEP_SPLIT, SPLIT_ISOLATED, single ? STR("\\p{N}") : STR("\\p{N}+"));
	return NULL;
}

static const char *
punctuation(struct steps *s, const struct doc *d)
{
	uint32_t flags;
	const char *why = behaviour_of(s, d, SPLIT_ISOLATED, &flags);
	if (why == NULL)
		step(s, STEP_SPLIT, flags, STR(PATTERN_PUNCTUATION_OLD));
	return why;
}

static const char *
whitespace(struct steps *s, const struct doc *d)
{
#define RUST_WORDS "\\p{L}\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}"
	(void)d;
	step(s, STEP_SPLIT, SPLIT_REMOVED | SPLIT_INVERT,
	    STR("[" RUST_WORDS "]+|[^\\s" RUST_WORDS "]+"));
	return NULL;
}

static const char *
whitespace_split(struct steps *s, const struct doc *d)
{
	(void)d;
	step(s, STEP_SPLIT, SPLIT_REMOVED, STR("\\s"));
	return NULL;
}

static const char *
bert_split(struct steps *s, const struct doc *d)
{
	whitespace_split(s, d);
	step(s, STEP_SPLIT, SPLIT_ISOLATED, STR(PATTERN_PUNCTUATION_OLD));
	return NULL;
}

static const char *
delimiter(struct steps *s, const struct doc *d)
{
	step(s, STEP_SPLIT, SPLIT_REMOVED,
	    literal(s->r->arena, doc_text(doc_get(d, "delimiter"))));
	return NULL;
}

static const struct reader pre_tokenizers[] = {
	{ "Split", split },
	{ "ByteLevel", byte_level },
	{ "Metaspace", metaspace },
	{ "Digits", digits },
	{ "Punctuation", punctuation },
	{ "Whitespace", whitespace },
	{ "WhitespaceSplit", whitespace_split },
	{ "BertPreTokenizer", bert_split },
	{ "CharDelimiterSplit", delimiter },
	{ 0 },
};

static const char *
read_steps(
    struct steps *s, const struct doc *d, const struct reader *readers, const char *where)
{
	str type = doc_text(doc_get(d, "type"));
	if (doc_null(d))
		return NULL;
	if (++s->depth > 64)
		return "its steps are nested too deeply";
	if (str_is(type, "Sequence")) {
		const struct doc *list = doc_get(d, "normalizers");
		if (list == NULL)
			list = doc_get(d, "pretokenizers");
		DOC_EACH (item, list) {
			const char *why = read_steps(s, item, readers, where);
			if (why != NULL)
				return why;
		}
		s->depth--;
		return NULL;
	}
	for (; readers->type != NULL; readers++)
		if (str_is(type, readers->type)) {
			s->depth--;
			return readers->read(s, d);
		}
	return unread(s, where, type.len > 0 ? type : STR("an unnamed one"));
}

static bool
looks_again(const struct doc *file)
{
	DOC_EACH (t, doc_get(file, "added_tokens"))
		if (doc_true(doc_get(t, "normalized")))
			return true;
	return false;
}

const char *
hf_steps(struct recipe *r, const struct doc *file, bool *byte_level)
{
	struct steps s = { .r = r, .byte_level = byte_level };
	const char *why =
	    read_steps(&s, doc_get(file, "normalizer"), normalizers, "normalizer");
	if (why != NULL)
		return why;
	if (looks_again(file))
		step(&s, STEP_NORMALIZED, 0, STR(""));
	return read_steps(&s, doc_get(file, "pre_tokenizer"), pre_tokenizers, "pre_tokenizer");
}
