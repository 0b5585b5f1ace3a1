/* doc.c - a JSON text as a tree of slices. */
#include "io/doc.h"

static struct doc *parse(struct arena *, struct lex *);

static bool
children(struct arena *a, struct lex *l, struct doc *d, char close)
{
	const struct doc **link = &d->child;
	bool first = true, escaped = false;
	str name = { 0 };

	if (!lex_enter(l))
		return false;
	while (lex_more(l, close, &first)) {
		if (close == '}' && (!lex_string(l, &name, &escaped) || !lex_colon(l)))
			return false;
		struct doc *child = parse(a, l);
		if (child == NULL)
			return false;
		child->key = escaped ? lex_text(a, name) : name;
		*link = child;
		link = &child->next;
		d->count++;
	}
	return l->why == NULL;
}

static struct doc *
parse(struct arena *a, struct lex *l)
{
	struct doc *d = ARENA_NEW(a, struct doc);
	str inner;
	bool escaped, ok;

	d->kind = lex_kind(l);
	const char *from = l->at;
	if (d->kind == KIND_OBJECT) {
		ok = children(a, l, d, '}');
	} else if (d->kind == KIND_ARRAY) {
		ok = children(a, l, d, ']');
	} else if (d->kind == KIND_STRING) {
		ok = lex_string(l, &inner, &escaped);
		if (ok)
			d->text = escaped ? lex_text(a, inner) : inner;
	} else {
		ok = lex_skip(l, &inner);
	}
	d->raw = (str){ from, (size_t)(l->at - from) };
	return ok ? d : NULL;
}

const struct doc *
doc_parse(struct arena *a, str text, int depth, struct doc_error *error)
{
	struct lex l = lex_of(text);

	if (depth > 0)
		l.max_depth = depth;
	const struct doc *d = text.len > 0 ? parse(a, &l) : NULL;
	if (d != NULL && lex_end(&l))
		return d;
	*error = (struct doc_error){ l.why != NULL ? l.why : "empty", lex_offset(&l) };
	return NULL;
}

const struct doc *
doc_read(struct arena *a, str text)
{
	struct doc_error ignored;

	return doc_parse(a, text, 0, &ignored);
}

enum kind
doc_kind(const struct doc *d)
{
	return d != NULL ? d->kind : KIND_NONE;
}

const struct doc *
doc_find(const struct doc *d, str key)
{
	const struct doc *last = NULL;

	if (doc_kind(d) != KIND_OBJECT)
		return NULL;
	DOC_EACH (member, d)
		if (str_eq(member->key, key))
			last = member;
	return last;
}

const struct doc *
doc_get(const struct doc *d, const char *key)
{
	return doc_find(d, str_of(key));
}

const struct doc *
doc_item(const struct doc *d, size_t index)
{
	if (doc_kind(d) != KIND_ARRAY)
		return NULL;
	DOC_EACH (item, d)
		if (index-- == 0)
			return item;
	return NULL;
}

const struct doc *
doc_at(const struct doc *d, const struct path *path)
{
	for (size_t i = 0; i < path->count; i++) {
		const struct path_step *s = &path->steps[i];
		d = s->kind == PATH_KEY ? doc_find(d, s->key) : doc_item(d, (size_t)s->index);
	}
	return d;
}

str
doc_text(const struct doc *d)
{
	return doc_kind(d) == KIND_STRING ? d->text : (str){ 0 };
}

str
doc_raw(const struct doc *d)
{
	return d != NULL ? d->raw : (str){ 0 };
}

bool
doc_is(const struct doc *d, const char *text)
{
	return doc_kind(d) == KIND_STRING && str_is(d->text, text);
}

bool
doc_true(const struct doc *d)
{
	return doc_kind(d) == KIND_TRUE;
}

bool
doc_real(const struct doc *d, double *value)
{
	return doc_kind(d) == KIND_NUMBER && str_real(d->raw, value);
}

/* 3, 3.0 and 0.3e1 are whole; 3.0000000000000000000001 is not, though a double says so. */
bool
doc_int(const struct doc *d, int64_t *value)
{
	double real;

	if (doc_kind(d) != KIND_NUMBER)
		return false;
	if (str_int(d->raw, value))
		return true;
	size_t point = str_find(d->raw, '.');
	bool scaled = str_find(d->raw, 'e') < d->raw.len || str_find(d->raw, 'E') < d->raw.len;
	for (size_t i = point + 1; !scaled && i < d->raw.len; i++)
		if (d->raw.at[i] != '0')
			return false;
	if (!scaled)
		return str_int((str){ d->raw.at, point }, value);
	if (!str_real(d->raw, &real) || real < -9e15 || real > 9e15 ||
	    real != (double)(int64_t)real || (real == 0 && d->raw.at[0] != '0'))
		return false;
	*value = (int64_t)real;
	return true;
}

bool
doc_null(const struct doc *d)
{
	return d == NULL || d->kind == KIND_NULL;
}

const struct doc *
doc_stranger(const struct doc *d, const char *const *names)
{
	DOC_EACH (member, d) {
		const char *const *n = names;
		while (*n != NULL && !str_is(member->key, *n))
			n++;
		if (*n == NULL)
			return member;
	}
	return NULL;
}
