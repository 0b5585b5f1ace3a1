/* normal_unicode.c - Unicode's normalization forms, and BERT's cleaning. */
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/err.h"
#include "base/mem.h"
#include "token/normal.h"

/* Characters that NFC leaves alone whatever stands around them, by what they start with:
 * enough of them that most text is seen to be normal already. */
static bool
stays(const unsigned char *p, size_t left)
{
	if (*p < 0xcc) /* below U+0300 */
		return true;
	if (*p == 0xd0 || *p == 0xd1) /* Cyrillic */
		return true;
	if (left < 3)
		return false;
	if (*p == 0xe3) /* kana, but not their marks */
		return !(p[1] == 0x82 && (p[2] == 0x99 || p[2] == 0x9a)) &&
		    !(p[1] == 0x80 && p[2] >= 0xaa);
	if (*p >= 0xe4 && *p <= 0xe9) /* Han */
		return true;
	if (*p >= 0xeb && *p <= 0xec) /* Hangul syllables */
		return true;
	if (*p == 0xe2 && p[1] == 0x80) /* dashes, quotes */
		return p[2] >= 0x90;
	return *p == 0xef && (p[1] == 0xbc || p[1] == 0xbd); /* full width */
}

static bool
is_normal(str text)
{
	const unsigned char *p = (const unsigned char *)text.at;
	for (size_t i = 0; i < text.len;) {
		if (!stays(p + i, text.len - i))
			return false;
		i += p[i] < 0x80 ? 1 : p[i] < 0xe0 ? 2 : p[i] < 0xf0 ? 3 : 4;
	}
	return true;
}

/* Characters taken apart. */
struct scalars {
	utf8proc_int32_t *at;
	size_t count, room;
};

static void
take_apart(struct scalars *s, uint32_t code, utf8proc_option_t options)
{
	utf8proc_ssize_t n;
	int boundary = 0;
	for (;;) {
		size_t left = s->room - s->count;
		n = utf8proc_decompose_char((utf8proc_int32_t)code, s->at + s->count,
		    (utf8proc_ssize_t)left, options, &boundary);
		if (n >= 0 && (size_t)n <= left)
			break;
		if (n < 0)
			die(EXIT_SYSTEM, "normalization: %s", utf8proc_errmsg(n));
		s->room = s->room * 2 + 64;
		s->at = mem_grow(s->at, s->room, sizeof *s->at);
	}
	s->count += (size_t)n;
}

static unsigned
class_of(utf8proc_int32_t code)
{
	return code < 0x300 ? 0 : (unsigned)utf8proc_get_property(code)->combining_class & 255;
}

/* A run of marks in the order of their classes, equal ones as they stood: by counting, as a
 * run may be as long as the text. */
static void
order_run(utf8proc_int32_t *run, size_t n, utf8proc_int32_t *work)
{
	size_t starts[257] = { 0 };
	for (size_t i = 0; i < n; i++)
		starts[class_of(run[i]) + 1]++;
	for (unsigned k = 1; k < 257; k++)
		starts[k] += starts[k - 1];
	for (size_t i = 0; i < n; i++)
		work[starts[class_of(run[i])]++] = run[i];
	memcpy(run, work, n * sizeof *run);
}

static void
order(const struct scalars *s)
{
	utf8proc_int32_t *work = mem_grow(NULL, s->count + 1, sizeof *work);
	for (size_t i = 0, end; i < s->count; i = end + 1) {
		bool sorted = true;
		for (end = i; end < s->count && class_of(s->at[end]) > 0; end++)
			sorted = sorted &&
			    (end == i || class_of(s->at[end - 1]) <= class_of(s->at[end]));
		if (!sorted)
			order_run(s->at + i, end - i, work);
	}
	free(work);
}

static void
form(struct buf *to, str text, int options)
{
	struct scalars s = { mem_grow(NULL, text.len + 8, sizeof *s.at), 0, text.len + 8 };
	utf8proc_option_t all = (utf8proc_option_t)(UTF8PROC_STABLE | options);
	for (size_t i = 0, len; i < text.len; i += len)
		take_apart(&s, normal_char(text, i, &len), all);
	order(&s);
	utf8proc_ssize_t n = (utf8proc_ssize_t)s.count;
	if (options & UTF8PROC_COMPOSE)
		n = utf8proc_normalize_utf32(s.at, n, all);
	for (utf8proc_ssize_t i = 0; i < n; i++)
		normal_put(to, (uint32_t)s.at[i]);
	free(s.at);
}

/* Characters that are too new have no decomposition, and nothing passes them. */
static size_t
old_run(str text)
{
	size_t i = 0, len;
	for (; i < text.len; i += len)
		if (unicode_age(normal_char(text, i, &len)) > 9)
			break;
	return i;
}

