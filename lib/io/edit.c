/* edit.c - JSON changed in place. */
#include "io/edit.h"

#include <assert.h>

#include "io/emit.h"

#define MAX_EDITS 32

static const struct edit *
edit_of(const struct edit *edits, size_t count, str key)
{
	for (size_t i = 0; i < count; i++)
		if (edits[i].json.len > 0 && str_is(key, edits[i].key))
			return &edits[i];
	return NULL;
}

size_t
edit_object(struct buf *out, str record, const struct edit *edits, size_t count)
{
	struct arena a = { 0 };
	struct lex l = lex_of(str_trim(record));
	const char *from = l.start;
	bool first = true, escaped, done[MAX_EDITS] = { 0 };
	size_t replaced = 0;
	str name, raw;

	assert(count <= MAX_EDITS);
	lex_kind(&l);
	lex_enter(&l);
	while (lex_more(&l, '}', &first) && lex_string(&l, &name, &escaped) && lex_colon(&l)) {
		lex_kind(&l);
		const char *value = l.at;
		if (!lex_skip(&l, &raw))
			break;
		const struct edit *e =
		    edit_of(edits, count, escaped ? lex_text(&a, name) : name);
		if (e == NULL)
			continue;
		buf_add(out, (str){ from, (size_t)(value - from) });
		buf_add(out, e->json);
		from = l.at;
		done[e - edits] = true;
		replaced++;
	}
	buf_add(out, (str){ from, (size_t)(l.at - from) });
	if (out->len > 0)
		out->len--; /* reopen the object */
	for (size_t i = 0; i < count; i++)
		if (edits[i].json.len > 0 && !done[i])
			emit_kraw(out, edits[i].key, edits[i].json);
	emit_close(out, '}');
	arena_free(&a);
	return replaced;
}

/* What has to be written where the path leaves the tree: {"b":{"c":json}}. */
static void
nest(struct buf *b, const struct path *path, size_t from, str json)
{
	for (size_t i = from; i < path->count; i++) {
		if (i > from)
			emit_open(b, '{');
		emit_name(b, path->steps[i].key);
	}
	emit_raw(b, json);
	for (size_t i = from + 1; i < path->count; i++)
		emit_close(b, '}');
}

bool
edit_path(struct arena *a, const struct doc *root, const struct path *path, str json,
    str *result, const char **why)
{
	const struct doc *d = root, *below;
	struct buf b = { 0 };
	size_t i = 0;

	for (; i < path->count &&
	     (below = doc_at(d, &(struct path){ &path->steps[i], 1 })) != NULL;
	     i++)
		d = below;
	size_t at = (size_t)(d->raw.at - root->raw.at);
	if (i == path->count) {
		buf_add(&b, (str){ root->raw.at, at });
		buf_add(&b, json);
	} else {
		*why = d->kind != KIND_OBJECT ? "there is no object to put it into" : NULL;
		for (size_t k = i; k < path->count; k++)
			if (path->steps[k].kind != PATH_KEY)
				*why = "there is no such element";
		if (*why != NULL)
			return false;
		buf_add(&b, str_trim((str){ root->raw.at, at + d->raw.len - 1 }));
		nest(&b, path, i, json);
		buf_byte(&b, '}');
	}
	buf_add(&b, str_from(root->raw, at + d->raw.len));
	*result = arena_keep(a, buf_str(&b));
	buf_free(&b);
	return true;
}

void
edit_flatten(struct buf *out, str json)
{
	bool in_string = false;
	size_t from = out->len;

	buf_add(out, json);
	for (size_t i = from; i < out->len; i++) {
		char c = out->at[i];
		if (c == '"')
			in_string = !in_string;
		else if (c == '\\' && in_string)
			i++;
		else if (c == '\n' || c == '\r')
			out->at[i] = ' ';
	}
}
