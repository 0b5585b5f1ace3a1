/* cogs-sum - what does a resolved task really cost, and what margin is left?
 *
 * Prices each call exactly, adds what other teams are billed, and divides it among tenants,
 * features and tasks to the last digit.  Never opens a socket. */
#include <string.h>
#include <time.h>

#include "cogs.h"
#include "data/when.h"
#include "figures.h"
#include "io/zone.h"
#include "report.h"
#include "ui/opt.h"

static const char *const formats[] = { "text", "json", NULL };

static struct options o = {
	.top = 20, .places = 6, .jobs = 1, .max_keys = 10000000, .in = IN_DEFAULTS
};

static const struct opt options[] = {
	OPT_HEAD("Prices"),
	OPT_FILE('p', "prices", &o.prices, "file", "the price book, ours or LiteLLM's"),
	OPT_STR(0, "provider", &o.provider, "name", "of records that name none"),
	OPT_STR(0, "service-tier", &o.service_tier, "tier",
	    "of records that name none: standard, batch, flex or priority"),
	OPT_STR(0, "reprice", &o.reprice, "model", "price all calls as if this model answered"),
	OPT_HEAD("Groups"),
	OPT_STR('b', "by", &o.by, "a,b,...", "a group for each value: day, tenant, model ..."),
	OPT_INT('n', "top", &o.top, "n", 0, INT64_C(1) << 40,
	    "groups that the text shows, default 20; 0: all"),
	OPT_STR(0, "tz", &o.tz, "zone", "days and months of this time zone, default UTC"),
	OPT_FLAG(
	    0, "no-tasks", &o.no_tasks, "do not add up tasks, which takes memory for each"),
	OPT_INT(0, "max-keys", &o.max_keys, "n", 1, INT64_C(1) << 32,
	    "groups or tasks at most, default 10 million"),
	OPT_HEAD("What other teams are billed"),
	OPT_LIST('l', "lines", &o.lines, "file", "cost lines: cost records, CSV or FOCUS"),
	OPT_LIST('d', "drivers", &o.drivers, "file", "what divides them: numbers by group"),
	OPT_STR('r', "revenue", &o.revenue, "file|amount", "revenue by group, or in all"),
	OPT_STR(0, "resolved", &o.resolved, "file|n",
	    "which tasks are resolved, or how many by group"),
	OPT_HEAD("How"),
	OPT_INT(0, "places", &o.places, "n", 0, DEC_PLACES, "decimals of amounts, default 6"),
	OPT_INT('j', "jobs", &o.jobs, "n", 1, 64, "threads"),
	OPT_PICK(0, "format", &o.format, "form", formats, "the form of the report"),
	OPT_INPUT(o.in),
	OPT_END,
};

static const char *const schemas[] = { NULL };

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

static struct price_book *
load_prices(struct arena *a)
{
	const struct price *p, *other = NULL;
	str why = { 0 };
	struct price_book *b = price_book(a, o.prices, &why);

	if (b == NULL)
		die(EXIT_USAGE, "--prices: %s%s%.*s", o.prices != NULL ? o.prices : "",
		    o.prices != NULL ? ": " : "", STR_F(why));
	p = price_overlap(b, &other);
	if (p != NULL)
		die(EXIT_USAGE,
		    "--prices: %.*s: two prices at the same time: entries %zu and %zu, see "
		    "--check-prices",
		    STR_F(p->model), p->line, other->line);
	return b;
}

static int64_t
now(void)
{
	struct timespec t;
	int64_t ns;

	if (o.in.now != NULL && when_date(str_of(o.in.now), &ns))
		return ns;
	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * WHEN_SECOND + t.tv_nsec;
}

static void
read_figures(struct figures *f, const struct plan *plan)
{
	for (size_t i = 0; i < o.drivers.count; i++)
		figures_read(f, plan, "--drivers", o.drivers.items[i], "driver");
	if (o.revenue != NULL)
		figures_read(f, plan, "--revenue", o.revenue, "revenue");
	if (o.resolved != NULL)
		figures_read(f, plan, "--resolved", o.resolved, "resolved");
}

static void
read_lines(struct lines *l, const struct price_book *b, struct arena *a)
{
	l->currency = arena_string(a, b->currency);
	l->from = INT64_MIN;
	l->until = INT64_MAX;
	for (size_t i = 0; i < o.lines.count; i++)
		lines_read(l, o.lines.items[i]);
}

int
main(int argc, char **argv)
{
	struct arena run = { 0 };
	struct plan plan = { .o = &o };
	struct figures figures = { 0 };
	struct lines lines = { 0 };

	argv = opt_parse(&tool, argc, argv);
	const char *why = zone_open(o.tz);
	if (why != NULL)
		die(EXIT_USAGE, "--tz: '%s' %s", o.tz, why);
	plan_by(&plan, &run);
	struct price_book *book = load_prices(&run);
	plan.book = book;
	read_figures(&figures, &plan);
	read_lines(&lines, book, &run);
	struct fold fold = tally_fold(&plan);
	struct folded all = fold_run(&fold, &o.in, argv, o.jobs, &plan);
	struct result r = result_of(&run, &plan, all.state, &figures,
	    table_count(&lines.of) > 0 ? table_at(&lines.of, 0) : NULL, table_count(&lines.of));
	struct facts facts = { .records = all.records,
		.duplicates = all.duplicates,
		.lines = &lines,
		.now = now() };
	if (report_book_age(book, facts.now) > 0)
		warn("the price book is of %.10s, %lld days ago",
		    when_print(&run, book->date).at,
		    (long long)report_book_age(book, facts.now));
	report_text(&r, &facts);
	tally_free(all.state);
	figures_free(&figures);
	lines_free(&lines);
	price_free(book);
	arena_free(&run);
	return err_worse(all.status, err_worse(figures.status, lines.status));
}
