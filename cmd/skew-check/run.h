/* run.h - the story of skew-check. */
#ifndef RUN_H
#define RUN_H

#include "skew.h"

int run(const struct options *, char **files);

#endif
