/* clock.h - time that only goes forward, for waiting and measuring. */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>

int64_t clock_ns(void); /* since some moment in the past (CLOCK_MONOTONIC) */
int64_t clock_ms(void);

#endif
