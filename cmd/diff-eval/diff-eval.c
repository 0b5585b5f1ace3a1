/* diff-eval - is the candidate better, worse, the same, or is that not decided?
 *
 * Compares the answers of replay records with their candidates, or those of two files,
 * and decides.  Never opens a socket. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "io/out.h"
#include "peer.h"
#include "reader.h"
#include "trace/schema.h"
#include "ui/opt.h"

enum { TEXT, JSON };
static const char *const formats[] = { "text", "json", NULL };
static const char *const statuses[] = { "0", "1", "6", NULL };

static struct {
	struct policy policy;
	struct reading reading;
	struct in_list checks;
	const char *show, *junit, *html, *rows, *prices;
	int format, inconclusive;
	bool markdown, no_bodies;
} o = {
	.policy = { .margin = 0.02,
	    .min_agree = -1,
	    .detect = 0.05,
	    .seed = 42,
	    .max_keys = 1000 },
	.reading = { .key = "id",
	    .candidate = "candidate",
	    .cluster = "session",
	    .in = IN_DEFAULTS },
	.inconclusive = 2,
	.rows = ".results.results", /* promptfoo's */
};

static const struct opt options[] = {
	OPT_HEAD("Pairs"),
	OPT_STR('k', "key", &o.reading.key, "field",
	    "pair OLD and NEW by id, content, or any field"),
	OPT_STR(0, "candidate", &o.reading.candidate, "name",
	    "the field that replay put the answer into"),
	OPT_STR(0, "cluster", &o.reading.cluster, "field",
	    "pairs that share this are not independent"),
	OPT_STR(0, "slices", &o.reading.slices, "field,...",
	    "tell the pairs apart by these fields too"),
	OPT_INT(0, "max-keys", &o.policy.max_keys, "n", 1, 1000000,
	    "values of these fields at most"),
	OPT_STR(0, "rows", &o.rows, "path",
	    "in a document, the records are the elements of this array"),
	OPT_HEAD("Checks"),
	OPT_LIST(0, "check", &o.checks, "check",
	    "ask this too: schema, regex:X, contains:X, field:PATH, score:NAME, ...; or none"),
	OPT_FILE(0, "labels", &o.policy.labels, "file",
	    "correct a check by what people said of some pairs"),
	OPT_FILE(0, "prices", &o.prices, "file", "what sides cost that do not say it"),
	OPT_HEAD("Decision"),
	OPT_SHARE(0, "margin", &o.policy.margin, "share",
	    "loss that is still acceptable, such as 1pp"),
	OPT_SHARE(0, "detect", &o.policy.detect, "share",
	    "say how many pairs it takes to find this loss"),
	OPT_FLAG(0, "fail-slice", &o.policy.fail_slice, "a slice that fails fails the whole"),
	OPT_SHARE(0, "min-agree", &o.policy.min_agree, "share",
	    "decide by agreement with the record alone"),
	OPT_FLAG(
	    0, "sequential", &o.policy.sequential, "end as soon as the question is answered"),
	OPT_FLAG(
	    0, "allow-partial", &o.policy.allow_partial, "a replay that was cut off may pass"),
	OPT_INT(0, "seed", &o.policy.seed, "n", 0, INT64_MAX, "seed of the bootstrap"),
	OPT_PICK(
	    0, "inconclusive", &o.inconclusive, "status", statuses, "status when not decided"),
	OPT_HEAD("Report"),
	OPT_PICK('f', "format", &o.format, "form", formats, "write the report as"),
	OPT_FLAG(0, "markdown", &o.markdown, "write it for a pull request"),
	OPT_OUTPUT(0, "junit", &o.junit, "file", "write it as JUnit XML (there, or instead)"),
	OPT_OUTPUT(0, "html", &o.html, "file", "write it as a page (there, or instead)"),
	OPT_STR(0, "show", &o.show, "n", "show so many of the worst differences, word by word"),
	OPT_FLAG(0, "no-bodies", &o.no_bodies, "leave the text of answers out"),
	OPT_INPUT(o.reading.in),
	OPT_END,
};

static const char *const schemas[] = { schema_trace, schema_replay, schema_run, schema_diff,
	schema_summary, NULL };

static const struct tool tool = {
	.name = "diff-eval",
	.brief = "decide whether a candidate's answers are worse",
	.operands = "[old new ... | replayed]",
	.kind = TOOL_GATE,
	.exits = "012346",
	.schemas = schemas,
	.options = options,
	.max_operands = -1,
};

/* "20", or "worst 20", also as two words. */
static char **
read_show(char **operands)
{
	struct stat s;
	str text = str_of(o.show);

	o.policy.show = 3;
	if (o.show == NULL)
		return operands;
	if (str_starts(text, "worst"))
		text = str_trim(str_from(text, 5));
	if (text.len == 0 && operands[0] != NULL && stat(operands[0], &s) != 0)
		text = str_of(*operands++);
	if (!str_int(text, &o.policy.show) || o.policy.show < 1 || o.policy.show > 1000)
		opt_usage(&tool, "--show: '%s' is not 'worst N' with N from 1 to 1000", o.show);
	return operands;
}

