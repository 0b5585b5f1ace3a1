/* forecast.h - what would have to change for a margin. */
#ifndef FORECAST_H
#define FORECAST_H

#include "report.h"

/* Two sums of a period, as far as a margin needs them. */
struct economy {
	dec revenue, fixed, per_task, per_token; /* the costs by how they grow */
};

struct economy economy_of(const struct result *);

/* A rational number to 18 decimals; known is false where there is no such change. */
struct change {
	bool known;
	dec value;
};

/* Revenue R, fixed costs F, costs V that grow with volume; target is the margin m as a share.
 * Price: revenue must be (F + V) / (1 - m); the change is that over R, less 1.
 * Volume: (R v - F - V v) / (R v) = m, so v = F / (R (1 - m) - V), less 1; not known where
 * no volume will do.  Cost: all costs must be R (1 - m). */
struct change forecast_price(const struct economy *, dec target);
struct change forecast_volume(const struct economy *, dec target);
struct change forecast_cost(const struct economy *, dec target);

/* On a straight line through two periods: how many periods after the first the margin is the
 * target: t = (C0 - (1 - m) R0) / ((1 - m) (R1 - R0) - (C1 - C0)). */
struct change forecast_crossing(
    const struct economy *before, const struct economy *now, dec target);

void forecast_report(const struct result *, const struct result *before, dec target);

#endif
