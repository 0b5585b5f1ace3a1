/* err.c - exit statuses and messages. */
#include "base/err.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static const char *name = "inferutils";

/* The reader of our output is gone: end as a filter ends, by the signal. */
static void
closed_pipe(void)
{
	signal(SIGPIPE, SIG_DFL);
	raise(SIGPIPE);
	_exit(EXIT_SYSTEM);
}

static bool
delivered(void)
{
	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout))
		return true;
	if (errno == EPIPE)
		closed_pipe();
	fprintf(stderr, "%s: standard output: %s\n", name, strerror(errno != 0 ? errno : EIO));
	return false;
}

static void
at_exit(void)
{
	if (!delivered())
		_exit(EXIT_SYSTEM);
}

void
err_start(const char *tool)
{
	name = tool;
	if (atexit(at_exit) != 0)
		abort();
}

const char *
err_tool(void)
{
	return name;
}

static void
say(const char *fmt, va_list ap)
{
	char line[2048];

	vsnprintf(line, sizeof line, fmt, ap);
	for (char *p = line; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			*p = ' '; /* a message is one line and moves no cursor */
	fprintf(stderr, "%s: %s\n", name, line);
}

void
warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
}

void
die(int status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
	exit(err_exit(status));
}

static bool sysexits;

void
err_sysexits(void)
{
	sysexits = true;
}

int
err_exit(int status)
{
	if (!sysexits || status == EXIT_YES)
		return status;
	return status == EXIT_NO ? EX_NOPERM : status == EXIT_DATA ? EX_DATAERR : EX_TEMPFAIL;
}

void
err_flush(void)
{
	if (!delivered())
		_exit(EXIT_SYSTEM);
}

int
err_worse(int a, int b)
{
	static const int order[] = { EXIT_USAGE, EXIT_SYSTEM, EXIT_REMOTE, EXIT_NO, EXIT_DATA,
		EXIT_INCONCLUSIVE };

	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		if (a == order[i] || b == order[i])
			return order[i];
	return EXIT_YES;
}
