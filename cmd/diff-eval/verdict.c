/* verdict.c - from estimates to one decision for each candidate.
 *
 * The share of answers that hold all checks, candidate against baseline over the same
 * requests: pass when the interval of the difference lies above minus the margin, fail
 * when it lies below, else inconclusive.  Nothing passes on a part of the data that may be
 * biased, nor against the record alone: a model often agrees with its own past less than
 * one thinks. */
#include "diff.h"

#include <stdlib.h>

#include "base/mem.h"

const char *const verdict_names[] = { "pass", "fail", "inconclusive", "not-comparable", NULL };

#define COVERAGE 0.9 /* below this share judged, a pass is not given */
#define HALF     0.5
#define TRAFFIC  0.1 /* so much in slices that cannot be compared takes a pass away */

int64_t
agreeing(const struct group *g)
{
	int64_t n = 0;

	for (enum level l = IDENTICAL; l < DIFFERENT; l++)
		n += g->levels[l];
	return n;
}

static int64_t
answered(const struct group *g)
{
	return agreeing(g) + g->levels[DIFFERENT] + g->levels[LOST];
}

/* What says that the records are not all there? */
static const char *
partial(const struct totals *t)
{
	if (t->replayed == 0 || t->policy->allow_partial)
		return NULL;
	if (t->sequence != NULL && t->run_lines == 0) {
		struct sequence_end end = sequence_result(t->sequence);
		if (end.worse || end.safe)
			return NULL; /* we ended it ourselves */
	}
	if (str_is(t->run.stopped, "judge"))
		return "the judge was stopped before its end (--allow-partial)";
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

/* Does this measure take part in the decision? "All checks" where there are any, or the one
 * that labels correct; and each number asked for by itself. */
static bool
deciding(const struct totals *t, const struct decision *d, size_t m)
{
	const struct measures *all = t->measures;
	bool any = false;

	if (all->of[m].asked && all->of[m].number)
		return true;
	if (d->corrected.labelled >= 2)
		return m == d->corrected.measure;
	for (size_t i = M_STATUS; i < all->count; i++)
		any |= measure_decides(all, i) && !all->of[i].number;
	return m == M_ALL && any && d->of[M_ALL].n + d->of[M_ALL].unknown > 0;
}

static enum verdict
by_agreement(const struct decision *d, double min, int64_t n)
{
	if (n == 0)
		return VERDICT_INCONCLUSIVE;
	return (double)d->agree >= min * (double)n - 1e-9 ? VERDICT_PASS : VERDICT_FAIL;
}

/* The worst that any deciding measure says. */
static enum verdict
by_checks(const struct totals *t, struct decision *d)
{
	enum verdict v = VERDICT_PASS;
	bool any = false;

	for (size_t m = t->measures->count; m-- > 0;) {
		if (!deciding(t, d, m))
			continue;
		d->measure = m;
		any = true;
		if (d->of[m].verdict == VERDICT_FAIL)
			v = VERDICT_FAIL;
		else if (d->of[m].verdict != VERDICT_PASS && v != VERDICT_FAIL)
			v = VERDICT_INCONCLUSIVE;
	}
	return any ? v : VERDICT_INCONCLUSIVE;
}

/* A slice of which most could not be compared says nothing, whatever the rest looks like. */
static void
estimate_slice(const struct totals *t, struct decision *d, size_t slot)
{
	const struct group *g = totals_group(t, d->arm, slot);
	struct estimate *of = &d->slices[slot * t->measures->count];

	if (g == NULL)
		return;
	estimate_all(t, g, false, of);
	for (size_t m = 0; m < t->measures->count; m++) {
		if ((double)g->compared < HALF * (double)g->records)
			of[m].verdict = VERDICT_NOT_COMPARABLE;
		else if ((double)g->compared < COVERAGE * (double)g->records &&
		    of[m].verdict == VERDICT_PASS)
			of[m].verdict = VERDICT_INCONCLUSIVE;
	}
}

static void
estimate_groups(struct arena *a, const struct totals *t, struct decision *d)
{
	size_t measures = t->measures->count;

	d->arm = t->arms[DIFFERENCE].compared == 0 && t->arms[RECORD].compared > 0 ? RECORD :
										     DIFFERENCE;
	d->of = ARENA_ARRAY(a, struct estimate, measures);
	estimate_all(t, &t->arms[d->arm], true, d->of);
	for (enum arm arm = 0; arm < ARMS; arm++)
		d->arms[arm] = estimate_of(t, &t->arms[arm], M_ALL);
	d->slots = table_count(&t->slices->values);
	d->slices = ARENA_ARRAY(a, struct estimate, d->slots * measures + 1);
	for (size_t slot = 0; slot < d->slots; slot++)
		estimate_slice(t, d, slot);
}

/* The p of one measure in all slices of all candidates are one family; so are those of the
 * candidates as a whole. */
static void
adjust(size_t measures, struct decision *d, size_t count)
{
	size_t slots = d[0].slots;
	double *p = mem_new((count * slots + count + 1) * sizeof *p);

	for (size_t m = 0; m < measures; m++) {
		for (size_t i = 0; i < count; i++) {
			p[i] = d[i].of[m].p;
			for (size_t s = 0; s < slots; s++)
				p[count + i * slots + s] = d[i].slices[s * measures + m].n > 0 ?
				    d[i].slices[s * measures + m].p :
				    (double)NAN;
		}
		stat_holm(p, count);
		stat_holm(p + count, count * slots);
		for (size_t i = 0; i < count; i++) {
			d[i].of[m].p_holm = p[i];
			for (size_t s = 0; s < slots; s++)
				d[i].slices[s * measures + m].p_holm = p[count + i * slots + s];
		}
	}
	free(p);
}

/* One of many that looks bad by chance does not fail. */
static void
temper(const struct totals *t, struct decision *d, size_t count)
{
	size_t measures = t->measures->count;

	for (size_t m = 0; m < measures; m++) {
		if (count > 1 && d->of[m].verdict == VERDICT_FAIL && d->of[m].p_holm > 0.05)
			d->of[m].verdict = VERDICT_INCONCLUSIVE;
		for (size_t s = 0; s < d->slots; s++) {
			struct estimate *e = &d->slices[s * measures + m];
			if (e->verdict == VERDICT_FAIL && e->p_holm > 0.05)
				e->verdict = VERDICT_INCONCLUSIVE;
		}
	}
}

/* A slice that goes the other way than the whole. */
static void
find_flips(const struct totals *t, struct decision *d)
{
	double all = d->of[d->measure].diff;

	for (int certain = 1; certain >= 0; certain--)
		for (size_t s = 0; s < d->slots && d->flip_count < FLIPS; s++) {
			const struct estimate *e =
			    &d->slices[s * t->measures->count + d->measure];
			bool sure = e->ci.low > 0 || e->ci.high < 0;
			if (e->n > 0 && e->diff * all < 0 && sure == certain)
				d->flips[d->flip_count++] = (struct flip){ s, sure };
		}
}

static void
count_slices(const struct totals *t, struct decision *d, double *dark)
{
	size_t measures = t->measures->count;

	*dark = 0;
	for (size_t s = 0; s < d->slots; s++) {
		const struct group *g = totals_group(t, d->arm, s);
		bool failed = false;
		for (size_t m = 0; m < measures; m++)
			failed |= deciding(t, d, m) &&
			    d->slices[s * measures + m].verdict == VERDICT_FAIL;
		d->slice_failed += failed;
		if (g != NULL &&
		    d->slices[s * measures + d->measure].verdict == VERDICT_NOT_COMPARABLE)
			*dark = fmax(*dark, (double)g->records / (double)t->records);
	}
}

/* What takes a pass away; NULL: nothing does. */
static const char *
objection(const struct totals *t, struct decision *d, double dark)
{
	const char *why = partial(t);

	if (t->arms[d->arm].compared == 0)
		return "there is nothing to compare";
	if (why != NULL)
		return why;
	if (dark > TRAFFIC)
		return "a slice with more than a tenth of the records cannot be compared";
	if (d->coverage < COVERAGE)
		return "more than a tenth of the records could not be judged";
	if (d->arm == RECORD && t->policy->min_agree < 0)
		return "the record alone is no baseline: nobody knows how often the old model "
		       "agrees with its own past";
	return NULL;
}

/* Labels take the judge's errors out of what they are about. */
static void
correct(const struct totals *t, struct decision *d)
{
	if (t->labels == NULL)
		return;
	d->corrected = labels_result(t->labels);
	size_t m = d->corrected.measure;
	if (d->corrected.labelled < 2)
		return;
	struct estimate *e = &d->of[m];
	e->method = "ppi";
	e->ci = d->corrected.of_diff;
	e->verdict = e->ci.low > -e->margin ? VERDICT_PASS :
	    e->ci.high < -e->margin         ? VERDICT_FAIL :
					      VERDICT_INCONCLUSIVE;
}

static void
conclude(const struct totals *t, struct decision *d)
{
	const struct group *g = &t->arms[d->arm];
	double dark;

	d->compared = g->compared;
	d->agree = agreeing(g);
	d->agreement = stat_wilson(d->agree, answered(g));
	d->coverage = t->records > 0 ? (double)d->compared / (double)t->records : 0;
	d->verdict = by_checks(t, d);
	if (t->policy->min_agree >= 0)
		d->verdict = by_agreement(d, t->policy->min_agree, answered(g));
	find_flips(t, d);
	count_slices(t, d, &dark);
	const char *why = objection(t, d, dark);
	if (d->verdict == VERDICT_PASS && why != NULL)
		d->verdict = VERDICT_INCONCLUSIVE;
	if (d->verdict != VERDICT_FAIL)
		d->because = why;
	if (t->policy->fail_slice && d->slice_failed > 0 && d->verdict != VERDICT_FAIL) {
		d->verdict = VERDICT_FAIL;
		d->because = "a slice fails (--fail-slice)";
	}
	if (d->verdict == VERDICT_INCONCLUSIVE && t->policy->min_agree < 0 &&
	    d->of[d->measure].verdict == VERDICT_INCONCLUSIVE)
		d->more = d->of[d->measure].more;
}

void
decide(struct arena *a, const struct totals *t, size_t count, struct decision *d)
{
	for (size_t i = 0; i < count; i++) {
		d[i] = (struct decision){ .verdict = VERDICT_INCONCLUSIVE };
		estimate_groups(a, &t[i], &d[i]);
		correct(&t[i], &d[i]);
	}
	adjust(t->measures->count, d, count);
	for (size_t i = 0; i < count; i++) {
		temper(&t[i], &d[i], count);
		conclude(&t[i], &d[i]);
	}
}
