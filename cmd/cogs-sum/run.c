/* run.c - prices, calls, lines and figures brought together. */
#include "run.h"

#include <stdlib.h>
#include <string.h>

#include "bridge.h"
#include "check_prices.h"
#include "data/when.h"
#include "each.h"
#include "forecast.h"
#include "gates.h"
#include "io/part.h"
#include "io/zone.h"
#include "trace/price_use.h"
#include "validate.h"

/* All that lives as long as the run. */
struct story {
	const struct options *o;
	struct arena arena;
	struct plan plan;
	struct price_book *book;
	struct figures figures, budget;
	struct lines lines, lines_before;
	struct tally *tally;
	struct counters counters;
	dec target, tolerance, revenue_before;
	int64_t now;
	int status;
};

static void
worse(struct story *s, int status)
{
	s->status = err_worse(s->status, status);
}

/* A book to be checked may hold what a book to price with may not. */
static struct price_book *
load_prices(struct story *s)
{
	str why = { 0 };

	if (!s->o->check_prices)
		return price_need(&s->arena, s->o->prices);
	struct price_book *b = price_book(&s->arena, s->o->prices, &why);
	if (b == NULL)
		die(EXIT_USAGE, "--prices: %.*s", STR_F(why));
	return b;
}

/* "70%" or "0.7" as a share below 1. */
static dec
share(const char *option, const char *text)
{
	str s = str_of(text);
	bool percent = str_ends(s, "%");
	dec d = 0;

	s.len -= percent;
	if (dec_parse(s, &d) != DEC_EXACT || d < 0 || (percent ? d / 100 : d) >= DEC_ONE)
		die(EXIT_USAGE, "%s: '%s' is no share like 70%% or 0.7", option, text);
	return percent ? d / 100 : d;
}

/* What must be the same for two partials to be added. */
static str
shape_of(struct story *s)
{
	const struct options *o = s->o;
	const char *const parts[] = { o->by, o->tz, o->provider, o->service_tier, o->reprice,
		o->period, o->bridge, o->no_tasks ? "no-tasks" : "", o->in.since, o->in.until,
		getenv("INFERUTILS_MAP") };

	return part_shape(
	    &s->arena, s->book->digest, parts, sizeof parts / sizeof *parts, &o->in);
}

static void
read_figures(struct story *s)
{
	const struct options *o = s->o;

	for (size_t i = 0; i < o->drivers.count; i++)
		figures_read(&s->figures, &s->plan, "--drivers", o->drivers.items[i], "driver");
	if (o->revenue != NULL)
		figures_read(&s->figures, &s->plan, "--revenue", o->revenue, "revenue");
	if (o->resolved != NULL)
		figures_read(&s->figures, &s->plan, "--resolved", o->resolved, "resolved");
	if (o->budget != NULL)
		figures_read(&s->budget, &s->plan, "--budget", o->budget, "budget");
	worse(s, s->figures.status);
	worse(s, s->budget.status);
}

static void
read_lines(struct story *s, struct lines *l, int64_t from, int64_t until)
{
	l->currency = arena_string(&s->arena, s->book->currency);
	l->billed = s->o->basis == BILLED;
	l->places = (int)s->o->places;
	l->from = s->plan.periodic ? from : INT64_MIN;
	l->until = s->plan.periodic ? until : INT64_MAX;
	for (size_t i = 0; i < s->o->lines.count; i++)
		lines_read(l, s->o->lines.items[i]);
	worse(s, l->status);
}

static void
prepare(struct story *s)
{
	const char *why = zone_open(s->o->tz);

	if (why != NULL)
		die(EXIT_USAGE, "--tz: '%s' %s", s->o->tz, why);
	plan_periods(&s->plan);
	plan_by(&s->plan, &s->arena);
	if (s->o->target != NULL)
		s->target = share("--target", s->o->target);
	if (s->o->bridge_revenue != NULL &&
	    dec_parse(str_of(s->o->bridge_revenue), &s->revenue_before) != DEC_EXACT)
		die(EXIT_USAGE, "--bridge-revenue: '%s' is no amount", s->o->bridge_revenue);
	s->tolerance =
	    s->o->tolerance != NULL ? share("--tolerance", s->o->tolerance) : DEC_ONE / 100;
	s->plan.book = s->book;
	s->plan.shape = shape_of(s);
}

static void
read_calls(struct story *s, char **files)
{
	struct fold fold = tally_fold(&s->plan);
	struct folded all = fold_run(&fold, &s->o->in, files, s->o->jobs, &s->plan);

	s->tally = all.state;
	s->counters =
	    (struct counters){ (int64_t)all.records, (int64_t)all.bad, (int64_t)all.outside,
		    (int64_t)all.timeless, (int64_t)all.duplicates, (int64_t)all.surrogates };
	worse(s, all.status);
}

