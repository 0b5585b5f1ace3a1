/* plain.c - a text as its reader sees it. */
#include "mail/plain.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/buf.h"
#include "base/utf8.h"

static bool
number(str s, uint32_t *code)
{
	int base = 10;
	uint64_t n = 0;

	if (s.len > 0 && (s.at[0] | 0x20) == 'x') {
		base = 16;
		s = str_from(s, 1);
	}
	if (s.len == 0 || s.len > 8)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.at[i], low = (char)(c | 0x20);
		int d = c >= '0' && c <= '9' ? c - '0' :
		    low >= 'a' && low <= 'f' ? low - 'a' + 10 :
					       16;
		if (d >= base)
			return false;
		n = n * (uint64_t)base + (uint64_t)d;
	}
	*code = n <= 0x10ffff ? (uint32_t)n : 0xfffd;
	return true;
}

/* What stands between & and ; */
static bool
reference(str name, struct buf *out)
{
	static const struct {
		const char *name;
		uint32_t code;
	} known[] = { { "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' },
		{ "apos", '\'' }, { "nbsp", ' ' }, { "lbrace", '{' }, { "lcub", '{' },
		{ "rbrace", '}' }, { "rcub", '}' }, { "percnt", '%' }, { "lsqb", '[' },
		{ "lbrack", '[' }, { "rsqb", ']' }, { "rbrack", ']' }, { "hyphen", '-' },
		{ "shy", 0xad }, { "ZeroWidthSpace", 0x200b }, { "zwnj", 0x200c },
		{ "zwj", 0x200d }, { "period", '.' }, { "commat", '@' }, { "num", '#' } };
	uint32_t code = 0;
	char utf8[4];

	if (name.len > 1 && name.at[0] == '#' && !number(str_from(name, 1), &code))
		return false;
	for (size_t i = 0; code == 0 && i < sizeof known / sizeof *known; i++)
		if (str_is(name, known[i].name))
			code = known[i].code;
	if (code == 0)
		return false;
	buf_add(out, (str){ utf8, utf8_encode(code, utf8) });
	return true;
}

/* Where the tag or comment that begins there ends. */
static size_t
tag_end(str s, size_t at)
{
	bool comment = str_starts(str_from(s, at), "<!--");
	const char *end = comment ? "-->" : ">";
	size_t n = str_search(str_from(s, at), end);

	return at + n + strlen(end);
}

str
plain_html(struct arena *a, str s)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < s.len;) {
		str rest = str_from(s, i + 1);
		size_t semicolon = s.at[i] == '&' ? str_find(rest, ';') : rest.len;
		if (s.at[i] == '<') {
			i = tag_end(s, i);
		} else if (semicolon < rest.len && semicolon < 20 &&
		    reference((str){ rest.at, semicolon }, &b)) {
			i += semicolon + 2;
		} else {
			buf_byte(&b, s.at[i++]);
		}
	}
	str plain = arena_keep(a, buf_str(&b));
	buf_free(&b);
	return plain;
}

str
plain_map(struct arena *a, str s, int options)
{
	utf8proc_uint8_t *out = NULL;
	utf8proc_ssize_t n =
	    utf8proc_map((const utf8proc_uint8_t *)s.at, (utf8proc_ssize_t)s.len, &out,
		(utf8proc_option_t)(options | UTF8PROC_STABLE | UTF8PROC_COMPOSE));
	str mapped = n < 0 ? s : arena_keep(a, (str){ (const char *)out, (size_t)n });

	free(out);
	return mapped;
}

str
plain_seen(struct arena *a, str s)
{
	if (str_ascii(s) || utf8_valid(s) != s.len)
		return s;
	return plain_map(a, s, UTF8PROC_COMPAT | UTF8PROC_IGNORE);
}
