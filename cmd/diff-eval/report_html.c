/* report_html.c - the comparison as a page. */
#include <stdlib.h>

#include "base/utf8.h"
#include "diff.h"
#include "ui/page.h"
#include "words.h"

#define SLOTS 200
#define LEFT  220 /* of the picture: names, the plot, figures */
#define WIDE  300
#define ROW   26

static double
unit_of(const struct estimate *e)
{
	return e->share ? 100 : 1;
}

static void
models(struct buf *b, const struct map *m)
{
	if (m->count == 1)
		page_text(b, utf8_prefix(map_key(m, 0), 120));
	else
		page_printf(b, m->count == 0 ? "unknown" : "%zu models", m->count);
}

static void
sentence(struct buf *b, const char *what, const struct estimate *e)
{
	double u = unit_of(e);
	const char *percent = e->share ? "&nbsp;%" : "";
	char range[80];

	page_put(b, "<p>");
	page_put(b, what);
	page_printf(b,
	    ": %.4g%s &rarr; %.4g%s, difference with its 95&nbsp;%% interval <b>%s</b>%s, "
	    "n&nbsp;=&nbsp;%lld pairs</p>\n",
	    e->baseline * u, percent, e->candidate * u, percent, report_range(e, range),
	    e->share ? " points" : "", (long long)e->n);
}

static void
notes(struct buf *b, const struct report *r)
{
	struct arena a = { 0 };
	str of[NOTES];
	size_t n = report_notes(r, &a, of);

	for (size_t i = 0; i < n; i++) {
		page_put(b, "<p class=\"inconclusive\">");
		page_text(b, of[i]);
		page_put(b, "</p>\n");
	}
	arena_free(&a);
}

static void
head(struct buf *b, const struct report *r)
{
	const struct decision *d = r->d;
	const struct estimate *e = &d->of[d->measure];

	page_put(b, "<h1>");
	page_verdict(b, verdict_names[d->verdict]);
	page_put(b, ": ");
	page_text(b, str_of(report_advice(r)));
	page_put(b, "</h1>\n<p>");
	if (r->t->file != NULL) {
		page_text(b, str_of(r->t->file));
		page_put(b, " ");
	}
	if (r->t->old_models.count + r->t->new_models.count > 0) {
		page_put(b, "<code>");
		models(b, &r->t->old_models);
		page_put(b, "</code> &rarr; <code>");
		models(b, &r->t->new_models);
		page_put(b, "</code>");
	}
	page_put(b, "</p>\n");
	if (e->n > 0)
		sentence(b,
		    d->measure == M_ALL ? "Answers that hold all checks" :
					  "The number that was asked for",
		    e);
	if (d->of[M_COMPLETED].n > 0 && d->of[M_COMPLETED].n < d->of[M_ALL].n)
		sentence(b, "The same where both answered", &d->of[M_COMPLETED]);
	notes(b, r);
	page_printf(b, "<p class=\"soft\">Margin %.3g%s; by %s; seed %lld.",
	    e->margin * unit_of(e), e->share ? " points" : "", report_method(e->method),
	    (long long)r->p->seed);
	if (e->clusters < e->n)
		page_printf(
		    b, " %lld sessions, design effect %.2f.", (long long)e->clusters, e->deff);
	page_put(b, "</p>\n");
}

static double
scale_of(const struct report *r, const size_t *order, size_t n)
{
	double far = 0.01;

	for (size_t i = 0; i < n; i++) {
		const struct estimate *e =
		    &r->d->slices[order[i] * r->t->measures->count + r->d->measure];
		if (e->n > 0 && isfinite(e->ci.low))
			far = fmax(far, fmax(-e->ci.low, e->ci.high));
	}
	return far * 1.05;
}

static double
across(double x, double scale)
{
	return LEFT + WIDE * (fmax(-1, fmin(1, x / scale)) + 1) / 2;
}

static void
interval(struct buf *b, const struct estimate *e, double scale, int y)
{
	char range[80];

	page_printf(b,
	    "<g class=\"%s\" stroke=\"currentColor\" fill=\"currentColor\"><line x1=\"%.1f\" "
	    "x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke-width=\"2\"/><circle cx=\"%.1f\" cy=\"%d\" "
	    "r=\"4\"/></g>",
	    verdict_names[e->verdict], across(e->ci.low, scale), across(e->ci.high, scale), y,
	    y, across(e->diff, scale), y);
	page_printf(b, "<text x=\"%d\" y=\"%d\">%s</text>", LEFT + WIDE + 70, y + 4,
	    report_range(e, range));
}

