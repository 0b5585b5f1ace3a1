/* random.c - splitmix64. */
#include "data/random.h"

__extension__ typedef unsigned __int128 wide;

uint64_t
random_next(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

double
random_unit(uint64_t *state)
{
	return (double)(random_next(state) >> 11) * 0x1.0p-53;
}

uint64_t
random_below(uint64_t *state, uint64_t n)
{
	return (uint64_t)(((wide)random_next(state) * n) >> 64);
}
