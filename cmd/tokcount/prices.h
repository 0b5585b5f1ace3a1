/* prices.h - dollars for a million tokens, exactly: decimals, never doubles. */
#ifndef PRICES_H
#define PRICES_H

#include "base/arena.h"

struct doc;

/* {"o200k_base": "2.50", ...}: ends the program with EXIT_USAGE when the file is none. */
const struct doc *prices_read(struct arena *, const char *file);

/* What so many tokens cost, as decimal text of 6 places, rounded half-even; empty: there is
 * no price for that name. */
str prices_cost(struct arena *, const struct doc *, str name, uint64_t tokens);

#endif
