/* estimate.c - from the sums of a group to a difference with its interval and a verdict.
 *
 * Answers that pass or fail: Newcombe's interval and the exact test of McNemar where every
 * pair stands for itself.  Where a session has several pairs they are not independent: the
 * difference, give or take t times its clustered standard error (CR1); where too few
 * sessions show any difference for that, Newcombe's interval for as many independent pairs
 * as these tell as much as (Korn, Graubard 1998).  Numbers: the paired bootstrap of
 * sessions. */
#include "diff.h"

#define LIVELY   10  /* sessions with a difference that a normal law needs */
#define FEW      10  /* sessions of which a bootstrap tells too little to decide */
#define COVERAGE 0.9 /* below this share known, a pass is not given */
#define HALF     0.5 /* below this, nothing is said */

static bool
informs(const struct measure *m)
{
	return m->number && !m->asked;
}

/* Numbers beyond 0..1 have no points: there the margin is a share of the baseline. */
static double
margin_of(const struct policy *p, const struct tally *t, const struct estimate *e)
{
	return t->low >= 0 && t->high <= 1 ? p->margin : p->margin * fabs(e->baseline);
}

static double
variance(const struct tally *t, const struct estimate *e)
{
	double n = (double)t->n;

	return n > 1 ? fmax(0, t->squares / n - e->diff * e->diff) * n / (n - 1) : 0;
}

static void
by_newcombe(struct estimate *e, const struct tally *t, const struct spread *s, bool clustered)
{
	double n = (double)t->n, tq = NAN;

	e->ci = stat_newcombe(t->table);
	e->p = e->p_mcnemar;
	e->method = "newcombe";
	if (!clustered)
		return;
	e->method = "clustered-newcombe";
	if (s->clusters > 1) {
		tq = stat_t_quantile((double)s->clusters - 1);
		e->p =
		    stat_t_p(s->se_cr1 > 0 ? e->diff / s->se_cr1 : 0, (double)s->clusters - 1);
	} else
		e->p = 1; /* one session tells nothing of how sessions differ */
	double fewer = STAT_Z95 / tq;
	e->ci = stat_newcombe_of(t->table, s->clusters > 1 ? n / e->deff * fewer * fewer : 0);
}

static void
by_cluster(struct estimate *e, const struct spread *s)
{
	double df = (double)s->clusters - 1, half = stat_t_quantile(df) * s->se_cr1;

	e->method = "clustered";
	e->ci = (struct interval){ fmax(-1, e->diff - half), fmin(1, e->diff + half) };
	e->p = stat_t_p(e->diff / s->se_cr1, df);
}

static void
by_bootstrap(struct estimate *e, const struct resampled *r)
{
	e->method = "bootstrap";
	bool known = isfinite(r->low); /* one session tells nothing of how sessions differ */
	e->ci = (struct interval){ known ? r->low : -(double)INFINITY,
		known ? r->high : (double)INFINITY };
	e->p = known ? r->p : 1;
}

/* --sequential: an interval that holds however often one looks. */
static void
by_sequence(struct estimate *e, const struct sequence *s)
{
	struct sequence_end end = sequence_result(s);
	double t = (double)e->n / e->deff;
	double half = evidence_half_width(t, 0.1, e->se * sqrt(t), 0.05);

	e->method = "sequential";
	e->ci = (struct interval){ fmax(-1, e->diff - half), fmin(1, e->diff + half) };
	e->e = end.e_worse;
	e->verdict = end.worse ? VERDICT_FAIL : end.safe ? VERDICT_PASS : VERDICT_INCONCLUSIVE;
}

static enum verdict
by_margin(const struct estimate *e)
{
	if (e->ci.low > -e->margin)
		return VERDICT_PASS;
	return e->ci.high < -e->margin ? VERDICT_FAIL : VERDICT_INCONCLUSIVE;
}

/* What is not known of many pairs takes a pass away, of most of them everything. */
static enum verdict
less_unknown(enum verdict v, double known, double all)
{
	if (all > 0 && known < HALF * all)
		return VERDICT_NOT_COMPARABLE;
	return known < COVERAGE * all && v == VERDICT_PASS ? VERDICT_INCONCLUSIVE : v;
}

/* Pairs that would decide, if the rates seen so far are the true ones: enough for the
 * interval to clear the margin with 80 % power, and for an empty table to do so at all. */
static int64_t
still_needed(const struct estimate *e, double spread)
{
	double n = (double)e->n, room = fabs(e->diff + e->margin);

	if (e->n == 0 || !(e->margin > 0) || !(room > 0))
		return 0;
	double need = stat_paired_n(spread, 0, 0, 1, room) * e->deff;
	if (e->share)
		need = fmax(need, STAT_Z95 * STAT_Z95 * (1 - e->margin) / e->margin * e->deff);
	if (!(need < 1e12))
		return 0;
	return need > n ? (int64_t)ceil(need - n) : 1;
}

/* What a plan has to allow for: the design effect was itself estimated, from so many
 * sessions (its upper limit at 90 %); and Newcombe's interval is a little wider than the
 * formula's. */
