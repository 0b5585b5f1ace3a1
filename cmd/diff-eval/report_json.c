/* report_json.c - the comparison as records: a diff per pair, a summary per check and
 * slice. */
#include "diff.h"
#include "io/emit.h"
#include "io/out.h"

static void
emit_value(struct buf *b, const char *name, double v)
{
	emit_key(b, name);
	if (v == 0 || v == 1)
		emit_text(b, v == 1 ? "pass" : "fail");
	else if (isnan(v))
		emit_text(b, "unknown");
	else
		emit_real(b, v);
}

/* {"locale":"fr"}, {"tool_use":true}; null where the records do not say. */
static void
emit_slice(struct buf *b, const struct slices *s, size_t slot)
{
	str value = slices_value(s, slot);

	emit_name(b, slices_name(s, slot));
	if (str_is(value, "(none)"))
		emit_null(b);
	else if (slices_dim(s, slot) == 0)
		emit_bool(b, str_is(value, "yes"));
	else
		emit_str(b, value);
}

/* null: nothing was asked. */
static void
emit_verdict(struct buf *b, const char *verdict)
{
	emit_key(b, "verdict");
	emit_text(b, verdict);
}

static void
emit_checks(struct buf *b, const struct measures *all, const struct pair *p)
{
	emit_key(b, "checks");
	emit_open(b, '{');
	for (size_t m = M_STATUS; m < all->count; m++) {
		if (!measure_decides(all, m))
			continue;
		double old = p->old->values[m], new = p->new->values[m];
		if (isinf(old) && isinf(new))
			continue;
		emit_key(b, all->of[m].name);
		emit_open(b, '{');
		emit_value(b, "baseline", old);
		emit_value(b, "candidate", new);
		emit_close(b, '}');
	}
	emit_close(b, '}');
}

void
report_pair(struct buf *b, const struct totals *t, const struct pair *p)
{
	const struct slices *s = t->slices;

	buf_reset(b);
	emit_open(b, '{');
	emit_ktext(b, "record", "diff");
	emit_kint(b, "v", 1);
	emit_kstr(b, "id", p->id);
	emit_kstr(b, "session", p->session);
	emit_ktext(b, "arm", arm_names[p->arm]);
	emit_key(b, "slices");
	emit_open(b, '{');
	for (size_t i = 0; i < s->dims; i++) {
		emit_slice(b, s, p->where.slots[i]);
	}
	emit_close(b, '}');
	emit_checks(b, t->measures, p);
	emit_ktext(b, "verdict", level_names[p->level]);
	emit_key(b, "reasons");
	emit_open(b, '[');
	if (p->worst > 0)
		emit_text(b, t->measures->of[p->worst].name);
	if (p->worst > 0 && p->new->fault.len > 0)
		emit_str(b, p->new->fault);
	if (p->old->present && p->new->present && p->old->multiset != p->new->multiset)
		emit_text(b, "other calls");
	if (p->old->present && p->new->present && p->old->folded != p->new->folded)
		emit_text(b, "other text");
	emit_close(b, ']');
	emit_close(b, '}');
}

static void
emit_side(struct buf *b, const char *name, const struct estimate *e, bool old)
{
	double rate = old ? e->baseline : e->candidate;

	emit_key(b, name);
	emit_open(b, '{');
	if (e->share) {
		emit_kint(b, "pass", e->n > 0 ? (int64_t)(rate * (double)e->n + 0.5) : 0);
		emit_kreal(b, "rate", rate);
	} else {
		emit_kreal(b, "mean", rate);
	}
	emit_close(b, '}');
}

#define ALL SIZE_MAX /* no slice, but all of them */

