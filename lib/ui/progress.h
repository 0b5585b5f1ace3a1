/* progress.h - one line on a terminal's standard error that says how far it is.
 *
 * Nothing is shown where standard error is no terminal, nor in the first second; the line
 * is redrawn at most five times a second and erased at the end.  A zeroed struct is ready. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdint.h>
#include <time.h>

struct progress {
	struct timespec began, drawn;
	int shown;
};

/* So many of what; total 0 is unknown, else the time left is told too. */
void progress_tick(struct progress *, uint64_t count, uint64_t total, const char *what);
void progress_end(struct progress *);

#endif
