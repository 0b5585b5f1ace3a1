/* utf8.c - UTF-8. */
#include "base/utf8.h"

#include <endian.h>
#include <string.h>

static bool
tail(str s, size_t i)
{
	return i < s.len && ((unsigned char)s.at[i] & 0xc0) == 0x80;
}

static bool
between(str s, size_t i, unsigned low, unsigned high)
{
	return i < s.len && (unsigned char)s.at[i] >= low && (unsigned char)s.at[i] <= high;
}

/* Table 3-7 of the Unicode standard. */
size_t
utf8_length(str s)
{
	if (s.len == 0)
		return 0;

	unsigned char c = (unsigned char)s.at[0];
	if (c < 0x80)
		return 1;
	if (c >= 0xc2 && c <= 0xdf)
		return tail(s, 1) ? 2 : 0;
	if (c >= 0xe0 && c <= 0xef) {
		unsigned low = c == 0xe0 ? 0xa0 : 0x80, high = c == 0xed ? 0x9f : 0xbf;
		return between(s, 1, low, high) && tail(s, 2) ? 3 : 0;
	}
	if (c >= 0xf0 && c <= 0xf4) {
		unsigned low = c == 0xf0 ? 0x90 : 0x80, high = c == 0xf4 ? 0x8f : 0xbf;
		return between(s, 1, low, high) && tail(s, 2) && tail(s, 3) ? 4 : 0;
	}
	return 0;
}

/* A well-formed character of three bytes; a fourth can be read.  Surrogates are left out, and
 * so is what would be too long a form. */
static inline bool
three_bytes(const char *p)
{
	uint32_t v;
	memcpy(&v, p, sizeof v);
	v = le32toh(v);
	if ((v & 0xc0c0f0) != 0x8080e0 || (v & 0xf) == 0xd)
		return false;
	return (v & 0xf) != 0 || (v & 0x2000) != 0;
}

size_t
utf8_valid(str s)
{
	size_t at = 0, n;
	uint64_t eight;

	while (at < s.len) {
		for (; at + 8 <= s.len; at += 8) { /* ASCII by the word */
			memcpy(&eight, s.at + at, 8);
			if (eight & UINT64_C(0x8080808080808080))
				break;
		}
		/* three bytes, most of the world's other letters; two, many of the rest */
		for (; at + 4 <= s.len; at += 3)
			if (!three_bytes(s.at + at))
				break;
		for (; at + 2 <= s.len && (unsigned char)s.at[at] - 0xc2u <= 0xdf - 0xc2 &&
		     ((unsigned char)s.at[at + 1] & 0xc0) == 0x80;)
			at += 2;
		if (at == s.len || (n = utf8_length((str){ s.at + at, s.len - at })) == 0)
			break;
		at += n;
	}
	return at;
}

size_t
utf8_encode(uint32_t code, char out[4])
{
	if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
		code = 0xfffd;
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xc0 | (code >> 6));
		out[1] = (char)(0x80 | (code & 0x3f));
		return 2;
	}
	if (code < 0x10000) {
		out[0] = (char)(0xe0 | (code >> 12));
		out[1] = (char)(0x80 | ((code >> 6) & 0x3f));
		out[2] = (char)(0x80 | (code & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | (code >> 18));
	out[1] = (char)(0x80 | ((code >> 12) & 0x3f));
	out[2] = (char)(0x80 | ((code >> 6) & 0x3f));
	out[3] = (char)(0x80 | (code & 0x3f));
	return 4;
}

str
utf8_prefix(str s, size_t max)
{
	if (s.len <= max)
		return s;
	while (max > 0 && ((unsigned char)s.at[max] & 0xc0) == 0x80)
		max--;
	return (str){ s.at, max };
}

size_t
utf8_count(str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += ((unsigned char)s.at[i] & 0xc0) != 0x80;
	return n;
}
