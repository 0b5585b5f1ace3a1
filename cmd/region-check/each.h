/* each.h - --each: a verdict for every hop, in the order of the input. */
#ifndef EACH_H
#define EACH_H

#include "region.h"

int each_run(const struct plan *, char **files);

#endif
