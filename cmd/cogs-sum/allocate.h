/* allocate.h - shared lines divided among the groups.
 *
 * A line's driver is one of
 *	none, or nothing	it stays unallocated
 *	even			each group the same
 *	direct			in proportion to the direct cost
 *	calls, tokens, input, output, tasks, resolved	as measured here
 *	NAME			a measure of --drivers
 *	KEY=W,KEY=W		fixed weights
 * or two of them, FIRST > SECOND: first among the values of the first dimension of --by,
 * then inside each among its groups.  Largest remainder in units of 10^-places, so that the
 * parts sum to the line; what cannot be divided stays unallocated, and says why. */
#ifndef ALLOCATE_H
#define ALLOCATE_H

#include "figures.h"
#include "lines.h"
#include "result.h"

void allocate(struct result *, const struct figures *);

#endif
