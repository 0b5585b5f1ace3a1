/* split.c - one piece after the other, character by character: what every faster way is
 * measured against. */
#include "token/split.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "token/split_scan.h"

struct look {
	enum unicode_class class;
	size_t len; /* 0: the text has ended */
};

static inline __attribute__((always_inline)) struct look
look(const struct unicode *u, str text, size_t at)
{
	const unsigned char *p = (const unsigned char *)text.at + at;
	if (at >= text.len)
		return (struct look){ UC_OTHER, 0 };
	if (*p >= 0xe0 && *p < 0xf0)
		return (struct look){
			unicode_class(u, (*p & 15u) << 12 | (p[1] & 63u) << 6 | (p[2] & 63u)), 3
		};
	if (*p < 0x80)
		return (struct look){ unicode_class(u, *p), 1 };
	if (*p < 0xe0)
		return (struct look){ unicode_class(u, (*p & 31u) << 6 | (p[1] & 63u)), 2 };
	return (struct look){ unicode_class(u,
				  (*p & 7u) << 18 | (p[1] & 63u) << 12 | (p[2] & 63u) << 6 |
				      (p[3] & 63u)),
		4 };
}

static bool
in_word(const struct scheme *s, enum unicode_class c)
{
	return unicode_letter(c) || (c == UC_MARK && (s->marks_join || s->cased));
}

/* What a run of signs consists of: neither white space, letter nor number. */
static bool
is_sign(const struct scheme *s, enum unicode_class c)
{
	if (c == UC_MARK)
		return !s->marks_join;
	return c == UC_OTHER || c == UC_PUNCT || c == UC_SYMBOL;
}

size_t
split_contraction(const struct scheme *s, str text, size_t at)
{
	static const char *const words[] = { "s", "t", "re", "ve", "m", "ll", "d" };
	if (at >= text.len || text.at[at] != '\'')
		return 0;
	const char *p = text.at + at + 1;
	size_t left = text.len - at - 1;
	if (s->long_s && left >= 2 && memcmp(p, "\xc5\xbf", 2) == 0) /* U+017F folds to s */
		return 3;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t len = strlen(words[i]), k = 0;
		while (k < len && k < left && (p[k] | (s->folds ? 0x20 : 0)) == words[i][k])
			k++;
		if (k == len)
			return len + 1;
	}
	return 0;
}

/* Is this one of most letters of Han, Hangul and kana?  They have no case. */
static inline bool
is_plain(const unsigned char *p)
{
	if ((*p >= 0xe5 && *p <= 0xe9) || *p == 0xeb || *p == 0xec)
		return true;
	if (*p != 0xe3)
		return false;
	return (p[1] == 0x81 && p[2] != 0x80) || (p[1] == 0x83 && p[2] != 0xbb) ||
	    (p[1] == 0x82 && (p[2] <= 0x96 || p[2] >= 0xa1));
}

/* Behind a character, and behind such letters that follow it. */
static inline size_t
behind(str text, size_t at, struct look l)
{
	at += l.len;
	while (l.class == UC_LETTER && at + 3 <= text.len &&
	    is_plain((const unsigned char *)text.at + at))
		at += 3;
	return at;
}

/* [Lu Lt Lm Lo M]* [Ll Lm Lo M]+, and failing that [Lu Lt Lm Lo M]+ (no lower-case letter
 * follows it then): where it ends, or `at` if there is none.  *first tells which it was. */
static size_t
cased_word(const struct unicode *u, str text, size_t at, bool *first)
{
	size_t end = at, both = at;
	struct look l = look(u, text, at);
	for (; l.class == UC_UPPER || l.class == UC_LETTER || l.class == UC_MARK;
	     l = look(u, text, end)) {
		end = behind(text, end, l);
		if (l.class != UC_UPPER)
			both = end;
	}
	*first = l.class == UC_LOWER || both > at;
	if (l.class != UC_LOWER)
		return both > at ? both : end;
	for (; l.class == UC_LOWER || l.class == UC_LETTER || l.class == UC_MARK;
	     l = look(u, text, end))
		end = behind(text, end, l);
	return end;
}

/* The same behind one sign or white space: the order of the alternatives decides. */
static size_t
cased_piece(const struct unicode *u, str text, size_t at, struct look l)
{
	bool alone = unicode_letter(l.class), may = alone || l.class == UC_MARK;
	bool second, first;
	size_t later = alone ? at : cased_word(u, text, at + l.len, &second);
	size_t here = may ? cased_word(u, text, at, &first) : at;
	bool led = !alone && later > at + l.len;
	if (led && second)
		return later;
	if (may && here > at && first)
		return here;
	if (led)
		return later;
	return here;
}

static size_t
run_of_word(const struct scheme *s, const struct unicode *u, str text, size_t at)
{
	for (struct look l = look(u, text, at); l.len > 0 && in_word(s, l.class);
	     l = look(u, text, at))
		at = behind(text, at, l);
	return at;
}

