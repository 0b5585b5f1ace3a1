/* redact.c - a record without what the rules match. */
#include "redact.h"

#include "data/hash.h"
#include "io/emit.h"

#define DIGITS    12
#define MAX_NOTES 200

struct walk {
	const struct redactor *r;
	struct arena *arena;
	struct buf out, path, text, modified;
	struct redacted *result;
	bool in_request, in_response, in_figures, in_tools,
	    in_text; /* in_text: JSON kept in a string */
	size_t notes, depth;
	uint32_t *hits;
};

static void
stand_in(void *context, struct buf *out, str name, str match)
{
	const struct redactor *r = context;
	struct arena a = { 0 };
	str value =
	    arena_printf(&a, "%.*s\n%.*s", (int)name.len, name.at, (int)match.len, match.at);

	buf_byte(out, '[');
	buf_add(out, name);
	buf_byte(out, ':');
	buf_add(out, (str){ hash_keyed(&a, r->key, value).at, DIGITS });
	buf_byte(out, ']');
	arena_free(&a);
}

static void
note(struct walk *w)
{
	for (size_t i = 0; i < rules_count(w->r->rules); i++) {
		if (w->hits[i] > 0 && w->notes++ < MAX_NOTES) {
			emit_open(&w->modified, '{');
			emit_key(&w->modified, "field");
			emit_str(&w->modified, str_from(buf_str(&w->path), 1));
			emit_ktext(&w->modified, "action", "redacted");
			emit_kstr(&w->modified, "rule", rules_name(w->r->rules, i));
			emit_kint(&w->modified, "count", w->hits[i]);
			emit_close(&w->modified, '}');
		}
		w->hits[i] = 0;
	}
}

/* The text without its matches, in w->text; false: there are none. */
static bool
replace(struct walk *w, str text)
{
	struct redactor stand = *w->r;

	buf_reset(&w->text);
	if (rules_apply(w->r->rules, &w->text, text, stand_in, &stand, w->hits) == 0)
		return false;
	w->result->request |= w->in_request;
	return true;
}

/* Members of a request that are no text: ids, names, roles, what kind of thing it is. */
static bool
structural(str key)
{
	static const char *const keys[] = { "model", "role", "type", "id", "tool_call_id",
		"tool_use_id", "call_id", "name", NULL };

	for (const char *const *k = keys; *k != NULL; k++)
		if (str_is(key, *k))
			return true;
	return false;
}

static bool
is_base64(str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.at[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') || c == '+' || c == '/' || c == '='))
			return false;
	}
	return true;
}

/* Binary data in a coat of text: patterns find only chance in it. */
static bool
encoded(const struct doc *d)
{
	size_t mark = str_search(d->text, ";base64,");

	if (str_starts(d->text, "data:") && mark < d->text.len && mark < 100)
		return is_base64(str_from(d->text, mark + 8)) &&
		    str_find((str){ d->text.at, mark }, ' ') == mark &&
		    str_find((str){ d->text.at, mark }, '@') == mark;
	return str_is(d->key, "data") && d->text.len > 256 && is_base64(d->text);
}

static void walk(struct walk *, const struct doc *);

/* A string that holds JSON (a call's arguments) stays JSON: its inside is walked. */
static bool
walk_inside(struct walk *w, const struct doc *d)
{
	const struct doc *inner = str_starts(d->text, "{") || str_starts(d->text, "[") ?
	    doc_read(w->arena, d->text) :
	    NULL;
	struct buf outer = w->out;
	bool before = w->in_text;
	size_t path = w->path.len, notes = w->notes;

	if (inner == NULL)
		return false;
	w->out = (struct buf){ 0 };
	w->in_text = true;
	buf_text(&w->path, "|fromjson");
	walk(w, inner);
	struct buf made = w->out;
	w->path.len = path;
	w->in_text = before;
	w->out = outer;
	if (w->notes > notes)
		emit_str(&w->out, buf_str(&made));
	else
		emit_raw(&w->out, d->raw);
	buf_free(&made);
	return true;
}

static void
walk_string(struct walk *w, const struct doc *d)
{
	if (encoded(d)) {
		emit_raw(&w->out, d->raw);
		return;
	}
	if (walk_inside(w, d))
		return;
	if (!replace(w, d->text)) {
		emit_raw(&w->out, d->raw);
		return;
	}
	if (w->in_request && !w->in_text)
		w->result->structure |=
		    structural(d->key) || (w->in_tools && !str_is(d->key, "description"));
	emit_str(&w->out, arena_keep(w->arena, buf_str(&w->text)));
	note(w);
}