static const char *
read_part(void *story, str line)
{
	struct story *s = story;

	return partial_read(s->tally, &s->counters, line);
}

static void
merge(struct story *s, char **files)
{
	struct fold fold = tally_fold(&s->plan);
	const struct counters *c = &s->counters;

	s->tally = fold.start(&s->plan);
	worse(s, part_merge(&s->o->in, files, read_part, s));
	const char *why = partial_check(s->tally, c);
	if (why != NULL) {
		warn("%s", why);
		worse(s, EXIT_DATA);
	}
	const struct part_counters all = { c->records, c->bad, c->outside, c->timeless };
	worse(s, part_status(&s->o->in, &all));
}

static struct result
result(struct story *s, struct tally *t, struct lines *l)
{
	size_t n = table_count(&l->of);

	return result_of(
	    &s->arena, &s->plan, t, &s->figures, n > 0 ? table_at(&l->of, 0) : NULL, n);
}

static void
print(struct story *s, const struct result *r, const struct facts *f)
{
	switch (s->o->format) {
	case JSON: report_json(r, f); break;
	case PROM: report_prom(r); break;
	default: report_text(r, f);
	}
}

static bool
not_allocated(const struct result *r)
{
	for (size_t i = 0; i < r->line_count; i++)
		if (r->lines[i].why.len > 0)
			return true;
	return false;
}

/* What was asked for beside the report. */
static void
further(struct story *s, const struct result *r)
{
	struct result before;
	bool trend = s->o->bridge_revenue != NULL;

	if (s->plan.bridged) {
		before = result(s, s->tally->before, &s->lines_before);
		before.total.revenue = s->revenue_before;
		bridge_report(&before, r);
	}
	if (s->o->target != NULL && r->total.has_revenue)
		forecast_report(r, trend ? &before : NULL, s->target);
	else if (s->o->target != NULL)
		warn("--target: a margin needs --revenue");
	if ((s->o->invoice != NULL || s->o->budget != NULL) && r->total_group.calls == 0 &&
	    r->line_count == 0) {
		warn("no calls and no bills: nothing is decided");
		worse(s, EXIT_INCONCLUSIVE);
	}
	if (s->o->invoice != NULL)
		worse(s, gate_invoice(r, s->o->invoice, s->tolerance));
	if (s->o->budget != NULL)
		worse(s, gate_budget(r, &s->budget));
}

static void
warn_age(struct story *s)
{
	int64_t days = report_book_age(s->book, s->now);

	if (days > 0)
		warn("the price book %.*s is of %.10s, %lld days ago", STR_F(s->book->name),
		    when_print(&s->arena, s->book->date).at, (long long)days);
}

static void
report(struct story *s)
{
	struct facts f = { .counters = &s->counters, .lines = &s->lines, .now = s->now };
	struct result r = result(s, s->tally, &s->lines);

	warn_age(s);
	gate_surfaces(&s->arena, &r, s->o->surfaces, &f);
	print(s, &r, &f);
	further(s, &r);
	if (f.missing_count > 0 || not_allocated(&r))
		worse(s, EXIT_NO);
}

static void
release(struct story *s)
{
	if (s->tally != NULL)
		tally_free(s->tally);
	figures_free(&s->figures);
	figures_free(&s->budget);
	lines_free(&s->lines);
	lines_free(&s->lines_before);
	price_free(s->book);
	arena_free(&s->arena);
}

static void
sum(struct story *s, char **files)
{
	read_figures(s);
	read_lines(s, &s->lines, s->plan.from, s->plan.until);
	if (s->plan.bridged)
		read_lines(s, &s->lines_before, s->plan.from0, s->plan.until0);
	if (s->o->merge)
		merge(s, files);
	else
		read_calls(s, files);
	bool any = s->counters.records + s->counters.bad > 0 ||
	    table_count(&s->tally->groups) > 0 || table_count(&s->lines.of) > 0;
	if (s->o->partial)
		partial_write(s->tally, &s->counters);
	else if (any)
		report(s);
	else if (s->o->surfaces != NULL || s->o->budget != NULL || s->o->invoice != NULL) {
		warn("no calls and no bills: nothing is decided");
		worse(s, EXIT_INCONCLUSIVE);
	}
}

int
run(const struct options *o, char **files)
{
	struct story s = { .o = o, .plan = { .o = o }, .now = in_now(&o->in) };

	s.book = load_prices(&s);
	if (o->check_prices) {
		s.status = check_prices(s.book);
		release(&s);
		return s.status;
	}
	prepare(&s);
	if (o->each)
		s.status = each_run(&s.plan, files);
	else if (o->validate)
		s.status = validate_run(&s.plan, files);
	else
		sum(&s, files);
	release(&s);
	return s.status;
}
