/* gate.c - the verdict on a count. */
#include "gate.h"

#include <stdlib.h>

#include "base/mem.h"

struct gate *
gate_new(const struct options *o)
{
	struct gate *g = mem_new(sizeof *g);
	g->o = o;
	if (o->calibration != NULL)
		calibrations_read(&g->calibrations, o->calibration);
	g->looks = o->max >= 0 || o->calibration != NULL || o->require;
	return g;
}

void
gate_free(struct gate *g)
{
	calibrations_free(&g->calibrations);
	buf_free(&g->words);
	free(g);
}

void
gate_begin(struct gate *g)
{
	g->classes = (struct classes){ { 0 }, 0, 0, 0, { 0 }, 0 };
}

void
gate_look(struct gate *g, str bytes)
{
	if (g->looks)
		classes_look(&g->classes, bytes);
}

/* A share in tenths of a percent, rounded, with its sign. */
static void
percent(struct buf *b, int64_t part, int64_t whole)
{
	double share = whole > 0 ? 100.0 * (double)part / (double)whole : 0.0;
	buf_printf(b, "%+.1f %%", share);
}

static void
tell_drift(struct buf *b, const struct calibrated *k, int64_t tokens, int64_t worst)
{
	buf_printf(b, "; drift p95 ");
	percent(b, k->high.billed - k->high.local, k->high.local);
	buf_printf(b, " (%.*s, %s, n=%lld): %lld -> %lld", STR_F(k->model),
	    content_names[k->content], (long long)k->n, (long long)tokens, (long long)worst);
}

/* How much of the limit the count may still grow. */
static void
tell_room(struct buf *b, const struct options *o, int64_t tokens)
{
	if (tokens <= 0 || o->max - o->reserve < tokens)
		return;
	buf_text(b, "; break-even drift ");
	percent(b, o->max - o->reserve - tokens, tokens);
}

static int
undecided(const struct options *o)
{
	static const int statuses[] = { EXIT_YES, EXIT_NO, EXIT_INCONCLUSIVE };
	return o->require ? EXIT_NO : statuses[o->inconclusive];
}

static void
limit(struct gate *g, const struct calibrated *k, const struct judged *j, struct verdict *v)
{
	const struct options *o = g->o;
	int64_t worst = k != NULL ? ratio_of(k->high, j->tokens) : j->tokens;
	int64_t over = worst + o->reserve - o->max;
	bool decided = k != NULL && j->unknown == 0;
	v->fits = over > 0 ? OVER : decided ? FITS : UNCALIBRATED;
	v->status = v->fits == OVER ? EXIT_NO : v->fits == FITS ? EXIT_YES : undecided(o);
	if (v->fits == OVER)
		buf_printf(&g->words, "does not fit: over by %lld", (long long)over);
	else
		buf_text(&g->words,
		    decided       ? "fits" :
			k != NULL ? "undecided" :
				    "uncalibrated");
	buf_printf(&g->words, "; limit %lld", (long long)o->max);
	if (o->reserve > 0)
		buf_printf(&g->words, ", reserve %lld", (long long)o->reserve);
	if (j->unknown > 0)
		buf_printf(&g->words, "; %lld parts of unknown size", (long long)j->unknown);
	if (k != NULL)
		tell_drift(&g->words, k, j->tokens, worst);
	else
		buf_printf(&g->words, "; no calibration for %s", content_names[j->content]);
	tell_room(&g->words, o, j->tokens);
}

/* --require-calibration without a limit. */
static void
require(struct gate *g, const struct judged *j, struct verdict *v)
{
	v->fits = UNCALIBRATED;
	v->status = EXIT_NO;
	buf_printf(&g->words, "uncalibrated; no calibration for %s", content_names[j->content]);
}

/* A model whose tokenizer is not public: only a calibration makes a number of the count. */
static void
closed(struct gate *g, const struct calibrated *k, const struct judged *j, struct verdict *v)
{
	v->amount.tokens = -1;
	if (k != NULL) {
		buf_printf(&g->words, "%sestimated by %.*s", g->words.len > 0 ? "; " : "",
		    STR_F(k->encoding));
		return;
	}
	v->fits = UNCALIBRATED;
	v->status = undecided(g->o);
	buf_reset(&g->words);
	buf_printf(&g->words,
	    "no public tokenizer, and no calibration of %.*s for %s; calibrate with: " ADVICE,
	    STR_F(j->model), content_names[j->content], STR_F(j->model));
}

struct verdict
gate_judge_as(struct gate *g, const struct judged *j)
{
	struct verdict v = { .amount = { j->tokens, -1, -1, -1, 0 } };
	const struct calibrated *k =
	    calibration_for(&g->calibrations, j->model, str_of(j->coder->name), j->content);
	buf_reset(&g->words);
	if (k != NULL)
		v.amount = (struct amount){ j->tokens, ratio_of(k->median, j->tokens),
			ratio_of(k->low, j->tokens), ratio_of(k->high, j->tokens), k->n };
	if (g->o->max >= 0)
		limit(g, k, j, &v);
	else if (g->o->require && k == NULL)
		require(g, j, &v);
	if (j->coder->closed)
		closed(g, k, j, &v);
	v.words = buf_str(&g->words);
	return v;
}

struct verdict
gate_judge(struct gate *g, const struct coder *coder, int64_t tokens)
{
	const struct judged j = { .coder = coder,
		.model = str_of(g->o->by.model),
		.content = classes_of(&g->classes),
		.tokens = tokens };
	return gate_judge_as(g, &j);
}
