/* bytes.h - a file, a pipe, an archive: bytes, whatever they are packed in.
 *
 * gzip, zstd and xz are noticed by content, nested too, and decoded as they arrive; the
 * members of a tar or zip archive come one after the other.  Nothing is read that is not
 * needed to hand out what has arrived: a line that came through a live pipe, compressed
 * or not, is never held back (libarchive, which would, only ever sees tar and zip).
 * Standard output is flushed before a read that would block. */
#ifndef BYTES_H
#define BYTES_H

#include <sys/types.h>

#include "base/arena.h"

#define BYTES_BAD ((ssize_t)-1) /* see bytes_why() */
#define BYTES_AGAIN                                                                            \
	((ssize_t)-2) /* nothing there yet: only if bytes_patient is off, and                  \
		       * never inside an archive */

struct bytes;

/* fd is owned from now on and closed by bytes_close(). */
struct bytes *bytes_open(int fd, const char *name);

/* Go to the next member; a plain file is its own only member.  1, 0 at the end,
 * BYTES_BAD or BYTES_AGAIN. */
ssize_t bytes_next(struct bytes *);

ssize_t bytes_read(struct bytes *, char *to, size_t room); /* 0: the member has ended */
const char *bytes_name(const struct bytes *);              /* "file" or "file!member" */
const char *bytes_why(const struct bytes *);
bool bytes_system(const struct bytes *);      /* the failure is the system's, not the data's */
bool bytes_member_only(const struct bytes *); /* the other members can still be read */
void bytes_patient(struct bytes *, bool waits); /* default true: reads wait */
void bytes_ahead(struct bytes *, bool ahead);   /* decode in a thread of its own; needs
						 * patience */
int bytes_fd(const struct bytes *);             /* to be polled after BYTES_AGAIN */
void bytes_close(struct bytes *);

#endif
