/* words.c - two texts compared word by word. */
#include "words.h"

struct list {
	str *of;
	size_t count;
};

static bool
blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static struct list
cut(struct arena *a, str text)
{
	struct list l = { ARENA_ARRAY(a, str, WORDS_MAX), 0 };
	size_t i = 0;

	while (i < text.len && l.count < WORDS_MAX) {
		while (i < text.len && blank(text.at[i]))
			i++;
		size_t start = i;
		while (i < text.len && !blank(text.at[i]))
			i++;
		if (i > start)
			l.of[l.count++] = (str){ text.at + start, i - start };
	}
	return l;
}

/* length[i][j]: the longest common subsequence of the words from i and from j on. */
static uint16_t *
table(struct arena *a, const struct list *x, const struct list *y)
{
	size_t width = y->count + 1;
	uint16_t *t = ARENA_ARRAY(a, uint16_t, (x->count + 1) * width);

	for (size_t i = x->count; i-- > 0;)
		for (size_t j = y->count; j-- > 0;) {
			uint16_t down = t[(i + 1) * width + j], right = t[i * width + j + 1];
			t[i * width + j] = str_eq(x->of[i], y->of[j]) ?
			    (uint16_t)(t[(i + 1) * width + j + 1] + 1) :
			    down > right ? down :
					   right;
		}
	return t;
}

/* One word more: what is of the same kind and stands behind it becomes one piece. */
static void
append(struct arena *a, struct word **first, struct word **last, int is, str text)
{
	if (*last != NULL && (int)(*last)->is == is) {
		(*last)->text.len = (size_t)(text.at + text.len - (*last)->text.at);
		return;
	}
	struct word *w = ARENA_NEW(a, struct word);
	w->is = is;
	w->text = text;
	if (*last != NULL)
		(*last)->next = w;
	else
		*first = w;
	*last = w;
}

const struct word *
words_compare(struct arena *a, str was, str now)
{
	struct list x = cut(a, was), y = cut(a, now);
	const uint16_t *t = table(a, &x, &y);
	struct word *first = NULL, *last = NULL;
	size_t i = 0, j = 0, width = y.count + 1;

	while (i < x.count || j < y.count)
		if (i < x.count && j < y.count && str_eq(x.of[i], y.of[j])) {
			append(a, &first, &last, WORDS_SAME, y.of[j]);
			i++;
			j++;
		} else if (j == y.count ||
		    (i < x.count && t[(i + 1) * width + j] >= t[i * width + j + 1])) {
			append(a, &first, &last, WORDS_GONE, x.of[i++]);
		} else {
			append(a, &first, &last, WORDS_NEW, y.of[j++]);
		}
	return first;
}
