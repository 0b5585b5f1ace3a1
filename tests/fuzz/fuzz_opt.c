/* fuzz_opt - a command line, one argument a line, against a table with every kind of
 * option.  The parser ends by exit(): here that is a jump. */
#include <getopt.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include "ui/opt.h"

static jmp_buf out;
_Noreturn static void
leave(int status)
{
	(void)status;
	longjmp(out, 1);
}
#define exit leave
/* The code is included under other names, beside the library's own. */
char **fuzzed_opt_parse(const struct tool *, int, char **);
_Noreturn void fuzzed_opt_usage(const struct tool *, const char *, ...)
    __attribute__((format(printf, 2, 3)));
extern const struct opt fuzzed_opt_common[];
_Noreturn void fuzzed_opt_generate(const struct tool *, const char *);
#define opt_parse    fuzzed_opt_parse
#define opt_usage    fuzzed_opt_usage
#define opt_common   fuzzed_opt_common
#define opt_generate fuzzed_opt_generate
#define err_start(n) (void)(n)
#include "../../lib/ui/opt.c"
#include "../../lib/ui/opt_gen.c"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static struct {
	bool flag;
	int64_t number, size, time;
	double share;
	const char *text;
	int pick;
	struct in_options in;
} o;

static const char *const picks[] = { "one", "two", NULL };
static const struct opt options[] = {
	OPT_HEAD("All"),
	OPT_FLAG('f', "flag", &o.flag, "a flag"),
	OPT_INT('n', "number", &o.number, "n", 1, 9, "a number"),
	OPT_SIZE(0, "size", &o.size, "size", 0, 0, "a size"),
	OPT_TIME(0, "time", &o.time, "duration", "a time"),
	OPT_SHARE(0, "share", &o.share, "share", "a share"),
	OPT_FILE('t', "text", &o.text, "file", "a text"),
	OPT_PICK(0, "pick", &o.pick, "word", picks, "one of"),
	OPT_INPUT(o.in),
	OPT_END,
};
static const struct tool tool = { "fuzz", "brief [of: it's]", "[file ...]", TOOL_FILTER, "0234",
	NULL, options, 0, 2 };

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	char name[] = "fuzz", *argv[64] = { name };
	str rest = { (const char *)data, size };
	int argc = 1;

	while (rest.len > 0 && argc < 63) {
		str one = arena_keep(&a, str_cut(&rest, '\n'));
		argv[argc++] = (char *)(uintptr_t)one.at;
	}
	o.in.map.count = 0;
	want_help = want_version = want_schema = false;
	optind = 0;
	if (setjmp(out) == 0)
		fuzzed_opt_parse(&tool, argc, argv);
	arena_free(&a);
	return 0;
}
