/* scan_avx2.c - records read 32 bytes at a time. */
#ifdef __x86_64__
#include <immintrin.h>
#include <stdint.h>

#define TARGET __attribute__((target("avx2,bmi")))
#define WIDTH  32
#define WAY    scan_avx2

typedef uint32_t mask;

TARGET static inline __attribute__((always_inline)) mask
stops(const char *p)
{
	__m256i x = _mm256_loadu_si256((const __m256i *)(const void *)p);
	__m256i low = _mm256_cmpgt_epi8(_mm256_set1_epi8(' '), x); /* also what is no ASCII */
	__m256i quote = _mm256_cmpeq_epi8(x, _mm256_set1_epi8('"'));
	__m256i back = _mm256_cmpeq_epi8(x, _mm256_set1_epi8('\\'));

	return (mask)_mm256_movemask_epi8(_mm256_or_si256(low, _mm256_or_si256(quote, back)));
}

TARGET static inline __attribute__((always_inline)) mask
differ(const char *p, const char *q)
{
	__m256i x = _mm256_loadu_si256((const __m256i *)(const void *)p);
	__m256i y = _mm256_loadu_si256((const __m256i *)(const void *)q);

	return ~(mask)_mm256_movemask_epi8(_mm256_cmpeq_epi8(x, y));
}

TARGET static inline __attribute__((always_inline)) int
first_bit(mask m)
{
	return __builtin_ctz(m);
}

#include "io/scan_fast.h"
#endif
