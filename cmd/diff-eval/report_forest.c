/* report_forest.c - the slices for a reader, each with its interval as a picture. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "diff.h"
#include "ui/term.h"

#define PLOT  25 /* columns, an odd number: the middle one is no difference */
#define SLOTS 400

static const struct report *sorting;

static const struct estimate *
estimate_at(const struct report *r, size_t slot)
{
	return &r->d->slices[slot * r->t->measures->count + r->d->measure];
}

/* By dimension; in it those that fail first, then those with the lowest interval. */
static int
by_gravity(const void *a, const void *b)
{
	const size_t *x = a, *y = b;
	size_t dx = slices_dim(sorting->t->slices, *x), dy = slices_dim(sorting->t->slices, *y);
	const struct estimate *e = estimate_at(sorting, *x), *f = estimate_at(sorting, *y);
	bool ex = e->n > 0, fy = f->n > 0;

	if (dx != dy)
		return dx < dy ? -1 : 1;
	if ((e->verdict == VERDICT_FAIL) != (f->verdict == VERDICT_FAIL))
		return e->verdict == VERDICT_FAIL ? -1 : 1;
	if (ex != fy)
		return ex ? -1 : 1;
	if (ex && e->diff != f->diff)
		return e->diff < f->diff ? -1 : 1;
	return (*x > *y) - (*x < *y);
}

size_t
report_slices(const struct report *r, size_t *order, size_t room)
{
	size_t n = 0;

	for (size_t slot = 0; slot < r->d->slots && n < room; slot++) {
		if (totals_group(r->t, r->d->arm, slot) != NULL)
			order[n++] = slot;
	}
	sorting = r;
	qsort(order, n, sizeof *order, by_gravity);
	return n;
}

/* Half of the width of the picture: the farthest end of an interval, rounded up. */
static double
scale_of(const struct report *r, const size_t *order, size_t n)
{
	static const double steps[] = { .01, .02, .05, .1, .2, .5, 1 };
	double far = 0;
	size_t i = 0;

	for (size_t k = 0; k < n; k++) {
		const struct estimate *e = estimate_at(r, order[k]);
		if (e->n > 0 && isfinite(e->ci.low))
			far = fmax(far, fmax(-e->ci.low, e->ci.high));
	}
	while (i < 6 && steps[i] < far)
		i++;
	return far > 1 ? far : steps[i];
}

static int
column(double x, double scale)
{
	double at = (x / scale + 1) / 2 * (PLOT - 1) + 0.5;

	return at < 0 ? 0 : at > PLOT - 1 ? PLOT - 1 : (int)at;
}

static void
plot(const struct estimate *e, double scale)
{
	int low = column(e->ci.low, scale), high = column(e->ci.high, scale),
	    at = column(e->diff, scale);

	for (int i = 0; i < PLOT; i++)
		if (i == at)
			printf("%s", term_sign("\u25cf", "o"));
		else if (i == PLOT / 2)
			printf("%s",
			    i > low && i < high ? term_sign("\u253c", "+") :
						  term_sign("\u2502", "|"));
		else if (i >= low && i <= high)
			printf("%s", term_sign("\u2500", "-"));
		else
			putchar(' ');
}

static void
row(const struct report *r, size_t slot, double scale)
{
	const struct estimate *e = estimate_at(r, slot);
	const struct group *g = totals_group(r->t, r->d->arm, slot);
	str value = utf8_prefix(slices_value(r->t->slices, slot), 40);
	size_t width = utf8_count(value);
	char range[80];

	printf("    ");
	term_put(value);
	printf("%*s%6lld ", (int)(width < 22 ? 22 - width : 1), "", (long long)e->n);
	if (e->n == 0 || e->verdict == VERDICT_NOT_COMPARABLE) {
		printf("%*s%s: %lld of %lld can be compared\n", PLOT + 3, "",
		    verdict_names[e->n == 0 ? VERDICT_NOT_COMPARABLE : e->verdict],
		    (long long)g->compared, (long long)g->records);
		return;
	}
	putchar(' ');
	plot(e, scale);
	printf("  %-22s %8.2g  %s\n", report_range(e, range), e->p_holm,
	    verdict_names[e->verdict]);
}

void
report_forest(const struct report *r)
{
	size_t order[SLOTS] = { 0 }, n = report_slices(r, order, SLOTS);
	const struct slices *s = r->t->slices;
	double scale = scale_of(r, order, n);
	bool share = n == 0 || estimate_at(r, order[0])->share;
	char left[32], right[32];

	if (n == 0)
		return;
	snprintf(
	    left, sizeof left, "%s%g", term_sign("\u2212", "-"), scale * (share ? 100 : 1));
	snprintf(right, sizeof right, "+%g", scale * (share ? 100 : 1));
	printf("\n%-26s %6s  %s%*s%s  %-22s %8s  %s\n", "Slices", "n", left,
	    PLOT - (int)(utf8_count(str_of(left)) + strlen(right)), "", right,
	    "difference, 95 %", "p (Holm)", "verdict");
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || slices_dim(s, order[i]) != slices_dim(s, order[i - 1])) {
			printf("  ");
			term_put(slices_name(s, order[i]));
			putchar('\n');
		}
		row(r, order[i], scale);
	}
	if (r->d->slots > SLOTS)
		printf("    and %zu more (--format=json has them all)\n", r->d->slots - SLOTS);
}
