/* scan.c - the projecting scanner: a trie of wanted steps walked beside the record. */
#include "io/scan.h"

#include <stdlib.h>

#include "base/mem.h"

struct node {
	struct path_step step;
	struct node *child, *next;
	size_t *slots, slot_count; /* the wanted values that end here */
};

struct scan {
	struct node root;
	size_t count;
};

struct pass {
	struct lex lex;
	struct scan_value *values;
};

static struct node *
branch(struct arena *a, struct node *from, const struct path_step *step)
{
	struct node **link = &from->child;

	for (; *link != NULL; link = &(*link)->next)
		if ((*link)->step.kind == step->kind && (*link)->step.index == step->index &&
		    str_eq((*link)->step.key, step->key))
			return *link;
	*link = ARENA_NEW(a, struct node);
	(*link)->step = *step;
	return *link;
}

const struct scan *
scan_new(struct arena *a, const struct path *paths, size_t count)
{
	struct scan *s = ARENA_NEW(a, struct scan);

	s->count = count;
	for (size_t slot = 0; slot < count; slot++) {
		struct node *n = &s->root;
		for (size_t i = 0; i < paths[slot].count; i++)
			n = branch(a, n, &paths[slot].steps[i]);
		size_t *slots = ARENA_ARRAY(a, size_t, n->slot_count + 1);
		for (size_t i = 0; i < n->slot_count; i++)
			slots[i] = n->slots[i];
		slots[n->slot_count++] = slot;
		n->slots = slots;
	}
	return s;
}

/* A duplicate key replaces all that the earlier one held. */
static void
clear(const struct node *n, struct scan_value *values)
{
	for (size_t i = 0; i < n->slot_count; i++)
		values[n->slots[i]] = (struct scan_value){ 0 };
	for (const struct node *c = n->child; c != NULL; c = c->next)
		clear(c, values);
}

static const struct node *
wanted(const struct node *n, enum path_kind kind, str key, int64_t index)
{
	for (const struct node *c = n->child; c != NULL; c = c->next)
		if (c->step.kind == kind && c->step.index == index && str_eq(c->step.key, key))
			return c;
	return NULL;
}

static bool visit(struct pass *, const struct node *);

/* Values of a node that is looked into; NULL passes over it. */
static bool
step_into(struct pass *p, const struct node *n)
{
	str raw;

	if (n == NULL)
		return lex_skip(&p->lex, &raw);
	clear(n, p->values);
	return visit(p, n);
}

static bool
members(struct pass *p, const struct node *n)
{
	bool first = true, escaped;
	char room[256];
	str name;

	if (!lex_enter(&p->lex))
		return false;
	while (lex_more(&p->lex, '}', &first)) {
		if (!lex_string(&p->lex, &name, &escaped) || !lex_colon(&p->lex))
			return false;
		const struct node *hit = NULL;
		if (!escaped) {
			hit = wanted(n, PATH_KEY, name, 0);
		} else if (name.len < sizeof room) {
			struct arena a = { 0 };
			hit = wanted(n, PATH_KEY, lex_text(&a, name), 0);
			arena_free(&a);
		}
		if (!step_into(p, hit))
			return false;
	}
	return p->lex.why == NULL;
}

static bool
elements(struct pass *p, const struct node *n)
{
	bool first = true;

	if (!lex_enter(&p->lex))
		return false;
	for (int64_t i = 0; lex_more(&p->lex, ']', &first); i++)
		if (!step_into(p, wanted(n, PATH_INDEX, (str){ 0 }, i)))
			return false;
	return p->lex.why == NULL;
}

static bool
visit(struct pass *p, const struct node *n)
{
	enum kind kind = lex_kind(&p->lex);
	const char *from = p->lex.at;
	bool ok;
	str raw;

	if (n->child != NULL && kind == KIND_OBJECT)
		ok = members(p, n);
	else if (n->child != NULL && kind == KIND_ARRAY)
		ok = elements(p, n);
	else
		ok = lex_skip(&p->lex, &raw);
	raw = (str){ from, (size_t)(p->lex.at - from) };
	for (size_t i = 0; ok && i < n->slot_count; i++)
		p->values[n->slots[i]] = (struct scan_value){ kind, raw };
	return ok;
}

bool
scan_read(const struct scan *s, str record, int depth, struct scan_value *values,
    struct doc_error *error)
{
	struct pass p = { .lex = lex_of(record), .values = values };

	if (depth > 0)
		p.lex.max_depth = depth;
	for (size_t i = 0; i < s->count; i++)
		values[i] = (struct scan_value){ 0 };
	if (record.len > 0 && visit(&p, &s->root) && lex_end(&p.lex))
		return true;
	*error =
	    (struct doc_error){ p.lex.why != NULL ? p.lex.why : "empty", lex_offset(&p.lex) };
	return false;
}

struct scanner {
	const struct scan *scan;
	struct scan_value *values;
	uint64_t duplicates;
};

struct scanner *
scanner_new(const struct scan *scan)
{
	struct scanner *s = mem_new(sizeof *s);

	s->scan = scan;
	s->values = mem_new((scan->count + 1) * sizeof *s->values);
	return s;
}

void
scanner_free(struct scanner *s)
{
	free(s->values);
	free(s);
}

struct scan_value *
scanner_read(struct scanner *s, str record, size_t slack, int depth, struct doc_error *error)
{
	(void)slack;
	return scan_read(s->scan, record, depth, s->values, error) ? s->values : NULL;
}

uint64_t
scanner_duplicates(const struct scanner *s)
{
	return s->duplicates;
}

str
scan_text(struct arena *a, const struct scan_value *v)
{
	if (v->kind != KIND_STRING)
		return v->raw;
	return lex_text(a, (str){ v->raw.at + 1, v->raw.len - 2 });
}
