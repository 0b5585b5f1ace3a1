/* specials.c - added tokens in a text. */
#include "token/specials.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/mem.h"

/* One that is looked for. */
struct entry {
	str text;
	uint32_t id, flags;
	uint32_t behind; /* those of its length and first byte */
};

struct specials {
	const struct unicode *unicode;
	struct arena arena;
	struct entry *entries; /* by first byte, the longest first, then by text */
	size_t count;
	uint32_t first[256 + 1]; /* where a byte's begin */
};

static bool
wanted(const struct special *s, enum special_mode mode, bool normal)
{
	return s->len > 0 && (mode != SPECIAL_TEXT || !(s->flags & SPECIAL_CONTROL)) &&
	    ((s->flags & SPECIAL_NORMAL) != 0) == normal;
}

static int
longer_first(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	unsigned char p = (unsigned char)*x->text.at, q = (unsigned char)*y->text.at;
	if (p != q)
		return p < q ? -1 : 1;
	if (x->text.len != y->text.len)
		return x->text.len > y->text.len ? -1 : 1;
	int c = memcmp(x->text.at, y->text.at, x->text.len);
	return c != 0 ? c : x->id < y->id ? -1 : x->id > y->id;
}

static void
sort(struct specials *s)
{
	qsort(s->entries, s->count, sizeof *s->entries, longer_first);
	for (uint32_t i = 0; i < s->count; i++)
		s->first[(unsigned char)*s->entries[i].text.at + 1] = i + 1;
	for (unsigned b = 1; b <= 256; b++)
		if (s->first[b] < s->first[b - 1])
			s->first[b] = s->first[b - 1];
	for (size_t i = s->count; i-- > 0;) {
		const struct entry *next = &s->entries[i + 1];
		bool last = i + 1 == s->count || next->text.len != s->entries[i].text.len ||
		    *next->text.at != *s->entries[i].text.at;
		s->entries[i].behind = last ? (uint32_t)i + 1 : next->behind;
	}
}

struct specials *
specials_new(
    const struct image *im, enum special_mode mode, bool normal, struct normal *normalizer)
{
	struct specials *s = mem_new(sizeof *s);
	s->unicode = im->unicode;
	s->entries = ARENA_ARRAY(&s->arena, struct entry, im->special_count + 1);
	for (size_t i = 0; i < im->special_count; i++) {
		const struct special *sp = &im->specials[i];
		str text = { im->text + sp->at, sp->len };
		if (!wanted(sp, mode, normal))
			continue;
		if (normalizer != NULL)
			text = arena_keep(&s->arena, normal_run(normalizer, text, TEXT_WHOLE));
		if (text.len > 0)
			s->entries[s->count++] = (struct entry){ text, sp->id, sp->flags, 0 };
	}
	sort(s);
	if (s->count > 0)
		return s;
	specials_free(s);
	return NULL;
}

void
specials_free(struct specials *s)
{
	if (s == NULL)
		return;
	arena_free(&s->arena);
	free(s);
}

/* The character that ends at an offset. */
static uint32_t
char_before(str text, size_t end, size_t *len)
{
	size_t at = end - 1;
	while (at > 0 && ((unsigned char)text.at[at] & 0xc0) == 0x80)
		at--;
	return normal_char(text, at, len);
}

/* Rust's \w: alphabetic (some symbols are), marks, decimal digits, joiners. */
static bool
is_word(const struct specials *s, uint32_t c)
{
	enum unicode_class k = unicode_class(s->unicode, c);
	utf8proc_category_t fine = utf8proc_category((utf8proc_int32_t)c);
	bool letter = unicode_letter(k) || k == UC_MARK;
	bool circled = (c >= 0x24b6 && c <= 0x24e9) || (c >= 0x1f130 && c <= 0x1f149) ||
	    (c >= 0x1f150 && c <= 0x1f169) || (c >= 0x1f170 && c <= 0x1f189);
	return letter || circled || c == 0x200c || c == 0x200d ||
	    fine == UTF8PROC_CATEGORY_ND || fine == UTF8PROC_CATEGORY_NL ||
	    fine == UTF8PROC_CATEGORY_PC;
}

/* single_word: no character of a word stands beside it */
static bool
stands_alone(const struct specials *s, str text, size_t start, size_t end)
{
	size_t len;
	return (start == 0 || !is_word(s, char_before(text, start, &len))) &&
	    (end == text.len || !is_word(s, normal_char(text, end, &len)));
}

/* The one of a length that stands at an offset, among those from i on; NULL: none. */
static const struct entry *
of_length(const struct specials *s, str text, size_t at, uint32_t i)
{
	uint32_t low = i, high = s->entries[i].behind;
	size_t len = s->entries[i].text.len;
	if (len > text.len - at)
		return NULL;
	while (low < high) {
		uint32_t middle = (low + high) / 2;
		if (memcmp(s->entries[middle].text.at, text.at + at, len) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	const struct entry *e = &s->entries[low];
	if (low == s->entries[i].behind || memcmp(e->text.at, text.at + at, len) != 0)
		return NULL;
	return !(e->flags & SPECIAL_WORD) || stands_alone(s, text, at, at + len) ? e : NULL;
}

/* White space that the token takes along. */
static void
strip(const struct specials *s, str text, size_t from, uint32_t flags, struct found *hit)
{
	size_t len;
	while ((flags & SPECIAL_LSTRIP) && hit->start > from &&
	    unicode_white(s->unicode, char_before(text, hit->start, &len)))
		hit->start -= len;
	while ((flags & SPECIAL_RSTRIP) && hit->end < text.len &&
	    unicode_white(s->unicode, normal_char(text, hit->end, &len)))
		hit->end += len;
}

bool
specials_find(const struct specials *s, str text, size_t from, struct found *hit)
{
	for (size_t at = from; s != NULL && at < text.len; at++) {
		unsigned char c = (unsigned char)text.at[at];
		for (uint32_t i = s->first[c]; i < s->first[c + 1]; i = s->entries[i].behind) {
			const struct entry *e = of_length(s, text, at, i);
			if (e == NULL)
				continue;
			*hit = (struct found){ at, at + e->text.len, e->id,
				(e->flags & SPECIAL_CONTROL) != 0 };
			strip(s, text, from, e->flags, hit);
			return true;
		}
	}
	return false;
}

bool
specials_local(const struct specials *s)
{
	for (size_t i = 0; s != NULL && i < s->count; i++)
		if ((s->entries[i].flags & (SPECIAL_LSTRIP | SPECIAL_RSTRIP)) ||
		    memchr(s->entries[i].text.at, ' ', s->entries[i].text.len) != NULL)
			return false;
	return true;
}