static void
slice_row(struct buf *b, const struct report *r, size_t slot, double scale, int y)
{
	const struct estimate *e = &r->d->slices[slot * r->t->measures->count + r->d->measure];
	const struct group *g = totals_group(r->t, r->d->arm, slot);

	page_printf(b, "<text x=\"0\" y=\"%d\"><tspan class=\"soft\">", y + 4);
	page_text(b, utf8_prefix(slices_name(r->t->slices, slot), 16));
	page_put(b, "</tspan> ");
	page_text(b, utf8_prefix(slices_value(r->t->slices, slot), 18));
	page_printf(b, "</text><text x=\"%d\" y=\"%d\" class=\"soft\">n %lld</text>",
	    LEFT + WIDE + 8, y + 4, (long long)e->n);
	if (e->n > 0 && e->verdict != VERDICT_NOT_COMPARABLE)
		interval(b, e, scale, y);
	else
		page_printf(b,
		    "<text x=\"%d\" y=\"%d\" class=\"soft\">not comparable: %lld of "
		    "%lld</text>",
		    LEFT + 60, y + 4, (long long)g->compared, (long long)g->records);
	page_put(b, "\n");
}

static void
forest(struct buf *b, const struct report *r)
{
	size_t order[SLOTS] = { 0 }, n = report_slices(r, order, SLOTS);
	double scale = scale_of(r, order, n), margin = r->d->of[r->d->measure].margin;
	int high = (int)(n + 1) * ROW + 8;

	if (n == 0)
		return;
	page_put(b, "<h2>Slices</h2>\n<div class=\"scroll\">");
	page_printf(b,
	    "<svg viewBox=\"0 0 720 %d\" role=\"img\" aria-label=\"difference of each slice "
	    "with "
	    "its 95 %% interval\">\n<line x1=\"%.1f\" x2=\"%.1f\" y1=\"0\" y2=\"%d\" "
	    "stroke=\"var(--soft)\"/><line x1=\"%.1f\" x2=\"%.1f\" y1=\"0\" y2=\"%d\" "
	    "stroke=\"var(--fail)\" stroke-dasharray=\"3 4\"/>\n",
	    high, across(0, scale), across(0, scale), high - ROW, across(-margin, scale),
	    across(-margin, scale), high - ROW);
	for (size_t i = 0; i < n; i++)
		slice_row(b, r, order[i], scale, (int)i * ROW + 14);
	page_printf(b,
	    "<text x=\"%.1f\" y=\"%d\" class=\"soft\" text-anchor=\"middle\">no difference; "
	    "dashed: "
	    "minus the margin</text></svg></div>\n",
	    across(0, scale), high - 6);
}

static void
cells(struct buf *b, const struct estimate *e, bool information)
{
	double u = unit_of(e);
	char range[80];

	page_put(b, "<td>");
	if (!information)
		page_verdict(b, verdict_names[e->verdict]);
	page_printf(b, "</td><td>%s</td><td>%lld</td><td>%.4g%s</td><td>%.4g%s</td>",
	    report_range(e, range), (long long)e->n, e->baseline * u, e->share ? " %" : "",
	    e->candidate * u, e->share ? " %" : "");
	if (e->share)
		page_printf(b, "<td>%lld</td><td>%lld</td>", (long long)e->regressed,
		    (long long)e->improved);
	else
		page_put(b, "<td></td><td></td>");
	page_printf(b, "<td>%.2g</td></tr>\n", e->p);
}

static void
checks(struct buf *b, const struct report *r)
{
	const struct measures *all = r->t->measures;

	page_put(b,
	    "<h2>Checks</h2>\n<div class=\"scroll\"><table><tr><th>check<th>verdict"
	    "<th>difference, 95&nbsp;%<th>n<th>before<th>now<th>regressed<th>improved<th>p"
	    "</tr>\n");
	for (size_t m = 0; m < all->count; m++) {
		if (r->d->of[m].n == 0 && !all->of[m].asked)
			continue;
		page_put(b, "<tr><td>");
		page_text(b, str_of(all->of[m].name));
		page_put(b, "</td>");
		if (r->d->of[m].n > 0)
			cells(b, &r->d->of[m], m > M_ALL && !measure_decides(all, m));
		else
			page_put(b,
			    "<td>not comparable</td><td></td><td>0</td><td "
			    "colspan=\"5\"></td></tr>\n");
	}
	page_put(b, "</table></div>\n");
}

