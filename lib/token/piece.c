/* piece.c - a piece that was met before is looked up; else it is cut, and its parts go
 * through the model. */
#include "token/piece.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "token/cuts.h"
#include "token/model.h"

/* A slot holds up to 15 bytes of text; its last byte is length and, above it, tokens. */
struct slot {
	uint64_t low, high;
};

#define SLOT_TEXT 15
#define SLOT_BITS 20
#define SLOT_WAYS 4 /* neighbours in one cache line */

/* A longer one: up to 62 bytes of text, then length and tokens. */
struct long_slot {
	uint64_t words[8];
};

#define LONG_TEXT 62
#define LONG_BITS 17

/* What cuts_crossed() said of two characters of up to three bytes: the same question comes
 * again and again.  48 bits of characters, then whether they were asked for and the answer. */
#define ASKED   UINT64_C(1) << 48
#define CROSSED UINT64_C(1) << 49

#define ASKED_BITS 17

#define AHEAD 64 /* pieces whose slots are asked for before they are looked at */

/* Short pieces that wait to be counted; their text stays where it is. */
struct queue {
	const char *at[AHEAD];
	struct slot keys[AHEAD];
	uint32_t homes[AHEAD];
	bool entire[AHEAD];
	size_t count;
};

struct pieces {
	const struct image *im;
	struct queue queue;
	struct model *model;
	struct slot *slots; /* NULL: no cache */
	struct long_slot *longs;
	uint64_t *asked;
	bool cuts, raw, sums, grown;
};

/* Zeroed memory of which only what is touched counts. */
static void *
pages(size_t size)
{
	void *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (at == MAP_FAILED)
		die(EXIT_SYSTEM, "out of memory");
	return at;
}

struct pieces *
pieces_new(const struct image *im, bool slow)
{
	struct pieces *p = mem_new(sizeof *p);
	p->im = im;
	p->model = model_new(im);
	p->sums = model_sums(im);
	p->cuts = !slow && model_cuts(im);
	if (slow || p->sums)
		return p;
	p->slots = pages(sizeof(struct slot) << SLOT_BITS);
	p->longs = pages(sizeof(struct long_slot) << LONG_BITS);
	p->asked = pages(sizeof(uint64_t) << ASKED_BITS);
	return p;
}

void
pieces_free(struct pieces *p)
{
	if (p == NULL)
		return;
	if (p->slots != NULL) {
		munmap(p->slots, sizeof(struct slot) << SLOT_BITS);
		munmap(p->longs, sizeof(struct long_slot) << LONG_BITS);
		munmap(p->asked, sizeof(uint64_t) << ASKED_BITS);
	}
	model_free(p->model);
	free(p);
}

void
pieces_begin(struct pieces *p, unsigned parts)
{
	model_begin(p->model, parts);
}

void
pieces_raw(struct pieces *p, bool raw)
{
	p->raw = raw;
}

/* The first bytes of a text as a key, the rest masked away: no branch on the length. */
static inline struct slot
key_of(const char *text, size_t len)
{
#define M8(n) UINT64_MAX >> (64 - 8 * (n))
	static const struct slot masks[16] = { { 0, 0 }, { M8(1), 0 }, { M8(2), 0 },
		{ M8(3), 0 }, { M8(4), 0 }, { M8(5), 0 }, { M8(6), 0 }, { M8(7), 0 },
		{ M8(8), 0 }, { M8(8), M8(1) }, { M8(8), M8(2) }, { M8(8), M8(3) },
		{ M8(8), M8(4) }, { M8(8), M8(5) }, { M8(8), M8(6) }, { M8(8), M8(7) } };
	struct slot k;
	memcpy(&k, text, sizeof k);
	k.low &= masks[len].low;
	k.high = (k.high & masks[len].high) | (uint64_t)len << 56;
	return k;
}

static inline uint64_t
mixed(uint64_t a, uint64_t b)
{
	uint64_t h = (a ^ (b * UINT64_C(0x9E3779B97F4A7C15))) * UINT64_C(0xD6E8FEB86659FD93);
	h ^= h >> 32;
	return h * UINT64_C(0x9E3779B97F4A7C15);
}

static inline size_t
home_of(struct slot k)
{
	return mixed(k.low, k.high) >> (64 - SLOT_BITS);
}

