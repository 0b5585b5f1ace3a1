/* opt.h - a command's options, declared once.
 *
 * The table drives parsing, --help, shell completions and the check of the manual page.
 * Targets are typed: a flag cannot land in a string.  Everything is constant data; the
 * targets are read-only once opt_parse() has returned. */
#ifndef OPT_H
#define OPT_H

#include "base/err.h"
#include "io/in.h"

enum opt_kind {
	OPT_END_,
	OPT_HEAD_, /* a heading of --help */
	OPT_FLAG_,
	OPT_INT_,
	OPT_SIZE_,    /* bytes: 65536, 64K, 64M, 1G */
	OPT_TIME_,    /* a duration in ns: 250ms, 20m */
	OPT_SHARE_,   /* a fraction: 2pp, 2%, 0.02 */
	OPT_PERCENT_, /* a fraction too, but written 95 or 95% */
	OPT_STR_,
	OPT_FILE_,
	OPT_OUTPUT_, /* a file that may be left out: --html, --html=FILE; "" then */
	OPT_LIST_,   /* a string, repeatable */
	OPT_PICK_,   /* one of the choices, as its index */
};

struct opt {
	enum opt_kind kind;
	char letter; /* 0 if long only */
	const char *name;
	union {
		bool *flag;
		int64_t *num;
		double *real;
		const char **string;
		struct in_list *list;
		int *pick;
	} to;
	const char *arg;            /* name of the argument, lower case */
	const char *help;           /* one line, no full stop */
	const char *const *choices; /* OPT_PICK: ends in NULL */
	int64_t least, most;        /* OPT_INT, OPT_SIZE, OPT_TIME: both 0 for any */
};

#define OPT_HEAD(t)                                                                            \
	{                                                                                      \
		.kind = OPT_HEAD_, .help = (t)                                                 \
	}
#define OPT_FLAG(c, n, v, h)                                                                   \
	{                                                                                      \
		OPT_FLAG_, (c), (n), { .flag = (v) }, 0, (h), 0, 0, 0                          \
	}
#define OPT_INT(c, n, v, a, l, m, h)                                                           \
	{                                                                                      \
		OPT_INT_, (c), (n), { .num = (v) }, (a), (h), 0, (l), (m)                      \
	}
#define OPT_SIZE(c, n, v, a, l, m, h)                                                          \
	{                                                                                      \
		OPT_SIZE_, (c), (n), { .num = (v) }, (a), (h), 0, (l), (m)                     \
	}
#define OPT_TIME(c, n, v, a, h)                                                                \
	{                                                                                      \
		OPT_TIME_, (c), (n), { .num = (v) }, (a), (h), 0, 0, 0                         \
	}
#define OPT_SHARE(c, n, v, a, h)                                                               \
	{                                                                                      \
		OPT_SHARE_, (c), (n), { .real = (v) }, (a), (h), 0, 0, 0                       \
	}
#define OPT_PERCENT(c, n, v, a, h)                                                             \
	{                                                                                      \
		OPT_PERCENT_, (c), (n), { .real = (v) }, (a), (h), 0, 0, 0                     \
	}
#define OPT_STR(c, n, v, a, h)                                                                 \
	{                                                                                      \
		OPT_STR_, (c), (n), { .string = (v) }, (a), (h), 0, 0, 0                       \
	}
#define OPT_FILE(c, n, v, a, h)                                                                \
	{                                                                                      \
		OPT_FILE_, (c), (n), { .string = (v) }, (a), (h), 0, 0, 0                      \
	}
#define OPT_OUTPUT(c, n, v, a, h)                                                              \
	{                                                                                      \
		OPT_OUTPUT_, (c), (n), { .string = (v) }, (a), (h), 0, 0, 0                    \
	}
#define OPT_LIST(c, n, v, a, h)                                                                \
	{                                                                                      \
		OPT_LIST_, (c), (n), { .list = (v) }, (a), (h), 0, 0, 0                        \
	}
#define OPT_PICK(c, n, v, a, w, h)                                                             \
	{                                                                                      \
		OPT_PICK_, (c), (n), { .pick = (v) }, (a), (h), (w), 0, 0                      \
	}
#define OPT_END                                                                                \
	{                                                                                      \
		.kind = OPT_END_                                                               \
	}

/* What every reader of records takes; o is its struct in_options. */
#define OPT_INPUT(o)                                                                           \
	OPT_HEAD("Input"),                                                                     \
	    OPT_LIST(0, "map", &(o).map, "field=path",                                         \
		"read a field from this path of the record"),                                  \
	    OPT_FLAG(0, "show-map", &(o).show_map,                                             \
		"say which path fed which field, and how often"),                              \
	    OPT_STR(                                                                           \
		0, "since", &(o).since, "time", "leave out records before this time or age"),  \
	    OPT_STR(                                                                           \
		0, "until", &(o).until, "time", "leave out records from this time or age on"), \
	    OPT_STR(                                                                           \
		0, "now", &(o).now, "time", "count ages back from here, not from the clock"),  \
	    OPT_STR(0, "max-bad", &(o).max_bad, "n|p%",                                        \
		"so many bad lines do not change the status"),                                 \
	    OPT_FLAG(0, "strict", &(o).strict, "stop at the first bad line"),                  \
	    OPT_SIZE(0, "max-line", &(o).max_line, "size", 1024, INT64_C(1) << 40,             \
		"longest line that is read"),                                                  \
	    OPT_SIZE(0, "max-document", &(o).max_document, "size", 1024, INT64_C(1) << 40,     \
		"longest document that spans lines"),                                          \
	    OPT_INT(0, "max-depth", &(o).max_depth, "levels", 1, LEX_DEPTH,                    \
		"deepest nesting of JSON")

enum tool_kind { TOOL_FILTER, TOOL_REPORT, TOOL_GATE, TOOL_SERVER };

struct tool {
	const char *name;
	const char *brief;    /* the man page's Nd line */
	const char *operands; /* "[file ...]" */
	enum tool_kind kind;
	const char *exits;          /* the statuses it can end with: "0234" */
	const char *const *schemas; /* JSON Schemas of what it reads and writes; NULL ends */
	const struct opt *options;
	int min_operands, max_operands; /* max < 0: any number */
};

/* Fill the targets; return argv moved to the first operand.  Does not return after
 * --help, --version, --schema, --generate or a usage error. */
char **opt_parse(const struct tool *, int argc, char **argv);
_Noreturn void opt_usage(const struct tool *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Options that one way of working would not look at are refused, not ignored: a usage error
 * with the first rule that is broken. */
struct opt_rule {
	bool given, allowed;
	const char *why;
};
void opt_rules(const struct tool *, const struct opt_rule *, size_t count);

/* The choices of --inconclusive for OPT_PICK(), 6 first, and the status that a pick makes of
 * EXIT_INCONCLUSIVE; another one stays. */
extern const char *const opt_statuses[];
int opt_status(int status, int pick);

/* For opt_gen.c: the options that every command has. */
extern const struct opt opt_common[];
_Noreturn void opt_generate(const struct tool *, const char *what);

#endif
