/* report_junit.c - the comparison as JUnit XML: a suite per candidate, a case per check and
 * slice.  What does not decide is skipped, what fails fails. */
#include "diff.h"
#include "ui/page.h"

static void
figures(struct buf *b, const struct estimate *e)
{
	double unit = e->share ? 100 : 1;
	char range[80];

	if (e->n == 0) {
		page_printf(b, "n = 0, %lld unknown", (long long)e->unknown);
		return;
	}
	page_printf(b, "n = %lld, %.4g to %.4g, difference %s, p = %.3g, %s", (long long)e->n,
	    e->baseline * unit, e->candidate * unit, report_range(e, range), e->p, e->method);
}

/* fails: it counts against the build; else a fail is only told. */
static void
test_case(struct buf *b, str suite, str name, const struct estimate *e, enum verdict v,
    bool fails, const char *because)
{
	page_put(b, "  <testcase classname=\"");
	page_text(b, suite);
	page_put(b, "\" name=\"");
	page_text(b, name);
	page_put(b, "\">");
	if (v == VERDICT_FAIL && fails) {
		page_put(b, "<failure message=\"");
		figures(b, e);
		page_put(b, "\"/>");
	} else if (v != VERDICT_PASS) {
		page_put(b, "<skipped message=\"");
		page_printf(b, "%s: ", verdict_names[v]);
		page_text(b, str_of(because != NULL ? because : ""));
		page_put(b, because != NULL ? "; " : "");
		figures(b, e);
		page_put(b, "\"/>");
	} else {
		page_put(b, "<system-out>");
		figures(b, e);
		page_put(b, "</system-out>");
	}
	page_put(b, "</testcase>\n");
}

struct counts {
	size_t cases, failures, skipped;
};

static void
count(struct counts *c, enum verdict v, bool fails)
{
	c->cases++;
	c->failures += v == VERDICT_FAIL && fails;
	c->skipped += v != VERDICT_PASS && !(v == VERDICT_FAIL && fails);
}

static void
slice_cases(const struct report *r, struct buf *b, struct counts *c)
{
	const struct measures *all = r->t->measures;
	struct arena a = { 0 };

	for (size_t slot = 0; slot < r->d->slots; slot++) {
		const struct group *g = totals_group(r->t, r->d->arm, slot);
		const struct estimate *e = &r->d->slices[slot * all->count + r->d->measure];
		if (g == NULL)
			continue;
		enum verdict v = e->n == 0 ? VERDICT_NOT_COMPARABLE : e->verdict;
		str name = slices_name(r->t->slices, slot),
		    value = slices_value(r->t->slices, slot);
		count(c, v, r->p->fail_slice);
		test_case(b, STR("diff-eval.slices"),
		    arena_printf(&a, "%.*s=%.*s", STR_F(name), STR_F(value)), e, v,
		    r->p->fail_slice, NULL);
	}
	arena_free(&a);
}

static void
suite(const struct report *r, struct buf *b, size_t number)
{
	const struct measures *all = r->t->measures;
	const struct estimate *e = &r->d->of[r->d->measure];
	struct counts c = { 0 };
	struct buf cases = { 0 };

	count(&c, r->d->verdict, true);
	test_case(
	    &cases, STR("diff-eval"), STR("decision"), e, r->d->verdict, true, r->d->because);
	for (size_t m = M_STATUS; m < all->count; m++) {
		if (!measure_decides(all, m) || r->d->of[m].n + r->d->of[m].unknown == 0)
			continue;
		count(&c, r->d->of[m].verdict, false);
		test_case(&cases, STR("diff-eval.checks"), str_of(all->of[m].name),
		    &r->d->of[m], r->d->of[m].verdict, false, NULL);
	}
	slice_cases(r, &cases, &c);
	page_printf(b, " <testsuite name=\"candidate %zu", number + 1);
	if (r->t->new_models.count == 1) {
		page_put(b, ": ");
		page_text(b, map_key(&r->t->new_models, 0));
	}
	page_printf(b, "\" tests=\"%zu\" failures=\"%zu\" skipped=\"%zu\" errors=\"0\">\n",
	    c.cases, c.failures, c.skipped);
	buf_add(b, buf_str(&cases));
	page_put(b, " </testsuite>\n");
	buf_free(&cases);
}

void
report_junit(const struct report *r, size_t count_of, struct buf *b)
{
	page_put(
	    b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"diff-eval\">\n");
	for (size_t i = 0; i < count_of; i++)
		suite(&r[i], b, i);
	page_put(b, "</testsuites>\n");
}
