/* cogs-sum - what does a resolved task really cost, and what margin is left?
 *
 * Prices each call exactly, adds what other teams are billed, and divides it among tenants,
 * features and tasks to the last digit.  Never opens a socket. */
#include <string.h>

#include "run.h"
#include "schemas.h"
#include "ui/opt.h"

static const char *const formats[] = { "text", "json", "prom", NULL };
static const char *const bases[] = { "effective", "billed", NULL };

static struct options o = {
	.top = 20,
	.places = 6,
	.jobs = 1,
	.max_keys = 10000000,
	.as = "cost",
	.in = IN_DEFAULTS,
};

static const struct opt options[] = {
	OPT_HEAD("Prices"),
	OPT_FILE('p', "prices", &o.prices, "file", "the price book, ours or LiteLLM's"),
	OPT_FLAG(0, "check-prices", &o.check_prices,
	    "list what overlaps, is missing or looks wrong in the price book"),
	OPT_STR(0, "provider", &o.provider, "name", "of records that name none"),
	OPT_STR(0, "service-tier", &o.service_tier, "tier",
	    "of records that name none: standard, batch, flex or priority"),
	OPT_STR(0, "reprice", &o.reprice, "model", "price all calls as if this model answered"),
	OPT_FLAG('e', "each", &o.each, "pass each record on with its cost"),
	OPT_STR(0, "as", &o.as, "name", "the field that --each adds"),
	OPT_HEAD("Groups"),
	OPT_STR('b', "by", &o.by, "a,b,...", "a group for each value: day, tenant, model ..."),
	OPT_INT('n', "top", &o.top, "n", 0, INT64_C(1) << 40,
	    "groups that the text shows, default 20; 0: all"),
	OPT_STR(0, "tz", &o.tz, "zone", "days and months of this time zone, default UTC"),
	OPT_STR(
	    0, "period", &o.period, "when", "only what happened in this month, day, year ..."),
	OPT_FLAG(
	    0, "no-tasks", &o.no_tasks, "do not add up tasks, which takes memory for each"),
	OPT_INT(0, "max-keys", &o.max_keys, "n", 1, INT64_C(1) << 31,
	    "groups or tasks at most, default 10 million"),
	OPT_HEAD("What other teams are billed"),
	OPT_LIST('l', "lines", &o.lines, "file", "cost lines: cost records, CSV or FOCUS"),
	OPT_PICK(
	    0, "basis", &o.basis, "cost", bases, "of a line with both costs, this one counts"),
	OPT_LIST('d', "drivers", &o.drivers, "file", "what divides them: numbers by group"),
	OPT_STR('r', "revenue", &o.revenue, "file|amount", "revenue by group, or in all"),
	OPT_STR(0, "resolved", &o.resolved, "file|n",
	    "which tasks are resolved, or how many by group"),
	OPT_HEAD("Questions"),
	OPT_STR(0, "expect-surfaces", &o.surfaces, "a,b,...",
	    "status 1 unless each of these has a cost"),
	OPT_STR(0, "budget", &o.budget, "file|amount", "status 1 where a group is over it"),
	OPT_FILE(0, "invoice", &o.invoice, "file", "what was billed, beside the estimate"),
	OPT_STR(0, "tolerance", &o.tolerance, "share",
	    "how far an invoice may be from the estimate, default 1%"),
	OPT_STR(0, "target", &o.target, "share", "what would have to change for this margin"),
	OPT_STR(
	    0, "bridge", &o.bridge, "when", "why --period costs more or less than this one"),
	OPT_STR(0, "bridge-revenue", &o.bridge_revenue, "amount",
	    "revenue of that period, for the trend of --target"),
	OPT_HEAD("How"),
	OPT_INT(0, "places", &o.places, "n", 0, DEC_PLACES, "decimals of amounts, default 6"),
	OPT_FLAG(0, "exact", &o.exact, "amounts with all their decimals"),
	OPT_INT('j', "jobs", &o.jobs, "n", 1, 64, "threads"),
	OPT_FLAG(0, "partial", &o.partial, "write what was found, for --merge"),
	OPT_FLAG(0, "merge", &o.merge, "read what --partial wrote"),
	OPT_FLAG(0, "validate", &o.validate, "say all that is wrong with the input, no more"),
	OPT_PICK(0, "format", &o.format, "form", formats, "the form of the report"),
	OPT_INPUT(o.in),
	OPT_END,
};

static const char *const schemas[] = { schema_cogs, schema_cogs_line, schema_cogs_group,
	schema_cogs_unpriced, schema_cogs_assumed, schema_cogs_invoice, schema_cogs_forecast,
	schema_cogs_bridge, schema_cost, NULL };

static const struct tool tool = {
	.name = "cogs-sum",
	.brief = "what a resolved task really costs, and the margin that is left",
	.operands = "[file ...]",
	.kind = TOOL_REPORT,
	.exits = "012346",
	.schemas = schemas,
	.options = options,
	.max_operands = -1,
};

/* Options that one way of working would not look at are refused, not ignored. */
static void
check_options(void)
{
	bool reports = !o.each && !o.partial && !o.check_prices && !o.validate;
	const struct opt_rule rules[] = {
		{ o.each + o.partial + o.check_prices + o.validate > 1 ||
			(o.merge && (o.each || o.check_prices || o.validate)),
		    false,
		    "--each, --partial, --check-prices and --validate exclude each other, and "
		    "--merge all but --partial" },
		{ strcmp(o.as, "cost") != 0, o.each, "--as goes with --each" },
		{ strcmp(o.as, "cost_unknown") == 0 || o.as[0] == '\0', false,
		    "--as: a name that --each gives to something else, or none" },
		{ o.service_tier != NULL && price_tier_named(str_of(o.service_tier)) == TIERS,
		    false, "--service-tier: standard, batch, flex or priority" },
		{ o.by != NULL || o.no_tasks || o.period != NULL || o.jobs > 1,
		    !o.each && !o.check_prices,
		    "--by, --period, --no-tasks and --jobs: not with --each and "
		    "--check-prices" },
		{ o.jobs > 1, !o.merge, "--jobs: parts are merged by one thread" },
		{ o.bridge != NULL, o.period != NULL, "--bridge goes with --period" },
		{ o.lines.count + o.drivers.count > 0 || o.revenue != NULL ||
			o.resolved != NULL || o.surfaces != NULL || o.budget != NULL ||
			o.invoice != NULL || o.target != NULL,
		    reports,
		    "--lines, --drivers, --revenue, --resolved, --expect-surfaces, --budget, "
		    "--invoice and --target go with the report: give them to the last step" },
		{ o.bridge_revenue != NULL, o.bridge != NULL && o.target != NULL,
		    "--bridge-revenue goes with --bridge and --target" },
		{ o.basis != 0, o.lines.count > 0, "--basis goes with --lines" },
		{ o.drivers.count > 0, o.lines.count > 0, "--drivers goes with --lines" },
		{ o.tolerance != NULL, o.invoice != NULL, "--tolerance goes with --invoice" },
		{ o.format != TEXT, reports, "--format goes with the report" },
		{ o.exact, reports, "--exact goes with the report" },
		{ o.target != NULL, o.revenue != NULL, "--target: a margin needs --revenue" },
	};

	opt_rules(&tool, rules, sizeof rules / sizeof *rules);
}

int
main(int argc, char **argv)
{
	argv = opt_parse(&tool, argc, argv);
	check_options();
	return run(&o, argv);
}
