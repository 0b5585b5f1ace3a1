/* state.h - which alarms have been given: --state FILE.
 *
 * An alarm is that of an artifact (or of a silent region): as long as something about it is
 * open, as long as its regions differ, and for --grace after that, it sounds once, whatever
 * else is found about it meanwhile.  Then it is forgotten, and the next time is a new one.
 * The file is written whole or not at all. */
#ifndef STATE_H
#define STATE_H

#include "report.h"

struct alarms;

/* A file that is not there is an empty one; one that cannot be read sounds all alarms anew,
 * with a warning. */
struct alarms *state_read(struct arena *, const char *file);

/* Marks what has been told as not open, so that it does not count, and writes the file:
 * false, with a message, when that cannot be done.  r->status is decided anew. */
bool state_apply(const struct alarms *, struct report *, const char *file);

#endif
