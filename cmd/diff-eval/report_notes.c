/* report_notes.c - what every form of the report has to say in words. */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "diff.h"

const char *
report_advice(const struct report *r)
{
	static const char *const advice[] = { "no loss beyond the margin, by these checks",
		"do not switch: the candidate is worse", "not decided", "not decided" };
	static const char *const agreeing[] = { "the answers agree with the record",
		"the answers do not agree with the record", "not decided", "not decided" };

	const struct estimate *e = &r->d->of[r->d->measure];

	if (r->p->min_agree >= 0)
		return agreeing[r->d->verdict];
	if (r->d->verdict == VERDICT_PASS && e->ci.low > 0)
		return "the candidate is better, by these checks";
	return advice[r->d->verdict];
}

const char *
report_method(const char *method)
{
	static const char *const of[][2] = { { "newcombe",
						 "Newcombe's interval, exact McNemar" },
		{ "clustered", "clustered standard error" },
		{ "clustered-newcombe",
		    "Newcombe's interval for the effective number of pairs" },
		{ "bootstrap", "paired bootstrap" },
		{ "sequential", "confidence sequence; e-values decide" },
		{ "ppi", "correction by the labels" } };

	for (size_t i = 0; i < sizeof of / sizeof *of; i++)
		if (strcmp(method, of[i][0]) == 0)
			return of[i][1];
	return method;
}

const char *
report_range(const struct estimate *e, char text[80])
{
	if (!isfinite(e->ci.low))
		snprintf(text, 80, e->share ? "%+.1f [unknown]" : "%+.3g [unknown]",
		    e->diff * (e->share ? 100 : 1));
	else if (e->share)
		snprintf(text, 80, "%+.1f [%+.1f, %+.1f]", e->diff * 100, e->ci.low * 100,
		    e->ci.high * 100);
	else
		snprintf(text, 80, "%+.3g [%+.3g, %+.3g]", e->diff, e->ci.low, e->ci.high);
	return text;
}

struct notes {
	struct arena *arena;
	str *of;
	size_t count;
};

static void
add(struct notes *n, str text)
{
	if (n->count < NOTES)
		n->of[n->count++] = text;
}

static str
named(struct notes *n, const struct report *r, size_t slot)
{
	str name = slices_name(r->t->slices, slot),
	    value = utf8_prefix(slices_value(r->t->slices, slot), 60);

	return arena_printf(n->arena, "%.*s=%.*s", STR_F(name), STR_F(value));
}

/* By which check does a slice fail? "All checks" says less than the one behind it. */
static const char *
reason(const struct report *r, size_t slot)
{
	const struct measures *all = r->t->measures;
	const struct estimate *of = r->d->slices + slot * all->count;
	size_t worst = r->d->measure;

	for (size_t m = M_STATUS; m < all->count; m++)
		if (measure_decides(all, m) && of[m].n > 0 && of[m].diff < 0 &&
		    (worst < M_STATUS ||
			of[m].regressed - of[m].improved >
			    of[worst].regressed - of[worst].improved))
			worst = m;
	return all->of[worst].name;
}

static void
slices(struct notes *n, const struct report *r)
{
	const struct decision *d = r->d;

	for (size_t slot = 0; slot < d->slots && n->count < NOTES - 8; slot++) {
		const struct estimate *e =
		    &d->slices[slot * r->t->measures->count + d->measure];
		if (e->n == 0 || e->verdict != VERDICT_FAIL)
			continue;
		str name = named(n, r, slot);
		add(n,
		    arena_printf(n->arena, "slice %.*s fails: %+.1f%s (n = %lld), mostly by %s",
			STR_F(name), e->diff * (e->share ? 100 : 1), e->share ? " points" : "",
			(long long)e->n, reason(r, slot)));
	}
	for (size_t i = 0; i < d->flip_count; i++) {
		const struct flip *f = &d->flips[i];
		const struct estimate *e =
		    &d->slices[f->slot * r->t->measures->count + d->measure];
		str name = named(n, r, f->slot);
		add(n,
		    arena_printf(n->arena,
			"slice %.*s goes against the whole: %+.1f%s (n = %lld)%s", STR_F(name),
			e->diff * (e->share ? 100 : 1), e->share ? " points" : "",
			(long long)e->n, f->certain ? "" : ", not certain by itself"));
	}
}

static void
judge(struct notes *n, const struct bias *b)
{
	if (b->n > 0)
		add(n,
		    arena_printf(n->arena,
			"judge: %lld of %lld verdicts changed with the order (%.1f %%): %lld "
			"for the first, %lld for the second; these count as ties",
			(long long)b->swapped, (long long)b->n,
			100 * (double)b->swapped / (double)b->n, (long long)b->first,
			(long long)b->second));
}

size_t
report_notes(const struct report *r, struct arena *a, str notes[NOTES])
{
	struct notes n = { a, notes, 0 };
	const struct decision *d = r->d;

	const struct estimate *e = &d->of[d->measure];

	slices(&n, r);
	if (e->n > 1 && e->clusters == 1)
		add(&n,
		    STR("all pairs belong to one session, so nobody knows how others would "
			"differ; "
			"--cluster names another field"));
	judge(&n, &r->t->bias);
	if (d->verdict == VERDICT_INCONCLUSIVE && r->p->min_agree < 0 && e->ci.high < 0 &&
	    e->ci.low <= -e->margin)
		add(&n, STR("it is worse; whether by more than the margin is not decided"));
	if (d->because != NULL)
		add(&n, str_of(d->because));
	if (d->more > 0)
		add(&n,
		    arena_printf(a,
			"about %lld more pairs would decide it, if these rates hold",
			(long long)d->more));
	if (d->arm == RECORD && r->p->min_agree < 0 && d->compared > 0) {
		str model =
		    r->t->new_models.count == 1 ? map_key(&r->t->new_models, 0) : STR("X");
		add(&n,
		    arena_printf(a, "%s: replay --baseline=2 --model %.*s <traces | diff-eval",
			d->verdict == VERDICT_FAIL ? "how much of it is the model's own change "
						     "of mind, this would tell" :
						     "this would settle it",
			STR_F(model)));
	}
	return n.count;
}
