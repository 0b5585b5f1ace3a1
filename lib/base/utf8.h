/* utf8.h - UTF-8 as of Unicode 15 and RFC 3629: no overlong forms, no surrogates,
 * nothing above U+10FFFF. */
#ifndef UTF8_H
#define UTF8_H

#include "base/str.h"

/* Length in bytes of the well-formed character at the start of s, 0 if there is none. */
size_t utf8_length(str s);

/* The length of a character by its first byte, in well-formed text; 1 for any other byte. */
static inline size_t
utf8_lead(unsigned char c)
{
	return c < 0xc0 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

/* How many leading bytes of s are well-formed. */
size_t utf8_valid(str s);

/* Characters in well-formed s. */
size_t utf8_count(str s);

/* Write one scalar value; returns 1 to 4 bytes.  A surrogate becomes U+FFFD. */
size_t utf8_encode(uint32_t code, char out[4]);

/* The longest prefix of s of at most max bytes that cuts no character. */
str utf8_prefix(str s, size_t max);

#endif
