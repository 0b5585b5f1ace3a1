/* count.c - text through all that a vocabulary does to it, down to pieces. */
#include "token/count.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "token/cuts.h"
#include "token/model.h"
#include "token/normal.h"
#include "token/piece.h"
#include "token/specials.h"
#include "token/split.h"

#define BATCH 512

/* A split, or steps that each piece of the split before goes through. */
struct stage {
	struct splitter *splitter;
	uint32_t flags;
	struct normal *normal;
	struct buf work;
};

/* Raw bytes are split as if each broken part were U+FFFD; then pieces are taken from where
 * they came.  A mark stands behind every broken part. */
struct mark {
	size_t clean, raw;
};

struct raw {
	struct buf text; /* padded */
	struct mark *marks;
	size_t count, room;
	size_t base; /* where the part of the clean text starts that is being split */
	bool on;
};

struct counter {
	const struct image *im;
	struct count_options options;
	struct normal *normal;
	struct specials *specials; /* of the text as it comes */
	struct specials *later;    /* of the normalized text */
	struct stage stages[16];
	size_t stage_count;
	struct pieces *pieces;
	unsigned parts; /* of the text at hand */
	struct raw raw;
	struct buf clean; /* the text without broken characters */
	struct buf work;  /* padded for 16-byte loads */
};

static str
image_text(const struct image *im, uint64_t at, uint64_t len)
{
	return len > 0 ? (str){ im->text + at, len } : (str){ 0 };
}

/* Matches are pieces, and what lies between them is one too or is none. */
static bool
is_plain(uint32_t flags)
{
	return flags == SPLIT_ISOLATED || flags == (SPLIT_REMOVED | SPLIT_INVERT);
}

static struct splitter *
new_splitter(const struct counter *c, const struct step *s, char why[160])
{
	str pattern = image_text(c->im, s->a_at, s->a_len);
	const struct scheme *scheme = is_plain(s->flags) ? split_scheme(pattern) : NULL;
	if (scheme != NULL)
		return split_scan(
		    scheme, c->im->unicode, c->options.scalar ? SPLIT_SCALAR : SPLIT_BEST);
	return split_pattern(pattern, why);
}

static bool
ends_steps(const struct step *s)
{
	return s->kind == STEP_SPLIT || s->kind == STEP_NORMALIZED;
}

static size_t
splits_from(const struct image *im, size_t step)
{
	while (step < im->step_count && !ends_steps(&im->steps[step]))
		step++;
	return step;
}

/* The steps before the first split (or where added tokens are looked for) are the
 * normalizer, the others are stages. */
static bool
add_stages(struct counter *c, char why[160])
{
	size_t i = splits_from(c->im, 0);
	c->normal = normal_new(c->im, 0, i, why);
	while (*why == 0 && i < c->im->step_count) {
		if (c->stage_count == sizeof c->stages / sizeof *c->stages) {
			snprintf(why, 160, "it splits its text too often");
			break;
		}
		const struct step *s = &c->im->steps[i];
		if (s->kind == STEP_NORMALIZED) {
			i++;
			continue;
		}
		struct stage *stage = &c->stages[c->stage_count++];
		if (s->kind == STEP_SPLIT) {
			stage->flags = s->flags;
			stage->splitter = new_splitter(c, s, why);
			i++;
		} else {
			size_t to = splits_from(c->im, i);
			stage->normal = normal_new(c->im, i, to, why);
			i = to;
		}
	}
	return *why == 0;
}

struct counter *
counter_new(const struct image *im, const struct count_options *options, char why[160])
{
	struct counter *c = mem_new(sizeof *c);
	c->im = im;
	c->options = *options;
	c->pieces = pieces_new(im, options->scalar);
	*why = 0;
	if (add_stages(c, why)) {
		c->specials = specials_new(im, options->special, false, NULL);
		c->later = specials_new(im, options->special, true, c->normal);
		return c;
	}
	counter_free(c);
	return NULL;
}

