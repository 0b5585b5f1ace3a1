/* follow.h - a stream, read as it comes: findings as soon as they are certain.
 *
 * A finding is certain once no record can come that changes it: when the newest record is
 * --lateness behind.  With --within it is a deployment gate, and ends. */
#ifndef FOLLOW_H
#define FOLLOW_H

#include "skew.h"

int follow_run(struct plan *, char **files);

#endif