static void
emit_head(struct buf *b, const struct report *r, const char *check, size_t slot,
    const struct group *g, enum arm arm, int64_t n)
{
	buf_reset(b);
	emit_open(b, '{');
	emit_ktext(b, "record", "summary");
	emit_kint(b, "v", 1);
	emit_ktext(b, "check", check);
	emit_key(b, "slice");
	if (slot == ALL) {
		emit_null(b);
	} else {
		emit_open(b, '{');
		emit_slice(b, r->t->slices, slot);
		emit_close(b, '}');
	}
	emit_ktext(b, "arm", arm_names[arm]);
	if (r->t->new_models.count == 1)
		emit_kstr(b, "model", map_key(&r->t->new_models, 0));
	if (r->t->file != NULL)
		emit_ktext(b, "new", r->t->file);
	emit_kint(b, "n", n);
	emit_kint(b, "unpaired", g->levels[UNPAIRED]);
	emit_kint(b, "skipped", g->levels[SKIPPED] + g->levels[NO_BASELINE]);
	emit_kint(b, "lost", g->levels[LOST]);
	emit_kint(b, "records", g->records);
}

static void
emit_numbers(struct buf *b, const struct report *r, const struct estimate *e)
{
	emit_kint(b, "unknown", e->unknown);
	emit_side(b, "baseline", e, true);
	emit_side(b, "candidate", e, false);
	emit_kint(b, "regressed", e->regressed);
	emit_kint(b, "improved", e->improved);
	emit_kreal(b, "p", e->p);
	emit_kreal(b, "p_holm", e->p_holm);
	if (e->share)
		emit_kreal(b, "p_mcnemar", e->p_mcnemar);
	if (e->share && e->n > 0)
		emit_kreal(b, "p_midp", stat_mcnemar_midp(e->regressed, e->improved));
	emit_kreal(b, "diff", e->diff);
	emit_kreal(b, "ci_low", e->ci.low);
	emit_kreal(b, "ci_high", e->ci.high);
	emit_kreal(b, "se", e->se);
	emit_kint(b, "clusters", e->clusters);
	emit_kreal(b, "design_effect", e->deff);
	emit_kreal(b, "margin", e->margin);
	emit_ktext(b, "method", e->method);
	if (!e->share)
		emit_kint(b, "seed", r->p->seed);
	if (!isnan(e->e))
		emit_kreal(b, "e_value", e->e);
	if (!isnan(e->e) && e->share)
		emit_kreal(b, "e_discordant", evidence_one_sided(e->regressed, e->improved));
	if (e->more > 0 && e->verdict == VERDICT_INCONCLUSIVE)
		emit_kint(b, "more_needed", e->more);
	if (e->detect > 0)
		emit_kint(b, "detect_needs", e->detect);
}

static void
finish(struct buf *b)
{
	emit_close(b, '}');
	out_line(buf_str(b));
}

/* The line of the measure that decides carries the decision. */
static void
emit_total(struct buf *b, const struct report *r, size_t m)
{
	const struct decision *d = r->d;
	const struct estimate *e = &d->of[m];
	bool decides = m == d->measure && r->p->min_agree < 0;
	bool information = m > M_ALL && !measure_decides(r->t->measures, m);

	emit_head(b, r, r->t->measures->of[m].name, ALL, &r->t->arms[d->arm], d->arm, e->n);
	emit_numbers(b, r, e);
	emit_verdict(b, information ? NULL : verdict_names[decides ? d->verdict : e->verdict]);
	if (decides && d->because != NULL)
		emit_ktext(b, "because", d->because);
	finish(b);
}

static void
emit_slices(struct buf *b, const struct report *r)
{
	const struct decision *d = r->d;
	const struct measures *all = r->t->measures;

	for (size_t slot = 0; slot < d->slots; slot++) {
		const struct group *g = totals_group(r->t, d->arm, slot);
		for (size_t m = 0; g != NULL && m < all->count; m++) {
			const struct estimate *e = &d->slices[slot * all->count + m];
			bool dark = m == d->measure && e->n == 0;
			if ((e->n == 0 && !dark) || (m > M_ALL && !measure_decides(all, m)))
				continue;
			emit_head(b, r, all->of[m].name, slot, g, d->arm, e->n);
			emit_numbers(b, r, e);
			emit_ktext(b, "verdict",
			    verdict_names[dark ? VERDICT_NOT_COMPARABLE : e->verdict]);
			finish(b);
		}
	}
}

