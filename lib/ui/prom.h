/* prom.h - Prometheus' text format 0.0.4, for the textfile collector, on standard output. */
#ifndef PROM_H
#define PROM_H

#include "base/str.h"

void prom_text(str); /* the inside of a label's quotes */
void prom_head(const char *metric, const char *type, const char *help);
/* "metric{"; then its labels; what is behind the closing brace is the caller's. */
void prom_begin(const char *metric);
void prom_label(const char *name, str value, bool first);

#endif
