/* opt.c - one table in, getopt_long out. */
#include "ui/opt.h"

#include <assert.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/when.h"

#define MAX_OPTIONS 80
#define LONG_ONLY   256

static bool want_help, want_version, want_schema;

const struct opt opt_common[] = {
	OPT_HEAD("Help"),
	OPT_FLAG('h', "help", &want_help, "show this help"),
	OPT_FLAG('V', "version", &want_version, "show the version"),
	OPT_FLAG(
	    0, "schema", &want_schema, "print JSON Schemas of the records read and written"),
	OPT_END,
};

void
opt_usage(const struct tool *tool, const char *fmt, ...)
{
	char what[300];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof what, fmt, ap);
	va_end(ap);
	warn("%s", what);
	fprintf(stderr, "usage: %s [option ...] %s\nTry '%s --help'.\n", tool->name,
	    tool->operands, tool->name);
	exit(EXIT_USAGE);
}

static void
help_row(const struct opt *o)
{
	char left[64];
	char letter[] = { '-', o->letter, ',', '\0' };

	bool may = o->kind == OPT_OUTPUT_;
	snprintf(left, sizeof left, "%3s --%s%s%s%s", o->letter ? letter : "", o->name,
	    may                ? "[=" :
		o->arg != NULL ? "=" :
				 "",
	    o->arg != NULL ? o->arg : "", may ? "]" : "");
	printf("  %-28s %s", left, o->help);
	for (const char *const *c = o->choices; c != NULL && *c != NULL; c++)
		printf("%s%s", c == o->choices ? " (" : ", ", *c);
	puts(o->choices != NULL ? ")" : "");
}

static void
help(const struct tool *tool)
{
	const struct opt *tables[] = { tool->options, opt_common };

	printf("usage: %s [option ...] %s\n%s - %s\n", tool->name, tool->operands, tool->name,
	    tool->brief);
	for (size_t t = 0; t < 2; t++)
		for (const struct opt *o = tables[t]; o->kind != OPT_END_; o++)
			if (o->kind == OPT_HEAD_)
				printf("\n%s:\n", o->help);
			else
				help_row(o);
	printf("\nSee %s(1).\n", tool->name);
	exit(EXIT_YES);
}

static bool
size_of(str text, int64_t *bytes)
{
	static const char units[] = "KMGT";
	int64_t unit = 1;

	if (text.len > 1 && strchr(units, text.at[text.len - 1]) != NULL) {
		unit = INT64_C(1) << 10 * (strchr(units, text.at[text.len - 1]) - units + 1);
		text.len--;
	}
	return str_int(text, bytes) && !__builtin_mul_overflow(*bytes, unit, bytes);
}

static bool
share_of(str text, double *share)
{
	bool percent = str_ends(text, "%"), points = str_ends(text, "pp");

	text.len -= percent ? 1 : points ? 2 : 0;
	if (!str_real(text, share) || *share < 0)
		return false;
	*share /= percent || points ? 100 : 1;
	return *share <= 1;
}

/* A bare number counts percent. */
static bool
percent_of(str text, double *share)
{
	text.len -= str_ends(text, "%");
	if (!str_real(text, share) || *share < 0)
		return false;
	*share /= 100;
	return *share <= 1;
}

static void
store_number(const struct tool *tool, const struct opt *o, const char *arg)
{
	str text = str_of(arg);
	bool ok = o->kind == OPT_INT_ ? str_int(text, o->to.num) :
	    o->kind == OPT_SIZE_      ? size_of(text, o->to.num) :
					when_duration(text, o->to.num);

	if (!ok)
		opt_usage(tool, "--%s: '%s' is not a %s", o->name, arg,
		    o->kind == OPT_INT_      ? "number" :
			o->kind == OPT_SIZE_ ? "size" :
					       "duration");
	if ((o->least != 0 || o->most != 0) && (*o->to.num < o->least || *o->to.num > o->most))
		opt_usage(tool, "--%s: %s is not between %lld and %lld", o->name, arg,
		    (long long)o->least, (long long)o->most);
}

static void
store_pick(const struct tool *tool, const struct opt *o, const char *arg)
{
	for (int i = 0; o->choices[i] != NULL; i++)
		if (strcmp(o->choices[i], arg) == 0) {
			*o->to.pick = i;
			return;
		}
	opt_usage(tool, "--%s: unknown %s '%s'", o->name, o->arg, arg);
}

