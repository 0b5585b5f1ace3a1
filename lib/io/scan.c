/* scan.c - wanted paths compiled, and the plain way to read a record: a trie walked beside
 * it.  The faster ways must agree with this one. */
#include "io/scan.h"

#include "io/scan_trie.h"

struct pass {
	struct lex lex;
	struct scan_value *values;
	bool duplicate;
};

static void
add_key(struct scan_node *from, struct scan_node *n)
{
	struct scan_node **bucket = &from->keys[scan_bucket(n->step.key)];

	if (n->step.kind != PATH_KEY)
		return;
	n->chain = *bucket;
	*bucket = n;
}

static struct scan_node *
branch(struct arena *a, struct scan_node *from, const struct path_step *step)
{
	struct scan_node **link = &from->child;

	for (; *link != NULL; link = &(*link)->next)
		if ((*link)->step.kind == step->kind && (*link)->step.index == step->index &&
		    str_eq((*link)->step.key, step->key))
			return *link;
	*link = ARENA_NEW(a, struct scan_node);
	(*link)->step = *step;
	add_key(from, *link);
	return *link;
}

const struct scan *
scan_new(struct arena *a, const struct path *paths, size_t count)
{
	struct scan *s = ARENA_NEW(a, struct scan);

	s->count = count;
	for (size_t slot = 0; slot < count; slot++) {
		struct scan_node *n = &s->root;
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

bool
scan_clear(const struct scan_node *n, struct scan_value *values)
{
	bool found = false;

	for (size_t i = 0; i < n->slot_count; i++) {
		found |= values[n->slots[i]].kind != KIND_NONE;
		values[n->slots[i]] = (struct scan_value){ 0 };
	}
	for (const struct scan_node *c = n->child; c != NULL; c = c->next)
		found |= scan_clear(c, values);
	return found;
}

const struct scan_node *
scan_index(const struct scan_node *n, int64_t index)
{
	const struct scan_node *c = n->child;

	while (c != NULL && (c->step.kind != PATH_INDEX || c->step.index != index))
		c = c->next;
	return c;
}

const struct scan_node *
scan_key_escaped(const struct scan_node *n, str inner)
{
	struct arena a = { 0 };
	const struct scan_node *hit = NULL;

	if (inner.len < 4096) { /* no path has a longer key */
		hit = scan_key(n, lex_text(&a, inner));
		arena_free(&a);
	}
	return hit;
}

static bool visit(struct pass *, const struct scan_node *);

/* Values of a node that is looked into; NULL passes over it. */
static bool
step_into(struct pass *p, const struct scan_node *n)
{
	str raw;

	if (n == NULL)
		return lex_skip(&p->lex, &raw);
	p->duplicate |= scan_clear(n, p->values);
	return visit(p, n);
}

static bool
members(struct pass *p, const struct scan_node *n)
{
	bool first = true, escaped;
	str name;

	if (!lex_enter(&p->lex))
		return false;
	while (lex_more(&p->lex, '}', &first)) {
		if (!lex_string(&p->lex, &name, &escaped) || !lex_colon(&p->lex))
			return false;
		if (!step_into(p, escaped ? scan_key_escaped(n, name) : scan_key(n, name)))
			return false;
	}
	return p->lex.why == NULL;
}

static bool
elements(struct pass *p, const struct scan_node *n)
{
	bool first = true;

	if (!lex_enter(&p->lex))
		return false;
	for (int64_t i = 0; lex_more(&p->lex, ']', &first); i++)
		if (!step_into(p, scan_index(n, i)))
			return false;
	return p->lex.why == NULL;
}

static bool
visit(struct pass *p, const struct scan_node *n)
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
		p->values[n->slots[i]] = (struct scan_value){ .kind = kind, .raw = raw };
	return ok;
}

bool
scan_read_counting(const struct scan *s, str record, int depth, struct scan_value *values,
    struct doc_error *error, bool *duplicate)
{
	struct pass p = { .lex = lex_of(record), .values = values };

	if (depth > 0)
		p.lex.max_depth = depth;
	for (size_t i = 0; i < s->count; i++)
		values[i] = (struct scan_value){ 0 };
	bool ok = record.len > 0 && visit(&p, &s->root) && lex_end(&p.lex);
	*duplicate = p.duplicate;
	if (!ok)
		*error = (struct doc_error){ p.lex.why != NULL ? p.lex.why : "empty",
			lex_offset(&p.lex) };
	return ok;
}

bool
scan_read(const struct scan *s, str record, int depth, struct scan_value *values,
    struct doc_error *error)
{
	bool duplicate;

	return scan_read_counting(s, record, depth, values, error, &duplicate);
}
