/* out.h - records on standard output, a line each.
 *
 * Full blocks are written; bytes.h flushes before a read that would block, so a live pipe
 * stays live.  Failures are found by err.h. */
#ifndef OUT_H
#define OUT_H

#include "base/buf.h"

void out_line(str record);

/* A whole file, which appears complete or not at all: written beside it and renamed.  What
 * is no regular file (a device, a pipe) is written to as it is.  NULL, or why not. */
const char *out_file(const char *name, str bytes);

#endif
