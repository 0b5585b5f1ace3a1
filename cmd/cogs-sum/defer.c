/* defer.c - additions to groups and tasks, a few records late. */
#include "defer.h"

static const uint64_t step = DEFER_QUEUE / 4; /* records between two of its steps */

static struct pending *
at(struct tally *t, uint64_t n)
{
	return &t->queue[n % DEFER_QUEUE];
}

static void
expect(struct expected *e, const struct table *table)
{
	e->hash = map_hash(buf_str(&e->key));
	map_expect(&table->keys, e->hash);
}

static void
expect_entry(struct expected *e, const struct table *table)
{
	e->slot = map_guess(&table->keys, e->hash);
	if (e->slot == MAP_NONE)
		return;
	const char *value = table_at(table, e->slot);
	for (size_t i = 0; i < table->size; i += 64)
		__builtin_prefetch(value + i, 1);
}

static void
expect_key(const struct expected *e, const struct table *table)
{
	if (e->slot != MAP_NONE)
		map_expect_key(&table->keys, e->slot);
}

static void
complete(struct tally *t, struct pending *p)
{
	tally_join_group(tally_group(t, buf_str(&p->group.key), p->group.hash), &p->add);
	if (p->has_task)
		tally_join_task(
		    tally_task(t, buf_str(&p->task.key), p->task.hash), &p->add_task);
}

struct pending *
defer_next(struct tally *t)
{
	if (t->queued - t->added == DEFER_QUEUE)
		complete(t, at(t, t->added++));
	return at(t, t->queued);
}

void
defer_submit(struct tally *t)
{
	struct pending *p = at(t, t->queued++);
	uint64_t waiting = t->queued - t->added;

	expect(&p->group, &t->groups);
	if (p->has_task)
		expect(&p->task, &t->tasks);
	if (waiting > step) {
		p = at(t, t->queued - 1 - step);
		expect_entry(&p->group, &t->groups);
		if (p->has_task)
			expect_entry(&p->task, &t->tasks);
	}
	if (waiting > 2 * step) {
		p = at(t, t->queued - 1 - 2 * step);
		expect_key(&p->group, &t->groups);
		if (p->has_task)
			expect_key(&p->task, &t->tasks);
	}
}

void
defer_flush(struct tally *t)
{
	while (t->added < t->queued)
		complete(t, at(t, t->added++));
}

void
defer_free(struct tally *t)
{
	for (size_t i = 0; i < DEFER_QUEUE; i++) {
		buf_free(&t->queue[i].group.key);
		buf_free(&t->queue[i].task.key);
	}
}