void
counter_free(struct counter *c)
{
	if (c == NULL)
		return;
	for (size_t i = 0; i < c->stage_count; i++) {
		split_free(c->stages[i].splitter);
		normal_free(c->stages[i].normal);
		buf_free(&c->stages[i].work);
	}
	pieces_free(c->pieces);
	specials_free(c->specials);
	specials_free(c->later);
	normal_free(c->normal);
	buf_free(&c->raw.text);
	free(c->raw.marks);
	buf_free(&c->clean);
	buf_free(&c->work);
	free(c);
}

/* A piece of one stage goes to the next; behind the last it is tokenized. */
static void split_stage(struct counter *, size_t stage, str text, struct sink *);

static void
split_plain(struct counter *c, size_t stage, str text, struct sink *sink)
{
	uint32_t ends[BATCH];
	size_t at = 0, from = 0, n;
	while ((n = split_next(c->stages[stage].splitter, text, &at, ends, BATCH)) > 0) {
		if (stage + 1 == c->stage_count && !c->raw.on) {
			pieces_run(c->pieces, text.at, from, ends, n, sink);
			from = ends[n - 1];
			continue;
		}
		for (size_t i = 0; i < n; from = ends[i++])
			split_stage(
			    c, stage + 1, (str){ text.at + from, ends[i] - from }, sink);
	}
}

/* A stretch of a text that matches or does not. */
struct stretch {
	size_t start, end;
	bool match;
};

/* Does the stretch belong to the one before it? *match of both together. */
static bool
joins(uint32_t behaviour, const struct stretch *before, struct stretch s)
{
	switch ((enum split_flags)behaviour) {
	case SPLIT_PREVIOUS: return s.match && !before->match;
	case SPLIT_NEXT: return before->match && !s.match;
	case SPLIT_CONTIGUOUS: return before->match == s.match;
	case SPLIT_ISOLATED:
	case SPLIT_REMOVED:
	case SPLIT_BEHAVIOUR:
	case SPLIT_INVERT: break;
	}
	return false;
}

struct joining {
	struct stretch held;
	bool holds;
};

static void
stretch(struct counter *c, size_t stage, str text, struct joining *j, struct stretch s,
    struct sink *sink)
{
	uint32_t flags = c->stages[stage].flags, behaviour = flags & SPLIT_BEHAVIOUR;
	s.match ^= (flags & SPLIT_INVERT) != 0;
	if (s.start == s.end || (behaviour == SPLIT_REMOVED && s.match))
		return;
	if (j->holds && joins(behaviour, &j->held, s)) {
		j->held.end = s.end;
		j->held.match = s.match; /* of PREVIOUS: the next match stays apart */
		return;
	}
	if (j->holds)
		split_stage(c, stage + 1,
		    (str){ text.at + j->held.start, j->held.end - j->held.start }, sink);
	j->held = s;
	j->holds = true;
}

static void
split_joining(struct counter *c, size_t stage, str text, struct sink *sink)
{
	struct joining j = { .holds = false };
	size_t start, end;
	for (size_t from = 0; from < text.len; from = end) {
		split_match(c->stages[stage].splitter, text, from, &start, &end);
		stretch(c, stage, text, &j, (struct stretch){ from, start, false }, sink);
		stretch(c, stage, text, &j, (struct stretch){ start, end, true }, sink);
	}
	if (j.holds)
		split_stage(c, stage + 1,
		    (str){ text.at + j.held.start, j.held.end - j.held.start }, sink);
}

/* Bytes that can be loaded sixteen at a time. */
static str
padded(struct buf *b, str text)
{
	buf_reset(b);
	buf_reserve(b, text.len + SPLIT_PAD);
	if (text.len > 0)
		memcpy(b->at, text.at, text.len);
	memset(b->at + text.len, 0, SPLIT_PAD);
	return (str){ b->at, text.len };
}