static inline bool
same(struct slot slot, struct slot key)
{
	return slot.low == key.low && (slot.high ^ key.high) << 4 == 0;
}

/* The i-th neighbour of a slot, in the same cache line. */
static inline size_t
neighbour(size_t home, size_t i)
{
	return (home & ~(size_t)(SLOT_WAYS - 1)) | ((home + i) & (SLOT_WAYS - 1));
}

/* A new piece goes to an empty slot, or in the place of another. */
static void
keep(struct pieces *p, struct slot key, size_t home, uint64_t count)
{
	size_t i = 0;
	while (i + 1 < SLOT_WAYS && p->slots[neighbour(home, i)].high != 0)
		i++;
	key.high |= count << 60;
	p->slots[neighbour(home, i)] = key;
}

/* The two characters beside an offset; left and right are their lengths. */
static inline bool
crossed(struct pieces *p, str piece, size_t at, size_t left, size_t right)
{
	uint32_t a, b; /* SPLIT_PAD bytes lie behind, so both loads stay inside */
	if ((left | right) == 1) {
		unsigned both =
		    (unsigned char)piece.at[at - 1] << 7 | (unsigned char)piece.at[at];
		return p->im->plain_cuts[both >> 6] >> (both & 63) & 1;
	}
	if (p->asked == NULL || left > 3 || right > 3)
		return cuts_crossed(p->im, piece, at - left, at);
	memcpy(&a, piece.at + at - left, 4);
	memcpy(&b, piece.at + at, 4);
	a &= UINT32_MAX >> (32 - 8 * left);
	b &= UINT32_MAX >> (32 - 8 * right);
	uint64_t key = (uint64_t)a << 24 | b | ASKED;
	uint64_t *asked = &p->asked[key * UINT64_C(0x9E3779B97F4A7C15) >> (64 - ASKED_BITS)];
	if ((*asked & ~(CROSSED)) != key)
		*asked = cuts_crossed(p->im, piece, at - left, at) ? key | CROSSED : key;
	return *asked & CROSSED;
}

/* Where the part ends that starts at an offset, so that no token crosses its ends. */
static size_t
next_cut(struct pieces *p, str piece, size_t from)
{
	size_t left = utf8_lead((unsigned char)piece.at[from]), at = from + left, right;
	for (; at < piece.len; at += right) {
		right = utf8_lead((unsigned char)piece.at[at]);
		if (!crossed(p, piece, at, left, right))
			return at;
		left = right;
	}
	return piece.len;
}

/* Text outside ASCII has no blanks to be split at. */
static inline bool
wants_cut(const struct pieces *p, struct slot key)
{
	uint64_t high = (key.low | key.high << 8) & UINT64_C(0x8080808080808080);
	return key.high >> 56 > 6 && high != 0 && p->cuts && !p->raw;
}

static uint64_t count_part(struct pieces *, str);

/* A piece that was not met before; what it counts is kept if it is that in every role. */
static uint64_t
miss(struct pieces *p, str piece, struct slot key, size_t home, bool entire)
{
	struct sink sink = { 0 };
	bool kept = true;
	size_t to = entire && wants_cut(p, key) ? next_cut(p, piece, 0) : piece.len;
	if (to == piece.len)
		kept = model_piece(p->model, piece, entire, &sink);
	else
		sink.count = count_part(p, (str){ piece.at, to });
	for (size_t from = to; from < piece.len; from = to) {
		to = next_cut(p, piece, from);
		sink.count += count_part(p, (str){ piece.at + from, to - from });
	}
	if (kept && sink.count < 16)
		keep(p, key, home, sink.count);
	return sink.count;
}

static inline uint64_t
count_key(struct pieces *p, const char *text, struct slot key, size_t home, bool entire)
{
	for (size_t i = 0; i < SLOT_WAYS; i++) {
		const struct slot *s = &p->slots[neighbour(home, i)];
		if (same(*s, key))
			return s->high >> 60;
	}
	return miss(p, (str){ text, key.high >> 56 }, key, home, entire);
}

static uint64_t
count_part(struct pieces *p, str text)
{
	struct slot key = key_of(text.at, text.len);
	return count_key(p, text.at, key, home_of(key), false);
}

