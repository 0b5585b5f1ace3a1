/* report_text.c - the comparison for a reader: the decision first. */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "diff.h"
#include "ui/term.h"

static void
models(const struct map *m)
{
	if (m->count > 1)
		printf("%zu models", m->count);
	else
		term_put(m->count > 0 ? utf8_prefix(map_key(m, 0), 80) : STR("unknown"));
}

void
report_points(double share)
{
	printf("%s%.1f", share < 0 ? term_sign("\u2212", "-") : "+", fabs(share) * 100);
}

static void
headline(const struct report *r, bool several)
{
	static const char *const colours[] = { "\033[1;32m", "\033[1;31m", "\033[1;33m",
		"\033[1;33m" };
	static const char *const words[] = { "PASS", "FAIL", "INCONCLUSIVE", "INCONCLUSIVE" };
	bool colour = term_colour();

	printf("%s%s%s  %s\n", colour ? colours[r->d->verdict] : "", words[r->d->verdict],
	    colour ? "\033[0m" : "", report_advice(r));
	if (r->t->file != NULL && several) {
		term_put(str_of(r->t->file));
		putchar('\n');
	}
	if (r->d->compared == 0 || r->t->old_models.count + r->t->new_models.count == 0)
		return;
	models(&r->t->old_models);
	printf(" %s ", term_sign("\u2192", "->"));
	models(&r->t->new_models);
	putchar('\n');
}

static void
range(const struct interval *ci)
{
	printf("95 %% [");
	report_points(ci->low);
	printf(", ");
	report_points(ci->high);
	putchar(']');
}

/* Shares in points, numbers as they are. */
static void
difference(const struct estimate *e, const char *what)
{
	char text[80];

	printf("  %s: ", what);
	if (e->share) {
		printf("%.1f %% %s %.1f %%, ", e->baseline * 100, term_sign("\u2192", "->"),
		    e->candidate * 100);
		report_points(e->diff);
		printf(" points, ");
		range(&e->ci);
	} else {
		printf("%.4g %s %.4g, %s (95 %%)", e->baseline, term_sign("\u2192", "->"),
		    e->candidate, report_range(e, text));
	}
	printf(", n = %lld pairs\n", (long long)e->n);
}

static void
how(const struct estimate *e)
{
	if (e->share)
		printf("  %lld regressed, %lld improved (McNemar exact p = %.2g)",
		    (long long)e->regressed, (long long)e->improved, e->p_mcnemar);
	else
		printf("  p = %.2g", e->p);
	if (e->share)
		printf("; margin %.1f points\n", e->margin * 100);
	else
		printf("; margin %.4g\n", e->margin);
	printf("  by %s", report_method(e->method));
	if (e->clusters < e->n)
		printf("; %lld session%s, p = %.2g, design effect %.2f", (long long)e->clusters,
		    e->clusters == 1 ? "" : "s", e->p, e->deff);
	putchar('\n');
}

static void
decided_by_checks(const struct report *r)
{
	const struct decision *d = r->d;
	const struct measure *of = r->t->measures->of;
	const struct estimate *e = &d->of[d->measure], *completed = &d->of[M_COMPLETED];

	if (e->n == 0)
		return;
	difference(
	    e, d->measure == M_ALL ? "answers that hold all checks" : of[d->measure].name);
	how(e);
	if (completed->n > 0 && completed->n < e->n)
		difference(completed, "the same where both answered");
	if (r->t->sequence != NULL) {
		struct sequence_end s = sequence_result(r->t->sequence);
		printf("  e-values after %lld rounds: %.3g that the loss is beyond the margin, "
		       "%.3g that it is not; 40 decides\n",
		    (long long)s.units, s.e_worse, s.e_safe);
		if (s.unfit)
			puts("  --sequential needs checks, or numbers from 0 to 1");
	}
	if (e->detect > 0)
		printf("  a true loss of %.1f points takes about %lld pairs to find (power "
		       "80 %%)\n",
		    r->p->detect * 100, (long long)e->detect);
}

static void
labels(const struct report *r)
{
	const struct corrected *c = &r->d->corrected;

	if (r->t->labels == NULL)
		return;
	printf("  labels: %lld of %lld pairs, kappa ", (long long)c->labelled, (long long)c->n);
	printf(isnan(c->kappa) ? "unknown" : "%.2f", c->kappa);
	if (c->labelled >= 2) {
		printf("; corrected: %.1f %% %s %.1f %%, ", c->baseline * 100,
		    term_sign("\u2192", "->"), c->candidate * 100);
		report_points(c->diff);
		printf(" points, ");
		range(&c->of_diff);
	}
	putchar('\n');
}

/* How often one arm gives the same answer. */
static void
agreement(const struct report *r, enum arm arm, const char *what)
{
	const struct group *g = &r->t->arms[arm];
	int64_t agree = agreeing(g), n = agree + g->levels[DIFFERENT] + g->levels[LOST];
	struct interval w = stat_wilson(agree, n);

	if (n == 0)
		return;
	printf("  %s: %lld of %lld (%.1f %%), 95 %% [%.1f, %.1f]", what, (long long)agree,
	    (long long)n, 100 * (double)agree / (double)n, w.low * 100, w.high * 100);
	if (r->p->min_agree >= 0 && arm == r->d->arm)
		printf("; asked for: %.1f %%", r->p->min_agree * 100);
	putchar('\n');
}

