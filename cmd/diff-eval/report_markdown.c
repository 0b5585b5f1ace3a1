/* report_markdown.c - the comparison for a pull request. */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "diff.h"

#define SLOTS 60

/* Text of a model inside a code span: nothing in it may end the span, the cell or the line. */
static void
code(str text)
{
	str shown = utf8_prefix(text, 160);

	putchar('`');
	for (size_t i = 0; i < shown.len; i++) {
		unsigned char c = (unsigned char)shown.at[i];
		putchar(c < ' ' || c == 0x7f || c == '|' ? ' ' : c == '`' ? '\'' : c);
	}
	printf(shown.len < text.len ? " ...`" : "`");
}

/* Words of ours with names from records in them: no markup, no second line. */
static void
plain(str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];
		if (strchr("\\`*_<>[]|#", c) != NULL && c != '\0')
			putchar('\\');
		putchar(c < ' ' ? ' ' : c);
	}
}

static void
row(const struct estimate *e, bool information)
{
	char range[80];

	if (e->n == 0)
		printf("0 | | | | | | %s |\n",
		    e->unknown > 0 ? "not-comparable" : "nothing to check");
	else if (e->share)
		printf("%lld | %.1f %% | %.1f %% | %lld | %lld | %s | %s |\n", (long long)e->n,
		    e->baseline * 100, e->candidate * 100, (long long)e->regressed,
		    (long long)e->improved, report_range(e, range),
		    information ? "" : verdict_names[e->verdict]);
	else
		printf("%lld | %.5g | %.5g | | | %s | %s |\n", (long long)e->n, e->baseline,
		    e->candidate, report_range(e, range),
		    information ? "" : verdict_names[e->verdict]);
}

static void
head(const char *first)
{
	printf("\n| %s | n | before | now | regressed | improved | difference, 95 %% | verdict "
	       "|\n|---|--:|--:|--:|--:|--:|---|---|\n",
	    first);
}

static void
check_rows(const struct report *r)
{
	const struct measures *all = r->t->measures;

	head("check");
	for (size_t m = 0; m < all->count; m++) {
		bool information = m > M_ALL && !measure_decides(all, m);
		if (r->d->of[m].n == 0 && !all->of[m].asked)
			continue;
		printf("| ");
		if (all->of[m].asked)
			code(str_of(all->of[m].name));
		else
			printf("%s", all->of[m].name);
		printf(" | ");
		row(&r->d->of[m], information);
	}
}

static void
slice_rows(const struct report *r)
{
	size_t order[SLOTS] = { 0 }, n = report_slices(r, order, SLOTS);

	head("slice");
	for (size_t i = 0; i < n; i++) {
		const struct group *g = totals_group(r->t, r->d->arm, order[i]);
		const struct estimate *e =
		    &r->d->slices[order[i] * r->t->measures->count + r->d->measure];
		printf("| ");
		code(slices_name(r->t->slices, order[i]));
		printf(" = ");
		code(slices_value(r->t->slices, order[i]));
		printf(" | ");
		if (e->n > 0 && e->verdict != VERDICT_NOT_COMPARABLE)
			row(e, false);
		else
			printf(
			    "%lld | | | | | %lld of %lld can be compared | not-comparable |\n",
			    (long long)e->n, (long long)g->compared, (long long)g->records);
	}
}

static void
coverage_rows(const struct report *r)
{
	const struct totals *t = r->t;
	int64_t lost = t->arms[r->d->arm].levels[LOST];

	printf("\n%lld of %lld records judged; same answer as the %s: %lld",
	    (long long)r->d->compared, (long long)t->records,
	    r->d->arm == RECORD ? "record" : "baseline", (long long)r->d->agree);
	if (r->d->compared > 0)
		printf(" (%.1f %%)", 100 * (double)r->d->agree / (double)r->d->compared);
	puts(".");
	for (size_t i = 0; i < table_count(&t->reasons); i++) {
		printf("- %lld not judged: ", (long long)*(int64_t *)table_at(&t->reasons, i));
		code(table_key(&t->reasons, i));
		putchar('\n');
	}
	if (lost > 0)
		printf("- %lld without an answer from the candidate: counted as failed\n",
		    (long long)lost);
}

static void
worst(const struct report *r)
{
	const struct worst *w;

	if (totals_worst(r->t, 0) == NULL)
		return;
	puts("\n<details><summary>Worst differences</summary>\n");
	for (size_t n = 0; n < (size_t)r->p->show && (w = totals_worst(r->t, n)) != NULL; n++) {
		bool calls = !str_eq(w->was_calls, w->now_calls);
		printf("- ");
		code(w->id);
		printf(": %s ",
		    w->measure > 0 ? r->t->measures->of[w->measure].name : "other answer");
		if (w->measure > 0 && w->fault.len > 0)
			code(w->fault);
		putchar('\n');
		if (!r->bodies)
			continue;
		printf("  - was ");
		code(calls || w->was.len == 0 ? w->was_calls : w->was);
		printf("\n  - now ");
		code(calls || w->now.len == 0 ? w->now_calls : w->now);
		putchar('\n');
	}
	puts("\n</details>");
}

static void
notes(const struct report *r)
{
	struct arena a = { 0 };
	str of[NOTES];
	size_t n = report_notes(r, &a, of);

	putchar('\n');
	for (size_t i = 0; i < n; i++) {
		printf("- ");
		plain(of[i]);
		putchar('\n');
	}
	arena_free(&a);
}

void
report_markdown(const struct report *r)
{
	static const char *const marks[] = { "\u2705 pass", "\u274c fail",
		"\u2754 inconclusive", "\u2754 inconclusive" };
	const struct estimate *e = &r->d->of[r->d->measure];

	printf("### Model comparison: %s\n", marks[r->d->verdict]);
	if (r->t->file != NULL) {
		putchar('\n');
		code(str_of(r->t->file));
		putchar('\n');
	}
	printf("\n%s\n", report_advice(r));
	notes(r);
	if (r->p->min_agree >= 0)
		printf("\nAsked for: %.1f %% the same answer.\n", r->p->min_agree * 100);
	slice_rows(r);
	check_rows(r);
	printf("\nMargin %.3g%s, by %s.\n", e->share ? e->margin * 100 : e->margin,
	    e->share ? " points" : "", report_method(e->method));
	coverage_rows(r);
	worst(r);
}
