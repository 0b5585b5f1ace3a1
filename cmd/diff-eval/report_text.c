/* report_text.c - the comparison for a reader: the decision first. */
#include <math.h>
#include <stdio.h>

#include "base/utf8.h"
#include "diff.h"
#include "ui/term.h"

#define WIDTH 92

static void
models(const struct map *m)
{
	if (m->count > 1)
		printf("%zu models", m->count);
	else
		term_put(m->count > 0 ? utf8_prefix(map_key(m, 0), 80) : STR("unknown"));
}

static void
headline(const struct totals *t, const struct policy *p, const struct decision *d)
{
	static const char *const colours[] = { "\033[1;32m", "\033[1;31m", "\033[1;33m" };
	static const char *const words[] = { "PASS", "FAIL", "INCONCLUSIVE" };
	static const char *const advice[] = { "no loss beyond the margin, by these checks",
		"do not switch: the candidate is worse", "not decided" };
	static const char *const agreeing[] = { "the answers agree with the record",
		"the answers do not agree with the record", "not decided" };
	bool colour = term_colour();

	printf("%s%s%s  %s\n", colour ? colours[d->verdict] : "", words[d->verdict],
	    colour ? "\033[0m" : "", (p->min_agree >= 0 ? agreeing : advice)[d->verdict]);
	if (d->compared == 0)
		return;
	models(&t->old_models);
	printf(" %s ", term_sign("\u2192", "->"));
	models(&t->new_models);
	puts("\n");
}

static void
points(double share)
{
	printf("%s%.1f", share < 0 ? term_sign("\u2212", "-") : "+", fabs(share) * 100);
}

static void
decided_by_checks(const struct policy *p, const struct decision *d)
{
	const struct check_result *r = &d->checks[CHECK_ALL];

	if (r->n == 0)
		return;
	printf("  answers that hold all checks: %.1f %% %s %.1f %%, ", r->baseline * 100,
	    term_sign("\u2192", "->"), r->candidate * 100);
	points(r->difference);
	printf(" points, 95 %% [");
	points(r->interval.low);
	printf(", ");
	points(r->interval.high);
	printf("], n = %lld pairs\n", (long long)r->n);
	printf("  %lld regressed, %lld improved (McNemar exact p = %.2g); margin %.1f points "
	       "(Newcombe)\n",
	    (long long)r->regressed, (long long)r->improved, r->p, p->margin * 100);
}

static void
agreement(const struct decision *d, const struct policy *p)
{
	if (d->compared == 0)
		return;
	printf("  same answer as the record: %lld of %lld (%.1f %%), 95 %% [%.1f, %.1f]",
	    (long long)d->agree, (long long)d->compared,
	    100 * (double)d->agree / (double)d->compared, d->agreement.low * 100,
	    d->agreement.high * 100);
	if (p->min_agree >= 0)
		printf("; asked for: %.1f %%", p->min_agree * 100);
	putchar('\n');
}

static void
not_judged(const struct totals *t, const struct decision *d)
{
	int64_t out = t->records - d->compared;

	printf("\nNot judged: %lld of %lld records", (long long)out, (long long)t->records);
	if (t->records > 0)
		printf(" (%.1f %%)", 100 * (double)out / (double)t->records);
	putchar('\n');
	for (size_t i = 0; i < t->reasons.count; i++) {
		printf("  %4lld  ", (long long)t->reason_counts[i]);
		term_put(utf8_prefix(map_key(&t->reasons, i), 200));
		putchar('\n');
	}
	if (t->levels[NO_BASELINE] > 0)
		printf("  %4lld  the record holds no answer to compare with\n",
		    (long long)t->levels[NO_BASELINE]);
	if (t->levels[LOST] > 0)
		printf("  Of those judged %lld got no answer from the candidate: counted as "
		       "failed.\n",
		    (long long)t->levels[LOST]);
	if (t->duplicates > 0)
		printf("  %lld records of OLD repeat a key: paired in their order.\n",
		    (long long)t->duplicates);
}

