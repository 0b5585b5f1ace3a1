/* key.c - keys of groups, put together and taken apart. */
#include "base/key.h"

#include <string.h>

static bool
special(char c)
{
	return c == '|' || c == '\\' || (unsigned char)c < ' ' || c == 0x7f;
}

void
key_begin(struct buf *b)
{
	buf_reset(b);
}

static void
escape(struct buf *b, char c)
{
	if (c == '|')
		buf_text(b, "\\p");
	else if (c == '\\')
		buf_text(b, "\\\\");
	else
		buf_printf(b, "\\x%02x", (unsigned char)c);
}

/* Is there nothing to escape?  Eight bytes at once: a byte that is zero after the xor, or
 * below a blank, borrows from its high bit; so do others, which are then escaped one by one
 * as far as they need it. */
static bool
plain(str s)
{
	const uint64_t each = UINT64_C(0x0101010101010101), high = each << 7;
	size_t i = 0;

	for (; s.len - i >= sizeof(uint64_t); i += sizeof(uint64_t)) {
		uint64_t word;
		memcpy(&word, s.at + i, sizeof word);
		if (((((word ^ each * '|') - each) | ((word ^ each * '\\') - each) |
			 ((word ^ each * 0x7f) - each) | (word - each * ' ')) &
			high) != 0)
			return false;
	}
	for (; i < s.len; i++)
		if (special(s.at[i]))
			return false;
	return true;
}

void
key_add(struct buf *b, str value, bool first)
{
	size_t from = 0;

	if (!first)
		buf_byte(b, '|');
	for (size_t i = 0, n = plain(value) ? 0 : value.len; i < n; i++)
		if (special(value.at[i])) {
			buf_add(b, (str){ value.at + from, i - from });
			escape(b, value.at[i]);
			from = i + 1;
		}
	if (value.len > from)
		buf_add(b, (str){ value.at + from, value.len - from });
}

void
key_add_unknown(struct buf *b, bool first)
{
	if (!first)
		buf_byte(b, '|');
	buf_text(b, KEY_UNKNOWN);
}

/* A digit of a key that somebody else may have written: what is none counts 0. */
static unsigned
hex(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c != '\0' ? strchr(digits, c) : NULL;

	return at != NULL ? (unsigned)(at - digits) : 0;
}

str
key_value(struct arena *a, str key, size_t dimension, bool *known)
{
	str rest = key, part = { 0 };

	for (size_t i = 0; i <= dimension; i++)
		part = str_cut(&rest, '|');
	*known = !str_is(part, KEY_UNKNOWN);
	if (!*known)
		return STR("(unknown)");
	char *text = arena_bytes(a, part.len + 1);
	size_t n = 0;
	for (size_t i = 0; i < part.len; i++) {
		if (part.at[i] != '\\' || i + 1 == part.len) {
			text[n++] = part.at[i];
			continue;
		}
		char c = part.at[++i];
		if (c == 'x' && i + 2 < part.len) {
			text[n++] = (char)(hex(part.at[i + 1]) << 4 | hex(part.at[i + 2]));
			i += 2;
		} else {
			text[n++] = c == 'p' ? '|' : c;
		}
	}
	return (str){ text, n };
}
