/* scan_sse2.c - records read 16 bytes at a time: what every x86-64 can. */
#ifdef __x86_64__
#include <emmintrin.h>
#include <stdint.h>

#define TARGET
#define WIDTH 16
#define WAY   scan_sse2

typedef uint32_t mask;

static inline __attribute__((always_inline)) mask
stops(const char *p)
{
	__m128i x = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i low = _mm_cmplt_epi8(x, _mm_set1_epi8(' ')); /* also what is no ASCII */
	__m128i quote = _mm_cmpeq_epi8(x, _mm_set1_epi8('"'));
	__m128i back = _mm_cmpeq_epi8(x, _mm_set1_epi8('\\'));

	return (mask)_mm_movemask_epi8(_mm_or_si128(low, _mm_or_si128(quote, back)));
}

static inline __attribute__((always_inline)) mask
differ(const char *p, const char *q)
{
	__m128i x = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i y = _mm_loadu_si128((const __m128i *)(const void *)q);

	return (mask)_mm_movemask_epi8(_mm_cmpeq_epi8(x, y)) ^ 0xffff;
}

static inline __attribute__((always_inline)) int
first_bit(mask m)
{
	return __builtin_ctz(m);
}

#include "io/scan_fast.h"
#endif
