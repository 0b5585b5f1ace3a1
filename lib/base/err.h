/* err.h - exit statuses, and the one way to say that something went wrong.
 *
 * A status is decided where the failure happens.  Every message is one line on
 * standard error, "tool: what: why", without capital or full stop.  After
 * err_start() the program cannot end with status 0 while its standard output did not
 * reach the reader: an exit hook flushes, checks and ends with EXIT_SYSTEM. */
#ifndef ERR_H
#define ERR_H

#include <stdbool.h>

enum exit_code {
	EXIT_YES = 0,          /* done; yes, no findings */
	EXIT_NO = 1,           /* done; no, findings, the gate failed */
	EXIT_USAGE = 2,        /* bad option or operand: nothing was attempted */
	EXIT_DATA = 3,         /* some input was malformed; the output covers the rest */
	EXIT_SYSTEM = 4,       /* open, read, write, memory */
	EXIT_REMOTE = 5,       /* network or provider failed after retries */
	EXIT_INCONCLUSIVE = 6, /* the evidence does not decide */
};

/* Remember the tool's name (borrowed for good) and watch standard output. */
void err_start(const char *tool);

/* The tool's name, for messages that are not warnings. */
const char *err_tool(void);

void warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void die(int status, const char *fmt, ...)
    __attribute__((noreturn, format(printf, 2, 3)));

/* For a command that a mailer runs: from now on die() ends, and err_exit() answers, in the
 * words of sysexits.h.  Trouble of any kind is 75, try again later: a mailer gives a mail back
 * for everything else. */
void err_sysexits(void);
int err_exit(int status);

/* Flush standard output; ends the program when that fails, by SIGPIPE when the reader
 * went away (also where SIGPIPE is ignored for the sake of sockets). */
void err_flush(void);

/* Of two statuses the one that counts: 2, 4, 5, 1, 3, 6, 0. */
int err_worse(int a, int b);

#endif
