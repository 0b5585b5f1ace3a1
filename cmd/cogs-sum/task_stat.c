/* task_stat.c - what tasks cost: their quantiles, and how much the dearest take. */
#include "task_stat.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct entry {
	str group, id;
	struct task task;
};

static int
by_id(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = str_cmp(x->id, y->id);

	return order != 0 ? order : str_cmp(x->group, y->group);
}

static int
by_group(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = str_cmp(x->group, y->group);

	if (order == 0)
		order = x->task.cost < y->task.cost ? -1 : x->task.cost > y->task.cost;
	return order != 0 ? order : str_cmp(x->id, y->id);
}

/* The smallest cost that at least so many percent are not above. */
static dec
nearest_rank(const struct entry *sorted, size_t n, size_t percent)
{
	return sorted[(n * percent + 99) / 100 - 1].task.cost;
}

static struct task_stat
stat_of(const struct entry *sorted, size_t n)
{
	struct task_stat s = { .tasks = (int64_t)n };
	size_t top = (n + 49) / 50;

	if (n == 0)
		return s;
	for (size_t i = 0; i < n; i++) {
		const struct task *t = &sorted[i].task;
		tally_add(&s.total, t->cost);
		if (i >= n - top)
			tally_add(&s.top, t->cost);
		s.resolved += t->resolved;
		s.unresolved += t->unresolved && !t->resolved;
		s.incomplete += t->incomplete;
	}
	s.top_count = (int64_t)top;
	s.p50 = nearest_rank(sorted, n, 50);
	s.p95 = nearest_rank(sorted, n, 95);
	s.p99 = nearest_rank(sorted, n, 99);
	return s;
}

static struct entry *
entries_of(const struct tally *t, size_t *n)
{
	*n = table_count(&t->tasks);
	struct entry *all = mem_new((*n + 1) * sizeof *all);
	for (size_t i = 0; i < *n; i++) {
		str id = table_key(&t->tasks, i), group = str_cut(&id, '\t');
		all[i] = (struct entry){ group, id, *(struct task *)table_at(&t->tasks, i) };
	}
	return all;
}

/* The same task in several groups becomes one. */
static size_t
combine(struct entry *all, size_t n)
{
	size_t kept = 0;

	qsort(all, n, sizeof *all, by_id);
	for (size_t i = 0; i < n; i++) {
		all[i].group = (str){ 0 };
		if (kept > 0 && str_eq(all[kept - 1].id, all[i].id))
			tally_join_task(&all[kept - 1].task, &all[i].task);
		else
			all[kept++] = all[i];
	}
	return kept;
}

void
task_stats(struct result *r)
{
	size_t n, from = 0;
	struct entry *all = entries_of(r->tally, &n);
	struct map slots = { 0 };

	for (size_t i = 0; i < r->count && n > 0; i++)
		map_slot(&slots, r->rows[i].key);
	qsort(all, n, sizeof *all, by_group);
	for (size_t i = 1; i <= n; i++) {
		if (i < n && str_eq(all[i].group, all[from].group))
			continue;
		struct task_stat *s = ARENA_NEW(r->arena, struct task_stat);
		size_t slot = map_find(&slots, all[from].group);
		*s = stat_of(all + from, i - from);
		if (slot != MAP_NONE) /* parts may be damaged: partial_check() says so */
			r->rows[slot].tasks = s;
		from = i;
	}
	n = combine(all, n);
	qsort(all, n, sizeof *all, by_group);
	r->total_tasks = stat_of(all, n);
	map_free(&slots);
	free(all);
}
