/* run.h - from the options to the report. */
#ifndef RUN_H
#define RUN_H

#include "cogs.h"

/* The status that the program ends with. */
int run(const struct options *, char **files);

#endif
