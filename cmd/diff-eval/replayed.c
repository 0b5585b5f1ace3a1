/* replayed.c - one file of replay records: up to three arms.
 *
 * With baseline[] the candidate is compared with a fresh answer of the old model, that with
 * what was recorded (fidelity), and fresh answers of the old model with one another (noise).
 * Without it the record is all there is to compare with.  Sample k of the candidate meets
 * baseline k, from the first again where there are fewer; samples of one record come one after
 * the other, the first with baseline[]. */
#include "reader.h"

#include "base/mem.h"
#include "data/hash.h"

#define KEPT 64 /* baselines of a record that are kept for its further samples */

/* The record whose samples are being read. */
struct record {
	struct arena arena;
	str id;
	struct side *baseline;
	size_t count;
	struct side own;
};

/* Why a record is not compared; empty: it is. */
static str
not_compared(struct in *in, const struct rec *rec)
{
	if (!reader_replayed(rec))
		return STR("not replayed: no candidate");
	if (str_is(in_text(in, rec, C_MODE), "count"))
		return STR("tokens were counted, no answer was asked for");
	return in_text(in, rec, C_SKIPPED);
}

static void
begin(struct reader *r, struct in *in, const struct rec *rec, struct record *held)
{
	const struct doc *list = rec->values[C_BASELINE].kind == KIND_ARRAY ?
	    doc_read(in_arena(in), rec->values[C_BASELINE].raw) :
	    NULL;
	size_t room = list != NULL && list->count < KEPT ? list->count : KEPT;

	arena_reset(&held->arena);
	held->id = arena_keep(&held->arena, in_text(in, rec, C_ID));
	held->baseline = ARENA_ARRAY(&held->arena, struct side, room + 1);
	held->count = 0;
	DOC_EACH (answer, list) {
		if (held->count == room)
			break;
		struct side *side = &held->baseline[held->count++];
		reader_baseline(r, in, rec, answer, side);
		side_keep(&held->arena, r->measures, side);
	}
	reader_own(r, in, rec, &held->own);
	side_keep(&held->arena, r->measures, &held->own);
}

/* A judge's word stands in the record itself: which of the two answers it prefers. */
static void
prefer(struct measures *all, struct totals *t, struct arena *a, const struct scan_value *scores,
    struct pair *p)
{
	const struct doc *list = scores->kind == KIND_ARRAY ? doc_read(a, scores->raw) : NULL;

	for (size_t m = 0; m < all->count; m++) {
		if (all->of[m].kind != M_SCORE)
			continue;
		DOC_EACH (one, list) {
			const struct doc *label = doc_get(one, "label"),
					 *judge = doc_get(one, "judge");
			bool old = doc_is(label, "baseline"), new = doc_is(label, "candidate");
			if (!str_eq(doc_text(doc_get(one, "name")), all->of[m].text) ||
			    (!old && !new && !doc_is(label, "tie")))
				continue;
			p->old->values[m] = old;
			p->new->values[m] = new;
			const struct doc *position = doc_get(judge, "position");
			t->bias.n += position != NULL;
			t->bias.swapped +=
			    doc_is(position, "first") || doc_is(position, "second");
			t->bias.first += doc_is(position, "first");
			t->bias.second += doc_is(position, "second");
		}
	}
}

/* A copy of a side: comparing settles values in place. */
static struct side *
copy(struct arena *a, const struct measures *all, const struct side *side)
{
	struct side *s = ARENA_NEW(a, struct side);

	*s = *side;
	s->values = ARENA_ARRAY(a, double, all->count);
	for (size_t m = 0; m < all->count; m++)
		s->values[m] = side->values[m];
	return s;
}

static void
add(struct reader *r, struct totals *t, struct in *in, const struct rec *rec, enum arm arm,
    const struct side *old, const struct side *new, const struct where *where)
{
	struct arena *a = in_arena(in);
	struct pair p = { .id = in_text(in, rec, C_ID),
		.session = in_text(in, rec, C_SESSION),
		.old = copy(a, r->measures, old),
		.new = copy(a, r->measures, new),
		.where = *where,
		.arm = arm,
		.foreign = !trace_is(rec),
		.excused = arm != DIFFERENCE &&arm != NOISE && !old->present &&trace_is(rec) };

	if (arm == DIFFERENCE || arm == RECORD)
		prefer(r->measures, t, a, &rec->values[C_OWN + S_SCORES], &p);
	reader_add(r, t, in, rec, &p);
}

/* The old model against its record, and against itself. */
static void
calibrate(struct reader *r, struct totals *t, struct in *in, const struct rec *rec,
    const struct record *held, const struct where *where)
{
	if (held->count > 0)
		add(r, t, in, rec, FIDELITY, &held->own, &held->baseline[0], where);
	for (size_t k = 0; k + 1 < held->count; k += 2)
		add(r, t, in, rec, NOISE, &held->baseline[k], &held->baseline[k + 1], where);
}

static void
compare(struct reader *r, struct totals *t, struct in *in, const struct rec *rec,
    struct record *held)
{
	struct where where;
	struct side new;
	int64_t sample = 0;

	str_int(rec->values[C_SAMPLE].raw, &sample);
	bool further =
	    sample > 0 && held->id.len > 0 && str_eq(held->id, in_text(in, rec, C_ID));
	if (!further)
		begin(r, in, rec, held);
	reader_candidate(r, in, rec, &new);
	bool uses = held->own.calls > 0 || (held->count > 0 && held->baseline[0].calls > 0);
	reader_where(r, in, rec, uses, &where);
	if (!further)
		calibrate(r, t, in, rec, held, &where);
	if (held->count > 1 && !further)
		totals_excess(t, &where, pair_same(&held->baseline[0], &held->baseline[1]),
		    pair_same(&held->baseline[0], &new));
	if (held->count == 0)
		add(r, t, in, rec, RECORD, &held->own, &new, &where);
	else /* with fewer baselines than samples they come again: one cluster anyway */
		add(r, t, in, rec, DIFFERENCE,
		    &held->baseline[sample > 0 ? (size_t)sample % held->count : 0], &new,
		    &where);
}

static void
skip(struct reader *r, struct totals *t, struct in *in, const struct rec *rec, str reason)
{
	struct where where;
	struct side own;

	reader_own(r, in, rec, &own);
	reader_where(r, in, rec, own.calls > 0, &where);
	totals_skip(t, reason, SKIPPED, &where);
}

int
compare_replayed(struct reader *r, struct totals *t, char **operands)
{
	struct in *in = in_open(&r->o.in, r->names, operands);
	struct record held = { 0 };
	struct rec rec;
	bool over = false;

	while (!over && in_record(in, &rec)) {
		if (!reader_takes(r, t, in, &rec))
			continue;
		str reason = not_compared(in, &rec);
		t->replayed += reader_replayed(&rec);
		if (reason.len > 0) {
			skip(r, t, in, &rec, reason);
			continue;
		}
		reader_model(&t->old_models, in, &rec, C_OWN);
		reader_model(&t->new_models, in, &rec, r->candidate);
		compare(r, t, in, &rec, &held);
		over = totals_settled(t);
	}
	if (t->sequence != NULL)
		sequence_end(t->sequence);
	int status = in_status(in);
	in_close(in);
	arena_free(&held.arena);
	return status;
}
