/* result.c - what the tally says in the end. */
#include "result.h"

#include <stdlib.h>
#include <string.h>

#include "allocate.h"
#include "task_stat.h"

static int
by_cost(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	dec p = x->group->cost + x->shared, q = y->group->cost + y->shared;

	if (p != q)
		return p > q ? -1 : 1;
	return str_cmp(x->key, y->key);
}

static const struct task_stat no_tasks;

/* A row for each group, also for those that only --drivers or --revenue know of. */
static void
make_rows(struct result *r, struct tally *t, const struct figures *f)
{
	for (size_t i = 0; i < table_count(&f->keys); i++)
		tally_group(t, table_key(&f->keys, i), map_hash(table_key(&f->keys, i)));
	r->count = table_count(&t->groups);
	r->rows = ARENA_ARRAY(r->arena, struct row, r->count + 1);
	for (size_t i = 0; i < r->count; i++) {
		struct row *row = &r->rows[i];
		row->key = table_key(&t->groups, i);
		row->group = table_at(&t->groups, i);
		row->tasks = &no_tasks;
		if (r->line_count > 0)
			row->parts = ARENA_ARRAY(r->arena, dec, r->line_count);
		row->has_revenue = figures_get(f, STR("revenue"), row->key, &row->revenue);
		tally_join_group(&r->total_group, row->group);
	}
}

/* Which tasks are resolved, as another system says it; it overrides the records. */
static void
mark_tasks(struct tally *t, const struct figures *f)
{
	for (size_t i = 0; i < table_count(&t->tasks) && table_count(&f->tasks) > 0; i++) {
		str id = table_key(&t->tasks, i);
		str_cut(&id, '\t');
		struct task *task = table_at(&t->tasks, i);
		const char *resolved = table_find(&f->tasks, id);
		task->resolved = resolved != NULL && *resolved == 1;
		task->unresolved = !task->resolved;
	}
}

/* Counts of resolved tasks that --resolved gives by group, or in all. */
static void
resolved_counts(struct result *r, const struct figures *f)
{
	const dec *all = table_find(&f->totals, STR("resolved"));
	dec n;

	if (all == NULL)
		return;
	for (size_t i = 0; i < r->count; i++) {
		struct task_stat *s = ARENA_NEW(r->arena, struct task_stat);
		figures_get(f, STR("resolved"), r->rows[i].key, &n);
		*s = *r->rows[i].tasks;
		s->resolved = (int64_t)(n / DEC_ONE);
		s->unresolved = 0;
		r->rows[i].tasks = s;
	}
	if (r->plan->by_count == 0 && r->count == 1 && table_count(&f->of) == 0) {
		struct task_stat *s = ARENA_NEW(r->arena, struct task_stat);
		*s = *r->rows[0].tasks;
		s->resolved = (int64_t)(*all / DEC_ONE);
		s->unresolved = 0;
		r->rows[0].tasks = s;
	}
	r->total_tasks.resolved = (int64_t)(*all / DEC_ONE);
	r->total_tasks.unresolved = 0;
}

static void
sum_up(struct result *r, const struct figures *f)
{
	const dec *revenue = table_find(&f->totals, STR("revenue"));

	for (size_t i = 0; i < r->count; i++) {
		struct row *row = &r->rows[i];
		for (size_t l = 0; l < r->line_count; l++)
			tally_add(&row->shared, row->parts[l]);
	}
	for (size_t l = 0; l < r->line_count; l++)
		tally_add(&r->total.shared, r->lines[l].amount);
	r->total.has_revenue = revenue != NULL;
	if (revenue != NULL)
		r->total.revenue = *revenue;
}

struct result
result_of(struct arena *a, const struct plan *plan, struct tally *t, const struct figures *f,
    struct line *lines, size_t line_count)
{
	struct result r = {
		.plan = plan, .arena = a, .tally = t, .lines = lines, .line_count = line_count
	};

	mark_tasks(t, f);
	make_rows(&r, t, f);
	task_stats(&r);
	resolved_counts(&r, f);
	allocate(&r, f);
	sum_up(&r, f);
	qsort(r.rows, r.count, sizeof *r.rows, by_cost);
	return r;
}
