/* normal.c - the steps of a normalizer, one after the other. */
#include "token/normal.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "data/pattern.h"
#include "token/count.h"

#define META "\xe2\x96\x81" /* U+2581 */

struct normal {
	const struct image *im;
	size_t from, to;
	struct buf bufs[2];
	struct pattern **patterns; /* by step; NULL: not that kind */
};

uint32_t
normal_char(str text, size_t at, size_t *len)
{
	const unsigned char *p = (const unsigned char *)text.at + at;
	if (*p < 0x80) {
		*len = 1;
		return *p;
	}
	*len = *p < 0xe0 ? 2 : *p < 0xf0 ? 3 : 4;
	if (*len > text.len - at) { /* raw bytes */
		*len = 1;
		return 0xfffd;
	}
	uint32_t code = *p & (0xffu >> (*len + 1));
	for (size_t i = 1; i < *len; i++)
		code = code << 6 | (p[i] & 63u);
	return code;
}

void
normal_put(struct buf *to, uint32_t code)
{
	char bytes[4];
	buf_add(to, (str){ bytes, utf8_encode(code, bytes) });
}

static str
text_of(const struct normal *n, uint64_t at, uint64_t len)
{
	return len > 0 ? (str){ n->im->text + at, len } : (str){ 0 };
}

void
normal_lower(struct buf *to, str text)
{
	for (size_t i = 0, len; i < text.len; i += len) {
		uint32_t code = normal_char(text, i, &len);
		if (code == 0x130) /* the one that becomes two */
			buf_text(to, "i\xcc\x87");
		else
			normal_put(to, (uint32_t)utf8proc_tolower((utf8proc_int32_t)code));
	}
}

static str
step_strip(const struct normal *n, str text, uint32_t flags)
{
	size_t start = 0, end = 0, len;
	for (size_t i = 0; i < text.len; i += len)
		if (!unicode_white(n->im->unicode, normal_char(text, i, &len))) {
			if (end == 0)
				start = i;
			end = i + len;
		}
	if (end == 0)
		start = text.len;
	start = flags & 1 ? start : 0;
	end = flags & 2 ? end : text.len;
	return end > start ? (str){ text.at + start, end - start } : (str){ 0 };
}

static void
step_replace(struct buf *to, str text, str from, str by)
{
	while (text.len > 0) {
		const char *hit =
		    from.len > 0 ? memmem(text.at, text.len, from.at, from.len) : NULL;
		size_t before = hit != NULL ? (size_t)(hit - text.at) : text.len;
		buf_add(to, (str){ text.at, before });
		if (hit != NULL)
			buf_add(to, by);
		text = str_from(text, before + (hit != NULL ? from.len : 0));
	}
}

static void
step_pattern(struct buf *to, const struct pattern *p, str text, str by)
{
	size_t from = 0, start, end;
	while (from < text.len && pattern_find(p, text, from, &start, &end) == PATTERN_YES &&
	    end > start) {
		buf_add(to, (str){ text.at + from, start - from });
		buf_add(to, by);
		from = end;
	}
	buf_add(to, str_from(text, from));
}

static bool
begins_with(str text, str words)
{
	return words.len == 0 ||
	    (text.len >= words.len && memcmp(text.at, words.at, words.len) == 0);
}

static void
step_nmt(struct buf *to, str text)
{
	for (size_t i = 0, len; i < text.len; i += len) {
		uint32_t c = normal_char(text, i, &len);
		if ((c >= 1 && c <= 8) || c == 0xb || (c >= 0xe && c <= 0x1f) || c == 0x7f ||
		    c == 0x8f || c == 0x9f)
			continue;
		if (c == 9 || c == 0xa || c == 0xc || c == 0xd || c == 0x1680 ||
		    (c >= 0x200b && c <= 0x200f) || c == 0x2028 || c == 0x2029 || c == 0x2581 ||
		    c == 0xfeff || c == 0xfffd)
			buf_byte(to, ' ');
		else
			buf_add(to, (str){ text.at + i, len });
	}
}

