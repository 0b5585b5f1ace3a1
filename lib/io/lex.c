/* lex.c - the words of JSON. */
#include "io/lex.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

struct lex
lex_of(str s)
{
	if (s.at == NULL)
		s.at = ""; /* the zero slice: there is nothing before or behind NULL */
	return (struct lex){
		.start = s.at, .at = s.at, .end = s.at + s.len, .max_depth = LEX_DEPTH
	};
}

size_t
lex_offset(const struct lex *l)
{
	return l->start != NULL ? (size_t)(l->at - l->start) : 0;
}

static bool
fail(struct lex *l, const char *why)
{
	if (l->why == NULL)
		l->why = why;
	return false;
}

static bool
at_end(struct lex *l)
{
	return fail(l, l->at >= l->end ? "ends too early" : "unexpected character");
}

static void
blanks(struct lex *l)
{
	while (l->at < l->end &&
	    (*l->at == ' ' || *l->at == '\t' || *l->at == '\n' || *l->at == '\r'))
		l->at++;
}

enum kind
lex_kind(struct lex *l)
{
	if (l->why != NULL)
		return KIND_NONE;
	blanks(l);
	if (l->at >= l->end)
		return KIND_NONE;
	switch (*l->at) {
	case '{': return KIND_OBJECT;
	case '[': return KIND_ARRAY;
	case '"': return KIND_STRING;
	case 't': return KIND_TRUE;
	case 'f': return KIND_FALSE;
	case 'n': return KIND_NULL;
	case '-': return KIND_NUMBER;
	default: return *l->at >= '0' && *l->at <= '9' ? KIND_NUMBER : KIND_NONE;
	}
}

static bool
word(struct lex *l, const char *text)
{
	size_t n = strlen(text);

	if ((size_t)(l->end - l->at) < n)
		return memcmp(l->at, text, (size_t)(l->end - l->at)) == 0 ?
		    (l->at = l->end, at_end(l)) :
		    fail(l, "unknown word");
	if (memcmp(l->at, text, n) != 0)
		return fail(l, "unknown word");
	l->at += n;
	return true;
}

static bool
digits(struct lex *l)
{
	const char *from = l->at;

	while (l->at < l->end && *l->at >= '0' && *l->at <= '9')
		l->at++;
	return l->at > from || at_end(l);
}

static bool
number(struct lex *l)
{
	if (*l->at == '-')
		l->at++;
	if (l->at < l->end && *l->at == '0')
		l->at++;
	else if (!digits(l))
		return false;
	if (l->at < l->end && *l->at == '.') {
		l->at++;
		if (!digits(l))
			return false;
	}
	if (l->at < l->end && (*l->at == 'e' || *l->at == 'E')) {
		l->at++;
		if (l->at < l->end && (*l->at == '+' || *l->at == '-'))
			l->at++;
		if (!digits(l))
			return false;
	}
	return l->at >= l->end || *l->at < '0' || *l->at > '9' || fail(l, "leading zero");
}

static bool
escape(struct lex *l)
{
	if (++l->at >= l->end)
		return at_end(l);
	char c = *l->at++;
	if (c == 'u') {
		for (int i = 0; i < 4; i++, l->at++)
			if (l->at >= l->end ||
			    memchr("0123456789abcdefABCDEF", *l->at, 22) == NULL)
				return at_end(l);
		return true;
	}
	if (memchr("\"\\/bfnrt", c, 8) != NULL)
		return true;
	l->at--;
	return fail(l, "unknown escape");
}

/* Past the words of eight bytes in which nothing stops a string: no quote, no backslash, no
 * control character, only ASCII.  A byte that is zero after the xor borrows from its high
 * bit; a borrow from the byte below can only stop too early. */
static const char *
pass_plain(const char *at, const char *end)
{
	const uint64_t each = UINT64_C(0x0101010101010101), high = each << 7;
	uint64_t word;

	for (; end - at >= 8; at += 8) {
		memcpy(&word, at, sizeof word);
		uint64_t quote = (word ^ each * '"') - each,
			 escape = (word ^ each * '\\') - each;
		if (((quote | escape | (word - each * ' ') | word) & high) != 0)
			break;
	}
	return at;
}

