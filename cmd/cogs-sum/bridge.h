/* bridge.h - why a cost changed from one period to the next, in steps that add up exactly.
 *
 * Inference goes from C0 to C1 by way of
 *	volume		C0 U1/U0			more tasks (or calls, where tasks are
 *unknown) calls per task	C0 N1/N0			retries, loops, longer
 *conversations mix		sum over models N1m C0m/N0m	other models tokens per call
 *sum over classes t1 A0/t0	longer prompts, fewer cached, more output price		C1
 *other rates for the same tokens where U are tasks, N calls, C amounts, and t and A tokens and
 *amounts of a class of a model.  A model that is new belongs to the mix.  Each way point is
 *rounded once to 18 decimals and a step is the difference of two of them, so the steps sum to
 *C1 - C0. */
#ifndef BRIDGE_H
#define BRIDGE_H

#include "report.h"

enum { BRIDGE_VOLUME, BRIDGE_CALLS, BRIDGE_MIX, BRIDGE_TOKENS, BRIDGE_PRICE, BRIDGE_STEPS };
extern const char *const bridge_steps[BRIDGE_STEPS];

struct bridge {
	bool by_tasks; /* else by calls */
	dec before, now, steps[BRIDGE_STEPS];
};

/* False when the first period has no call that was priced. */
bool bridge_of(const struct result *before, const struct result *now, struct bridge *);

void bridge_report(const struct result *before, const struct result *now);

#endif