/* These become columns: what is wrong with one is said by its own name. */
static void
check_path(const char *option, const char *path)
{
	struct arena a = { 0 };
	struct path parsed;
	const char *why =
	    path[0] == '\0' ? "it is empty" : path_parse(&a, str_of(path), &parsed);

	if (why != NULL)
		opt_usage(&tool, "--%s: '%s': %s", option, path, why);
	arena_free(&a);
}

static void
check_options(void)
{
	check_path("key", o.reading.key);
	check_path("candidate", o.reading.candidate);
	check_path("cluster", o.reading.cluster);
	if (o.policy.sequential && o.policy.min_agree >= 0)
		opt_usage(&tool, "--sequential and --min-agree exclude each other");
	if (o.policy.sequential && o.policy.labels != NULL)
		opt_usage(&tool, "--sequential and --labels exclude each other");
	if (o.markdown + (o.format == JSON) + (o.junit != NULL && *o.junit == '\0') +
		(o.html != NULL && *o.html == '\0') >
	    1)
		opt_usage(&tool,
		    "only one of --format=json, --markdown, --junit and --html can be the "
		    "output: give the others a file, as in --html=page.html");
}

/* A form that goes to a file, or is the output itself. */
static int
write_form(const char *file, const char *option, const struct buf *b)
{
	if (file[0] == '\0') {
		fwrite(b->at, 1, b->len, stdout);
		return EXIT_YES;
	}
	const char *why = out_file(file, buf_str(b));
	if (why != NULL)
		warn("--%s: %s: %s", option, file, why);
	return why != NULL ? EXIT_SYSTEM : EXIT_YES;
}

static int
write_forms(const struct report *reports, size_t count)
{
	struct buf b = { 0 };
	int status = EXIT_YES;

	if (o.junit != NULL) {
		report_junit(reports, count, &b);
		status = err_worse(status, write_form(o.junit, "junit", &b));
		buf_reset(&b);
	}
	if (o.html != NULL) {
		report_html(reports, count, &b);
		status = err_worse(status, write_form(o.html, "html", &b));
	}
	buf_free(&b);
	return status;
}

/* Report; the status of the comparison: that of the worst candidate. */
static int
conclude(struct arena *a, const struct totals *t, size_t count)
{
	/* also the choices of --inconclusive, in their order */
	static const int exits[] = { EXIT_YES, EXIT_NO, EXIT_INCONCLUSIVE };
	struct decision *d = ARENA_ARRAY(a, struct decision, count);
	struct report *reports = ARENA_ARRAY(a, struct report, count);
	bool elsewhere =
	    (o.junit != NULL && *o.junit == '\0') || (o.html != NULL && *o.html == '\0');
	int status = EXIT_YES;

	decide(a, t, count, d);
	for (size_t i = 0; i < count; i++) {
		const struct report *r = &reports[i];
		reports[i] =
		    (struct report){ &t[i], &d[i], &o.policy, !o.no_bodies, o.show != NULL };
		if (o.markdown)
			report_markdown(r);
		else if (o.format == JSON)
			report_json(r);
		else if (!elsewhere) {
			if (i > 0)
				putchar('\n');
			report_text(r, count > 1);
		}
		status = err_worse(status,
		    exits[d[i].verdict >= VERDICT_INCONCLUSIVE ? o.inconclusive :
								 (int)d[i].verdict]);
	}
	return err_worse(status, write_forms(reports, count));
}

static int
end_peers(struct measures *m)
{
	int status = EXIT_YES;

	for (size_t i = 0; i < m->count; i++)
		if (m->of[i].peer != NULL && !peer_end(m->of[i].peer))
			status = EXIT_SYSTEM;
	return status;
}

/* All candidates; each gets totals of its own, but they share the slices. */
static int
run(struct arena *a, struct measures *m, char **operands)
{
	struct slices slices = { .values.size = sizeof(size_t), .most = o.policy.max_keys };
	struct reader reader = { .measures = m,
		.slices = &slices,
		.policy = &o.policy,
		.excerpt = o.show != NULL ? 4000 : 400 };
	bool files = operands[0] != NULL && operands[1] != NULL;
	size_t count = 1;

	while (files && operands[count + 1] != NULL)
		count++;
	struct totals *t = ARENA_ARRAY(a, struct totals, count);
	o.reading.in.rows = o.rows;
	o.reading.pairs = o.format == JSON && !o.markdown;
	reader_new(&reader, &o.reading);
	for (size_t i = 0; i < count; i++)
		totals_new(&t[i], m, &slices, &o.policy);
	int status = files ? compare_files(&reader, t, operands) :
			     compare_replayed(&reader, t, operands);
	if (status != EXIT_USAGE) {
		status = err_worse(status, end_peers(m));
		status = err_worse(status, conclude(a, t, count));
	}
	for (size_t i = 0; i < count; i++)
		totals_free(&t[i]);
	reader_free(&reader);
	table_free(&slices.values);
	return status;
}

int
main(int argc, char **argv)
{
	struct measures measures = { 0 };
	struct arena arena = { 0 };

	argv = read_show(opt_parse(&tool, argc, argv));
	check_options();
	struct price_book *prices = price_need(&arena, o.prices);
	measures_new(&measures, &arena, &o.checks, prices);
	int status = run(&arena, &measures, argv);
	measures_free(&measures);
	price_free(prices);
	arena_free(&arena);
	return status;
}
