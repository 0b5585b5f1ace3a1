/* scan_avx512.c - records read 64 bytes at a time. */
#ifdef __x86_64__
#include <immintrin.h>
#include <stdint.h>

#define TARGET __attribute__((target("avx512f,avx512bw,bmi,bmi2")))
#define WIDTH  64
#define WAY    scan_avx512

typedef uint64_t mask;

TARGET static inline __attribute__((always_inline)) mask
stops(const char *p)
{
	__m512i x = _mm512_loadu_si512(p);

	return _mm512_cmplt_epi8_mask(x, _mm512_set1_epi8(' ')) | /* also what is no ASCII */
	    _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8('"')) |
	    _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8('\\'));
}

TARGET static inline __attribute__((always_inline)) mask
differ(const char *p, const char *q)
{
	return _mm512_cmpneq_epi8_mask(_mm512_loadu_si512(p), _mm512_loadu_si512(q));
}

TARGET static inline __attribute__((always_inline)) int
first_bit(mask m)
{
	return __builtin_ctzll(m);
}

#include "io/scan_fast.h"
#endif
