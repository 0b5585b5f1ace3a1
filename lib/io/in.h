/* in.h - operands, members, lines: one record after the other, and what was bad on the way.
 *
 * The loop is written here once.  A record is validated and projected on the fields the
 * tool asked for (see fields.h, scan.h); in_doc() makes its tree where a tool reworks
 * whole bodies.  All of a record is borrowed until the next one is read.
 *
 * A bad line is reported by file, line and byte (the first five, then a total) and passed
 * over; in_status() says in the end whether there were more than --max-bad allows. */
#ifndef IN_H
#define IN_H

#include "base/err.h"
#include "io/doc.h"
#include "io/fields.h"

struct intake;

/* --map and other repeatable options */
struct in_list {
	const char *items[64];
	size_t count;
};

struct in_options {
	struct in_list map;
	const char *since, *until, *now, *max_bad;
	int64_t max_line, max_document, max_depth;
	bool strict, show_map;
	bool all_bad;     /* report every bad line, not only the first five */
	const char *rows; /* path of an array in each document: its elements are the records */
};
#define IN_DEFAULTS                                                                            \
	{                                                                                      \
		.max_bad = "0", .max_line = INT64_C(64) << 20,                                 \
		.max_document = INT64_C(256) << 20, .max_depth = LEX_DEPTH                     \
	}

/* As --map FIELD=PATH; the text lives in the arena.  Ends the program when there are too
 * many. */
void in_map(struct in_options *, struct arena *, const char *field, str path);

/* The first fields of every tool: its own names come behind them. */
enum { IN_RECORD, IN_V, IN_TIME, IN_FIELDS };
#define IN_NAMES "record", "v", "time"

struct rec {
	str text;                        /* as it stands, without line end */
	const struct scan_value *values; /* by the tool's field numbers */
	const char *file;
	uint64_t line;
	str kind; /* "trace", "run", ...; empty: no record of ours */
	bool bad; /* after in_answer_bad() only: it was reported, and has nothing but its place
		   */
};

enum in_step { IN_ONE, IN_END, IN_WAIT };

/* Does not return on a bad option.  names ends in NULL and starts with IN_NAMES; operands
 * end in NULL, none means standard input.  Options and operands are borrowed. */
struct in *in_open(const struct in_options *, const char *const *names, char **operands);

bool in_record(struct in *, struct rec *);       /* waits; false at the end */
enum in_step in_poll(struct in *, struct rec *); /* does not wait: IN_WAIT, see in_fd() */
void in_patient(struct in *);                    /* from now on in_poll() waits too */
int in_fd(const struct in *);

/* The thread's way to the fields of its records, see intake.h. */
struct intake *in_intake(struct in *);

struct arena *in_arena(struct in *); /* lives as long as the record */
/* For a while in_arena() gives this one (NULL: the record's own again): a record of many
 * parts need not keep what was made of each. */
void in_lend_arena(struct in *, struct arena *);
const struct doc *in_doc(struct in *, struct rec *); /* never NULL for a record read */
str in_text(struct in *, const struct rec *, size_t field);

/* The record is JSON but not what this tool can use: a bad line like any other. */
void in_reject(struct in *, const struct rec *, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* A gate answers every line: from now on bad ones come too, see `bad`. */
void in_answer_bad(struct in *);

/* A tool whose records hold several calls asks itself whether each lies inside --since and
 * --until, by its time (empty: unknown, counted and left out); in_record() then does not. */
void in_defer_time(struct in *);
bool in_inside(struct in *, str time);

/* --now, or what the clock says (ns since 1970). */
int64_t in_now(const struct in_options *);

uint64_t in_count(const struct in *); /* records read, bad ones not counted */

/* A whole small file (a policy, a prompt, a list of tools; - is standard input), at most
 * 64 MiB: NULL, or why it cannot be read. */
const char *in_file(struct arena *, const char *name, str *text);

/* Reports the totals and tells the status: 0, 3 or 4. */
int in_status(struct in *);
void in_close(struct in *);

#endif
