/* gates.h - questions with a yes or no: is it within budget, does the invoice agree. */
#ifndef GATES_H
#define GATES_H

#include "figures.h"
#include "report.h"

/* Groups over their budget: findings, status 1.  Within it, but with calls that have no
 * price: 6, nobody can say. */
int gate_budget(const struct result *, const struct figures *budget);

/* What was estimated beside what a provider billed, by model, provider or in all: status 1
 * where they differ by more than the tolerance (a share: DEC_ONE is all of it). */
int gate_invoice(const struct result *, const char *file, dec tolerance);

/* "surface,surface": which of them no line and no call has; NULL: none asked for. */
void gate_surfaces(struct arena *, const struct result *, const char *list, struct facts *);

#endif
