/* shape.c - shapes of records, learnt. */
#include "io/shape.h"

#include <string.h>

/* What is being put into the tree. */
struct learning {
	struct shapes *shapes;
	const struct shape_step *steps;
	size_t count, at;
	size_t slots[SHAPE_MAX_STEPS], slot_count;
};

static void
note_slots(struct learning *l, const struct scan_node *n)
{
	for (size_t i = 0; n != NULL && i < n->slot_count && l->slot_count < SHAPE_MAX_STEPS;
	     i++)
		l->slots[l->slot_count++] = n->slots[i];
}

/* The literal from there up to the next value (or the end), with the marks inside it. */
static struct shape
draft(struct learning *l, const char *from, const char *end, struct shape_mark *marks)
{
	struct shape s = { .literal = from, .marks = marks, .last = true };

	for (; l->at < l->count; l->at++) {
		const struct shape_step *step = &l->steps[l->at];
		if (step->what == STEP_VALUE || step->what == STEP_OPAQUE) {
			s.last = false;
			s.opaque = step->what == STEP_OPAQUE;
			s.wanted = step->wanted;
			s.depth = step->depth;
			end = step->from;
			break;
		}
		marks[s.mark_count++] = (struct shape_mark){ step->wanted,
			(uint32_t)(step->from - from), step->what == STEP_END, step->kind };
	}
	s.len = (uint32_t)(end - from);
	return s;
}

static bool
same(const struct shape *a, const struct shape *b)
{
	return a->len == b->len && a->last == b->last && a->opaque == b->opaque &&
	    a->depth == b->depth && memcmp(a->literal, b->literal, a->len) == 0;
}

/* A copy that lives as long as the tree. */
static struct shape *
keep(struct shapes *t, const struct shape *draft)
{
	struct shape *s = ARENA_NEW(&t->arena, struct shape);
	char *literal = arena_alloc(&t->arena, draft->len + SHAPE_PAD);
	struct shape_mark *marks =
	    ARENA_ARRAY(&t->arena, struct shape_mark, draft->mark_count + 1);

	memcpy(literal, draft->literal, draft->len);
	for (size_t i = 0; i < draft->mark_count; i++)
		marks[i] = draft->marks[i];
	*s = *draft;
	s->literal = literal;
	s->marks = marks;
	t->nodes++;
	return s;
}

/* The same step among the alternatives, or a new one in front of them. */
static struct shape *
follow(struct shapes *t, struct shape *from, const struct shape *draft)
{
	for (struct shape *s = from->next; s != NULL; s = s->other)
		if (same(s, draft))
			return s;
	if (t->nodes >= SHAPE_MAX_NODES)
		return NULL;
	struct shape *s = keep(t, draft);
	s->other = from->next;
	from->next = s;
	return s;
}

void
shapes_learn(struct shapes *t, str record, const struct shape_step *steps, size_t count)
{
	struct learning l = { .shapes = t, .steps = steps, .count = count };
	const char *from = record.at;
	struct shape *at = &t->root;

	for (;;) {
		struct shape_mark marks[SHAPE_MAX_STEPS];
		struct shape d = draft(&l, from, record.at + record.len, marks);
		for (size_t i = 0; i < d.mark_count; i++)
			if (!d.marks[i].ends)
				note_slots(&l, d.marks[i].wanted);
		note_slots(&l, d.wanted);
		at = d.len > 0 ? follow(t, at, &d) : NULL;
		if (at == NULL)
			return;
		if (d.last)
			break;
		from = steps[l.at++].end;
	}
	size_t *slots = ARENA_ARRAY(&t->arena, size_t, l.slot_count + 1);
	memcpy(slots, l.slots, l.slot_count * sizeof *slots);
	at->slots = slots;
	at->slot_count = l.slot_count;
}

void
shapes_free(struct shapes *t)
{
	arena_free(&t->arena);
	*t = (struct shapes){ 0 };
}
