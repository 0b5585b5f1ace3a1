/* report_markdown.c - the comparison for a pull request. */
#include <stdio.h>

#include "base/utf8.h"
#include "diff.h"

/* Text of a model inside a code span: nothing in it may end the span or the line. */
static void
code(str text)
{
	str shown = utf8_prefix(text, 160);

	putchar('`');
	for (size_t i = 0; i < shown.len; i++) {
		unsigned char c = (unsigned char)shown.at[i];
		putchar(c < ' ' || c == 0x7f ? ' ' : c == '`' ? '\'' : c);
	}
	printf(shown.len < text.len ? " ...`" : "`");
}

static void
check_rows(const struct decision *d)
{
	puts("\n| check | n | baseline | candidate | regressed | improved | difference, 95 % | "
	     "verdict |");
	puts("|---|--:|--:|--:|--:|--:|---|---|");
	for (enum check c = 0; c < CHECKS; c++) {
		const struct check_result *r = &d->checks[c];
		if (r->n == 0)
			printf("| %s | 0 | | | | | | nothing to check |\n", check_names[c]);
		else
			printf("| %s | %lld | %.1f %% | %.1f %% | %lld | %lld | %+.1f [%+.1f, "
			       "%+.1f] | %s |\n",
			    check_names[c], (long long)r->n, r->baseline * 100,
			    r->candidate * 100, (long long)r->regressed, (long long)r->improved,
			    r->difference * 100, r->interval.low * 100, r->interval.high * 100,
			    verdict_names[r->verdict]);
	}
}

static void
coverage_rows(const struct totals *t, const struct decision *d)
{
	printf("\n%lld of %lld records judged; same answer as the record: %lld",
	    (long long)d->compared, (long long)t->records, (long long)d->agree);
	if (d->compared > 0)
		printf(" (%.1f %%)", 100 * (double)d->agree / (double)d->compared);
	puts(".");
	for (size_t i = 0; i < t->reasons.count; i++) {
		printf("- %lld not judged: ", (long long)t->reason_counts[i]);
		code(map_key(&t->reasons, i));
		putchar('\n');
	}
	if (t->levels[LOST] > 0)
		printf("- %lld without an answer from the candidate: counted as failed\n",
		    (long long)t->levels[LOST]);
}

void
report_markdown(
    const struct totals *t, const struct policy *p, const struct decision *d, bool bodies)
{
	static const char *const marks[] = { "\u2705 pass", "\u274c fail",
		"\u2754 inconclusive" };
	const struct worst *w;

	printf("### Model comparison: %s\n", marks[d->verdict]);
	if (d->because != NULL)
		printf("\n%s\n", d->because);
	if (d->more > 0)
		printf("\nAbout %lld more pairs would decide it, if these rates hold.\n",
		    (long long)d->more);
	if (p->min_agree >= 0)
		printf("\nAsked for: %.1f %% the same answer as the record.\n",
		    p->min_agree * 100);
	check_rows(d);
	coverage_rows(t, d);
	if (totals_worst(t, 0) != NULL)
		puts("\n<details><summary>Worst differences</summary>\n");
	for (size_t n = 0; n < WORST && (w = totals_worst(t, n)) != NULL; n++) {
		printf("- ");
		code(w->id);
		printf(": %s ", w->check < CHECKS ? check_names[w->check] : "other answer");
		if (w->check < CHECKS && w->fault.len > 0)
			code(w->fault);
		putchar('\n');
		if (!bodies)
			continue;
		printf("  - was ");
		code(w->was);
		printf("\n  - now ");
		code(w->now);
		putchar('\n');
	}
	if (totals_worst(t, 0) != NULL)
		puts("\n</details>");
}
