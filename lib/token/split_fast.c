/* split_fast.c - the scanner for text that is mostly ASCII: 64 bytes are looked at
 * together, and words are found by counting bits.  What it does not know at once (other
 * characters, long runs, contractions) it leaves to split_piece(), so it only has to be
 * right about what is simple. */
#include <string.h>

#include "token/split_scan.h"

#ifdef __x86_64__
#include <immintrin.h>

enum kind { LETTER, DIGIT, BLANK, LINE, SIGN, HIGH };

/* By byte: what ASCII characters are; all else is HIGH. */
static const uint8_t kinds[256] = {
	/* clang-format off */
	4,4,4,4,4,4,4,4,4,2,3,2,2,3,4,4, 4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,
	2,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4, 1,1,1,1,1,1,1,1,1,1,4,4,4,4,4,4,
	4,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0, 0,0,0,0,0,0,0,0,0,0,0,4,4,4,4,4,
	4,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0, 0,0,0,0,0,0,0,0,0,0,0,4,4,4,4,4,
	5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5, 5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,
	5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5, 5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,
	5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5, 5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,
	5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5, 5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,
	/* clang-format on */
};

#define INLINE static inline __attribute__((always_inline))

/* What the next bytes are, a bit each, from the current one on. */
struct window {
	uint64_t letters, upper;
	size_t left; /* bits that are known */
};

INLINE uint64_t
letters16(const unsigned char *p, uint64_t *upper)
{
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i low = _mm_or_si128(v, _mm_set1_epi8(0x20));
	__m128i in = _mm_and_si128(_mm_cmpgt_epi8(low, _mm_set1_epi8('a' - 1)),
	    _mm_cmplt_epi8(low, _mm_set1_epi8('z' + 1)));
	uint64_t mask = (unsigned)_mm_movemask_epi8(in);
	*upper = mask & ~(uint64_t)(unsigned)_mm_movemask_epi8(_mm_slli_epi16(v, 2));
	return mask;
}

INLINE struct window
look_sse2(const unsigned char *p)
{
	struct window w = { 0, 0, 64 };
	for (unsigned i = 0; i < 4; i++) {
		uint64_t upper, mask = letters16(p + (size_t)16 * i, &upper);
		w.letters |= mask << 16 * i;
		w.upper |= upper << 16 * i;
	}
	return w;
}

__attribute__((target("avx512bw,avx512vl"))) static inline struct window
look_avx512(const unsigned char *p)
{
	__m512i v = _mm512_loadu_si512(p);
	__m512i low = _mm512_or_si512(v, _mm512_set1_epi8(0x20));
	uint64_t mask = _mm512_cmplt_epu8_mask(
	    _mm512_sub_epi8(low, _mm512_set1_epi8('a')), _mm512_set1_epi8(26));
	uint64_t upper = mask & ~_mm512_test_epi8_mask(v, _mm512_set1_epi8(0x20));
	return (struct window){ mask, upper, 64 };
}

/* Length of the word at p, with what leads it; 0: not known here. */
INLINE size_t
fast_word(const unsigned char *p, struct scheme s, struct window w)
{
	unsigned skip = !(w.letters & 1);
	enum kind first = (enum kind)kinds[*p];
	if (skip && (s.leads_space ? *p != ' ' : first != BLANK && first != SIGN))
		return 0;
	uint64_t rest = w.letters >> skip, upper = w.upper >> skip;
	if (s.cased)
		rest &= ~(upper & (rest & ~upper) << 1);
	if (rest == UINT64_MAX)
		return 0;
	size_t run = (size_t)__builtin_ctzll(~rest), end = skip + run;
	if (run == 0 || end >= w.left || p[end] >= 0x80 || (s.contracts == 1 && *p == '\''))
		return 0;
	return s.contracts == 2 && p[end] == '\'' ? 0 : end;
}

INLINE size_t
fast_number(const unsigned char *p, struct scheme s)
{
	size_t n = 1, most = s.digits > 0 ? s.digits : 16;
	while (n < most && kinds[p[n]] == DIGIT)
		n++;
	return n == 16 || (n < most && p[n] >= 0x80) ? 0 : n;
}

