/* split_fast.c - the scanner for text that is mostly ASCII: where pieces start is worked
 * out for 64 bytes together, a bit each, so that there is no branch for each piece.
 *
 * A block begins where a piece does, and nothing before it matters.  What is certain in it
 * ends where the last word begins: a letter closes all runs before it.  What it cannot tell
 * (other characters, runs longer than a block) is left to split_piece(), one piece at a
 * time, so that the algebra only has to be right about what is simple. */
#include <string.h>

#include "token/split_scan.h"

#ifdef __x86_64__
#include <immintrin.h>

#define INLINE static inline __attribute__((always_inline))

/* What the bytes of a block are. */
struct bits {
	uint64_t letters, upper, digits, white, lines, spaces, quotes, slashes, high;
};

INLINE uint64_t
equal16(__m128i v, char c)
{
	return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8(c)));
}

INLINE uint64_t
between16(__m128i v, char first, char last)
{
	return (unsigned)_mm_movemask_epi8(
	    _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8((char)(first - 1))),
		_mm_cmplt_epi8(v, _mm_set1_epi8((char)(last + 1)))));
}

INLINE struct bits
bits_sse2(const unsigned char *p)
{
	struct bits b = { 0, 0, 0, 0, 0, 0, 0, 0, 0 };
	for (unsigned i = 0; i < 64; i += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
		__m128i low = _mm_or_si128(v, _mm_set1_epi8(0x20));
		b.letters |= between16(low, 'a', 'z') << i;
		b.upper |= between16(v, 'A', 'Z') << i;
		b.digits |= between16(v, '0', '9') << i;
		b.spaces |= equal16(v, ' ') << i;
		b.white |= between16(v, '\t', '\r') << i;
		b.lines |= (equal16(v, '\n') | equal16(v, '\r')) << i;
		b.quotes |= equal16(v, '\'') << i;
		b.slashes |= equal16(v, '/') << i;
		b.high |= (uint64_t)(unsigned)_mm_movemask_epi8(v) << i;
	}
	b.white |= b.spaces;
	return b;
}

#define WIDE "avx512bw,avx512vl,bmi,bmi2,lzcnt"

__attribute__((target(WIDE))) static inline uint64_t
between64(__m512i v, char first, char last)
{
	return _mm512_cmplt_epu8_mask(_mm512_sub_epi8(v, _mm512_set1_epi8(first)),
	    _mm512_set1_epi8((char)(last - first + 1)));
}

__attribute__((target(WIDE))) static inline uint64_t
equal64(__m512i v, char c)
{
	return _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(c));
}

__attribute__((target(WIDE))) static inline struct bits
bits_avx512(const unsigned char *p)
{
	__m512i v = _mm512_loadu_si512(p);
	__m512i low = _mm512_or_si512(v, _mm512_set1_epi8(0x20));
	uint64_t spaces = equal64(v, ' ');
	return (struct bits){ .letters = between64(low, 'a', 'z'),
		.upper = between64(v, 'A', 'Z'),
		.digits = between64(v, '0', '9'),
		.white = between64(v, '\t', '\r') | spaces,
		.lines = equal64(v, '\n') | equal64(v, '\r'),
		.spaces = spaces,
		.quotes = equal64(v, '\''),
		.slashes = equal64(v, '/'),
		.high = _mm512_movepi8_mask(v) };
}

/* The first of each run. */
INLINE uint64_t
heads(uint64_t run)
{
	return run & ~(run << 1);
}

/* The last of each run. */
INLINE uint64_t
tails(uint64_t run)
{
	return run & ~(run >> 1);
}

/* Runs of digits are cut after so many. */
INLINE uint64_t
numbers(uint64_t digits, unsigned most)
{
	uint64_t starts = heads(digits), more = starts;
	if (most == 1)
		return digits;
	while (most == 3 && (more = more << 3 & digits & digits << 1 & digits << 2) != 0)
		starts |= more;
	return starts;
}

/* Blanks behind a line end start a piece, unless another line end follows them. */
INLINE uint64_t
indents(uint64_t lines, uint64_t blanks)
{
	uint64_t starts = lines << 1 & blanks, found = starts;
	if (((blanks + starts) & ~blanks & lines) == 0)
		return starts;
	for (; starts != 0; starts &= starts - 1) {
		uint64_t one = starts & -starts;
		if ((blanks + one) & ~blanks & lines)
			found &= ~one;
	}
	return found;
}

/* GPT-2's words, numbers and signs take one space before them, and nothing else. */
INLINE uint64_t
starts_space(struct bits b, uint64_t signs)
{
	uint64_t last = tails(b.white);
	uint64_t runs = heads(b.letters) | heads(b.digits) | heads(signs);
	return heads(b.white) | last | (runs & ~((last & b.spaces) << 1));
}

/* All others: a word takes one sign or blank before it, signs take a space before them and
 * line ends behind, white space ends with its last line end. */
INLINE uint64_t
starts_lines(struct bits b, uint64_t signs, struct scheme s)
{
	uint64_t ends = b.lines & ~(b.lines + (signs << 1 & b.lines)); /* behind signs */
	uint64_t white = b.white & ~ends, blanks = b.white & ~b.lines;
	uint64_t last = tails(blanks) & ~(b.lines >> 1);
	uint64_t marks = heads(signs) & ~((last & b.spaces) << 1);
	uint64_t words = heads(b.letters) & ~(last << 1) & ~(marks << 1);
	if (s.cased)
		words |= b.upper & (b.letters & ~b.upper) << 1;
	return heads(white) | indents(b.lines & white, blanks) | last | marks | words |
	    numbers(b.digits, s.digits);
}

