/* skew-check - which prompt or model version does each region really serve, since when, and
 * what did it cost?
 *
 * Reads what was served from request records, never what was meant from a deploy system.
 * Never opens a socket. */
#include <string.h>

#include "run.h"
#include "schemas.h"
#include "ui/opt.h"

static const char *const formats[] = { "text", "json", "prom", NULL };

static struct options o = {
	.grace = WHEN_SECOND * 60 * 20,
	.bucket = WHEN_SECOND * 60,
	.clock_error = WHEN_SECOND * 5,
	.lateness = WHEN_SECOND * 60,
	.max_unknown = "5%",
	.jobs = 1,
	.max_keys = 10000000,
	.in = IN_DEFAULTS,
};

static const struct opt options[] = {
	OPT_HEAD("What should be"),
	OPT_LIST('e', "expect", &o.expect, "name=version",
	    "status 1 unless every region serves this version of it"),
	OPT_FILE('r', "regions", &o.regions, "file",
	    "the regions that should serve: one that is silent is a finding"),
	OPT_LIST('c', "canary", &o.canary, "[name=]version", "meant to differ: no skew"),
	OPT_FILE(0, "compatible", &o.compatible, "file",
	    "which prompt, schema, tools, model and release do not go together"),
	OPT_TIME('g', "grace", &o.grace, "time",
	    "so long a roll-out may rest before it is stalled, default 20m"),
	OPT_HEAD("How sure"),
	OPT_TIME('b', "bucket", &o.bucket, "time",
	    "buckets of time; flips are found in a 60th of it, default 1m"),
	OPT_TIME(0, "clock-error", &o.clock_error, "time",
	    "times of records may be off by this, default 5s"),
	OPT_STR(0, "max-unknown", &o.max_unknown, "p%",
	    "status 6 when more records tell no version, default 5%"),
	OPT_HEAD("Live, and from cron"),
	OPT_FLAG('f', "follow", &o.follow, "read a stream, tell findings as they are certain"),
	OPT_TIME('w', "within", &o.within, "time",
	    "wait for --expect: 0 once it holds, 1 when the time is over"),
	OPT_TIME(0, "lateness", &o.lateness, "time",
	    "with --follow: records may come so late, default 1m"),
	OPT_FILE('s', "state", &o.state, "file", "alarm once for each episode"),
	OPT_HEAD("How"),
	OPT_OUTPUT('t', "timeline", &o.timeline, "file.svg",
	    "show the regions' versions over time, or draw them"),
	OPT_FLAG(0, "no-sessions", &o.no_sessions,
	    "do not look at sessions, which takes memory for each"),
	OPT_INT(0, "max-keys", &o.max_keys, "n", 1, INT64_C(1) << 31,
	    "versions, buckets, tenants or sessions at most, default 10 million"),
	OPT_INT('j', "jobs", &o.jobs, "n", 1, 64, "threads"),
	OPT_FLAG(0, "partial", &o.partial, "write what was found, for --merge"),
	OPT_FLAG(0, "merge", &o.merge, "read what --partial wrote"),
	OPT_PICK(0, "format", &o.format, "form", formats, "the form of the report"),
	OPT_PICK(0, "inconclusive", &o.inconclusive, "status", opt_statuses,
	    "the status when it cannot be told"),
	OPT_INPUT(o.in),
	OPT_END,
};

static const char *const schemas[] = { schema_skew, schema_skew_region, schema_skew_window,
	schema_finding, NULL };

static const struct tool tool = {
	.name = "skew-check",
	.brief = "which version each region really serves, since when, and what it cost",
	.operands = "[file ...]",
	.kind = TOOL_GATE,
	.exits = "012346",
	.schemas = schemas,
	.options = options,
	.max_operands = -1,
};

static void
check_expectations(void)
{
	for (size_t i = 0; i < o.expect.count; i++) {
		const char *equal = strchr(o.expect.items[i], '=');
		if (equal == NULL || equal == o.expect.items[i] || equal[1] == '\0')
			opt_usage(
			    &tool, "--expect: '%s' is no name=version", o.expect.items[i]);
	}
}

/* Options that one way of working would not look at are refused, not ignored. */
static void
check_options(void)
{
	bool reports = !o.partial;
	const struct opt_rule rules[] = {
		{ o.bucket < SLOTS * WHEN_MS || o.bucket % SLOTS != 0, false,
		    "--bucket: at least 60ms, and a multiple of 60 ns" },
		{ o.grace <= 0 || o.clock_error < 0 || o.lateness < 0 || o.within < 0, false,
		    "--grace, --clock-error, --lateness, --within: no negative times" },
		{ o.follow || o.within > 0, !o.partial && !o.merge && o.jobs == 1,
		    "--follow and --within: not with --partial, --merge or --jobs" },
		{ o.within > 0, o.expect.count > 0, "--within goes with --expect" },
		{ o.follow || o.within > 0,
		    o.state == NULL && o.timeline == NULL && o.format != PROM,
		    "--follow and --within: not with --state, --timeline or --format=prom" },
		{ o.jobs > 1, !o.merge, "--jobs: parts are merged by one thread" },
		{ o.state != NULL || o.timeline != NULL || o.format != TEXT ||
			o.expect.count + o.canary.count > 0 || o.regions != NULL ||
			o.inconclusive != 0,
		    reports,
		    "--expect, --regions, --canary, --state, --timeline, --format and "
		    "--inconclusive go with the report: give them to the last step" },
	};

	check_expectations();
	opt_rules(&tool, rules, sizeof rules / sizeof *rules);
}

int
main(int argc, char **argv)
{
	argv = opt_parse(&tool, argc, argv);
	check_options();
	return run(&o, argv);
}