INLINE size_t
fast_signs(const unsigned char *p, struct scheme s)
{
	size_t n = *p == ' ' ? 1 : 0, from = n;
	while (n < 16 && kinds[p[n]] == SIGN)
		n++;
	if (n == from || n == 16 || p[n] >= 0x80)
		return 0;
	if (s.tail > 0)
		while (n < 32 && (kinds[p[n]] == LINE || (s.tail == 2 && p[n] == '/')))
			n++;
	return n == 32 ? 0 : n;
}

INLINE size_t
fast_white(const unsigned char *p, struct scheme s)
{
	size_t n = 0, line = 0;
	for (; n < 48 && (kinds[p[n]] == BLANK || kinds[p[n]] == LINE); n++)
		if (kinds[p[n]] == LINE)
			line = n + 1;
	if (n == 48 || p[n] >= 0x80)
		return 0;
	if (line > 0 && s.lines)
		return line;
	return n == 1 ? 1 : n - 1;
}

INLINE size_t
fast_piece(const unsigned char *p, struct scheme s, struct window w)
{
	size_t len = fast_word(p, s, w);
	if (len > 0)
		return len;
	if (kinds[p[1]] == LETTER && (!s.leads_space || *p == ' ')) /* a long one */
		return 0;
	switch ((enum kind)kinds[*p]) {
	case DIGIT: return fast_number(p, s);
	case SIGN: return s.contracts == 1 && *p == '\'' ? 0 : fast_signs(p, s);
	case BLANK:
		if (*p == ' ' && kinds[p[1]] == SIGN)
			return fast_signs(p, s);
		if (*p == ' ' && s.leads_space && kinds[p[1]] == DIGIT)
			return 0;
		return fast_white(p, s);
	case LINE: return fast_white(p, s);
	case LETTER:
	case HIGH: break;
	}
	return 0;
}

/* The last bytes of a text are left to the ground truth: it knows where the end is. */
INLINE size_t
scan(const struct splitter *sp, str text, size_t *at, uint32_t *ends, size_t room,
    struct scheme s, bool wide)
{
	size_t n = 0, i = *at, edge = text.len > SPLIT_PAD ? text.len - SPLIT_PAD : 0;
	struct window w = { 0, 0, 0 };
	for (; n < room && i < text.len; n++) {
		const unsigned char *p = (const unsigned char *)text.at + i;
		size_t len = 0;
		if (i < edge) {
			if (w.left < 24)
				w = wide ? look_avx512(p) : look_sse2(p);
			len = fast_piece(p, s, w);
		}
		if (len == 0)
			len = split_piece(sp->scheme, sp->unicode, text, i) - i;
		i += len;
		ends[n] = (uint32_t)i;
		if (len < w.left) {
			w.letters >>= len;
			w.upper >>= len;
			w.left -= len;
		} else {
			w.left = 0;
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
SCANNER(scan_space_v4, "avx512bw,avx512vl,bmi,bmi2,lzcnt", true, SCHEME_SPACE)
SCANNER(scan_one_v4, "avx512bw,avx512vl,bmi,bmi2,lzcnt", true, SCHEME_ONE)
SCANNER(scan_three_v4, "avx512bw,avx512vl,bmi,bmi2,lzcnt", true, SCHEME_THREE)
SCANNER(scan_cased_v4, "avx512bw,avx512vl,bmi,bmi2,lzcnt", true, SCHEME_CASED)
SCANNER(scan_tekken_v4, "avx512bw,avx512vl,bmi,bmi2,lzcnt", true, SCHEME_TEKKEN)

split_function *
split_fast(const struct scheme *s)
{
	static split_function *const base[] = { scan_space, scan_one, scan_three, scan_cased,
		scan_tekken };
	static split_function *const v4[] = { scan_space_v4, scan_one_v4, scan_three_v4,
		scan_cased_v4, scan_tekken_v4 };
	size_t which = s->leads_space ? 0 :
	    s->cased                  ? (s->contracts == 2 ? 3 : 4) :
					(s->digits == 1 ? 1 : 2);
	return (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("bmi2") ?
		v4 :
		base)[which];
}

#else

split_function *
split_fast(const struct scheme *s)
{
	(void)s;
	return NULL;
}

#endif