/* 's and its like: pieces of their own where a piece starts, or the end of a word. */
INLINE uint64_t
contractions(const struct splitter *sp, str text, size_t at, struct bits b, struct scheme s,
    uint64_t starts)
{
	uint64_t quotes = b.quotes & b.letters >> 1 & starts;
	size_t done = 64;
	if (s.contracts == 2)
		quotes &= b.letters << 1;
	for (; quotes != 0; quotes &= quotes - 1) {
		size_t q = (size_t)__builtin_ctzll(quotes), len = 0;
		if (q != done || s.contracts == 1)
			len = split_contraction(sp->scheme, text, at + q);
		if (len == 0)
			continue;
		uint64_t inside = (UINT64_C(1) << len) - (s.contracts == 2 ? 1 : 2);
		starts &= ~(inside << q);
		done = q + len;
		starts |= done < 64 ? UINT64_C(1) << done : 0;
	}
	return starts;
}

/* Where pieces start behind the one that starts the block, as far as that is certain. */
INLINE uint64_t
block(const struct splitter *sp, str text, size_t at, struct bits b, struct scheme s)
{
	uint64_t known = b.high != 0 ? (b.high & -b.high) - 1 : UINT64_MAX;
	uint64_t signs = ~(b.letters | b.digits | b.white) & known, starts;
	b.letters &= known;
	if (s.tail == 2 && (b.lines << 1 & b.slashes) != 0)
		return 0;
	starts = 1 | (s.leads_space ? starts_space(b, signs) : starts_lines(b, signs, s));
	if (s.contracts > 0 && (b.quotes & starts) != 0)
		starts = contractions(sp, text, at, b, s, starts);
	uint64_t leads = s.leads_space ? b.spaces : signs | (b.white & ~b.lines);
	starts &= ~UINT64_C(1);
	uint64_t words = starts & known & (b.letters | (leads & b.letters >> 1));
	return words != 0 ? starts & UINT64_MAX >> __builtin_clzll(words) : 0;
}

INLINE bool
is_ascii(const unsigned char *p)
{
	uint64_t eight;
	memcpy(&eight, p, sizeof eight);
	return (eight & UINT64_C(0x8080808080808080)) == 0;
}

/* The last bytes of a text are left to the ground truth: it knows where the end is. */
INLINE size_t
scan(const struct splitter *sp, str text, size_t *at, uint32_t *ends, size_t room,
    struct scheme s, bool wide)
{
	size_t n = 0, i = *at, edge = text.len > SPLIT_PAD ? text.len - SPLIT_PAD : 0;
	while (n < room && i < text.len) {
		const unsigned char *p = (const unsigned char *)text.at + i;
		uint64_t starts = 0;
		if (i < edge && room - n >= 64 && is_ascii(p))
			starts = block(sp, text, i, wide ? bits_avx512(p) : bits_sse2(p), s);
		if (starts == 0) {
			i = split_piece(sp->scheme, sp->unicode, text, i);
			ends[n++] = (uint32_t)i;
			continue;
		}
		for (size_t from = i; starts != 0; starts &= starts - 1) {
			i = from + (size_t)__builtin_ctzll(starts);
			ends[n++] = (uint32_t)i;
		}
	}
	*at = i;
	return n;
}

/* One function for each kind of scheme and machine, so that the points are constants. */
#define SCANNER(name, machine, wide, ...)                                                      \
	__attribute__((target(machine))) static size_t name(                                   \
	    const struct splitter *sp, str text, size_t *at, uint32_t *ends, size_t room)      \
	{                                                                                      \
		return scan(sp, text, at, ends, room, (struct scheme){ __VA_ARGS__ }, wide);   \
	}
#define SCHEME_SPACE .leads_space = true, .contracts = 1
#define SCHEME_ONE   .lines = true, .digits = 1, .tail = 1, .contracts = 1, .folds = true
#define SCHEME_THREE .lines = true, .digits = 3, .tail = 1, .contracts = 1, .folds = true
#define SCHEME_CASED                                                                           \
	.cased = true, .lines = true, .digits = 3, .tail = 2, .contracts = 2, .folds = true
#define SCHEME_TEKKEN .cased = true, .lines = true, .digits = 1, .tail = 2

SCANNER(scan_space, "sse2", false, SCHEME_SPACE)
SCANNER(scan_one, "sse2", false, SCHEME_ONE)
SCANNER(scan_three, "sse2", false, SCHEME_THREE)
SCANNER(scan_cased, "sse2", false, SCHEME_CASED)
SCANNER(scan_tekken, "sse2", false, SCHEME_TEKKEN)
SCANNER(scan_space_v4, WIDE, true, SCHEME_SPACE)
SCANNER(scan_one_v4, WIDE, true, SCHEME_ONE)
SCANNER(scan_three_v4, WIDE, true, SCHEME_THREE)
SCANNER(scan_cased_v4, WIDE, true, SCHEME_CASED)
SCANNER(scan_tekken_v4, WIDE, true, SCHEME_TEKKEN)

split_function *
split_fast(const struct scheme *s, enum split_way way)
{
	static split_function *const base[] = { scan_space, scan_one, scan_three, scan_cased,
		scan_tekken };
	static split_function *const v4[] = { scan_space_v4, scan_one_v4, scan_three_v4,
		scan_cased_v4, scan_tekken_v4 };
	size_t which = s->leads_space ? 0 :
	    s->cased                  ? (s->contracts == 2 ? 3 : 4) :
					(s->digits == 1 ? 1 : 2);
	bool wide = way == SPLIT_BEST && __builtin_cpu_supports("avx512bw") &&
	    __builtin_cpu_supports("bmi2");
	return way == SPLIT_SCALAR ? NULL : (wide ? v4 : base)[which];
}

#else

split_function *
split_fast(const struct scheme *s, enum split_way way)
{
	(void)s;
	(void)way;
	return NULL;
}

#endif
