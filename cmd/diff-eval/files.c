/* files.c - OLD against each NEW: records paired by a key. */
#include "io/out.h"
#include "pairs.h"
#include "reader.h"

#include <stdio.h>

static const str only_new[] = { STR_INIT("only in NEW"), STR_INIT("in NEW, without a key") };

/* In a replay record the candidate is the answer, else the record's own. */
static void
read_side(struct reader *r, struct totals *t, struct map *models, struct in *in,
    const struct rec *rec, struct side *side)
{
	bool replayed = reader_replayed(rec);

	t->replayed += replayed;
	reader_model(models, in, rec, replayed ? r->candidate : C_OWN);
	if (replayed)
		reader_candidate(r, in, rec, side);
	else
		reader_own(r, in, rec, side);
}

static int
load_old(struct reader *r, struct totals *t, struct pairs *pairs, char *file)
{
	char *operands[] = { file, NULL };
	struct in *in = in_open(&r->o.in, r->names, operands);
	struct rec rec;

	while (in_record(in, &rec)) {
		if (!reader_takes(r, t, in, &rec))
			continue;
		str key = in_text(in, &rec, C_KEY);
		struct waiting *w = pairs_put(pairs, key);
		w->nameless = key.len == 0;
		struct side *side = ARENA_NEW(&pairs->arena, struct side);
		read_side(r, t, &t->old_models, in, &rec, side);
		reader_where(r, in, &rec, side->calls > 0, &w->where);
		w->session = arena_keep(&pairs->arena, in_text(in, &rec, C_SESSION));
		w->excused = !side->present && trace_is(&rec);
		side_keep(&pairs->arena, r->measures, side);
		w->side = side;
	}
	int status = in_status(in);
	in_close(in);
	return status;
}

/* What OLD does not say of a record, NEW may. */
static void
complete(struct reader *r, const struct where *new, struct where *where)
{
	if (!where->session && new->session) {
		where->session = true;
		where->cluster = new->cluster;
	}
	for (size_t i = 0; i < r->slices->dims; i++) {
		str old = slices_value(r->slices, where->slots[i]);
		if (str_is(old, "(none)") || (i == 0 && str_is(old, "no")))
			where->slots[i] = new->slots[i];
	}
}

/* Values are settled in place: those of OLD may meet a second NEW. */
static void
add(struct reader *r, struct totals *t, struct in *in, const struct rec *rec, struct waiting *w,
    struct side *new)
{
	struct side old = *w->side;
	struct where where;

	side_keep(in_arena(in), r->measures, &old);
	reader_where(r, in, rec, false, &where);
	complete(r, &where, &w->where);
	struct pair p = { .id = in_text(in, rec, C_ID),
		.session = w->session.len > 0 ? w->session : in_text(in, rec, C_SESSION),
		.old = &old,
		.new = new,
		.where = w->where,
		.arm = DIFFERENCE,
		.foreign = !trace_is(rec),
		.excused = w->excused };
	if (p.id.len == 0)
		p.id = in_text(in, rec, C_KEY);
	reader_add(r, t, in, rec, &p);
}

static int
compare_new(struct reader *r, struct totals *t, struct pairs *pairs, char *file)
{
	char *operands[] = { file, NULL };
	struct in *in = in_open(&r->o.in, r->names, operands);
	struct side side;
	struct where where;
	struct rec rec;

	while (!totals_settled(t) && in_record(in, &rec)) {
		if (!reader_takes(r, t, in, &rec))
			continue;
		str key = in_text(in, &rec, C_KEY);
		struct waiting *w = key.len > 0 ? pairs_take(pairs, key) : NULL;
		str skipped = reader_replayed(&rec) ? in_text(in, &rec, C_SKIPPED) : (str){ 0 };
		if (w == NULL || skipped.len > 0) {
			t->replayed += reader_replayed(&rec);
			reader_where(r, in, &rec, w != NULL && w->side->calls > 0, &where);
			totals_skip(t, w == NULL ? only_new[key.len == 0] : skipped,
			    w == NULL ? UNPAIRED : SKIPPED, w != NULL ? &w->where : &where);
			continue;
		}
		read_side(r, t, &t->new_models, in, &rec, &side);
		add(r, t, in, &rec, w, &side);
	}
	int status = in_status(in);
	in_close(in);
	return status;
}

/* Those of OLD that found no partner; how many pairs could have been at most. */
static int64_t
left_over(struct totals *t, const struct pairs *pairs)
{
	int64_t old = (int64_t)table_count(&pairs->of), taken = 0, new = 0;

	for (int64_t i = 0; i < old; i++) {
		const struct waiting *w = table_at(&pairs->of, (size_t)i);
		taken += w->taken;
		if (!w->taken)
			totals_skip(t,
			    w->nameless ? STR("in OLD, without a key") : STR("only in OLD"),
			    UNPAIRED, &w->where);
	}
	for (size_t i = 0; i < sizeof only_new / sizeof *only_new; i++) {
		const int64_t *n = table_find(&t->reasons, only_new[i]);
		new += n != NULL ? *n : 0;
	}
	new += taken;
	return old < new ? old : new;
}

/* Diff records are held back until it is sure that the files belong together. */
static void
release(struct reader *r)
{
	if (r->held.len > 0)
		out_line((str){ r->held.at, r->held.len - 1 });
	buf_reset(&r->held);
}

int
compare_files(struct reader *r, struct totals *t, char **files)
{
	struct pairs pairs = { 0 };
	int status = load_old(r, &t[0], &pairs, files[0]);
	int64_t repeated = pairs_repeated(&pairs);
	struct run run = t->run;
	int64_t lines = t->run_lines, replayed = t->replayed;

	for (size_t i = 0; files[i + 1] != NULL; i++) {
		for (size_t k = 0; i > 0 && k < t[0].old_models.count; k++)
			map_slot(&t[i].old_models, map_key(&t[0].old_models, k));
		t[i].file = files[i + 1];
		t[i].run = run;
		t[i].run_lines = lines;
		t[i].replayed = replayed;
		t[i].duplicates = repeated;
		pairs_again(&pairs);
		r->holding = true;
		status = err_worse(status, compare_new(r, &t[i], &pairs, files[i + 1]));
		if (t[i].sequence != NULL) {
			bool early = totals_settled(&t[i]);
			sequence_end(t[i].sequence);
			if (early)
				continue;
		}
		int64_t paired = t[i].records - t[i].arms[DIFFERENCE].levels[UNPAIRED];
		int64_t least = left_over(&t[i], &pairs);
		if (2 * paired < least) {
			overlap_report(&r->o, files[0], files[i + 1], paired, least);
			pairs_free(&pairs);
			return EXIT_USAGE;
		}
		release(r);
	}
	release(r);
	pairs_free(&pairs);
	return status;
}
