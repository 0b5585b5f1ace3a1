/* normal_charsmap.c - sentencepiece's precompiled character map: a length, a double-array
 * trie (darts-clone) of what is replaced, and the replacements, each ending in NUL.
 *
 * sentencepiece replaces the longest match; Hugging Face looks at a grapheme of up to five
 * bytes and then at its characters, and takes the shortest key that each begins with. */
#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "token/normal.h"

struct charsmap {
	const char *units;
	size_t count;
	str replacements;
};

static bool
open_map(struct charsmap *m, str blob)
{
	uint32_t len;
	if (blob.len < 4)
		return false;
	memcpy(&len, blob.at, 4);
	if (len > blob.len - 4 || len % 4 != 0)
		return false;
	*m = (struct charsmap){ blob.at + 4, len / 4, str_from(blob, 4 + (size_t)len) };
	return m->count > 0;
}

static uint32_t
unit(const struct charsmap *m, size_t at)
{
	uint32_t u = 0;
	if (at < m->count)
		memcpy(&u, m->units + 4 * at, 4);
	return u;
}

static size_t
offset(uint32_t u)
{
	return (size_t)(u >> 10) << ((u & 0x200) >> 6);
}

/* What replaces the key at the start of text, *len its length; false: no key is there. */
static bool
match(const struct charsmap *m, str text, bool longest, size_t *len, str *by)
{
	size_t node = offset(unit(m, 0));
	bool found = false;
	for (size_t i = 0; i < text.len; i++) {
		node ^= (unsigned char)text.at[i];
		uint32_t u = unit(m, node);
		if ((u & 0x800000ff) != (unsigned char)text.at[i])
			break;
		node ^= offset(u);
		if (!(u & 0x100))
			continue;
		size_t at = unit(m, node) & 0x7fffffff;
		str rest = str_from(m->replacements, at);
		*by = (str){ rest.at, str_find(rest, '\0') };
		*len = i + 1;
		found = true;
		if (!longest)
			break;
	}
	return found;
}

static void
by_prefix(struct buf *to, const struct charsmap *m, str text)
{
	while (text.len > 0) {
		size_t len = utf8_length(text);
		str by = { text.at, len > 0 ? len : 1 };
		len = by.len;
		match(m, text, true, &len, &by);
		buf_add(to, by);
		text = str_from(text, len);
	}
}

static void
one(struct buf *to, const struct charsmap *m, str part)
{
	size_t len;
	str by = part;
	match(m, part, false, &len, &by);
	buf_add(to, by);
}

static void
grapheme(struct buf *to, const struct charsmap *m, str g)
{
	size_t len;
	str by;
	if (g.len < 6 && match(m, g, false, &len, &by)) {
		buf_add(to, by);
		return;
	}
	for (size_t i = 0; i < g.len; i += len) {
		normal_char(g, i, &len);
		one(to, m, (str){ g.at + i, len });
	}
}

void
normal_charsmap(struct buf *to, str text, str blob, bool graphemes)
{
	struct charsmap m;
	if (!open_map(&m, blob)) {
		buf_add(to, text);
		return;
	}
	if (!graphemes) {
		by_prefix(to, &m, text);
		return;
	}
	utf8proc_int32_t state = 0;
	size_t start = 0, len;
	for (size_t i = 0; i < text.len; i += len) {
		uint32_t c = normal_char(text, i, &len);
		bool last = i + len >= text.len;
		size_t next_len;
		uint32_t next = last ? 0 : normal_char(text, i + len, &next_len);
		if (last ||
		    utf8proc_grapheme_break_stateful(
			(utf8proc_int32_t)c, (utf8proc_int32_t)next, &state)) {
			grapheme(to, &m, (str){ text.at + start, i + len - start });
			start = i + len;
		}
	}
}
