/* each.h - records passed on with what they cost. */
#ifndef EACH_H
#define EACH_H

#include "cogs.h"

/* --each: the status. */
int each_run(const struct plan *, char **files);

#endif
