/* each.c - records passed on with what they cost. */
#include "each.h"

#include <string.h>

#include "io/edit.h"
#include "io/emit.h"
#include "io/out.h"
#include "tally.h"

struct passing {
	struct tally *tally;
	const struct options *o;
	struct buf line, cost, why;
	int64_t calls, unpriced, replaced;
};

static void
pass_on(struct passing *p, const struct rec *r, const struct cost *c)
{
	char text[DEC_TEXT];
	struct edit edits[] = { { p->o->as, { 0 } }, { "cost_unknown", { 0 } } };

	buf_reset(&p->cost);
	buf_reset(&p->why);
	if (c->state == PRICE_FOUND && c->usage)
		emit_str(&p->cost,
		    (str){ text, dec_write(text, c->amount, dec_decimals(c->amount)) });
	else
		emit_null(&p->cost);
	if (c->usage && c->state != PRICE_FOUND)
		emit_text(&p->why, price_states[c->state]);
	else if (!c->usage)
		emit_text(&p->why, "no usage");
	else if (memmem(r->text.at, r->text.len, "cost_unknown", 12) != NULL)
		emit_null(&p->why); /* it was not known before */
	edits[0].json = buf_str(&p->cost);
	edits[1].json = buf_str(&p->why);
	p->unpriced += edits[0].json.at != NULL && str_is(edits[0].json, "null");
	buf_reset(&p->line);
	p->replaced += edit_object(&p->line, r->text, edits, 2) > 0;
	out_line(buf_str(&p->line));
}

static void
one(struct passing *p, struct in *in, struct rec *r)
{
	struct cost c;
	const char *why;

	if (r->kind.len > 0 && !str_is(r->kind, "trace") && !str_is(r->kind, "replay")) {
		out_line(r->text);
		return;
	}
	why = tally_price(p->tally, in_intake(in), r, &c);
	if (why != NULL) {
		in_reject(in, r, "%s", why);
		return;
	}
	p->calls++;
	pass_on(p, r, &c);
}

int
each_run(const struct plan *plan, char **files)
{
	struct fold fold = tally_fold(plan);
	struct passing p = { .tally = fold.start(plan), .o = plan->o };
	struct in *in = in_open(&plan->o->in, plan->names, files);
	struct rec r;

	while (in_record(in, &r))
		one(&p, in, &r);
	if (p.unpriced > 0)
		warn("%lld of %lld records have no cost: see cost_unknown",
		    (long long)p.unpriced, (long long)p.calls);
	if (p.replaced > 0)
		warn("%lld records had a field %s already: replaced, see --as",
		    (long long)p.replaced, p.o->as);
	int status = in_status(in);
	in_close(in);
	tally_free(p.tally);
	buf_free(&p.line);
	buf_free(&p.cost);
	buf_free(&p.why);
	return status;
}