/* Where a word ends that starts at `at`, with what may stand before it; `at`: no word. */
static size_t
word(const struct scheme *s, const struct unicode *u, str text, size_t at, struct look l)
{
	bool leads =
	    s->leads_space ? text.at[at] == ' ' : l.class != UC_NEWLINE && l.class != UC_NUMBER;
	if (!unicode_letter(l.class) && !leads && !in_word(s, l.class))
		return at;
	if (s->cased) {
		size_t end = cased_piece(u, text, at, l);
		if (end > at && s->contracts == 2)
			end += split_contraction(s, text, end);
		return end;
	}
	size_t from = leads && !unicode_letter(l.class) ? at + l.len : at;
	size_t end = run_of_word(s, u, text, from);
	if (end > from)
		return end;
	return run_of_word(s, u, text, at); /* a mark that leads nothing is a word itself */
}

static size_t
number(const struct scheme *s, const struct unicode *u, str text, size_t at)
{
	size_t end = at, count = 0;
	for (struct look l = look(u, text, at); l.class == UC_NUMBER && l.len > 0;
	     l = look(u, text, end)) {
		end += l.len;
		if (++count == s->digits)
			break;
	}
	return end;
}

static size_t
signs(const struct scheme *s, const struct unicode *u, str text, size_t at)
{
	size_t end = at;
	for (struct look l = look(u, text, at); l.len > 0 && is_sign(s, l.class);
	     l = look(u, text, end))
		end += l.len;
	if (end > at && s->tail > 0)
		while (end < text.len &&
		    (text.at[end] == '\r' || text.at[end] == '\n' ||
			(s->tail == 2 && text.at[end] == '/')))
			end++;
	return end;
}

static size_t
white(const struct scheme *s, const struct unicode *u, str text, size_t at)
{
	size_t end = at, line = at, before = at;
	for (struct look l = look(u, text, at);
	     l.len > 0 && (l.class == UC_SPACE || l.class == UC_NEWLINE);
	     l = look(u, text, end)) {
		before = end;
		end += l.len;
		if (l.class == UC_NEWLINE)
			line = end;
	}
	if (end == text.len && s->ends_whole)
		return end;
	if (line > at && s->lines)
		return line;
	if (end == text.len || before == at)
		return end;
	return before;
}

size_t
split_piece(const struct scheme *s, const struct unicode *u, str text, size_t at)
{
	struct look l = look(u, text, at);
	size_t end;
	if (s->contracts == 1 && (end = at + split_contraction(s, text, at)) > at)
		return end;
	if ((end = word(s, u, text, at, l)) > at)
		return end;
	size_t from = text.at[at] == ' ' ? at + 1 : at;
	if ((end = number(s, u, text, s->leads_space ? from : at)) >
	    (s->leads_space ? from : at))
		return end;
	if ((end = signs(s, u, text, from)) > from)
		return end;
	return white(s, u, text, at);
}

static size_t
next_scalar(const struct splitter *sp, str text, size_t *at, uint32_t *ends, size_t room)
{
	size_t n = 0;
	for (; n < room && *at < text.len; n++) {
		*at = split_piece(sp->scheme, sp->unicode, text, *at);
		ends[n] = (uint32_t)*at;
	}
	return n;
}

struct splitter *
split_scan(const struct scheme *scheme, const struct unicode *unicode, enum split_way way)
{
	struct splitter *sp = mem_new(sizeof *sp);
	sp->scheme = scheme;
	sp->unicode = unicode;
	sp->next = split_fast(scheme, way);
	if (sp->next == NULL)
		sp->next = next_scalar;
	return sp;
}

bool
split_is_scan(const struct splitter *sp)
{
	return sp->scheme != NULL;
}

size_t
split_next(const struct splitter *sp, str text, size_t *at, uint32_t *ends, size_t room)
{
	return sp->next(sp, text, at, ends, room);
}

/* Behind a line end a word starts a piece, in GPT-2's scheme only if no other white space
 * stands before it. */
static bool
word_after_line(const struct splitter *sp, str text, size_t at)
{
	unsigned char before = (unsigned char)text.at[at - 2];
	bool known = before > ' ' && before < 0x7f;
	return text.at[at - 1] == '\n' && unicode_letter(look(sp->unicode, text, at).class) &&
	    (known || !sp->scheme->leads_space);
}

/* A letter, a space, a letter: every scheme begins a piece at that space. */
size_t
split_safe(const struct splitter *sp, str text)
{
	if (sp->scheme == NULL)
		return 0;
	for (size_t i = text.len > 4 ? text.len - 4 : 0; i-- > 2;) {
		const unsigned char *p = (const unsigned char *)text.at + i - 2;
		if (p[1] == ' ' && (p[0] | 0x20) >= 'a' && (p[0] | 0x20) <= 'z' &&
		    (p[2] | 0x20) >= 'a' && (p[2] | 0x20) <= 'z')
			return i - 1;
		if (p[1] == '\n' && word_after_line(sp, text, i))
			return i;
	}
	return 0;
}

void
split_free(struct splitter *sp)
{
	if (sp == NULL)
		return;
	split_pcre_free(sp->pcre);
	free(sp);
}
