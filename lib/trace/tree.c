/* tree.c - a JSON value that grows. */
#include "trace/tree.h"

#include "io/emit.h"

struct piece {
	str text;
	struct piece *next;
};

struct tree *
tree_new(struct arena *a, enum kind kind)
{
	struct tree *t = ARENA_NEW(a, struct tree);

	t->kind = kind;
	t->text_end = &t->text;
	return t;
}

struct tree *
tree_of(struct arena *a, const struct doc *d)
{
	struct tree *t = tree_new(a, doc_kind(d));

	t->raw = doc_raw(d);
	DOC_EACH (item, d) {
		struct tree *child = tree_of(a, item);
		child->key = item->key;
		tree_push(t, child);
	}
	if (t->kind == KIND_STRING)
		tree_append(a, t, d->text);
	return t;
}

struct tree *
tree_get(const struct tree *t, const char *key)
{
	if (t == NULL || t->kind != KIND_OBJECT)
		return NULL;
	for (struct tree *c = t->child; c != NULL; c = c->next)
		if (str_is(c->key, key))
			return c;
	return NULL;
}

struct tree *
tree_entry(struct arena *a, struct tree *array, int64_t index)
{
	struct tree *before = NULL, *t = tree_new(a, KIND_OBJECT);

	if (index < 0 || index >= TREE_ENTRIES)
		return NULL;
	for (struct tree *c = array->child; c != NULL && c->index <= index; c = c->next) {
		if (c->index == index)
			return c;
		before = c;
	}
	t->index = index;
	if (before == array->last) {
		tree_push(array, t);
		return t;
	}
	struct tree **link = before != NULL ? &before->next : &array->child;
	t->next = *link;
	*link = t;
	array->count++;
	return t;
}

void
tree_push(struct tree *array, struct tree *value)
{
	array->count++;
	if (array->last != NULL)
		array->last->next = value;
	else
		array->child = value;
	array->last = value;
}

void
tree_set(struct tree *object, str key, struct tree *value)
{
	value->key = key;
	for (struct tree *c = object->child; c != NULL; c = c->next)
		if (str_eq(c->key, key)) {
			struct tree *next = c->next;
			*c = *value;
			c->next = next;
			if (c->text == NULL)
				c->text_end = &c->text;
			return;
		}
	if (object->count < TREE_MEMBERS)
		tree_push(object, value);
}

static struct tree *
inner(struct arena *a, struct tree *object, const char *key, enum kind kind)
{
	struct tree *t = tree_get(object, key);

	if (t == NULL || t->kind != kind) {
		tree_set(object, str_of(key), tree_new(a, kind));
		t = tree_get(object, key);
	}
	return t != NULL ? t : tree_new(a, kind); /* the object is full: into the void */
}

struct tree *
tree_array_in(struct arena *a, struct tree *object, const char *key)
{
	return inner(a, object, key, KIND_ARRAY);
}

struct tree *
tree_object_in(struct arena *a, struct tree *object, const char *key)
{
	return inner(a, object, key, KIND_OBJECT);
}

void
tree_append(struct arena *a, struct tree *t, str text)
{
	struct piece *p = ARENA_NEW(a, struct piece);

	p->text = text;
	*t->text_end = p;
	t->text_end = &p->next;
}

void
tree_take(struct arena *a, struct tree *object, const struct doc *member)
{
	if (member->kind == KIND_NULL) {
		for (struct tree *c = object->child; c != NULL; c = c->next)
			if (str_eq(c->key, member->key))
				return;
	}
	tree_set(object, member->key, tree_of(a, member));
}

void
tree_merge(struct arena *a, struct tree *object, const struct doc *member)
{
	if (member->kind == KIND_OBJECT)
		for (struct tree *c = object->child; c != NULL; c = c->next)
			if (str_eq(c->key, member->key) && c->kind == KIND_OBJECT) {
				DOC_EACH (inner, member)
					tree_merge(a, c, inner);
				return;
			}
	tree_take(a, object, member);
}

void
tree_append_to(struct arena *a, struct tree *object, str key, str text)
{
	for (struct tree *c = object->child; c != NULL; c = c->next)
		if (str_eq(c->key, key) && c->kind == KIND_STRING) {
			tree_append(a, c, text);
			return;
		}
	struct tree *fresh = tree_new(a, KIND_STRING);
	tree_append(a, fresh, text);
	tree_set(object, key, fresh);
}

str
tree_text(struct arena *a, const struct tree *t)
{
	size_t n = 0;

	if (t == NULL)
		return (str){ 0 };
	for (const struct piece *p = t->text; p != NULL; p = p->next)
		n += p->text.len;
	char *all = arena_bytes(a, n + 1), *end = all;
	for (const struct piece *p = t->text; p != NULL; p = p->next)
		for (size_t i = 0; i < p->text.len; i++)
			*end++ = p->text.at[i];
	return (str){ all, n };
}

static void
write_string(struct buf *b, const struct tree *t)
{
	struct arena a = { 0 };

	if (t->text != NULL && t->text->next == NULL && t->raw.len > 0)
		emit_raw(b, t->raw); /* as it stood */
	else
		emit_str(b, tree_text(&a, t));
	arena_free(&a);
}

void
tree_write(struct buf *b, const struct tree *t)
{
	switch (t->kind) {
	case KIND_OBJECT:
		emit_open(b, '{');
		for (const struct tree *c = t->child; c != NULL; c = c->next) {
			emit_name(b, c->key);
			tree_write(b, c);
		}
		emit_close(b, '}');
		break;
	case KIND_ARRAY:
		emit_open(b, '[');
		for (const struct tree *c = t->child; c != NULL; c = c->next)
			tree_write(b, c);
		emit_close(b, ']');
		break;
	case KIND_STRING: write_string(b, t); break;
	case KIND_NULL:
	case KIND_FALSE:
	case KIND_TRUE:
	case KIND_NUMBER: emit_raw(b, t->raw); break;
	case KIND_NONE: emit_null(b); break;
	}
}
