/* specials.c - added tokens in a text. */
#include "token/specials.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

struct specials {
	const struct image *im;
	enum special_mode mode;
	uint32_t *order;         /* those looked for, by first byte, the longest first */
	uint32_t first[256 + 1]; /* where a byte's begin in order */
};

static bool
wanted(const struct special *s, enum special_mode mode)
{
	return s->len > 0 && (mode != SPECIAL_TEXT || !(s->flags & SPECIAL_CONTROL));
}

struct entry {
	unsigned char byte;
	uint64_t len;
	uint32_t index;
};

static int
longer_first(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	if (x->byte != y->byte)
		return x->byte < y->byte ? -1 : 1;
	if (x->len != y->len)
		return x->len > y->len ? -1 : 1;
	return x->index < y->index ? -1 : 1;
}

struct specials *
specials_new(const struct image *im, enum special_mode mode)
{
	struct entry *entries = mem_grow(NULL, im->special_count + 1, sizeof *entries);
	uint32_t n = 0;
	for (uint32_t i = 0; i < im->special_count; i++)
		if (wanted(&im->specials[i], mode))
			entries[n++] =
			    (struct entry){ (unsigned char)im->text[im->specials[i].at],
				    im->specials[i].len, i };
	struct specials *s = n > 0 ? mem_new(sizeof *s) : NULL;
	if (s != NULL) {
		qsort(entries, n, sizeof *entries, longer_first);
		s->im = im;
		s->mode = mode;
		s->order = mem_grow(NULL, n, sizeof *s->order);
		for (uint32_t i = 0; i < n; i++) {
			s->order[i] = entries[i].index;
			s->first[entries[i].byte + 1] = i + 1;
		}
		for (unsigned b = 1; b <= 256; b++)
			if (s->first[b] < s->first[b - 1])
				s->first[b] = s->first[b - 1];
	}
	free(entries);
	return s;
}

void
specials_free(struct specials *s)
{
	if (s == NULL)
		return;
	free(s->order);
	free(s);
}

static bool
white(unsigned char c)
{
	return c == ' ' || (c >= 9 && c <= 13);
}

static bool
word_byte(unsigned char c)
{
	return c >= 0x80 || c == '_' || (c >= '0' && c <= '9') ||
	    ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static bool
fits(str text, size_t at, const struct special *s, const char *words)
{
	if (s->len > text.len - at || memcmp(text.at + at, words + s->at, s->len) != 0)
		return false;
	if (!(s->flags & SPECIAL_WORD))
		return true;
	size_t end = at + s->len;
	return (at == 0 || !word_byte((unsigned char)text.at[at - 1])) &&
	    (end == text.len || !word_byte((unsigned char)text.at[end]));
}

bool
specials_find(const struct specials *s, str text, size_t from, struct found *hit)
{
	for (size_t at = from; s != NULL && at < text.len; at++) {
		unsigned char c = (unsigned char)text.at[at];
		for (uint32_t i = s->first[c]; i < s->first[c + 1]; i++) {
			const struct special *sp = &s->im->specials[s->order[i]];
			if (!fits(text, at, sp, s->im->text))
				continue;
			*hit = (struct found){ at, at + sp->len, sp->id,
				(sp->flags & SPECIAL_CONTROL) != 0 };
			if (sp->flags & SPECIAL_LSTRIP)
				while (hit->start > from &&
				    white((unsigned char)text.at[hit->start - 1]))
					hit->start--;
			if (sp->flags & SPECIAL_RSTRIP)
				while (hit->end < text.len &&
				    white((unsigned char)text.at[hit->end]))
					hit->end++;
			return true;
		}
	}
	return false;
}

bool
specials_local(const struct specials *s)
{
	if (s == NULL)
		return true;
	for (size_t i = 0; i < s->im->special_count; i++) {
		const struct special *sp = &s->im->specials[i];
		if (wanted(sp, s->mode) &&
		    ((sp->flags & (SPECIAL_LSTRIP | SPECIAL_RSTRIP)) ||
			memchr(s->im->text + sp->at, ' ', sp->len) != NULL))
			return false;
	}
	return true;
}

bool
specials_normal(const struct specials *s)
{
	for (size_t i = 0; s != NULL && i < s->im->special_count; i++)
		if (wanted(&s->im->specials[i], s->mode) &&
		    (s->im->specials[i].flags & SPECIAL_NORMAL))
			return true;
	return false;
}