/* A number that is found out becomes a string. */
static void
walk_number(struct walk *w, const struct doc *d)
{
	if (w->depth < 2 || w->in_figures || !replace(w, d->raw)) {
		emit_raw(&w->out, d->raw);
		return;
	}
	w->result->structure |= w->in_request && !w->in_text;
	emit_str(&w->out, buf_str(&w->text));
	note(w);
}

/* Bytes that are no text cannot be looked through: they do not leave. */
static void
drop_binary(struct walk *w, const struct doc *d)
{
	emit_name(&w->out, d->key);
	emit_text(&w->out, "[binary]");
	w->result->structure |= str_starts(d->key, "request");
	w->hits[0] = 1;
	note(w);
}

/* A key as it may be shown. */
static str
clean_key(struct walk *w, str key)
{
	if (!replace(w, key))
		return key;
	w->result->structure |= w->in_request && !w->in_text;
	str clean = arena_keep(w->arena, buf_str(&w->text));
	note(w);
	return clean;
}

/* What we computed ourselves, at the top of the record. */
static bool
own(str key)
{
	static const char *const keys[] = { "record", "v", "api", "replayable", "gaps",
		"status", NULL };

	for (const char *const *k = keys; *k != NULL; k++)
		if (str_is(key, *k))
			return true;
	return false;
}

static bool
digest(const struct doc *m)
{
	if (!str_ends(m->key, "sha256") || m->kind != KIND_STRING || m->text.len != HASH_HEX)
		return false;
	for (size_t i = 0; i < HASH_HEX; i++)
		if (str_find(STR("0123456789abcdef"), m->text.at[i]) == 16)
			return false;
	return true;
}

/* Counts and times, of the record's own answer or its candidate's: numbers that stay. */
static bool
figures(const struct walk *w, str key)
{
	return w->depth <= 2 && !w->in_request && !w->in_response &&
	    (str_is(key, "usage") || str_is(key, "timing") || str_is(key, "stream"));
}

static void
walk_member(struct walk *w, const struct doc *m, bool top)
{
	bool tools = w->in_tools, ours = top && own(m->key);
	bool binary = str_is(m->key, "request_b64") || str_is(m->key, "response_b64");
	str key = ours ? m->key : clean_key(w, m->key);
	size_t path = w->path.len;

	buf_printf(&w->path, ".%.*s", STR_F(key));
	if (top) {
		w->in_request = str_is(m->key, "request");
		w->in_response = str_is(m->key, "response");
	}
	bool were_figures = w->in_figures;
	w->in_figures |= figures(w, m->key);
	w->in_tools |= w->in_request && w->depth == 2 && str_is(m->key, "tools");
	if (top && binary) {
		drop_binary(w, m);
	} else {
		emit_name(&w->out, key);
		if (ours || digest(m))
			emit_raw(&w->out, m->raw);
		else
			walk(w, m);
	}
	w->in_tools = tools;
	w->in_figures = were_figures;
	w->path.len = path;
}

static void
walk_members(struct walk *w, const struct doc *d)
{
	bool top = w->depth++ == 0;

	emit_open(&w->out, '{');
	DOC_EACH (m, d)
		walk_member(w, m, top);
	emit_close(&w->out, '}');
	w->depth--;
}

static void
walk(struct walk *w, const struct doc *d)
{
	size_t path = w->path.len, index = 0;

	if (d->kind == KIND_STRING) {
		walk_string(w, d);
	} else if (d->kind == KIND_NUMBER) {
		walk_number(w, d);
	} else if (d->kind == KIND_OBJECT) {
		walk_members(w, d);
	} else if (d->kind == KIND_ARRAY) {
		emit_open(&w->out, '[');
		w->depth++;
		DOC_EACH (item, d) {
			buf_printf(&w->path, "[%zu]", index++);
			walk(w, item);
			w->path.len = path;
		}
		w->depth--;
		emit_close(&w->out, ']');
	} else {
		emit_raw(&w->out, d->raw);
	}
}

struct redacted
redact(const struct redactor *r, struct arena *a, const struct doc *record)
{
	struct redacted result = { 0 };
	struct walk w = { .r = r, .arena = a, .result = &result };

	w.hits = ARENA_ARRAY(a, uint32_t, rules_count(r->rules));
	walk(&w, record);
	result.record = arena_keep(a, buf_str(&w.out));
	result.modified = arena_keep(a, buf_str(&w.modified));
	buf_free(&w.out);
	buf_free(&w.path);
	buf_free(&w.text);
	buf_free(&w.modified);
	return result;
}
