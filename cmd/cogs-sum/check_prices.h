/* check_prices.h - what looks wrong in a price book. */
#ifndef CHECK_PRICES_H
#define CHECK_PRICES_H

#include "base/err.h"
#include "trace/price.h"

/* Lists overlaps, gaps, suspicious rates (status 1), and what was rounded or not used. */
int check_prices(const struct price_book *);

#endif
