/* verdict.c - from counts to one decision.
 *
 * The share of answers that hold all checks, candidate against baseline over the same
 * requests: pass when the interval of the difference lies above minus the margin, fail
 * when it lies below, else inconclusive.  Nothing passes on a part of the data that may
 * be biased. */
#include <math.h>

#include "diff.h"

const char *const verdict_names[] = { "pass", "fail", "inconclusive", NULL };

#define COVERAGE 0.9 /* below this share judged, a pass is not given */

static void
judge_check(const struct tally *t, double margin, struct check_result *r)
{
	const struct pairs2 *x = &t->table;
	double n = (double)(x->both + x->first + x->second + x->neither);

	*r = (struct check_result){ .n = (int64_t)n,
		.unknown = t->unknown,
		.regressed = x->second,
		.improved = x->first,
		.baseline = NAN,
		.candidate = NAN,
		.difference = NAN,
		.p = NAN,
		.interval = { NAN, NAN },
		.verdict = VERDICT_INCONCLUSIVE };
	if (r->n == 0)
		return;
	r->baseline = (double)(x->both + x->second) / n;
	r->candidate = (double)(x->both + x->first) / n;
	r->difference = (double)(x->first - x->second) / n;
	r->interval = stat_newcombe(*x);
	r->p = stat_mcnemar(x->second, x->first);
	if (r->interval.low > -margin)
		r->verdict = VERDICT_PASS;
	else if (r->interval.high < -margin)
		r->verdict = VERDICT_FAIL;
}

/* Pairs that would decide, if the rates seen so far are the true ones: enough for the
 * interval to clear the margin with 80 % power, and for an empty table to do so at all. */
static int64_t
still_needed(const struct check_result *r, double margin)
{
	if (r->n == 0 || !(margin > 0))
		return 0;
	double n = (double)r->n, room = fabs(r->difference + margin);
	double disc = (double)(r->regressed + r->improved) / n;
	double least = STAT_Z95 * STAT_Z95 * (1 - margin) / margin;
	double z = STAT_Z95 + STAT_Z80;
	double need =
	    room > 0 ? z * z * (disc - r->difference * r->difference) / (room * room) : 0;
	if (room <= 0 || need > 1e12)
		return 0;
	need = fmax(need, least);
	return need > n ? (int64_t)ceil(need - n) : 1;
}

/* What says that the records are not all there? */
static const char *
partial(const struct totals *t)
{
	if (t->replayed == 0)
		return NULL;
	if (t->run_lines == 0)
		return "the replay's last line, its run record, is missing: it may be cut off "
		       "(--allow-partial)";
	if (t->run.stopped.len > 0)
		return "the replay was stopped before its end (--allow-partial)";
	if (t->run.planned != t->replayed)
		return "the replay planned another number of records than are here "
		       "(--allow-partial)";
	return NULL;
}

static enum verdict
by_agreement(const struct decision *d, double min)
{
	if (d->compared == 0)
		return VERDICT_INCONCLUSIVE;
	return (double)d->agree >= min * (double)d->compared - 1e-9 ? VERDICT_PASS :
								      VERDICT_FAIL;
}

void
decide(const struct totals *t, const struct policy *p, struct decision *d)
{
	*d = (struct decision){ .verdict = VERDICT_INCONCLUSIVE };
	for (enum check c = 0; c < CHECKS; c++)
		judge_check(&t->checks[c], p->margin, &d->checks[c]);
	for (enum level l = IDENTICAL; l <= LOST; l++)
		d->compared += t->levels[l];
	for (enum level l = IDENTICAL; l < DIFFERENT; l++)
		d->agree += t->levels[l];
	d->agreement = stat_wilson(d->agree, d->compared);
	d->coverage = t->records > 0 ? (double)d->compared / (double)t->records : 0;
	d->verdict =
	    p->min_agree >= 0 ? by_agreement(d, p->min_agree) : d->checks[CHECK_ALL].verdict;

	if (d->compared == 0)
		d->because = "there is nothing to compare";
	else if (!p->allow_partial && partial(t) != NULL)
		d->because = partial(t);
	else if (d->coverage < COVERAGE)
		d->because = "more than a tenth of the records could not be judged";
	if (d->because != NULL && d->verdict == VERDICT_PASS)
		d->verdict = VERDICT_INCONCLUSIVE;
	if (d->verdict == VERDICT_INCONCLUSIVE && p->min_agree < 0)
		d->more = still_needed(&d->checks[CHECK_ALL], p->margin);
}
