/* content.c - content classes. */
#include "meter/content.h"

#include <string.h>

#include "base/utf8.h"

const char *const content_names[] = { "han", "kana", "hangul", "arabic", "cyrillic", "thai",
	"devanagari", "latin", "code", "json", "digits", "emoji", "other", "empty", NULL };

static const struct {
	uint32_t first, last;
	enum content content;
} ranges[] = {
	{ 0x3040, 0x30ff, CONTENT_KANA },
	{ 0x31f0, 0x31ff, CONTENT_KANA },
	{ 0x4e00, 0x9fff, CONTENT_HAN },
	{ 0x3400, 0x4dbf, CONTENT_HAN },
	{ 0xf900, 0xfaff, CONTENT_HAN },
	{ 0xff66, 0xff9f, CONTENT_KANA },
	{ 0xac00, 0xd7a3, CONTENT_HANGUL },
	{ 0x1100, 0x11ff, CONTENT_HANGUL },
	{ 0x3130, 0x318f, CONTENT_HANGUL },
	{ 0x0400, 0x052f, CONTENT_CYRILLIC },
	{ 0x0600, 0x06ff, CONTENT_ARABIC },
	{ 0x0750, 0x077f, CONTENT_ARABIC },
	{ 0xfb50, 0xfdff, CONTENT_ARABIC },
	{ 0xfe70, 0xfeff, CONTENT_ARABIC },
	{ 0x0e00, 0x0e7f, CONTENT_THAI },
	{ 0x0900, 0x097f, CONTENT_DEVANAGARI },
	{ 0x00c0, 0x024f, CONTENT_PROSE },
	{ 0x1e00, 0x1eff, CONTENT_PROSE },
	{ 0x2600, 0x27bf, CONTENT_EMOJI },
	{ 0x1f000, 0x1faff, CONTENT_EMOJI },
	{ 0x20000, 0x323af, CONTENT_HAN },
};

/* Signs that prose seldom has. */
static bool
is_sign(char c)
{
	return memchr("{}[]()<>=;_#*+/\\|&%$@~^`", c, 24) != NULL;
}

static void
ascii(struct classes *k, char c)
{
	if (c == ' ' || (c >= '\t' && c <= '\r'))
		return;
	if (k->first == 0)
		k->first = c;
	k->all++;
	if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
		k->counts[CONTENT_PROSE]++;
	else if (c >= '0' && c <= '9')
		k->counts[CONTENT_DIGITS]++;
	else if (is_sign(c))
		k->signs++;
}

static void
other(struct classes *k, str character)
{
	const unsigned char *p = (const unsigned char *)character.at;
	uint32_t code = p[0] & (0xffu >> (character.len + 1));
	for (size_t i = 1; i < character.len; i++)
		code = code << 6 | (p[i] & 63u);
	if (k->first == 0)
		k->first = (char)p[0];
	k->all++;
	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
		if (code >= ranges[i].first && code <= ranges[i].last) {
			k->counts[ranges[i].content]++;
			return;
		}
	k->counts[CONTENT_OTHER]++;
}

void
classes_look(struct classes *k, str bytes)
{
	while (
	    k->held_len > 0 && bytes.len > 0 && (*bytes.at & 0xc0) == 0x80 && k->held_len < 4) {
		k->held[k->held_len++] = *bytes.at;
		bytes = str_from(bytes, 1);
	}
	if (k->held_len > 0 && utf8_length((str){ k->held, k->held_len }) == k->held_len)
		other(k, (str){ k->held, k->held_len });
	k->held_len = 0;
	for (size_t i = 0, len; i < bytes.len; i += len) {
		len = 1;
		if ((unsigned char)bytes.at[i] < 0x80) {
			ascii(k, bytes.at[i]);
			continue;
		}
		len = utf8_length(str_from(bytes, i));
		if (len > 0) {
			other(k, (str){ bytes.at + i, len });
		} else if (bytes.len - i < 4) {
			k->held_len = (unsigned)(bytes.len - i);
			memcpy(k->held, bytes.at + i, k->held_len);
			return;
		} else {
			k->all++;
			len = 1;
		}
	}
}

enum content
classes_of(const struct classes *k)
{
	const uint64_t *n = k->counts;
	uint64_t east = n[CONTENT_HAN] + n[CONTENT_KANA];
	enum content most = CONTENT_PROSE;
	if (k->all == 0)
		return CONTENT_EMPTY;
	if (n[CONTENT_EMOJI] * 2 > k->all || n[CONTENT_DIGITS] * 2 > k->all)
		return n[CONTENT_EMOJI] > n[CONTENT_DIGITS] ? CONTENT_EMOJI : CONTENT_DIGITS;
	for (enum content c = CONTENT_HAN; c <= CONTENT_OTHER; c++)
		if (n[c] > n[most])
			most = c;
	if (n[most] < east || most == CONTENT_HAN || most == CONTENT_KANA)
		return n[CONTENT_KANA] * 10 >= east ? CONTENT_KANA : CONTENT_HAN;
	if (most != CONTENT_PROSE && most != CONTENT_DIGITS)
		return most;
	if (k->first == '{' || (k->first == '[' && k->signs * 20 > k->all))
		return CONTENT_JSON;
	return k->signs * 16 > k->all ? CONTENT_CODE : CONTENT_PROSE; /* see content.h */
}

enum content
content_of(str text)
{
	struct classes k = { { 0 }, 0, 0, 0, { 0 }, 0 };
	classes_look(&k, text);
	return classes_of(&k);
}

enum content
content_named(str name)
{
	unsigned i = 0;
	while (i < CONTENTS && !str_is(name, content_names[i]))
		i++;
	return (enum content)i;
}
