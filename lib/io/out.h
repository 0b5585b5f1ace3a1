/* out.h - records on standard output, a line each.
 *
 * Full blocks are written; bytes.h flushes before a read that would block, so a live pipe
 * stays live.  Failures are found by err.h. */
#ifndef OUT_H
#define OUT_H

#include "base/buf.h"

void out_line(str record);

#endif
