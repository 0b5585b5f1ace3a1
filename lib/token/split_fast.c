/* split_fast.c - the scanner for text that is mostly ASCII: sixteen bytes are looked at
 * together, a word is found by counting bits.  What it does not know at once (other
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

/* Which of the sixteen bytes are ASCII letters; *upper: which are capitals. */
INLINE unsigned
letters(const unsigned char *p, unsigned *upper)
{
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i low = _mm_or_si128(v, _mm_set1_epi8(0x20));
	__m128i in = _mm_and_si128(_mm_cmpgt_epi8(low, _mm_set1_epi8('a' - 1)),
	    _mm_cmplt_epi8(low, _mm_set1_epi8('z' + 1)));
	unsigned mask = (unsigned)_mm_movemask_epi8(in);
	*upper = mask & ~(unsigned)_mm_movemask_epi8(_mm_slli_epi16(v, 2));
	return mask;
}

/* Length of the word at p, with what leads it; 0: not known here. */
INLINE size_t
fast_word(const unsigned char *p, struct scheme s)
{
	unsigned upper, mask = letters(p, &upper);
	enum kind first = (enum kind)kinds[*p];
	unsigned skip = first != LETTER;
	if (skip && (s.leads_space ? *p != ' ' : first != BLANK && first != SIGN))
		return 0;
	unsigned rest = mask >> skip;
	if (s.cased)
		rest &= ~(((upper >> skip) & ((rest & ~(upper >> skip)) << 1)));
	unsigned run = (unsigned)__builtin_ctz(~rest);
	unsigned end = skip + run;
	if (run == 0 || end >= 16 || p[end] >= 0x80 || (s.contracts > 0 && *p == '\''))
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
fast_piece(const unsigned char *p, struct scheme s)
{
	size_t len = fast_word(p, s);
	if (len > 0)
		return len;
	if (kinds[p[1]] == LETTER && (!s.leads_space || *p == ' ')) /* a long one */
		return 0;
	switch ((enum kind)kinds[*p]) {
	case DIGIT:
		return fast_number(p, s);
	case SIGN:
		return s.contracts == 1 && *p == '\'' ? 0 : fast_signs(p, s);
	case BLANK:
		if (*p == ' ' && kinds[p[1]] == SIGN)
			return fast_signs(p, s);
		if (*p == ' ' && s.leads_space && kinds[p[1]] == DIGIT)
			return 0;
		return fast_white(p, s);
	case LINE:
		return fast_white(p, s);
	case LETTER:
	case HIGH:
		break;
	}
	return 0;
}

/* The last bytes of a text are left to the ground truth: it knows where the end is. */
INLINE size_t
scan(const struct splitter *sp, str text, size_t *at, uint32_t *ends, size_t room,
    struct scheme s)
{
	size_t n = 0, i = *at, edge = text.len > SPLIT_PAD ? text.len - SPLIT_PAD : 0;
	for (; n < room && i < text.len; n++) {
		size_t len = i < edge ? fast_piece((const unsigned char *)text.at + i, s) : 0;
		i = len > 0 ? i + len : split_piece(sp->scheme, sp->unicode, text, i);
		ends[n] = (uint32_t)i;
	}
	*at = i;
	return n;
}

/* One function for each kind of scheme and machine, so that the points are constants. */
#define SCANNER(name, machine, ...)                                                            \
	__attribute__((target(machine))) static size_t name(const struct splitter *sp,        \
	    str text, size_t *at, uint32_t *ends, size_t room)                                \
	{                                                                                      \
		return scan(sp, text, at, ends, room, (struct scheme){ __VA_ARGS__ });         \
	}
#define SCHEME_SPACE .leads_space = true, .contracts = 1
#define SCHEME_ONE   .lines = true, .digits = 1, .tail = 1, .contracts = 1, .folds = true
#define SCHEME_THREE .lines = true, .digits = 3, .tail = 1, .contracts = 1, .folds = true
#define SCHEME_CASED                                                                           \
	.cased = true, .lines = true, .digits = 3, .tail = 2, .contracts = 2, .folds = true
#define SCHEME_TEKKEN .cased = true, .lines = true, .digits = 1, .tail = 2

SCANNER(scan_space, "sse2", SCHEME_SPACE)
SCANNER(scan_one, "sse2", SCHEME_ONE)
SCANNER(scan_three, "sse2", SCHEME_THREE)
SCANNER(scan_cased, "sse2", SCHEME_CASED)
SCANNER(scan_tekken, "sse2", SCHEME_TEKKEN)
SCANNER(scan_space_v3, "avx2,bmi,bmi2", SCHEME_SPACE)
SCANNER(scan_one_v3, "avx2,bmi,bmi2", SCHEME_ONE)
SCANNER(scan_three_v3, "avx2,bmi,bmi2", SCHEME_THREE)
SCANNER(scan_cased_v3, "avx2,bmi,bmi2", SCHEME_CASED)
SCANNER(scan_tekken_v3, "avx2,bmi,bmi2", SCHEME_TEKKEN)

split_function *
split_fast(const struct scheme *s)
{
	static split_function *const base[] = { scan_space, scan_one, scan_three, scan_cased,
		scan_tekken };
	static split_function *const v3[] = { scan_space_v3, scan_one_v3, scan_three_v3,
		scan_cased_v3, scan_tekken_v3 };
	size_t which = s->leads_space ? 0
	    : s->cased		      ? (s->contracts == 2 ? 3 : 4)
				      : (s->digits == 1 ? 1 : 2);
	return (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") ? v3
										 : base)[which];
}

#else

split_function *
split_fast(const struct scheme *s)
{
	(void)s;
	return NULL;
}

#endif
