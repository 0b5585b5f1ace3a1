/* report_json.c - the comparison as records: a diff per pair, a summary per check. */
#include <math.h>

#include "diff.h"
#include "io/emit.h"
#include "io/out.h"

static const char *const outcomes[] = { "unknown", "pass", "fail" };

void
report_pair(struct buf *b, const struct pair *p)
{
	buf_reset(b);
	emit_open(b, '{');
	emit_ktext(b, "record", "diff");
	emit_kint(b, "v", 1);
	emit_kstr(b, "id", p->id);
	emit_kstr(b, "session", p->session);
	emit_key(b, "slices");
	emit_open(b, '{');
	emit_kbool(b, "tool_use", p->old->calls > 0);
	emit_close(b, '}');
	emit_key(b, "checks");
	emit_open(b, '{');
	for (enum check c = CHECK_STATUS; c < CHECKS; c++) {
		emit_key(b, check_names[c]);
		emit_open(b, '{');
		emit_ktext(b, "baseline", outcomes[p->old->checks[c]]);
		emit_ktext(b, "candidate", outcomes[p->new->checks[c]]);
		emit_close(b, '}');
	}
	emit_close(b, '}');
	emit_ktext(b, "verdict", level_names[p->level]);
	emit_key(b, "reasons");
	emit_open(b, '[');
	if (p->worst < CHECKS)
		emit_text(b, check_names[p->worst]);
	if (p->old->present && p->new->present && p->old->multiset != p->new->multiset)
		emit_text(b, "other calls");
	if (p->old->present && p->new->present && p->old->folded != p->new->folded)
		emit_text(b, "other text");
	emit_close(b, ']');
	emit_close(b, '}');
}

static void
emit_side(struct buf *b, const char *name, double rate, int64_t n)
{
	emit_key(b, name);
	emit_open(b, '{');
	emit_kint(b, "pass", n > 0 ? (int64_t)(rate * (double)n + 0.5) : 0);
	emit_kreal(b, "rate", rate);
	emit_close(b, '}');
}

static void
emit_head(struct buf *b, const struct totals *t, const char *check, int64_t n)
{
	int64_t unpaired = t->levels[UNPAIRED],
		skipped = t->levels[SKIPPED] + t->levels[NO_BASELINE];

	buf_reset(b);
	emit_open(b, '{');
	emit_ktext(b, "record", "summary");
	emit_kint(b, "v", 1);
	emit_ktext(b, "check", check);
	emit_kraw(b, "slice", STR("null"));
	emit_ktext(b, "arm", "difference");
	emit_kint(b, "n", n);
	emit_kint(b, "unpaired", unpaired);
	emit_kint(b, "skipped", skipped);
	emit_kint(b, "lost", t->levels[LOST]);
}

static void
emit_check(
    struct buf *b, const struct totals *t, enum check c, const struct decision *d, bool decides)
{
	const struct check_result *r = &d->checks[c];

	emit_head(b, t, check_names[c], r->n);
	emit_kint(b, "unknown", r->unknown);
	emit_side(b, "baseline", r->baseline, r->n);
	emit_side(b, "candidate", r->candidate, r->n);
	emit_kint(b, "regressed", r->regressed);
	emit_kint(b, "improved", r->improved);
	emit_kreal(b, "p", r->p);
	emit_kreal(b, "diff", r->difference);
	emit_kreal(b, "ci_low", r->interval.low);
	emit_kreal(b, "ci_high", r->interval.high);
	emit_ktext(b, "method", "newcombe");
	emit_ktext(b, "verdict", verdict_names[decides ? d->verdict : r->verdict]);
	if (decides && d->because != NULL)
		emit_ktext(b, "because", d->because);
	if (decides && d->more > 0)
		emit_kint(b, "more_needed", d->more);
	emit_close(b, '}');
	out_line(buf_str(b));
}

void
report_json(const struct totals *t, const struct policy *p, const struct decision *d)
{
	struct buf b = { 0 };
	bool agreement = p->min_agree >= 0;

	emit_head(&b, t, "agreement", d->compared);
	emit_key(&b, "levels");
	emit_open(&b, '{');
	for (enum level l = 0; l < LEVELS; l++)
		emit_kint(&b, level_names[l], t->levels[l]);
	emit_close(&b, '}');
	emit_kint(&b, "agree", d->agree);
	emit_kreal(
	    &b, "rate", d->compared > 0 ? (double)d->agree / (double)d->compared : (double)NAN);
	emit_kreal(&b, "ci_low", d->agreement.low);
	emit_kreal(&b, "ci_high", d->agreement.high);
	emit_ktext(&b, "method", "wilson");
	/* without --min-agree nothing is asked of the agreement, so nothing is decided */
	emit_ktext(&b, "verdict", verdict_names[agreement ? d->verdict : VERDICT_INCONCLUSIVE]);
	if (agreement && d->because != NULL)
		emit_ktext(&b, "because", d->because);
	emit_close(&b, '}');
	out_line(buf_str(&b));
	for (enum check c = 0; c < CHECKS; c++)
		emit_check(&b, t, c, d, c == CHECK_ALL && !agreement);
	buf_free(&b);
}