static size_t
raw_offset(const struct raw *r, size_t clean)
{
	size_t low = 0, high = r->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (r->marks[middle].clean <= clean)
			low = middle + 1;
		else
			high = middle;
	}
	return low == 0 ? clean : r->marks[low - 1].raw + (clean - r->marks[low - 1].clean);
}

/* The bytes that a piece of the clean text stands for. */
static str
raw_piece(const struct counter *c, str piece)
{
	size_t start = c->raw.base + (size_t)(piece.at - c->work.at);
	size_t from = raw_offset(&c->raw, start), to = raw_offset(&c->raw, start + piece.len);
	return (str){ c->raw.text.at + from, to - from };
}

static void
split_stage(struct counter *c, size_t stage, str text, struct sink *sink)
{
	struct stage *s = &c->stages[stage];
	if (text.len == 0)
		return;
	if (stage == c->stage_count) {
		pieces_one(c->pieces, c->raw.on ? raw_piece(c, text) : text, sink);
	} else if (s->normal != NULL) {
		str made = normal_run(s->normal, text, stage == 0 ? c->parts : TEXT_WHOLE);
		split_stage(c, stage + 1, padded(&s->work, made), sink);
		pieces_flush(c->pieces, sink);
	} else if (is_plain(s->flags) &&
	    (s->flags == SPLIT_ISOLATED || split_is_scan(s->splitter))) {
		split_plain(c, stage, text, sink);
	} else {
		split_joining(c, stage, text, sink);
	}
}

/* Normalized text without added tokens. */
static void
run_part(struct counter *c, str text, unsigned parts, struct sink *sink)
{
	c->parts = parts;
	pieces_begin(c->pieces, parts);
	split_stage(c, 0, text, sink);
	pieces_flush(c->pieces, sink);
}

/* Text between added tokens, well-formed or raw bytes. */
static void
run_text(struct counter *c, str text, unsigned parts, struct sink *sink)
{
	struct found hit;
	size_t from = 0;
	if (c->normal != NULL)
		text = normal_run(c->normal, text, parts);
	text = padded(&c->work, text);
	while (specials_find(c->later, text, from, &hit)) {
		run_part(c, (str){ text.at + from, hit.start - from }, parts | TEXT_LAST, sink);
		sink_id(sink, hit.id);
		from = hit.end;
		parts |= TEXT_FIRST | TEXT_INNER;
	}
	run_part(c, str_from(text, from), parts, sink);
}

/* Length of the maximal part of a broken character (Unicode 3.9, U+FFFD substitution). */
static size_t
broken(str s)
{
	unsigned char c = (unsigned char)s.at[0], d = s.len > 1 ? (unsigned char)s.at[1] : 0;
	unsigned low = c == 0xe0 ? 0xa0 : c == 0xf0 ? 0x90 : 0x80;
	unsigned high = c == 0xed ? 0x9f : c == 0xf4 ? 0x8f : 0xbf;
	if (c < 0xe0 || c > 0xf4 || d < low || d > high)
		return 1;
	if (c < 0xf0 || s.len < 3 || ((unsigned char)s.at[2] & 0xc0) != 0x80)
		return 2;
	return 3;
}

static void
mark(struct raw *r, size_t clean, size_t raw)
{
	if (r->count == r->room) {
		r->room = r->room == 0 ? 64 : r->room * 2;
		r->marks = mem_grow(r->marks, r->room, sizeof *r->marks);
	}
	r->marks[r->count++] = (struct mark){ clean, raw };
}

/* The text with U+FFFD for what is broken; itself where nothing is. */
static str
clean(struct counter *c, str text)
{
	size_t valid = utf8_valid(text);
	if (valid == text.len)
		return text;
	size_t all = text.len;
	buf_reset(&c->clean);
	c->raw.count = 0;
	while (valid < text.len) {
		buf_add(&c->clean, (str){ text.at, valid });
		buf_text(&c->clean, "\xef\xbf\xbd");
		text = str_from(text, valid);
		text = str_from(text, broken(text));
		mark(&c->raw, c->clean.len, all - text.len);
		valid = utf8_valid(text);
	}
	buf_add(&c->clean, text);
	return buf_str(&c->clean);
}