/* How often each arm gives the same answer. */
static void
arms(struct buf *b, const struct report *r)
{
	static const char *const names[] = { "candidate as the baseline",
		"candidate as the record", "baseline as its record",
		"baseline as itself again" };

	int64_t answers = 0;

	for (enum arm arm = 0; arm < EXCESS; arm++)
		answers += agreeing(&r->t->arms[arm]) + r->t->arms[arm].levels[DIFFERENT] +
		    r->t->arms[arm].levels[LOST];
	if (answers == 0)
		return;
	page_put(b,
	    "<h2>Same answers</h2>\n<div class=\"scroll\"><table><tr><th>arm<th>same<th>of"
	    "<th>share, 95&nbsp;%</tr>\n");
	for (enum arm arm = 0; arm < EXCESS; arm++) {
		const struct group *g = &r->t->arms[arm];
		int64_t agree = agreeing(g), n = agree + g->levels[DIFFERENT] + g->levels[LOST];
		struct interval w = stat_wilson(agree, n);
		if (n > 0)
			page_printf(b,
			    "<tr><td>%s</td><td>%lld</td><td>%lld</td><td>%.1f %% [%.1f, "
			    "%.1f]</td></tr>\n",
			    names[arm], (long long)agree, (long long)n,
			    100 * (double)agree / (double)n, w.low * 100, w.high * 100);
	}
	page_put(b, "</table></div>\n");
	if (r->d->arms[EXCESS].n > 0)
		sentence(b, "Beyond the noise", &r->d->arms[EXCESS]);
}

static void
not_judged(struct buf *b, const struct report *r)
{
	const struct totals *t = r->t;

	page_printf(b, "<h2>Not judged</h2>\n<p>%lld of %lld records</p>\n",
	    (long long)(t->records - r->d->compared), (long long)t->records);
	if (table_count(&t->reasons) == 0)
		return;
	page_put(b, "<div class=\"scroll\"><table><tr><th>why<th>records</tr>\n");
	for (size_t i = 0; i < table_count(&t->reasons); i++) {
		page_put(b, "<tr><td>");
		page_text(b, utf8_prefix(table_key(&t->reasons, i), 200));
		page_printf(b, "</td><td>%lld</td></tr>\n",
		    (long long)*(int64_t *)table_at(&t->reasons, i));
	}
	page_put(b, "</table></div>\n");
}

static void
compared(struct buf *b, const char *what, str was, str now)
{
	struct arena a = { 0 };

	if (was.len + now.len == 0)
		return;
	page_printf(b, "<p><small>%s</small> ", what);
	for (const struct word *w = words_compare(&a, was, now); w != NULL; w = w->next) {
		const char *tag = w->is == WORDS_GONE ? "del" :
		    w->is == WORDS_NEW                ? "ins" :
							"span";
		page_printf(b, "<%s>", tag);
		page_text(b, w->text);
		page_printf(b, "</%s> ", tag);
	}
	page_put(b, "</p>\n");
	arena_free(&a);
}

static void
worst(struct buf *b, const struct report *r)
{
	const struct worst *w;

	if (totals_worst(r->t, 0) == NULL)
		return;
	page_put(b, "<h2>Worst differences</h2>\n");
	for (size_t n = 0; n < (size_t)r->p->show && (w = totals_worst(r->t, n)) != NULL; n++) {
		page_put(b, "<div class=\"answer\"><p><code>");
		page_text(b, utf8_prefix(w->id, 100));
		page_put(b, "</code> ");
		page_text(b,
		    str_of(
			w->measure > 0 ? r->t->measures->of[w->measure].name : "other answer"));
		if (w->measure > 0 && w->fault.len > 0) {
			page_put(b, ": <span class=\"fail\">");
			page_text(b, utf8_prefix(w->fault, 200));
			page_put(b, "</span>");
		}
		page_put(b, "</p>\n");
		if (r->bodies) {
			compared(b, "calls", w->was_calls, w->now_calls);
			compared(b, "text", w->was, w->now);
		}
		page_put(b, "</div>\n");
	}
}

void
report_html(const struct report *r, size_t count, struct buf *b)
{
	page_open(b, "Model comparison");
	for (size_t i = 0; i < count; i++) {
		head(b, &r[i]);
		forest(b, &r[i]);
		checks(b, &r[i]);
		arms(b, &r[i]);
		not_judged(b, &r[i]);
		worst(b, &r[i]);
	}
	page_close(b);
}
