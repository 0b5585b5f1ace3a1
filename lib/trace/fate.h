/* fate.h - whether a call failed, in whatever words a log says it. */
#ifndef FATE_H
#define FATE_H

#include "io/scan.h"

/* Anything but nothing: not there, null, false, 0, "" are false. */
bool fate_truthy(const struct scan_value *);

/* A whole number (or text that is one) at least that large? */
bool fate_at_least(const struct scan_value *, int64_t least);

/* A log that has one flag for failure writes true, a text or a status of 400 and more. */
bool fate_failed(const struct scan_value *error);

#endif
