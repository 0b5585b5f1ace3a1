/* report_text.c - the report for a reader. */
#include <math.h>
#include <stdio.h>

#include "picture.h"
#include "report.h"
#include "ui/grid.h"
#include "ui/term.h"

static const char *
dots(void)
{
	return "..";
}

static str
name_of(const struct artifact *a, size_t version)
{
	return version != NO_VERSION ? a->versions[version].name : STR("?");
}

void
report_line(str text)
{
	term_put(text);
	putchar('\n');
}

static void
headline(const struct report *r, const struct artifact *a, const struct standing *s)
{
	const struct coverage *c = &s->coverage;
	struct arena *m = r->arena;
	str text = arena_printf(
	    m, "%.*s: %s", STR_F(say_artifact(m, a)), state_names[s->windows.state]);

	if (s->windows.target != NO_VERSION)
		text = arena_printf(m, "%.*s, %.*s in %lld of %lld regions", STR_F(text),
		    STR_F(name_of(a, s->windows.target)), (long long)c->regions.n,
		    (long long)c->regions.of);
	if (c->requests.of > 0)
		text = arena_printf(m, "%.*s, %lld of %lld requests (%.*s)", STR_F(text),
		    (long long)c->requests.n, (long long)c->requests.of,
		    STR_F(say_percent(m, (struct share){ c->requests.n, c->requests.of })));
	if (c->tenants.of > 0)
		text = arena_printf(m, "%.*s, %lld of %lld tenants", STR_F(text),
		    (long long)c->tenants.n, (long long)c->tenants.of);
	if (c->requests.of > 0)
		text = arena_printf(
		    m, "%.*s since %.*s", STR_F(text), STR_F(say_time(m, c->since)));
	report_line(text);
}

static void
show_window(const struct report *r, const struct artifact *a, const struct window *w)
{
	struct arena *m = r->arena;

	report_line(
	    arena_printf(m, "  %.*s -> %.*s: %s; regions differed for %.*s, %s%.*s %s %.*s%s",
		STR_F(name_of(a, w->old)), STR_F(name_of(a, w->target)), state_names[w->state],
		STR_F(say_span(m, w->to - w->from)), w->from_start ? "before " : "",
		STR_F(say_time(m, w->from)), dots(), STR_F(say_time(m, w->to)),
		w->open ? " and on" : ""));
	for (size_t i = 0; i < w->stall_count; i++) {
		const struct stall *s = &w->stalls[i];
		const struct share done = { (int64_t)s->done, (int64_t)s->known };
		report_line(arena_printf(m,
		    "    stalled at %zu of %zu regions (%.*s) on %.*s for %.*s, %.*s %s %.*s%s",
		    s->done, s->known, STR_F(say_percent(m, done)),
		    STR_F(name_of(a, s->target)), STR_F(say_span(m, s->until - s->from)),
		    STR_F(say_time(m, s->from)), dots(), STR_F(say_time(m, s->until)),
		    s->open ? " and on" : ""));
	}
}

static void
heads(struct grid *g, const char *const *names, size_t left)
{
	for (; *names != NULL; names++, g->columns++) {
		grid_text(g, *names);
		g->left[g->columns] = g->columns < left;
	}
}

static str
say_bounds(struct arena *m, const struct flip *f)
{
	return arena_printf(m, "%.*s %s %.*s", STR_F(say_clock(m, f->low)), dots(),
	    STR_F(say_clock(m, f->high)));
}

static void
flip_row(struct grid *g, struct arena *m, const struct artifact *a, const struct flip *f)
{
	grid_text(g, "");
	grid_cell(g, STR(""));
	grid_cell(g,
	    arena_printf(
		m, "%.*s -> %.*s", STR_F(name_of(a, f->from)), STR_F(name_of(a, f->to))));
	grid_cell(g, say_time(m, f->at));
	grid_cell(g, say_bounds(m, f));
	grid_int(g, f->stragglers);
	grid_cell(g, f->stragglers > 0 ? say_clock(m, f->last_straggler) : STR(""));
	grid_int(g, f->early);
}

#define SHOWN_FLIPS 6