bool
lex_string(struct lex *l, str *inner, bool *escaped)
{
	if (lex_kind(l) != KIND_STRING)
		return at_end(l);
	const char *from = ++l->at;
	*escaped = false;
	while (l->at < l->end && *l->at != '"') {
		unsigned char c = (unsigned char)*l->at;
		if (c == '\\') {
			*escaped = true;
			if (!escape(l))
				return false;
		} else if (c < ' ') {
			return fail(l, "control character in a string");
		} else if (c < 0x80) {
			l->at = pass_plain(l->at + 1, l->end);
		} else {
			size_t n = utf8_length((str){ l->at, (size_t)(l->end - l->at) });
			if (n == 0)
				return fail(l, "invalid UTF-8");
			l->at += n;
		}
	}
	if (l->at >= l->end)
		return at_end(l);
	*inner = (str){ from, (size_t)(l->at - from) };
	l->at++;
	return true;
}

bool
lex_enter(struct lex *l)
{
	if (l->depth >= l->max_depth)
		return fail(l, "nested too deep");
	l->depth++;
	l->at++;
	return true;
}

bool
lex_more(struct lex *l, char close, bool *first)
{
	if (l->why != NULL)
		return false;
	blanks(l);
	if (l->at >= l->end)
		return at_end(l);
	bool began = *first;
	*first = false;
	if (*l->at == close) {
		l->at++;
		l->depth--;
		return false;
	}
	if (began)
		return true;
	if (*l->at != ',')
		return at_end(l);
	l->at++;
	blanks(l);
	return (l->at < l->end && *l->at != close) || at_end(l);
}

bool
lex_colon(struct lex *l)
{
	blanks(l);
	if (l->why != NULL || l->at >= l->end || *l->at != ':')
		return at_end(l);
	l->at++;
	return true;
}

static bool
container(struct lex *l, char close)
{
	bool first = true, escaped;
	str raw;

	if (!lex_enter(l))
		return false;
	while (lex_more(l, close, &first)) {
		if (close == '}' && (!lex_string(l, &raw, &escaped) || !lex_colon(l)))
			return false;
		if (!lex_skip(l, &raw))
			return false;
	}
	return l->why == NULL;
}

bool
lex_skip(struct lex *l, str *raw)
{
	enum kind kind = lex_kind(l);
	const char *from = l->at;
	bool ok = false, escaped;
	str inner;

	switch (kind) {
	case KIND_NONE: ok = at_end(l); break;
	case KIND_NULL: ok = word(l, "null"); break;
	case KIND_FALSE: ok = word(l, "false"); break;
	case KIND_TRUE: ok = word(l, "true"); break;
	case KIND_NUMBER: ok = number(l); break;
	case KIND_STRING: ok = lex_string(l, &inner, &escaped); break;
	case KIND_ARRAY: ok = container(l, ']'); break;
	case KIND_OBJECT: ok = container(l, '}'); break;
	}
	*raw = (str){ from, (size_t)(l->at - from) };
	return ok;
}

bool
lex_end(struct lex *l)
{
	blanks(l);
	return l->why == NULL && (l->at >= l->end || fail(l, "text after the value"));
}

static uint32_t
hex4(const char *at)
{
	uint32_t code = 0;

	for (int i = 0; i < 4; i++)
		code = code << 4 | (uint32_t)((at[i] & 15) + (at[i] > '9' ? 9 : 0));
	return code;
}

/* One \u escape whose first hex digit is at *at; a second half is taken with it. */
static uint32_t
code_point(const char **at, const char *end)
{
	uint32_t code = hex4(*at);

	*at += 4;
	if (code < 0xd800 || code > 0xdbff || end - *at < 6 || (*at)[0] != '\\' ||
	    (*at)[1] != 'u')
		return code;
	uint32_t low = hex4(*at + 2);
	if (low < 0xdc00 || low > 0xdfff)
		return code;
	*at += 6;
	return 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
}

str
lex_text(struct arena *a, str inner)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	size_t plain = str_find(inner, '\\');

	if (plain == inner.len)
		return inner;
	char *out = arena_bytes(a, inner.len), *o = out;
	for (const char *at = inner.at, *end = at + inner.len; at < end;) {
		if (*at != '\\') {
			*o++ = *at++;
			continue;
		}
		char c = at[1];
		at += 2;
		const char *short_form = memchr(from, c, 5);
		if (c == 'u')
			o += utf8_encode(code_point(&at, end), o);
		else
			*o++ = short_form != NULL ? to[short_form - from] : c;
	}
	return (str){ out, (size_t)(o - out) };
}

bool
lex_lone(str inner)
{
	const char *at = inner.at, *end = at + inner.len;

	while ((size_t)(end - at) >= 6) {
		if (*at != '\\') {
			at++;
			continue;
		}
		bool hex = at[1] == 'u';
		at += 2;
		uint32_t code = hex ? code_point(&at, end) : 0;
		if (code >= 0xd800 && code <= 0xdfff)
			return true;
	}
	return false;
}
