/* run.h - the story of region-check. */
#ifndef RUN_H
#define RUN_H

#include "region.h"

int run(const struct options *, char **files);

#endif