/* The text as it is to be split; raw bytes are kept beside it where they are wanted and
 * nothing rewrites them. */
static str
take_in(struct counter *c, str text)
{
	str made = clean(c, text);
	bool rewritten = c->normal != NULL || !c->im->facts.byte_level;
	for (size_t i = 0; i < c->stage_count; i++)
		rewritten = rewritten || c->stages[i].normal != NULL;
	c->raw.on = c->options.invalid == INVALID_BYTES && !rewritten && made.at != text.at;
	pieces_raw(c->pieces, c->raw.on);
	if (c->raw.on)
		padded(&c->raw.text, text);
	return made;
}

enum count_trouble
counter_run(struct counter *c, str text, unsigned parts, uint64_t *count, struct ids *ids)
{
	struct sink sink = { .ids = ids };
	struct found hit;
	if (c->options.invalid == INVALID_ERROR && utf8_valid(text) < text.len)
		return COUNT_INVALID;
	text = take_in(c, text);
	if (c->options.special == SPECIAL_ERROR &&
	    ((specials_find(c->specials, text, 0, &hit) && hit.control) ||
		(specials_find(c->later, text, 0, &hit) && hit.control)))
		return COUNT_SPECIAL;
	size_t from = 0;
	while (c->specials != NULL && specials_find(c->specials, text, from, &hit)) {
		c->raw.base = from;
		run_text(
		    c, (str){ text.at + from, hit.start - from }, parts | TEXT_LAST, &sink);
		sink_id(&sink, hit.id);
		from = hit.end;
		parts |= TEXT_FIRST | TEXT_INNER; /* between tokens all is whole */
	}
	c->raw.base = from;
	run_text(c, str_from(text, from), parts, &sink);
	*count += sink.count;
	return COUNT_FINE;
}

static bool
is_ascii_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Does no token cross from one character into the next? */
static bool
parted(const struct counter *c, char left, str right)
{
	char both[8] = { left };
	memcpy(both + 1, right.at, right.len);
	return !cuts_crossed(c->im, (str){ both, 1 + right.len }, 0, 1);
}

/* Nothing is split: a place before a space between letters, or behind a line end, that no
 * token crosses, as the normalized text has it. */
static size_t
safe_cut(const struct counter *c, str text)
{
	str space = STR(" ");
	for (size_t i = 0; i < c->im->step_count; i++) {
		const struct step *s = &c->im->steps[i];
		if (s->kind == STEP_REPLACE ||
		    (s->kind == STEP_SPACE && (s->flags & SPACE_ESCAPE)))
			space = STR("\xe2\x96\x81");
	}
	for (size_t i = text.len; i-- > 2;) {
		const char *p = text.at + i - 2;
		if (!is_ascii_letter(p[2]))
			continue;
		if (p[1] == ' ' && is_ascii_letter(p[0]) && parted(c, p[0], space))
			return i - 1;
		if (p[1] == '\n' && parted(c, '\n', (str){ p + 2, 1 }))
			return i;
	}
	return 0;
}

size_t
counter_safe(const struct counter *c, str text)
{
	if (model_sums(c->im) || !specials_local(c->specials) || !specials_local(c->later) ||
	    (c->normal != NULL && !normal_local(c->normal)))
		return 0;
	if (c->stage_count == 0 && model_cuts(c->im))
		return safe_cut(c, text);
	if (c->stage_count == 1 && c->stages[0].splitter != NULL)
		return split_safe(c->stages[0].splitter, text);
	return 0;
}

bool
count_decode(const struct image *im, uint32_t id, str *bytes)
{
	if (id >= im->facts.ids || im->inside[id] == IMAGE_NONE)
		return false;
	*bytes = image_token(im, im->inside[id]);
	return true;
}