static double
caution(const struct estimate *e)
{
	if (e->clusters >= e->n || e->clusters < 2)
		return 1.05;
	return 1.05 * e->deff * (1 + 1.2816 * sqrt(2 / (double)e->clusters));
}

/* Pairs to find a true loss of so much with 80 % power, at this rate of disagreement: what
 * disagrees by chance goes on to do so (at a rate that was estimated itself, so its upper
 * limit is taken), and the loss comes on top (Connor 1987). */
static int64_t
to_detect(const struct estimate *e, double loss)
{
	double room = loss - e->margin, disc = fmax(0, e->disc - fabs(e->diff));

	if (!e->share || e->n == 0 || room <= 0)
		return 0;
	disc += STAT_Z80 * sqrt(disc * (1 - disc) * e->deff / (double)e->n) + loss;
	double pairs = stat_mcnemar_n(disc, loss) * loss * loss / (room * room) * caution(e);
	return pairs < 1e15 ? (int64_t)ceil(pairs) : 0;
}

static void
means(struct estimate *e, const struct tally *t)
{
	double n = (double)t->n;

	e->share = t->plain;
	e->baseline = t->old_sum / n;
	e->candidate = t->new_sum / n;
	e->diff = (t->new_sum - t->old_sum) / n;
	e->regressed = t->plain ? t->table.second : 0;
	e->improved = t->plain ? t->table.first : 0;
	e->disc = (double)(e->regressed + e->improved) / n;
	if (t->plain)
		e->p_mcnemar = stat_mcnemar(t->table.second, t->table.first);
}

static void
interval(struct estimate *e, const struct group *g, size_t m, const struct resampled *drawn)
{
	const struct tally *tally = &g->tallies[m];
	struct spread s = clusters_spread(&g->clusters, m);
	bool clustered = g->clusters.folded ? g->sessions : s.most > 1;
	double alone = variance(tally, e) / (double)tally->n;

	e->clusters = clustered ? (int64_t)s.clusters : e->n;
	e->se = clustered ? s.se_cr1 : sqrt(alone);
	if (clustered && alone > 0 && s.clusters > 1)
		e->deff = fmax(1, s.se_cr1 * s.se_cr1 / alone);
	if (!tally->plain)
		by_bootstrap(e, &drawn[m]);
	else if (clustered && s.lively >= LIVELY && s.se_cr1 > 0)
		by_cluster(e, &s);
	else
		by_newcombe(e, tally, &s, clustered);
}

static struct estimate
estimate(const struct totals *t, const struct group *g, size_t m, const struct resampled *drawn)
{
	const struct tally *tally = g->tallies != NULL ? &g->tallies[m] : NULL;
	struct estimate e = { .n = tally != NULL ? tally->n : 0,
		.unknown = tally != NULL ? tally->unknown : 0,
		.baseline = NAN,
		.candidate = NAN,
		.diff = NAN,
		.p = NAN,
		.p_holm = NAN,
		.p_mcnemar = NAN,
		.se = NAN,
		.e = NAN,
		.ci = { NAN, NAN },
		.deff = 1,
		.method = "none",
		.margin = t->policy->margin,
		.share = true };
	double known = (double)e.n, all = known + (double)e.unknown;

	e.verdict = less_unknown(VERDICT_INCONCLUSIVE, known, all);
	if (e.n == 0)
		return e;
	means(&e, tally);
	e.margin = margin_of(t->policy, tally, &e);
	interval(&e, g, m, drawn);
	if (informs(&t->measures->of[m]))
		return e;
	e.verdict = e.share || e.clusters >= FEW ? by_margin(&e) : VERDICT_INCONCLUSIVE;
	if (t->sequence != NULL && g == &t->arms[DIFFERENCE + (g == &t->arms[RECORD])])
		by_sequence(&e, t->sequence);
	e.verdict = less_unknown(e.verdict, known, all);
	e.more = still_needed(&e, variance(tally, &e));
	e.detect = to_detect(&e, t->policy->detect);
	return e;
}

void
estimate_all(
    const struct totals *t, const struct group *g, bool information, struct estimate *of)
{
	struct resampled drawn[MEASURES];
	bool wanted[MEASURES] = { false };

	for (size_t m = 0; g->tallies != NULL && m < t->measures->count; m++)
		wanted[m] = g->tallies[m].n > 0 && !g->tallies[m].plain &&
		    (information || !informs(&t->measures->of[m]));
	if (g->tallies != NULL)
		clusters_resample(&g->clusters, wanted, (uint64_t)t->policy->seed, drawn);
	for (size_t m = 0; m < t->measures->count; m++)
		if (information || !informs(&t->measures->of[m]))
			of[m] = estimate(t, g, m, drawn);
}

struct estimate
estimate_of(const struct totals *t, const struct group *g, size_t m)
{
	struct resampled drawn[MEASURES];
	bool wanted[MEASURES] = { false };

	wanted[m] = g->tallies != NULL && g->tallies[m].n > 0 && !g->tallies[m].plain;
	if (wanted[m])
		clusters_resample(&g->clusters, wanted, (uint64_t)t->policy->seed, drawn);
	return estimate(t, g, m, drawn);
}
