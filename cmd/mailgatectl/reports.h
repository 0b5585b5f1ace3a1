/* reports.h - cases of feedback, for test.c. */
#ifndef REPORTS_H
#define REPORTS_H

#include "ctl.h"

/* One case with an expected event; *is: what was made of it. */
bool feedback_case(struct arena *, const struct policy *, const struct doc *, str *is);

#endif
