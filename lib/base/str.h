/* str.h - a slice of bytes: where it starts and how long it is.
 *
 * A slice owns nothing and need not end in NUL; it is valid as long as the bytes it
 * points into.  The zero slice is empty.  C strings appear only at the border. */
#ifndef STR_H
#define STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct str {
	const char *at;
	size_t len;
} str;

#define STR(literal) ((str){ "" literal, sizeof(literal) - 1 })
#define STR_INIT(literal)                                                                      \
	{                                                                                      \
		"" literal, sizeof(literal) - 1                                                \
	} /* in tables of constants */
#define STR_F(s) (int)((s).len > 1000 ? 1000 : (s).len), (s).at ? (s).at : "" /* for "%.*s" */

static inline str
str_of(const char *c_string) /* NULL gives the empty slice */
{
	return c_string != NULL ? (str){ c_string, strlen(c_string) } : (str){ 0 };
}

static inline bool
str_eq(str a, str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static inline bool
str_is(str a, const char *c_string)
{
	return str_eq(a, str_of(c_string));
}

int str_cmp(str a, str b); /* by bytes, the shorter first */
bool str_starts(str s, const char *prefix);
bool str_ends(str s, const char *suffix);
str str_from(str s, size_t offset); /* the rest from there; empty beyond the end */
str str_trim(str s);                /* without blanks, tabs and line ends at both sides */

/* Where the byte or the words stand in s, s.len if they do not. */
size_t str_find(str s, char byte);
size_t str_search(str s, const char *words);

/* Take *rest apart at the next sep: the head is returned, *rest is what follows (its
 * .at becomes NULL when no separator was left). */
str str_cut(str *rest, char sep);

/* Does it hold a CR, an LF or a NUL, which no header, address or message can? */
bool str_breaks(str);

bool str_ascii(str); /* no byte of 0x80 or more */

/* The whole slice as a decimal number; false if it is none or does not fit. */
bool str_int(str s, int64_t *value);
bool str_real(str s, double *value);

#endif