/* Many pieces come: large pages are worth their zeroing. */
static void
grow(struct pieces *p)
{
	madvise(p->slots, sizeof(struct slot) << SLOT_BITS, MADV_HUGEPAGE);
	madvise(p->longs, sizeof(struct long_slot) << LONG_BITS, MADV_HUGEPAGE);
	madvise(p->asked, sizeof(uint64_t) << ASKED_BITS, MADV_HUGEPAGE);
	p->grown = true;
}

static void
count_queue(struct pieces *p, struct sink *sink)
{
	struct queue *q = &p->queue;
	uint64_t count = 0;
	if (!p->grown && q->count == AHEAD)
		grow(p);
	for (size_t i = 0; i < q->count; i++)
		count += count_key(p, q->at[i], q->keys[i], q->homes[i], q->entire[i]);
	q->count = 0;
	sink->count += count;
}

/* At most SLOT_TEXT bytes, 16 readable. */
static inline void
put(struct pieces *p, const char *text, struct slot key, bool entire, struct sink *sink)
{
	struct queue *q = &p->queue;
	size_t n = q->count, home = home_of(key);
	__builtin_prefetch(&p->slots[home]);
	q->at[n] = text;
	q->keys[n] = key;
	q->homes[n] = (uint32_t)home;
	q->entire[n] = entire;
	q->count = n + 1;
	if (n + 1 == AHEAD)
		count_queue(p, sink);
}

/* Pieces of up to LONG_TEXT bytes, one slot each. */
static uint64_t
count_long(struct pieces *p, str text, bool entire)
{
	struct long_slot key = { { 0 } };
	memcpy(key.words, text.at, text.len);
	key.words[7] |= (uint64_t)text.len << 48;
	uint64_t home = 0, same = 0;
	for (unsigned i = 0; i < 8; i += 2)
		home = mixed(home + key.words[i], key.words[i + 1]);
	struct long_slot *s = &p->longs[home >> (64 - LONG_BITS)];
	for (unsigned i = 0; i < 7; i++)
		same |= s->words[i] ^ key.words[i];
	if ((same | (s->words[7] ^ key.words[7]) << 8) == 0)
		return s->words[7] >> 56;
	struct sink sink = { 0 };
	if (model_piece(p->model, text, entire, &sink)) {
		key.words[7] |= sink.count << 56;
		*s = key;
	}
	return sink.count;
}

static void
part(struct pieces *p, str text, bool entire, struct sink *sink)
{
	if (p->slots == NULL || sink->ids != NULL || text.len > LONG_TEXT)
		model_piece(p->model, text, entire, sink);
	else if (text.len <= SLOT_TEXT)
		put(p, text.at, key_of(text.at, text.len), entire, sink);
	else
		sink->count += count_long(p, text, entire);
}

/* Take a piece apart where no token crosses. */
static void
cut_piece(struct pieces *p, str piece, struct sink *sink)
{
	for (size_t from = 0, to; from < piece.len; from = to) {
		to = next_cut(p, piece, from);
		part(p, (str){ piece.at + from, to - from }, to - from == piece.len, sink);
	}
}

void
pieces_one(struct pieces *p, str piece, struct sink *sink)
{
	if (p->cuts && !p->raw && piece.len > 6)
		cut_piece(p, piece, sink);
	else
		part(p, piece, true, sink);
}

void
pieces_run(struct pieces *p, const char *text, size_t from, const uint32_t *ends, size_t n,
    struct sink *sink)
{
	bool cached = p->slots != NULL && sink->ids == NULL;
	for (size_t i = 0; i < n; from = ends[i++]) {
		size_t len = ends[i] - from;
		struct slot key = key_of(text + from, len <= SLOT_TEXT ? len : 0);
		if (cached && len <= SLOT_TEXT)
			put(p, text + from, key, true, sink);
		else
			pieces_one(p, (str){ text + from, len }, sink);
	}
}

void
pieces_flush(struct pieces *p, struct sink *sink)
{
	count_queue(p, sink);
}

void
sink_id(struct sink *sink, uint32_t id)
{
	sink->count++;
	if (sink->ids == NULL)
		return;
	if (sink->ids->count == sink->ids->room) {
		sink->ids->room = sink->ids->room == 0 ? 256 : sink->ids->room * 2;
		sink->ids->at = mem_grow(sink->ids->at, sink->ids->room, sizeof *sink->ids->at);
	}
	sink->ids->at[sink->ids->count++] = id;
}
