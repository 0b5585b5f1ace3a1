/* str.c - slices of bytes. */
#include "base/str.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int
str_cmp(str a, str b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int order = n > 0 ? memcmp(a.at, b.at, n) : 0;

	return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

bool
str_starts(str s, const char *prefix)
{
	size_t n = strlen(prefix);

	return s.len >= n && (n == 0 || memcmp(s.at, prefix, n) == 0);
}

bool
str_ends(str s, const char *suffix)
{
	size_t n = strlen(suffix);

	return s.len >= n && (n == 0 || memcmp(s.at + s.len - n, suffix, n) == 0);
}

str
str_from(str s, size_t offset)
{
	return offset < s.len ? (str){ s.at + offset, s.len - offset } : (str){ 0 };
}

static bool
blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

str
str_trim(str s)
{
	while (s.len > 0 && blank(s.at[0]))
		s = str_from(s, 1);
	while (s.len > 0 && blank(s.at[s.len - 1]))
		s.len--;
	return s;
}

size_t
str_find(str s, char byte)
{
	const char *hit = s.len > 0 ? memchr(s.at, byte, s.len) : NULL;

	return hit != NULL ? (size_t)(hit - s.at) : s.len;
}

size_t
str_search(str s, const char *words)
{
	const char *hit = s.len > 0 ? memmem(s.at, s.len, words, strlen(words)) : NULL;

	return hit != NULL ? (size_t)(hit - s.at) : s.len;
}

str
str_cut(str *rest, char sep)
{
	size_t n = str_find(*rest, sep);
	str head = { rest->at, n };

	if (n < rest->len)
		*rest = (str){ rest->at + n + 1, rest->len - n - 1 };
	else
		*rest = (str){ 0 };
	return head;
}

bool
str_int(str s, int64_t *value)
{
	bool minus = s.len > 0 && s.at[0] == '-';
	int64_t sum = 0;

	if (minus || (s.len > 0 && s.at[0] == '+'))
		s = str_from(s, 1);
	if (s.len == 0)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		if (s.at[i] < '0' || s.at[i] > '9')
			return false;
		if (__builtin_mul_overflow(sum, 10, &sum) ||
		    __builtin_sub_overflow(sum, s.at[i] - '0', &sum))
			return false;
	}
	if (!minus && sum == INT64_MIN)
		return false;
	*value = minus ? sum : -sum;
	return true;
}

bool
str_real(str s, double *value)
{
	char text[512], *end;

	if (s.len == 0)
		return false;
	for (size_t i = 0; i < s.len; i++) /* strtod also reads hexadecimal, nan, blanks */
		if (strchr("0123456789.eE+-", s.at[i]) == NULL || s.at[i] == '\0')
			return false;
	if (s.len >= sizeof text)
		s.len = sizeof text - 1; /* digits beyond any double */
	memcpy(text, s.at, s.len);
	text[s.len] = '\0';
	*value = strtod(text, &end);
	return *end == '\0' && isfinite(*value);
}

bool
str_breaks(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] == '\r' || s.at[i] == '\n' || s.at[i] == '\0')
			return true;
	return false;
}

bool
str_ascii(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.at[i] >= 0x80)
			return false;
	return true;
}