static void
show_flips(const struct report *r, const struct artifact *a)
{
	static const char *const names[] = { "", "Region", "flip", "at (UTC)", "bounds",
		"stragglers", "last", "early", NULL };
	struct grid g = { .arena = r->arena };
	size_t any = 0;

	heads(&g, names, 5);
	for (size_t i = 0; i < a->place_count; i++) {
		const struct place *p = &a->places[i];
		size_t shown = 0, flips = 0;
		for (size_t j = 0; j < p->flip_count; j++) {
			size_t row = g.count;
			flips += !p->flips[j].border;
			if (p->flips[j].border || shown == SHOWN_FLIPS)
				continue;
			flip_row(&g, r->arena, a, &p->flips[j]);
			g.cells[row + 1] = p->region;
			shown++;
		}
		any += shown;
		if (flips == shown)
			continue;
		for (size_t c = 0; c < g.columns; c++)
			grid_cell(&g,
			    c == 1     ? p->region :
				c == 2 ? arena_printf(r->arena, "and %zu more", flips - shown) :
					 STR(""));
	}
	if (any > 0) {
		putchar('\n');
		grid_print(&g);
	}
}

static void
version_row(struct grid *g, struct arena *m, const struct place *p, str name, struct outcome o)
{
	const struct share s = { o.failed, o.known };
	struct interval i = stat_wilson(s.x, s.n);

	grid_text(g, "");
	grid_cell(g, p->region);
	grid_cell(g, name);
	grid_int(g, o.n);
	grid_int(g, s.x);
	grid_int(g, s.n);
	grid_cell(g, say_percent(m, s));
	grid_cell(
	    g, s.n > 0 ? arena_printf(m, "[%.2f, %.2f]", 100 * i.low, 100 * i.high) : STR(""));
}

static void
show_versions(const struct report *r, const struct artifact *a)
{
	static const char *const names[] = { "", "Region", "version", "records", "failed", "of",
		"share", "95 %", NULL };
	struct grid g = { .arena = r->arena };

	heads(&g, names, 3);
	for (size_t i = 0; i < a->place_count; i++)
		for (size_t v = 0; v < a->version_count; v++) {
			struct outcome o =
			    timeline_count(r->plan, &a->places[i], v, INT64_MIN, INT64_MAX);
			if (o.n > 0)
				version_row(&g, r->arena, &a->places[i], name_of(a, v), o);
		}
	putchar('\n');
	grid_print(&g);
}

static str
say_share(struct arena *m, struct share s)
{
	return s.n == 0 ? STR("-") :
			  arena_printf(m, "%.*s (%lld/%lld)", STR_F(say_percent(m, s)),
			      (long long)s.x, (long long)s.n);
}

static void
group_row(
    struct grid *g, struct arena *m, str name, const struct before_after *b, struct share after)
{
	grid_text(g, "");
	grid_cell(g, name);
	grid_cell(g, say_share(m, b->before));
	grid_cell(g, say_share(m, b->after));
	grid_cell(g, say_share(m, after));
}

static void
show_contrast(const struct report *r, const struct artifact *a, const struct effect *e)
{
	const struct contrast *d = &e->did;
	struct arena *m = r->arena;

	report_line(arena_printf(m,
	    "  difference in differences: %+.2f points, 95 %% [%+.2f, %+.2f], p = %.2g%s",
	    100 * d->estimate, 100 * d->low, 100 * d->high, d->p,
	    e->readout == DIFFERENCE ? "" : ": no difference shown"));
	if (e->onset != NO_TIME)
		report_line(arena_printf(m, "  regions behind fail more since %.*s (CUSUM)",
		    STR_F(say_time(m, e->onset))));
	if (e->both > 0 && isfinite(e->odds.ratio))
		report_line(arena_printf(m,
		    "  within the %zu regions that served both, %.*s against %.*s: odds ratio "
		    "%.2f, 95 %% [%.2f, %.2f] (Mantel-Haenszel; over all time, so the window "
		    "counts too)",
		    e->both, STR_F(name_of(a, e->stall->target)),
		    STR_F(name_of(a, e->stall->old)), e->odds.ratio, e->odds.low,
		    e->odds.high));
}