/* How often one arm gives the same answer; decides only where it was asked for. */
static void
emit_agreement(struct buf *b, const struct report *r, enum arm arm)
{
	const struct group *g = &r->t->arms[arm];
	int64_t agree = agreeing(g), n = agree + g->levels[DIFFERENT] + g->levels[LOST];
	struct interval w = stat_wilson(agree, n);
	bool decides = r->p->min_agree >= 0 && arm == r->d->arm;

	emit_head(b, r, "agreement", ALL, g, arm, n);
	emit_key(b, "levels");
	emit_open(b, '{');
	for (enum level l = 0; l < LEVELS; l++)
		emit_kint(b, level_names[l], g->levels[l]);
	emit_close(b, '}');
	emit_kint(b, "agree", agree);
	emit_kreal(b, "rate", n > 0 ? (double)agree / (double)n : (double)NAN);
	emit_kreal(b, "ci_low", n > 0 ? w.low : (double)NAN);
	emit_kreal(b, "ci_high", n > 0 ? w.high : (double)NAN);
	emit_ktext(b, "method", "wilson");
	emit_verdict(b, decides ? verdict_names[r->d->verdict] : NULL);
	if (decides && r->d->because != NULL)
		emit_ktext(b, "because", r->d->because);
	finish(b);
}

/* Fidelity and noise: what the checks say of them; and how far the difference exceeds the
 * noise. */
static void
emit_arm(struct buf *b, const struct report *r, enum arm arm)
{
	const struct estimate *e = &r->d->arms[arm];

	if (r->t->arms[arm].compared == 0)
		return;
	if (arm != EXCESS)
		emit_agreement(b, r, arm);
	emit_head(
	    b, r, arm == EXCESS ? "agreement" : "all checks", ALL, &r->t->arms[arm], arm, e->n);
	emit_numbers(b, r, e);
	emit_verdict(b, NULL);
	finish(b);
}

static void
emit_corrected(struct buf *b, const char *name, double rate, struct interval ci)
{
	emit_key(b, name);
	emit_open(b, '{');
	emit_kreal(b, "rate", rate);
	emit_kreal(b, "ci_low", ci.low);
	emit_kreal(b, "ci_high", ci.high);
	emit_close(b, '}');
}

static void
emit_labels(struct buf *b, const struct report *r)
{
	const struct corrected *c = &r->d->corrected;

	if (r->t->labels == NULL)
		return;
	emit_head(b, r, "labels", ALL, &r->t->arms[r->d->arm], r->d->arm, c->labelled);
	emit_ktext(b, "of", r->t->measures->of[c->measure].name);
	emit_kreal(b, "kappa", c->kappa);
	emit_corrected(b, "baseline", c->baseline, c->of_baseline);
	emit_corrected(b, "candidate", c->candidate, c->of_candidate);
	emit_kreal(b, "diff", c->diff);
	emit_kreal(b, "ci_low", c->of_diff.low);
	emit_kreal(b, "ci_high", c->of_diff.high);
	emit_ktext(b, "method", "ppi");
	emit_verdict(b, NULL);
	finish(b);
}

void
report_json(const struct report *r)
{
	const struct measures *all = r->t->measures;
	struct buf b = { 0 };

	emit_agreement(&b, r, r->d->arm);
	for (size_t m = 0; m < all->count; m++)
		if (m == M_ALL || r->d->of[m].n + r->d->of[m].unknown > 0 || all->of[m].asked)
			if (!all->of[m].number || all->of[m].asked || r->d->of[m].n > 0)
				emit_total(&b, r, m);
	emit_slices(&b, r);
	emit_arm(&b, r, FIDELITY);
	emit_arm(&b, r, NOISE);
	emit_arm(&b, r, EXCESS);
	emit_labels(&b, r);
	buf_free(&b);
}
