/* compare.c - how far two answers are the same, and what the checks say of the pair. */
#include "diff.h"
#include "io/emit.h"
#include "peer.h"

const char *const level_names[] = { "identical", "same-arguments", "same-calls", "same-text",
	"different", "lost", "no-baseline", "skipped", "unpaired", NULL };

const char *const arm_names[] = { "difference", "record", "fidelity", "noise", "excess", NULL };

static enum level
level_of(const struct side *old, const struct side *new)
{
	bool text = old->text == new->text, folded = old->folded == new->folded;
	bool calls = old->calls == new->calls && old->multiset == new->multiset;

	if (!old->present)
		return NO_BASELINE;
	if (!new->present)
		return LOST;
	if (!calls || !folded)
		return DIFFERENT;
	if (!text)
		return SAME_TEXT;
	if (old->written == new->written)
		return IDENTICAL;
	return old->ordered == new->ordered ? SAME_ARGUMENTS : SAME_CALLS;
}

bool
pair_same(const struct side *x, const struct side *y)
{
	return level_of(x, y) < DIFFERENT;
}

static void
emit_side(struct buf *b, const char *name, const struct side *s)
{
	emit_key(b, name);
	emit_open(b, '{');
	emit_key(b, "text");
	emit_str(b, s->whole);
	emit_kraw(b, "calls", s->whole_calls);
	emit_kraw(b, "response", s->response);
	emit_close(b, '}');
}

static double
answered(struct measure *m, const struct doc *v)
{
	double x;

	if (doc_kind(v) == KIND_TRUE || doc_kind(v) == KIND_FALSE)
		return doc_kind(v) == KIND_TRUE;
	if (!doc_real(v, &x) || !isfinite(x))
		return NAN;
	m->number = true;
	return x;
}

/* A program of the user's looks at both answers together. */
static void
ask(struct arena *a, struct measure *m, size_t at, struct pair *p)
{
	struct buf b = { 0 };

	emit_open(&b, '{');
	emit_kstr(&b, "id", p->id);
	emit_kstr(&b, "session", p->session);
	emit_kraw(&b, "request", p->request);
	emit_side(&b, "baseline", p->old);
	emit_side(&b, "candidate", p->new);
	emit_close(&b, '}');
	buf_byte(&b, '\n');
	const struct doc *reply = doc_read(a, arena_keep(a, peer_ask(m->peer, buf_str(&b))));
	p->old->values[at] = answered(m, doc_get(reply, "baseline"));
	p->new->values[at] = answered(m, doc_get(reply, "candidate"));
	buf_free(&b);
}

/* Not applicable to one side only: no call is no fault, but no text is no right text. */
static void
settle(const struct measure *m, double *x, double *y)
{
	double instead = m->kind == M_ARGUMENTS || m->kind == M_MAX_LENGTH;

	if (isinf(*x) && isinf(*y))
		return;
	*x = isinf(*x) ? instead : *x;
	*y = isinf(*y) ? instead : *y;
}

/* A check that both sides know is a part of the whole; one asked for that a side does not
 * know leaves the whole unknown, unless it has failed already. */
static void
sum_up(const struct measures *all, struct pair *p)
{
	double *old = p->old->values, *new = p->new->values, x = 1, y = 1;
	bool hidden_old = false, hidden_new = false, any = false;

	for (size_t m = M_STATUS; m < all->count; m++) {
		if (!measure_decides(all, m) || all->of[m].number || isinf(old[m]))
			continue;
		if (!all->of[m].asked && (isnan(old[m]) || isnan(new[m])))
			continue;
		any = true;
		hidden_old |= isnan(old[m]);
		hidden_new |= isnan(new[m]);
		x = old[m] == 0 ? 0 : x;
		y = new[m] == 0 ? 0 : y;
		if (p->worst == 0 && old[m] == 1 && new[m] == 0)
			p->worst = m;
	}
	old[M_ALL] = !any || (x == 1 && hidden_old) ? (double)NAN : x;
	new[M_ALL] = !any || (y == 1 && hidden_new) ? (double)NAN : y;
	if (!any)
		old[M_ALL] = new[M_ALL] = INFINITY;
	bool both =
	    (p->old->present && p->new->present &&old[M_STATUS] != 0 && new[M_STATUS] != 0);
	old[M_COMPLETED] = both ? old[M_ALL] : (double)INFINITY;
	new[M_COMPLETED] = both ? new[M_ALL] : (double)INFINITY;
}

/* A number that got worse is shown like a check that regressed. */
static void
blame_numbers(const struct measures *all, struct pair *p)
{
	for (size_t m = M_STATUS; m < all->count && p->worst == 0; m++)
		if (measure_decides(all, m) && all->of[m].number &&
		    p->new->values[m] < p->old->values[m])
			p->worst = m;
}

/* Records of others hold values, but no answers. */
static enum level
level_of_values(const struct measures *all, const struct pair *p)
{
	for (size_t m = M_STATUS; m < all->count; m++) {
		double x = p->old->values[m], y = p->new->values[m];
		if (measure_decides(all, m) && x != y && !(isnan(x) && isnan(y)))
			return DIFFERENT;
	}
	return IDENTICAL;
}

void
pair_compare(struct measures *all, struct arena *a, struct pair *p)
{
	p->worst = 0;
	for (size_t m = M_STATUS; m < all->count; m++) {
		if (all->of[m].peer != NULL && (p->arm == DIFFERENCE || p->arm == RECORD))
			ask(a, &all->of[m], m, p);
		settle(&all->of[m], &p->old->values[m], &p->new->values[m]);
	}
	sum_up(all, p);
	blame_numbers(all, p);
	p->level = p->foreign ? level_of_values(all, p) : level_of(p->old, p->new);
}