static void
show_effect(const struct report *r, const struct artifact *a, const struct effect *e)
{
	static const char *const names[] = { "", "Failures", "before", "during", "after",
		NULL };
	struct grid g = { .arena = r->arena };
	struct arena *m = r->arena;

	if (e->readout == NOT_MEASURED)
		return;
	heads(&g, names, 5);
	group_row(&g, m,
	    arena_printf(m, "behind on %.*s: %.*s", STR_F(name_of(a, e->stall->old)),
		STR_F(say_places(m, a, e->stall->waits, e->stall->wait_count))),
	    &e->held, e->held_after);
	group_row(&g, m, STR("the others"), &e->moved, e->moved_after);
	putchar('\n');
	grid_print(&g);
	if (e->readout == NOT_IDENTIFIABLE)
		report_line(arena_printf(m,
		    "  not identifiable, version and region are the same thing here: %.*s",
		    STR_F(e->why)));
	else
		show_contrast(r, a, e);
}

static void
show_own(const struct report *r, const struct artifact *a, const struct standing *s)
{
	for (size_t i = 0; i < s->own_count; i++) {
		const struct own_rate *o = &s->own[i];
		report_line(arena_printf(r->arena,
		    "  %.*s fails %s by itself, whatever the version: %.*s, elsewhere %.*s",
		    STR_F(a->places[o->place].region),
		    o->difference.estimate > 0 ? "more" : "less",
		    STR_F(say_share(r->arena, o->here)),
		    STR_F(say_share(r->arena, o->elsewhere))));
	}
}

static void
show_artifact(const struct report *r, size_t index)
{
	const struct artifact *a = &r->view.artifacts[index];
	const struct standing *s = &r->of[index];

	if (index > 0)
		putchar('\n');
	headline(r, a, s);
	for (size_t i = 0; i < s->windows.count; i++)
		show_window(r, a, &s->windows.of[i]);
	if (r->plan->o->timeline != NULL)
		picture_text(r, a);
	show_flips(r, a);
	show_versions(r, a);
	for (size_t i = 0; i < s->windows.count; i++)
		show_effect(r, a, &s->effects[i]);
	show_own(r, a, s);
	if (a->without_hash > 0)
		report_line(arena_printf(r->arena,
		    "  %lld of %lld records have no content hash: their label is believed",
		    (long long)a->without_hash, (long long)a->n));
	if (a->unknown > 0)
		report_line(arena_printf(r->arena,
		    "  %lld of %lld records do not say what they were served",
		    (long long)a->unknown, (long long)a->n));
}

str
report_found_text(const struct report *r, const struct found *f)
{
	str severity =
	    arena_printf(r->arena, "%s%s", f->finding.severity, f->open ? "" : " (over)");

	return arena_printf(r->arena, "%-*.*s  %-15s %.*s", r->plan->current ? 14 : 7,
	    STR_F(severity), f->finding.rule, (int)f->finding.message.len,
	    f->finding.message.at);
}

/* A model that is the same everywhere is no news. */
static bool
is_news(const struct report *r, size_t index)
{
	return !str_is(r->view.artifacts[index].kind, "model") ||
	    r->of[index].windows.count > 0;
}

static void
show_left_out(const struct report *r)
{
	const struct tally *t = r->tally;
	const struct {
		int64_t n;
		const char *what;
	} of[] = { { t->no_artifact, "name no prompt and no model" },
		{ t->no_region, "name no region" }, { t->no_time, "have no time" },
		{ t->later, "are later than --now" },
		{ t->other_traffic, "are neither production nor evaluation traffic" } };

	for (size_t i = 0; i < sizeof of / sizeof *of; i++)
		if (of[i].n > 0)
			report_line(arena_printf(r->arena, "left out: %lld records %s",
			    (long long)of[i].n, of[i].what));
}

void
report_text(const struct report *r)
{
	for (size_t i = 0; i < r->view.count; i++)
		if (is_news(r, i))
			show_artifact(r, i);
	if (r->count > 0)
		puts("\nFindings");
	for (size_t i = 0; i < r->count; i++)
		report_line(report_found_text(r, &r->found[i]));
	show_left_out(r);
}
