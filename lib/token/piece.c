/* piece.c - a piece that was met before is looked up; else it is cut, and its parts go
 * through the model. */
#include "token/piece.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "token/cuts.h"
#include "token/model.h"

/* A slot holds up to 15 bytes of text; its last byte is length and, above it, tokens. */
struct slot {
	uint64_t low, high;
};

#define SLOT_TEXT 15
#define SLOT_BITS 18
#define SLOT_WAYS 4 /* neighbours in one cache line */

struct pieces {
	const struct image *im;
	struct model *model;
	struct slot *slots; /* NULL: no cache */
	size_t cuts_from;   /* pieces of characters outside ASCII are cut from this length on */
	bool cuts, raw, sums;
};

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
	void *at = mmap(NULL, sizeof(struct slot) << SLOT_BITS, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	p->slots = at == MAP_FAILED ? NULL : at;
	return p;
}

void
pieces_free(struct pieces *p)
{
	if (p == NULL)
		return;
	if (p->slots != NULL)
		munmap(p->slots, sizeof(struct slot) << SLOT_BITS);
	model_free(p->model);
	free(p);
}

void
pieces_begin(struct pieces *p, unsigned parts)
{
	model_begin(p->model, parts);
}

void
pieces_end(struct pieces *p, struct sink *sink)
{
	model_end(p->model, sink);
}

void
pieces_raw(struct pieces *p, bool raw)
{
	p->raw = raw;
}

static inline struct slot
key_of(const char *text, size_t len)
{
	struct slot k;
	memcpy(&k.low, text, 8);
	memcpy(&k.high, text + 8, 8);
	if (len < 8) {
		k.low &= (UINT64_C(1) << (len * 8)) - 1;
		k.high = 0;
	} else {
		k.high &= (UINT64_C(1) << ((len - 8) * 8)) - 1;
	}
	k.high |= (uint64_t)len << 56;
	return k;
}

static inline size_t
home_of(struct slot k)
{
	uint64_t h = (k.low ^ (k.high * UINT64_C(0x9E3779B97F4A7C15))) *
	    UINT64_C(0xD6E8FEB86659FD93);
	h ^= h >> 32;
	return (h * UINT64_C(0x9E3779B97F4A7C15)) >> (64 - SLOT_BITS) & ~(size_t)(SLOT_WAYS - 1);
}

static inline bool
same(struct slot slot, struct slot key)
{
	return slot.low == key.low && (slot.high ^ key.high) << 4 == 0;
}

/* The home of a new piece among its neighbours: an empty slot, or the last one's. */
static void
keep(struct pieces *p, struct slot key, size_t home, uint64_t count)
{
	struct slot *s = &p->slots[home];
	size_t i = 0;
	while (i + 1 < SLOT_WAYS && s[i].high != 0)
		i++;
	if (s[i].high != 0)
		i = key.low % SLOT_WAYS;
	key.high |= count << 60;
	s[i] = key;
}

static uint64_t
miss(struct pieces *p, str piece, struct slot key, size_t home)
{
	struct sink sink = { 0 };
	model_piece(p->model, piece, &sink);
	if (sink.count < 16)
		keep(p, key, home, sink.count);
	return sink.count;
}

/* At most SLOT_TEXT bytes, 16 readable. */
static inline uint64_t
count_short(struct pieces *p, const char *text, size_t len)
{
	struct slot key = key_of(text, len);
	size_t home = home_of(key);
	const struct slot *s = &p->slots[home];
	for (size_t i = 0; i < SLOT_WAYS; i++)
		if (same(s[i], key))
			return s[i].high >> 60;
	return miss(p, (str){ text, len }, key, home);
}

static void
part(struct pieces *p, str text, struct sink *sink)
{
	if (p->slots != NULL && sink->ids == NULL && text.len <= SLOT_TEXT)
		sink->count += count_short(p, text.at, text.len);
	else
		model_piece(p->model, text, sink);
}

static inline size_t
lead_length(unsigned char c)
{
	return c < 0xc0 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

/* Take a piece apart where no token crosses. */
static void
cut_piece(struct pieces *p, str piece, struct sink *sink)
{
	size_t from = 0, before = 0, at = lead_length((unsigned char)*piece.at);
	while (at < piece.len) {
		if (!cuts_crossed(p->im, piece, before, at)) {
			part(p, (str){ piece.at + from, at - from }, sink);
			from = at;
		}
		before = at;
		at += lead_length((unsigned char)piece.at[at]);
	}
	part(p, str_from(piece, from), sink);
}

void
pieces_one(struct pieces *p, str piece, struct sink *sink)
{
	if (p->cuts && !p->raw && piece.len > SLOT_TEXT)
		cut_piece(p, piece, sink);
	else
		model_piece(p->model, piece, sink);
}

void
pieces_run(struct pieces *p, const char *text, size_t from, const uint32_t *ends, size_t n,
    struct sink *sink)
{
	uint64_t count = 0;
	for (size_t i = 0; i < n; from = ends[i++]) {
		size_t len = ends[i] - from;
		str piece = { text + from, len };
		if (p->slots == NULL || sink->ids != NULL) {
			pieces_one(p, piece, sink);
			continue;
		}
		if (len <= SLOT_TEXT && (len < 7 || !p->cuts || p->raw ||
					    !((key_of(piece.at, len).low |
						  key_of(piece.at, len).high << 8) &
						UINT64_C(0x8080808080808080))))
			count += count_short(p, piece.at, len);
		else if (p->cuts && !p->raw)
			cut_piece(p, piece, sink);
		else
			part(p, piece, sink);
	}
	sink->count += count;
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