/* Where two texts part, a little before it, so that the difference is in sight. */
static size_t
parting(str a, str b)
{
	size_t n = 0, back;

	while (n < a.len && n < b.len && a.at[n] == b.at[n])
		n++;
	back = n > 40 ? n - 40 : 0;
	if (n < WIDTH - 24)
		back = 0;
	while (
	    back > 0 && ((unsigned char)a.at[back < a.len ? back : a.len - 1] & 0xc0) == 0x80)
		back--;
	return back;
}

static void
quote(const char *label, str text, size_t from, const char *empty)
{
	printf("       %s  ", label);
	if (text.len == 0) {
		puts(empty);
		return;
	}
	if (from > 0)
		printf("%s", term_sign("\u2026", "..."));
	str shown = utf8_prefix(str_from(text, from), WIDTH - 14);
	term_put(shown);
	puts(shown.len + from < text.len ? term_sign("\u2026", "...") : "");
}

static void
show_worst(const struct totals *t, bool bodies)
{
	const struct worst *w;

	if (totals_worst(t, 0) == NULL)
		return;
	puts("\nWorst differences");
	for (size_t n = 0; n < WORST && (w = totals_worst(t, n)) != NULL; n++) {
		const char *what = w->check < CHECKS ? check_names[w->check] : "other answer";
		printf("  %zu. ", n + 1);
		term_put(utf8_prefix(w->id, 100));
		if (w->session.len > 0) {
			printf(" (session ");
			term_put(utf8_prefix(w->session, 60));
			putchar(')');
		}
		printf(": %s", what);
		if (w->check < CHECKS && w->fault.len > 0) {
			printf(": ");
			term_put(utf8_prefix(w->fault, 120));
		}
		putchar('\n');
		if (!bodies)
			continue;
		size_t from = parting(w->was, w->now);
		quote("was", w->was, from < w->was.len ? from : 0, "(nothing)");
		quote("now", w->now, from < w->now.len ? from : 0, "(no answer)");
	}
}

static void
check_table(const struct decision *d)
{
	printf("\n%-16s %6s %9s %9s %9s %8s  %-24s %7s  %s\n", "Checks", "n", "baseline",
	    "candidate", "regressed", "improved", "difference, 95 %", "p", "verdict");
	for (enum check c = 0; c < CHECKS; c++) {
		const struct check_result *r = &d->checks[c];
		printf("%-16s %6lld ", check_names[c], (long long)r->n);
		if (r->n == 0) {
			puts("  nothing to check");
			continue;
		}
		char range[64];
		snprintf(range, sizeof range, "%+.1f [%+.1f, %+.1f]", r->difference * 100,
		    r->interval.low * 100, r->interval.high * 100);
		printf("%7.1f %% %7.1f %% %9lld %8lld  %-24s %7.2g  %s\n", r->baseline * 100,
		    r->candidate * 100, (long long)r->regressed, (long long)r->improved, range,
		    r->p, verdict_names[r->verdict]);
	}
	for (enum check c = CHECK_STATUS; c < CHECKS; c++)
		if (d->checks[c].unknown > 0)
			printf("  %s: unknown for %lld pairs\n", check_names[c],
			    (long long)d->checks[c].unknown);
}

static void
level_table(const struct totals *t)
{
	static const char *const meanings[] = { "identical to the byte",
		"same calls, arguments spelled otherwise", "same calls in another order",
		"same text but for blanks and Unicode form", "another answer", "no answer" };

	puts("\nAnswers against the record");
	for (enum level l = IDENTICAL; l <= LOST; l++)
		if (t->levels[l] > 0)
			printf("  %6lld  %s\n", (long long)t->levels[l], meanings[l]);
}

void
report_text(
    const struct totals *t, const struct policy *p, const struct decision *d, bool bodies)
{
	headline(t, p, d);
	if (p->min_agree < 0)
		decided_by_checks(p, d);
	agreement(d, p);
	if (d->because != NULL)
		printf("  %s\n", d->because);
	if (d->more > 0)
		printf("  about %lld more pairs would decide it, if these rates hold\n",
		    (long long)d->more);
	not_judged(t, d);
	show_worst(t, bodies);
	check_table(d);
	level_table(t);
}
