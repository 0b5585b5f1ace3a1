/* compare.c - how far two answers are the same; sums over all pairs. */
#include <stdlib.h>

#include "data/hash.h"
#include "diff.h"

const char *const check_names[] = { "all checks", "status", "not truncated", "tool arguments",
	"no refusal", NULL };

const char *const level_names[] = { "identical", "same-arguments", "same-calls", "same-text",
	"different", "lost", "no-baseline", "skipped", "unpaired", NULL };

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

void
pair_compare(struct pair *p)
{
	p->level = level_of(p->old, p->new);
	p->worst = CHECKS;
	for (enum check c = CHECK_STATUS; c < CHECKS && p->worst == CHECKS; c++)
		if (p->old->checks[c] == PASS && p->new->checks[c] == FAIL)
			p->worst = c;
}

/* A pair counts for a check where both outcomes are known; for the arguments where at
 * least one side made a call. */
static void
count(struct tally *t, enum check check, const struct pair *p)
{
	enum outcome old = p->old->checks[check], new = p->new->checks[check];

	if (check == CHECK_ARGUMENTS && p->old->calls == 0 && p->new->calls == 0)
		return;
	if (old == UNKNOWN || new == UNKNOWN)
		t->unknown++;
	else if (old == PASS)
		*(new == PASS ? &t->table.both : &t->table.second) += 1;
	else
		*(new == PASS ? &t->table.first : &t->table.neither) += 1;
}

/* By what is wrong: a check that regressed, other calls, another text. */
static size_t
shelf_of(const struct pair *p)
{
	if (p->worst < CHECKS)
		return p->worst;
	return p->old->multiset != p->new->multiset ? CHECKS : CHECKS + 1;
}

/* What shows the difference: the calls, where they differ or there is nothing else. */
static str
shown(const struct side *s, bool calls)
{
	return s->calls > 0 && (calls || s->excerpt.len == 0) ? s->call_text : s->excerpt;
}

static void
remember(struct totals *t, const struct pair *p)
{
	struct worst *row = t->worst[shelf_of(p)];
	uint64_t order = hash_short(p->id) | 1; /* any three, but always the same three */
	size_t at = 0;

	while (at < WORST && row[at].order != 0 && row[at].order <= order)
		at++;
	if (at == WORST)
		return;
	for (size_t i = WORST - 1; i > at; i--)
		row[i] = row[i - 1];
	bool calls = p->old->multiset != p->new->multiset;
	row[at] = (struct worst){
		.id = arena_keep(&t->arena, p->id),
		.session = arena_keep(&t->arena, p->session),
		.fault = arena_keep(&t->arena, p->new->fault),
		.was = arena_keep(&t->arena, shown(p->old, calls)),
		.now = arena_keep(&t->arena, shown(p->new, calls)),
		.level = p->level,
		.check = p->worst,
		.order = order,
	};
}

void
totals_add(struct totals *t, const struct pair *p)
{
	t->records++;
	t->levels[p->level]++;
	if (p->level == NO_BASELINE)
		return;
	for (enum check c = 0; c < CHECKS; c++)
		count(&t->checks[c], c, p);
	if (p->level >= DIFFERENT || p->worst < CHECKS)
		remember(t, p);
}

void
totals_skip(struct totals *t, str reason, enum level level)
{
	size_t slot = map_slot(&t->reasons, reason);

	t->records++;
	t->levels[level]++;
	if (slot >= t->reason_room) {
		t->reason_room = 2 * slot + 16;
		int64_t *more = ARENA_ARRAY(&t->arena, int64_t, t->reason_room);
		for (size_t i = 0; i < slot; i++)
			more[i] = t->reason_counts[i];
		t->reason_counts = more;
	}
	t->reason_counts[slot]++;
}

/* One of each kind first, the gravest kind before the others. */
const struct worst *
totals_worst(const struct totals *t, size_t n)
{
	for (size_t round = 0; round < WORST; round++)
		for (size_t kind = 0; kind < CHECKS + 2; kind++)
			if (t->worst[kind][round].order != 0 && n-- == 0)
				return &t->worst[kind][round];
	return NULL;
}

void
totals_free(struct totals *t)
{
	map_free(&t->reasons);
	map_free(&t->old_models);
	map_free(&t->new_models);
	arena_free(&t->arena);
}
