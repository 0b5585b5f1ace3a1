/* random.h - splitmix64 (Steele, Lea, Flood 2014): the same numbers for the same seed. */
#ifndef RANDOM_H
#define RANDOM_H

#include <stdint.h>

uint64_t random_next(uint64_t *state); /* the state starts as the seed */
double random_unit(uint64_t *state);   /* from 0 to below 1, 53 bits */

/* From 0 to below n: the upper half of the product, (r * n) >> 64. */
uint64_t random_below(uint64_t *state, uint64_t n);

#endif
