/* region-check - did any hop of any attempt process data where it must not, and what does
 * isolation cost?
 *
 * Never opens a socket. */
#include <string.h>

#include "run.h"
#include "schemas.h"
#include "ui/opt.h"

static const char *const formats[] = { "text", "json", "sarif", NULL };

static struct options o = {
	.gap = WHEN_SECOND * 60 * 30,
	.jobs = 1,
	.max_keys = 10000000,
	.split = 4,
	.seed = 42,
	.rounds = 20,
	.cache_read = 0.1,
	.in = IN_DEFAULTS,
};

static const struct opt options[] = {
	OPT_HEAD("Residency"),
	OPT_FILE('p', "policy", &o.policy, "file", "whose data may be processed where"),
	OPT_FILE('r', "regions", &o.regions, "file",
	    "a table of regions, hosts and profiles, over the built-in one"),
	OPT_FLAG('e', "each", &o.each, "a verdict for every hop, in order"),
	OPT_TIME('g', "gap", &o.gap, "time",
	    "so long without a case, and the next one begins anew, default 30m"),
	OPT_FILE(0, "evidence", &o.evidence, "file", "add what was found to a chained file"),
	OPT_FILE(0, "verify", &o.verify, "file", "is the chain of such a file whole?"),
	OPT_HEAD("Before any request"),
	OPT_FILE('c', "config", &o.config, "file",
	    "every way that a routing configuration (JSON) leaves open"),
	OPT_STR(0, "subject", &o.subject, "country", "of --config: only for these subjects"),
	OPT_HEAD("The cost of isolation"),
	OPT_FLAG('i', "isolation", &o.isolation,
	    "cache hits, price and latency by region, as logged"),
	OPT_FLAG('b', "blocks", &o.blocks,
	    "hit rates of split caches, from the hashes of prompt blocks"),
	OPT_INT(
	    0, "split", &o.split, "n", 1, 8, "of --blocks: up to so many regions, default 4"),
	OPT_INT(0, "rounds", &o.rounds, "n", 1, 1000,
	    "of --blocks: rounds of random routing, default 20"),
	OPT_INT(0, "seed", &o.seed, "n", 0, INT64_MAX,
	    "of --blocks: of random routing, default 42"),
	OPT_SHARE(0, "cache-read", &o.cache_read, "share",
	    "price of a cached input token, of the plain one, default 0.1"),
	OPT_PERCENT(0, "write-premium", &o.cache_write, "percent",
	    "what writing to the cache costs more than plain input, default 25"),
	OPT_HEAD("How"),
	OPT_INT(0, "max-keys", &o.max_keys, "n", 1, INT64_C(1) << 31,
	    "findings, traces, paths or blocks at most, default 10 million"),
	OPT_INT('j', "jobs", &o.jobs, "n", 1, 64, "threads"),
	OPT_FLAG(0, "partial", &o.partial, "write what was found, for --merge"),
	OPT_FLAG(0, "merge", &o.merge, "read what --partial wrote"),
	OPT_PICK(0, "format", &o.format, "form", formats, "the form of the report"),
	OPT_PICK(0, "inconclusive", &o.inconclusive, "status", opt_statuses,
	    "the status when it cannot be told"),
	OPT_INPUT(o.in),
	OPT_END,
};

static const char *const schemas[] = { schema_region, schema_region_group, schema_hop_verdict,
	schema_region_cache, schema_region_path, schema_region_blocks, schema_finding, NULL };

static const struct tool tool = {
	.name = "region-check",
	.brief = "whether any hop processed data where it must not, and what isolation costs",
	.operands = "[file ...]",
	.kind = TOOL_GATE,
	.exits = "012346",
	.schemas = schemas,
	.options = options,
	.max_operands = -1,
};

/* Options that one way of working would not look at are refused, not ignored. */
static void
check_options(bool operands)
{
	bool records = o.config == NULL && o.verify == NULL && !o.blocks;
	const struct opt_rule rules[] = {
		{ (o.config != NULL) + (o.verify != NULL) + o.blocks + o.each > 1, false,
		    "--config, --verify, --blocks and --each exclude each other" },
		{ records || o.config != NULL, o.policy != NULL || (o.isolation && !o.each),
		    "--policy is needed: whose data may be processed where" },
		{ o.policy != NULL, !o.blocks && o.verify == NULL,
		    "--policy goes with records and --config" },
		{ operands, o.config == NULL && o.verify == NULL,
		    "--config and --verify read no records" },
		{ o.isolation || o.partial || o.merge, records && !o.each,
		    "--isolation, --partial and --merge go with records, not with --each" },
		{ o.jobs > 1, records && !o.each && !o.merge,
		    "--jobs goes with records, not with --each and --merge" },
		{ o.evidence != NULL, records && !o.each && !o.partial && o.policy != NULL,
		    "--evidence goes with the report on records" },
		{ o.subject != NULL, o.config != NULL, "--subject goes with --config" },
		{ o.format == SARIF, o.config != NULL, "--format=sarif goes with --config" },
		{ o.format != TEXT, !o.each && !o.partial && o.verify == NULL,
		    "--format goes with the report" },
		{ o.split != 4 || o.seed != 42 || o.rounds != 20, o.blocks,
		    "--split, --rounds and --seed go with --blocks" },
		{ o.cache_write != 1.25 || o.cache_read != 0.1, o.blocks || o.isolation,
		    "--cache-read and --write-premium go with --isolation and --blocks" },
		{ o.gap <= 0, false, "--gap: longer than nothing" },
	};

	if (o.subject != NULL && !places_is_country(str_of(o.subject)))
		opt_usage(&tool, "--subject: '%s' is no country of two capitals", o.subject);
	opt_rules(&tool, rules, sizeof rules / sizeof *rules);
}

int
main(int argc, char **argv)
{
	o.cache_write = 0.25;
	argv = opt_parse(&tool, argc, argv);
	o.cache_write += 1;
	check_options(*argv != NULL);
	return run(&o, argv);
}
