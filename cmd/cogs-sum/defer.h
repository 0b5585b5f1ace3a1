/* defer.h - additions to groups and tasks, a few records late.
 *
 * Which group a record belongs to is known long before its memory is there: with tens of
 * thousands of groups each look-up would wait for memory several times.  So an addition
 * waits in a short queue, and its memory is fetched in steps while other records are read. */
#ifndef DEFER_H
#define DEFER_H

#include "tally.h"

/* A place for the next addition: fill both keys (group, and task if has_task) and both
 * values, then submit it.  It is lost unless submitted. */
struct pending *defer_next(struct tally *);
void defer_submit(struct tally *);
void defer_flush(struct tally *); /* all that wait are added */
void defer_free(struct tally *);

#endif