static void
old_form(struct buf *to, str text, int options)
{
	while (text.len > 0) {
		size_t known = old_run(text), len = 0;
		if (known > 0)
			form(to, (str){ text.at, known }, options);
		text = str_from(text, known);
		if (text.len > 0)
			normal_char(text, 0, &len);
		buf_add(to, (str){ text.at, len });
		text = str_from(text, len);
	}
}

void
normal_form(struct buf *to, str text, enum step_kind kind, uint32_t flags)
{
	bool compatible = kind == STEP_NFKC || kind == STEP_NFKD;
	bool composed = kind == STEP_NFC || kind == STEP_NFKC;
	if (text.len == 0)
		return;
	int options = (composed ? UTF8PROC_COMPOSE : UTF8PROC_DECOMPOSE) |
	    (compatible ? UTF8PROC_COMPAT : 0);
	if (kind == STEP_NFC && is_normal(text))
		buf_add(to, text);
	else if (flags & OLD_TABLES)
		old_form(to, text, options);
	else
		form(to, text, options);
}

/* The blocks that BERT's tokenization.py sets apart; of one of them Hugging Face and
 * llama.cpp have another beginning. */
static bool
is_chinese(uint32_t c)
{
	return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) ||
	    (c >= 0x20000 && c <= 0x2a6df) || (c >= 0x2a700 && c <= 0x2b81f) ||
	    (c >= 0x2b920 && c <= 0x2ceaf) || (c >= 0xf900 && c <= 0xfaff) ||
	    (c >= 0x2f800 && c <= 0x2fa1f);
}

static bool
is_control(uint32_t c, bool old)
{
	utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);
	return k == UTF8PROC_CATEGORY_CC || k == UTF8PROC_CATEGORY_CO ||
	    (k == UTF8PROC_CATEGORY_CF && !(old && unicode_age(c) > 8));
}

static bool
is_blank(uint32_t c)
{
	utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);
	return (c >= 9 && c <= 13) || c == 0x85 || k == UTF8PROC_CATEGORY_ZS ||
	    k == UTF8PROC_CATEGORY_ZL || k == UTF8PROC_CATEGORY_ZP;
}

static void
clean(struct buf *to, str text, uint32_t flags)
{
	bool cleans = flags & BERT_CLEAN, chinese = flags & BERT_CHINESE;
	for (size_t i = 0, len; i < text.len; i += len) {
		uint32_t c = normal_char(text, i, &len);
		bool kept = c == '\t' || c == '\n' || c == '\r';
		if (cleans &&
		    (c == 0 || c == 0xfffd || (!kept && is_control(c, flags & OLD_TABLES))))
			continue;
		if (chinese && is_chinese(c))
			buf_byte(to, ' ');
		if (cleans && is_blank(c))
			buf_byte(to, ' ');
		else
			buf_add(to, (str){ text.at + i, len });
		if (chinese && is_chinese(c))
			buf_byte(to, ' ');
	}
}

/* Categories were changed since: then they were marks, or were none. */
static bool
was_nonspacing(uint32_t c)
{
	return c == 0x1734;
}

static bool
is_nonspacing(uint32_t c, bool old)
{
	if (utf8proc_category((utf8proc_int32_t)c) != UTF8PROC_CATEGORY_MN)
		return old && was_nonspacing(c);
	bool other_then = c == 0x1885 || c == 0x1886 || c == 0xa9bd || c == 0x111c9;
	return !old || (unicode_age(c) <= 8 && !other_then);
}

static void
bare(struct buf *to, str text, bool old)
{
	for (size_t i = 0, len; i < text.len; i += len)
		if (!is_nonspacing(normal_char(text, i, &len), old))
			buf_add(to, (str){ text.at + i, len });
}

void
normal_accents(struct buf *to, str text)
{
	for (size_t i = 0, len; i < text.len; i += len) {
		uint32_t code = normal_char(text, i, &len);
		utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)code);
		bool mark = c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_MC ||
		    c == UTF8PROC_CATEGORY_ME;
		bool was = code == 0x1cf2 || code == 0x1cf3; /* until Unicode 12 */
		if (!was && (!mark || code == 0x111c9 || unicode_age(code) > 9))
			buf_add(to, (str){ text.at + i, len });
	}
}

void
normal_bert(struct buf *to, str text, uint32_t flags)
{
	struct buf cleaned = { 0 }, apart = { 0 };
	clean(&cleaned, text, flags);
	text = buf_str(&cleaned);
	if (flags & BERT_ACCENTS) {
		normal_form(&apart, text, STEP_NFD, flags);
		buf_reset(&cleaned);
		bare(&cleaned, buf_str(&apart), flags & OLD_TABLES);
		text = buf_str(&cleaned);
	}
	if (flags & BERT_LOWER)
		normal_lower(to, text);
	else
		buf_add(to, text);
	buf_free(&cleaned);
	buf_free(&apart);
}
