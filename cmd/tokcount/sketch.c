/* sketch.c - ratios in bins. */
#include "sketch.h"

#include <string.h>

#include "base/mem.h"
#include "io/emit.h"

/* The bin of an index, made where it belongs. */
static struct bin *
bin_for(struct sketch *s, int64_t index)
{
	size_t low = 0, high = s->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (s->bins[middle].index < index)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < s->count && s->bins[low].index == index)
		return &s->bins[low];
	if (s->count == s->room) {
		s->room = s->room == 0 ? 8 : s->room * 2;
		s->bins = mem_grow(s->bins, s->room, sizeof *s->bins);
	}
	memmove(s->bins + low + 1, s->bins + low, (s->count - low) * sizeof *s->bins);
	s->count++;
	s->bins[low] = (struct bin){ .index = index };
	return &s->bins[low];
}

/* Beyond eight times the steps are eighths of that: nobody needs them finer. */
static int64_t
index_of(struct ratio r)
{
	int64_t fine = r.billed * 1000 / r.local;
	return fine < 8000 ? fine : fine < 80000 ? fine / 100 * 100 : 80000;
}

static void
put(struct sketch *s, struct ratio low, struct ratio high, int64_t count)
{
	struct bin *b = bin_for(s, index_of(low));
	if (b->count == 0 || ratio_cmp(low, b->low) < 0)
		b->low = low;
	if (b->count == 0 || ratio_cmp(high, b->high) > 0)
		b->high = high;
	b->count += count;
	s->n += count;
}

void
sketch_add(struct sketch *s, struct ratio r, int64_t count)
{
	put(s, r, r, count);
}

void
sketch_merge(struct sketch *s, const struct sketch *other)
{
	for (size_t i = 0; i < other->count; i++)
		put(s, other->bins[i].low, other->bins[i].high, other->bins[i].count);
}

struct ratio
sketch_quantile(const struct sketch *s, int64_t hundredths, bool upper)
{
	int64_t rank = (s->n * hundredths + 99) / 100, seen = 0;
	for (size_t i = 0; i < s->count; i++) {
		seen += s->bins[i].count;
		if (seen >= rank)
			return upper ? s->bins[i].high : s->bins[i].low;
	}
	return (struct ratio){ 0, 1 };
}

void
sketch_emit(struct buf *b, const char *key, const struct sketch *s)
{
	emit_key(b, key);
	emit_open(b, '[');
	for (size_t i = 0; i < s->count; i++) {
		emit_open(b, '[');
		emit_int(b, s->bins[i].count);
		emit_int(b, s->bins[i].low.billed);
		emit_int(b, s->bins[i].low.local);
		emit_int(b, s->bins[i].high.billed);
		emit_int(b, s->bins[i].high.local);
		emit_close(b, ']');
	}
	emit_close(b, ']');
}

/* Bins as they are written: in order, each with ratios of its own only. */
bool
sketch_parse(struct sketch *s, const struct doc *list)
{
	int64_t last = -1;
	DOC_EACH (item, list) {
		int64_t v[5] = { 0 };
		unsigned n = 0;
		DOC_EACH (x, item)
			if (n >= 5 || !doc_int(x, &v[n++]) || x->raw.len > 13 || v[n - 1] < 0)
				return false;
		if (n != 5 || v[0] == 0 || v[2] == 0 || v[4] == 0)
			return false;
		struct ratio low = { v[1], v[2] }, high = { v[3], v[4] };
		int64_t index = index_of(low);
		if (index != index_of(high) || ratio_cmp(low, high) > 0 || index <= last)
			return false;
		put(s, low, high, v[0]);
		last = index;
	}
	return true;
}
