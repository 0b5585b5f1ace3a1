/* cuts.c - boundaries that tokens cross. */
#include "token/cuts.h"

#include <string.h>

#include "base/utf8.h"

static uint32_t
load(const char *p, size_t n)
{
	uint32_t v = 0;
	memcpy(&v, p, n);
	return v;
}

static bool
inner(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

static void
put(uint64_t *bits, uint32_t mask, uint32_t left, uint32_t right)
{
	uint32_t bit = cut_key(left, right, mask);
	bits[bit >> 6] |= UINT64_C(1) << (bit & 63);
}

void
cuts_add(uint64_t *bits, uint32_t mask, str t)
{
	for (size_t p = 1; p < t.len; p++) {
		if (inner(t.at[p]))
			continue;
		size_t from = p - 1, need = utf8_lead((unsigned char)t.at[p]);
		while (from > 0 && inner(t.at[from]))
			from--;
		size_t have = t.len - p < need ? t.len - p : need;
		if (p - from > 4)
			continue; /* no text has that */
		bool whole_left = !inner(t.at[from]), whole_right = have == need;
		uint32_t left = load(t.at + from, p - from), right = load(t.at + p, have);
		put(bits, mask, left, right);
		if (whole_left && !whole_right)
			put(bits, mask, left, CUT_RIGHT);
		if (!whole_left && whole_right)
			put(bits, mask, CUT_LEFT, right);
		if (!whole_left && !whole_right)
			put(bits, mask, CUT_BOTH | (unsigned char)t.at[p - 1],
			    (unsigned char)t.at[p]);
	}
}

bool
cuts_crossed(const struct image *im, str text, size_t from, size_t at)
{
	size_t n = at - from, m = utf8_lead((unsigned char)text.at[at]);
	uint32_t left = load(text.at + from, n), right = load(text.at + at, m);
	if (cut_has(im, left, right))
		return true;
	if (m > 1 && cut_has(im, left, CUT_RIGHT))
		for (size_t k = 1; k < m; k++)
			if (cut_has(im, left, load(text.at + at, k)))
				return true;
	if (n > 1 && cut_has(im, CUT_LEFT, right))
		for (size_t k = 1; k < n; k++)
			if (cut_has(im, load(text.at + at - k, k), right))
				return true;
	return n > 1 && m > 1 &&
	    cut_has(im, CUT_BOTH | (unsigned char)text.at[at - 1], (unsigned char)text.at[at]);
}
