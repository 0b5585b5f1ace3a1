/* progress.c - how far it is, for a person who waits. */
#include "ui/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "base/err.h"

static double
between(struct timespec a, struct timespec b)
{
	return (double)(b.tv_sec - a.tv_sec) + (double)(b.tv_nsec - a.tv_nsec) / 1e9;
}

void
progress_tick(struct progress *p, uint64_t count, uint64_t total, const char *what)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	if (p->began.tv_sec == 0)
		p->began = p->drawn = now;
	double since = between(p->began, now);
	if (since < 1 || between(p->drawn, now) < 0.2 || !isatty(STDERR_FILENO))
		return;
	double rate = (double)count / since;
	p->drawn = now;
	p->shown = 1;
	fprintf(stderr, "\r\033[K%s: %llu %s, %.0f/s", err_tool(), (unsigned long long)count,
	    what, rate);
	if (total > count && rate > 0)
		fprintf(stderr, ", %.0f s left", (double)(total - count) / rate);
}

void
progress_end(struct progress *p)
{
	if (p->shown)
		fprintf(stderr, "\r\033[K");
}
