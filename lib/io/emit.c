/* emit.c - JSON written into a buffer. */
#include "io/emit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

/* A comma unless the last byte that is no blank shows that none is due. */
static void
comma(struct buf *b)
{
	str text = str_trim(buf_str(b));
	char last = text.len > 0 ? text.at[text.len - 1] : '[';

	if (last != '{' && last != '[' && last != ',' && last != ':')
		buf_byte(b, ',');
}

static void
quote(struct buf *b, str s)
{
	buf_byte(b, '"');
	while (s.len > 0) {
		size_t n = 0, c;
		while (n < s.len && (c = (unsigned char)s.at[n]) >= ' ' && c != '"' &&
		    c != '\\' && c < 0x80)
			n++;
		buf_add(b, (str){ s.at, n });
		s = str_from(s, n);
		if (s.len == 0)
			break;
		unsigned char odd = (unsigned char)s.at[0];
		size_t length = utf8_length(s);
		if (odd == '"' || odd == '\\')
			buf_add(b, odd == '"' ? STR("\\\"") : STR("\\\\"));
		else if (odd == '\n')
			buf_text(b, "\\n");
		else if (odd == '\t')
			buf_text(b, "\\t");
		else if (odd < ' ')
			buf_printf(b, "\\u%04x", odd);
		else
			buf_add(b, length > 0 ? (str){ s.at, length } : STR("\xef\xbf\xbd"));
		s = str_from(s, length > 0 ? length : 1);
	}
	buf_byte(b, '"');
}

void
emit_open(struct buf *b, char bracket)
{
	comma(b);
	buf_byte(b, bracket);
}

void
emit_close(struct buf *b, char bracket)
{
	buf_byte(b, bracket);
}

void
emit_name(struct buf *b, str name)
{
	comma(b);
	quote(b, name);
	buf_byte(b, ':');
}

void
emit_key(struct buf *b, const char *name)
{
	emit_name(b, str_of(name));
}

void
emit_str(struct buf *b, str s)
{
	comma(b);
	quote(b, s);
}

void
emit_text(struct buf *b, const char *s)
{
	if (s == NULL)
		emit_null(b);
	else
		emit_str(b, str_of(s));
}

void
emit_int(struct buf *b, int64_t n)
{
	comma(b);
	buf_int(b, n);
}

void
emit_real(struct buf *b, double x)
{
	char text[40];

	if (!isfinite(x)) {
		emit_null(b);
		return;
	}
	for (int digits = 6; digits <= 17; digits++) {
		snprintf(text, sizeof text, "%.*g", digits, x);
		if (strtod(text, NULL) == x)
			break;
	}
	comma(b);
	buf_text(b, text);
}

void
emit_bool(struct buf *b, bool yes)
{
	comma(b);
	buf_text(b, yes ? "true" : "false");
}

void
emit_null(struct buf *b)
{
	comma(b);
	buf_text(b, "null");
}

void
emit_raw(struct buf *b, str json)
{
	comma(b);
	buf_add(b, json.len > 0 ? json : STR("null"));
}

str
emit_quoted(struct arena *a, str s)
{
	struct buf b = { 0 };

	quote(&b, s);
	str text = arena_keep(a, buf_str(&b));
	buf_free(&b);
	return text;
}

void
emit_kstr(struct buf *b, const char *key, str s)
{
	if (s.len == 0)
		return;
	emit_key(b, key);
	emit_str(b, s);
}

void
emit_ktext(struct buf *b, const char *key, const char *s)
{
	emit_kstr(b, key, str_of(s));
}

void
emit_kint(struct buf *b, const char *key, int64_t n)
{
	emit_key(b, key);
	emit_int(b, n);
}

void
emit_kreal(struct buf *b, const char *key, double x)
{
	emit_key(b, key);
	emit_real(b, x);
}

void
emit_kbool(struct buf *b, const char *key, bool yes)
{
	emit_key(b, key);
	emit_bool(b, yes);
}

void
emit_kraw(struct buf *b, const char *key, str json)
{
	emit_key(b, key);
	emit_raw(b, json);
}