static void
store(const struct tool *tool, const struct opt *o, const char *arg)
{
	switch (o->kind) {
	case OPT_FLAG_: *o->to.flag = true; break;
	case OPT_INT_:
	case OPT_SIZE_:
	case OPT_TIME_: store_number(tool, o, arg); break;
	case OPT_SHARE_:
		if (!share_of(str_of(arg), o->to.real))
			opt_usage(tool, "--%s: '%s' is no share such as 2%%, 2pp or 0.02",
			    o->name, arg);
		break;
	case OPT_PERCENT_:
		if (!percent_of(str_of(arg), o->to.real))
			opt_usage(tool, "--%s: '%s' is no percentage such as 95", o->name, arg);
		break;
	case OPT_STR_:
	case OPT_FILE_: *o->to.string = arg; break;
	case OPT_OUTPUT_: *o->to.string = arg != NULL ? arg : ""; break;
	case OPT_LIST_:
		if (o->to.list->count == sizeof o->to.list->items / sizeof *o->to.list->items)
			opt_usage(tool, "--%s: given too often", o->name);
		o->to.list->items[o->to.list->count++] = arg;
		break;
	case OPT_PICK_: store_pick(tool, o, arg); break;
	case OPT_END_:
	case OPT_HEAD_: break;
	}
}

static int
code_of(const struct opt *o, int n)
{
	return o->letter ? o->letter : LONG_ONLY + n;
}

/* getopt_long's arrays from the table. */
static void
arrays(const struct tool *tool, struct option *longs, const struct opt **by_code, char *shorts)
{
	const struct opt *tables[] = { tool->options, opt_common };
	int n = 0;

	*shorts++ = ':';
	for (size_t t = 0; t < 2; t++)
		for (const struct opt *o = tables[t]; o->kind != OPT_END_; o++) {
			if (o->kind == OPT_HEAD_)
				continue;
			int code = code_of(o, n);
			assert(n < MAX_OPTIONS - 1 && by_code[code] == NULL);
			int takes = o->kind == OPT_OUTPUT_ ? optional_argument :
			    o->arg != NULL                 ? required_argument :
							     no_argument;
			longs[n++] = (struct option){ o->name, takes, NULL, code };
			by_code[code] = o;
			if (o->letter)
				*shorts++ = o->letter;
			if (o->letter && o->arg != NULL)
				*shorts++ = ':';
			if (o->letter && takes == optional_argument)
				*shorts++ = ':';
		}
}

static _Noreturn void
schema(const struct tool *tool)
{
	for (const char *const *s = tool->schemas; s != NULL && *s != NULL; s++)
		puts(*s);
	exit(EXIT_YES);
}

char **
opt_parse(const struct tool *tool, int argc, char **argv)
{
	struct option longs[MAX_OPTIONS] = { 0 };
	const struct opt *by_code[LONG_ONLY + MAX_OPTIONS] = { 0 };
	char shorts[3 * MAX_OPTIONS + 2] = "";
	int c;

	err_start(tool->name);
	arrays(tool, longs, by_code, shorts);
	if (argc > 1 && strncmp(argv[1], "--generate=", 11) == 0)
		opt_generate(tool, argv[1] + 11);
	while ((c = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		if (c == ':')
			opt_usage(tool, "%s needs an argument", argv[optind - 1]);
		if (c == '?')
			opt_usage(tool, "unknown option %s", argv[optind - 1]);
		store(tool, by_code[c], optarg);
		if (want_help)
			help(tool);
		if (want_version) {
			printf("%s (%s) %s\n", tool->name, PACKAGE, VERSION);
			exit(EXIT_YES);
		}
		if (want_schema)
			schema(tool);
	}
	if (argc - optind < tool->min_operands)
		opt_usage(tool, "too few operands");
	if (tool->max_operands >= 0 && argc - optind > tool->max_operands)
		opt_usage(tool, "too many operands");
	return argv + optind;
}

void
opt_rules(const struct tool *t, const struct opt_rule *rules, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (rules[i].given && !rules[i].allowed)
			opt_usage(t, "%s", rules[i].why);
}

const char *const opt_statuses[] = { "6", "0", "1", NULL };

int
opt_status(int status, int pick)
{
	static const int statuses[] = { EXIT_INCONCLUSIVE, EXIT_YES, EXIT_NO };

	return status == EXIT_INCONCLUSIVE ? statuses[pick] : status;
}