/* sentencepiece's treatment of spaces (normalizer.cc). */
static void
step_space(struct buf *to, str text, uint32_t flags, unsigned parts)
{
	const char *space = flags & SPACE_ESCAPE ? META : " ";
	bool first = parts & TEXT_FIRST, squeeze = flags & SPACE_SQUEEZE;
	bool prefix = (flags & SPACE_PREFIX) && first && !(flags & SPACE_SUFFIX);
	if (squeeze && first)
		while (text.len > 0 && *text.at == ' ')
			text = str_from(text, 1);
	if (squeeze && (parts & TEXT_LAST))
		while (str_ends(text, " ") || ((flags & SPACE_ESCAPE) && str_ends(text, META)))
			text.len -= text.at[text.len - 1] == ' ' ? 1 : sizeof META - 1;
	if (prefix && text.len > 0)
		buf_text(to, space);
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] != ' ')
			buf_byte(to, text.at[i]);
		else if (!squeeze || i == 0 || text.at[i - 1] != ' ')
			buf_text(to, space);
	}
	if ((flags & SPACE_PREFIX) && (flags & SPACE_SUFFIX) && text.len > 0)
		buf_text(to, space);
}

static str
run_step(struct normal *n, size_t i, str text, struct buf *to, unsigned parts)
{
	const struct step *s = &n->im->steps[i];
	str a = text_of(n, s->a_at, s->a_len), b = text_of(n, s->b_at, s->b_len);
	buf_reset(to);
	switch ((enum step_kind)s->kind) {
	case STEP_NFC:
	case STEP_NFD:
	case STEP_NFKC:
	case STEP_NFKD: normal_form(to, text, (enum step_kind)s->kind, s->flags); break;
	case STEP_LOWER: normal_lower(to, text); break;
	case STEP_STRIP: return step_strip(n, text, s->flags);
	case STEP_STRIP_ACCENTS: normal_accents(to, text); break;
	case STEP_REPLACE: step_replace(to, text, a, b); break;
	case STEP_REPLACE_PATTERN: step_pattern(to, n->patterns[i - n->from], text, b); break;
	case STEP_PREPEND:
		if (text.len > 0 && (parts & TEXT_FIRST))
			buf_add(to, a);
		buf_add(to, text);
		break;
	case STEP_METASPACE:
		if (text.len > 0 && (parts & TEXT_FIRST) && !begins_with(text, a) &&
		    !((s->flags & 1) && (parts & TEXT_INNER)))
			buf_add(to, a);
		buf_add(to, text);
		break;
	case STEP_CHARSMAP: normal_charsmap(to, text, a, s->flags & 1); break;
	case STEP_NMT: step_nmt(to, text); break;
	case STEP_BERT: normal_bert(to, text, s->flags); break;
	case STEP_SPACE: step_space(to, text, s->flags, parts); break;
	case STEP_NORMALIZED:
	case STEP_SPLIT:
	case STEP_KINDS: return text;
	}
	return buf_str(to);
}

str
normal_run(struct normal *n, str text, unsigned parts)
{
	for (size_t i = n->from; i < n->to; i++)
		text = run_step(n, i, text, &n->bufs[i & 1], parts);
	return text;
}

/* Everything but what looks at both sides of the cut, or at the whole. */
bool
normal_local(const struct normal *n)
{
	for (size_t i = n->from; i < n->to; i++)
		if (n->im->steps[i].kind == STEP_REPLACE_PATTERN ||
		    n->im->steps[i].kind == STEP_STRIP)
			return false;
	return true;
}

struct normal *
normal_new(const struct image *im, size_t from, size_t to, char why[160])
{
	if (from >= to)
		return NULL;
	struct normal *n = mem_new(sizeof *n);
	n->im = im;
	n->from = from;
	n->to = to;
	n->patterns = mem_new((to - from) * sizeof *n->patterns);
	for (size_t i = from; i < to; i++) {
		const struct step *s = &im->steps[i];
		if (s->kind == STEP_REPLACE_PATTERN &&
		    (n->patterns[i - from] = pattern_new(text_of(n, s->a_at, s->a_len), why)) ==
			NULL) {
			normal_free(n);
			return NULL;
		}
	}
	return n;
}

void
normal_free(struct normal *n)
{
	if (n == NULL)
		return;
	for (size_t i = n->from; i < n->to; i++)
		if (n->patterns[i - n->from] != NULL)
			pattern_free(n->patterns[i - n->from]);
	free(n->patterns);
	buf_free(&n->bufs[0]);
	buf_free(&n->bufs[1]);
	free(n);
}