static void
arms(const struct report *r)
{
	bool baseline = r->t->arms[FIDELITY].compared > 0;

	agreement(r, RECORD, "same answer as the record");
	agreement(
	    r, DIFFERENCE, baseline ? "difference, candidate as the baseline" : "same answer");
	agreement(r, NOISE, "noise, baseline as itself again");
	agreement(r, FIDELITY, "fidelity, baseline as the record");
	const struct estimate *e = &r->d->arms[EXCESS];
	if (e->n == 0)
		return;
	printf("  beyond the noise: ");
	report_points(e->diff);
	printf(" points of same answers, ");
	range(&e->ci);
	putchar('\n');
}

static void
notes(const struct report *r)
{
	struct arena a = { 0 };
	str of[NOTES];
	size_t n = report_notes(r, &a, of);

	for (size_t i = 0; i < n; i++) {
		printf("  ");
		term_put(of[i]);
		putchar('\n');
	}
	arena_free(&a);
}

static void
not_judged(const struct report *r)
{
	const struct totals *t = r->t;
	int64_t out = t->records - r->d->compared;
	const struct group *g = &t->arms[r->d->arm];

	printf("\nNot judged: %lld of %lld records", (long long)out, (long long)t->records);
	if (t->records > 0)
		printf(" (%.1f %%)", 100 * (double)out / (double)t->records);
	putchar('\n');
	for (size_t i = 0; i < table_count(&t->reasons); i++) {
		printf("  %4lld  ", (long long)*(int64_t *)table_at(&t->reasons, i));
		term_put(utf8_prefix(table_key(&t->reasons, i), 200));
		putchar('\n');
	}
	if (g->levels[NO_BASELINE] > 0)
		printf("  %4lld  the record holds no answer to compare with\n",
		    (long long)g->levels[NO_BASELINE]);
	if (r->d->arm == DIFFERENCE && t->arms[RECORD].compared > 0)
		printf("  %4lld  there is no baseline for it\n",
		    (long long)t->arms[RECORD].compared);
	if (g->levels[LOST] > 0)
		printf("  Of those judged %lld got no answer from the candidate: counted as "
		       "failed.\n",
		    (long long)g->levels[LOST]);
	if (t->duplicates > 0)
		printf("  %lld records of OLD repeat a key: paired in their order.\n",
		    (long long)t->duplicates);
}

static void
check_row(const struct estimate *e, const char *name, bool information)
{
	char text[80], old[16], new[16];
	double unit = e->share ? 100 : 1;

	printf("%-26.26s %6lld ", name, (long long)e->n);
	snprintf(old, sizeof old, e->share ? "%.1f %%" : "%.5g", e->baseline * unit);
	snprintf(new, sizeof new, e->share ? "%.1f %%" : "%.5g", e->candidate * unit);
	printf("%8s %8s  %-24s %7.2g  %s\n", old, new, report_range(e, text), e->p,
	    information ? "" : verdict_names[e->verdict]);
}

static void
check_table(const struct report *r)
{
	const struct measures *all = r->t->measures;

	printf("\n%-26s %6s %8s %8s  %-24s %7s  %s\n", "Checks", "n", "before", "now",
	    "difference, 95 %", "p", "verdict");
	for (size_t m = 0; m < all->count; m++) {
		const struct estimate *e = &r->d->of[m];
		bool information = m > M_ALL && !measure_decides(all, m);
		if (e->n > 0)
			check_row(e, all->of[m].name, information);
		else if (all->of[m].asked)
			printf("%-26.26s %6d  %s\n", all->of[m].name, 0,
			    e->unknown > 0 ? "not-comparable" : "nothing to check");
	}
	bool drawn = false;
	for (size_t m = 0; m < all->count; m++)
		drawn |= r->d->of[m].n > 0 && strcmp(r->d->of[m].method, "bootstrap") == 0;
	if (drawn)
		printf("  intervals of numbers: paired bootstrap, %d rounds, seed %lld\n",
		    CLUSTER_ROUNDS, (long long)r->p->seed);
	for (size_t m = M_STATUS; m < all->count; m++)
		if (r->d->of[m].unknown > 0 && measure_decides(all, m))
			printf("  %s: unknown for %lld pairs\n", all->of[m].name,
			    (long long)r->d->of[m].unknown);
}

static void
level_table(const struct report *r)
{
	static const char *const meanings[] = { "identical to the byte",
		"same calls, arguments spelled otherwise", "same calls in another order",
		"same text but for blanks and Unicode form", "another answer", "no answer" };
	const struct group *g = &r->t->arms[r->d->arm];

	if (agreeing(g) + g->levels[DIFFERENT] + g->levels[LOST] == 0)
		return;
	puts(r->d->arm == RECORD ? "\nAnswers against the record" :
				   "\nAnswers against the baseline");
	for (enum level l = IDENTICAL; l <= LOST; l++)
		if (g->levels[l] > 0)
			printf("  %6lld  %s\n", (long long)g->levels[l], meanings[l]);
}

void
report_text(const struct report *r, bool several)
{
	headline(r, several);
	report_forest(r);
	if (r->d->compared > 0)
		putchar('\n');
	if (r->p->min_agree < 0)
		decided_by_checks(r);
	labels(r);
	arms(r);
	notes(r);
	not_judged(r);
	report_worst(r);
	check_table(r);
	level_table(r);
}
