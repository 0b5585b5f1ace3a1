/* validate.h - what is wrong with the input, all of it. */
#ifndef VALIDATE_H
#define VALIDATE_H

#include "cogs.h"

/* --validate: every bad line is reported, nothing is added up; the status. */
int validate_run(const struct plan *, char **files);

#endif
