/* responses_stream.c - Responses as a stream: events to the plain form, and back.
 *
 * The response of the last event counts when it has output; else the items are put
 * together from their own events.  Items are found by output_index, else by their id,
 * else the last is meant (llama-server sends neither number). */
#include "io/emit.h"
#include "trace/openai.h"

static bool
has_id(const struct tree *item, str id)
{
	struct arena a = { 0 };
	bool same = id.len > 0 && str_eq(tree_text(&a, tree_get(item, "id")), id);

	arena_free(&a);
	return same;
}

/* The item that an event is about; NULL: none is there. */
static struct tree *
item_of(const struct stream *s, const struct doc *e)
{
	str id = doc_text(doc_get(e, "item_id"));
	int64_t index;

	if (doc_int(doc_get(e, "output_index"), &index)) {
		for (struct tree *t = s->open->child; t != NULL; t = t->next)
			if (t->index == index)
				return t;
		return NULL;
	}
	if (id.len == 0)
		id = doc_text(doc_get(doc_get(e, "item"), "id"));
	for (struct tree *t = s->open->child; t != NULL; t = t->next)
		if (has_id(t, id))
			return t;
	return id.len == 0 ? s->open->last : NULL;
}

/* An item comes, or comes once more when it is done. */
static void
put_item(struct stream *s, const struct doc *e)
{
	struct tree *known = item_of(s, e), *fresh = tree_of(s->arena, doc_get(e, "item"));
	int64_t index = s->open->last != NULL ? s->open->last->index + 1 : 0;

	if (known != NULL && doc_is(doc_get(e, "type"), "response.output_item.added") &&
	    doc_get(e, "output_index") == NULL)
		known = NULL;
	doc_int(doc_get(e, "output_index"), &index);
	if (known == NULL && fresh->kind == KIND_OBJECT)
		known = tree_entry(s->arena, s->open, index);
	if (known == NULL || fresh->kind != KIND_OBJECT)
		return;
	known->child = fresh->child;
	known->last = fresh->last;
	known->count = fresh->count;
}

/* The part that an event is about; without a number the last, or one more. */
static struct tree *
part_of(struct stream *s, struct tree *item, const char *list, const struct doc *e)
{
	bool summary = str_is(str_of(list), "summary"),
	     fresh = str_ends(doc_text(doc_get(e, "type")), "_part.added");
	struct tree *parts = tree_array_in(s->arena, item, list);
	int64_t index = parts->last != NULL ? parts->last->index + fresh : 0;

	doc_int(doc_get(e, summary ? "summary_index" : "content_index"), &index);
	return tree_entry(s->arena, parts, index);
}

static void
put_part(struct stream *s, struct tree *item, const char *list, const struct doc *e)
{
	struct tree *part = part_of(s, item, list, e);

	DOC_EACH (m, doc_get(e, "part"))
		if (part != NULL)
			tree_take(s->arena, part, m);
}

/* Where the text of a delta goes: a member of the item, or of one of its parts. */
static const struct {
	const char *event, *list, *key, *type;
} deltas[] = {
	{ "response.output_text.delta", "content", "text", "output_text" },
	{ "response.refusal.delta", "content", "refusal", "refusal" },
	{ "response.reasoning_text.delta", "content", "text", "reasoning_text" },
	{ "response.reasoning_summary_text.delta", "summary", "text", "summary_text" },
	{ "response.function_call_arguments.delta", NULL, "arguments", NULL },
	{ "response.mcp_call_arguments.delta", NULL, "arguments", NULL },
	{ "response.custom_tool_call_input.delta", NULL, "input", NULL },
	{ "response.code_interpreter_call_code.delta", NULL, "code", NULL },
};

static void
put_delta(struct stream *s, struct tree *item, const struct doc *e)
{
	str text = doc_text(doc_get(e, "delta"));

	for (size_t i = 0; i < sizeof deltas / sizeof *deltas; i++) {
		if (!doc_is(doc_get(e, "type"), deltas[i].event))
			continue;
		struct tree *to =
		    deltas[i].list != NULL ? part_of(s, item, deltas[i].list, e) : item;
		if (to == NULL)
			return;
		if (deltas[i].type != NULL && tree_get(to, "type") == NULL) {
			tree_append_to(s->arena, to, STR("type"), str_of(deltas[i].type));
		}
		tree_append_to(s->arena, to, str_of(deltas[i].key), text);
		return;
	}
}

static void
put_annotation(struct stream *s, struct tree *item, const struct doc *e)
{
	struct tree *part = part_of(s, item, "content", e);

	if (part != NULL && doc_get(e, "annotation") != NULL)
		tree_push(tree_array_in(s->arena, part, "annotations"),
		    tree_of(s->arena, doc_get(e, "annotation")));
}

static void
take_response(struct stream *s, const struct doc *e)
{
	const struct doc *r = doc_get(e, "response"), *error = doc_get(r, "error");
	const struct doc *output = doc_get(r, "output");

	if (doc_kind(r) != KIND_OBJECT)
		return;
	s->plain = tree_of(s->arena, r);
	if (output != NULL && output->count > 0)
		s->open = tree_get(s->plain, "output");
	if (doc_kind(error) == KIND_OBJECT)
		dialect_error(s->arena, r, &s->error_type, &s->error_message);
}

static bool
terminal(str type)
{
	return str_is(type, "response.completed") || str_is(type, "response.incomplete") ||
	    str_is(type, "response.failed");
}

void
responses_event(struct stream *s, const struct doc *e)
{
	str type = doc_text(doc_get(e, "type"));

	if (s->open == NULL)
		s->open = tree_new(s->arena, KIND_ARRAY);
	if (s->plain == NULL)
		s->plain = tree_new(s->arena, KIND_OBJECT);
	if (terminal(type) || str_is(type, "response.created") ||
	    str_is(type, "response.in_progress") || str_is(type, "response.queued")) {
		take_response(s, e);
		s->done |= terminal(type);
		return;
	}
	if (str_starts(type, "response.output_item.")) {
		put_item(s, e);
		return;
	}
	struct tree *item = item_of(s, e);
	if (item == NULL)
		return;
	if (str_is(type, "response.content_part.added"))
		put_part(s, item, "content", e);
	else if (str_is(type, "response.reasoning_summary_part.added"))
		put_part(s, item, "summary", e);
	else if (str_is(type, "response.output_text.annotation.added"))
		put_annotation(s, item, e);
	else
		put_delta(s, item, e);
}

void
responses_finish(struct stream *s)
{
	if (s->open != NULL && s->open != tree_get(s->plain, "output"))
		tree_set(s->plain, STR("output"), s->open);
}

/* The writer: everything that the events of one answer have in common. */
struct writer {
	struct buf *out, b;
	int64_t sequence, item, part;
	str id; /* of the item */
};

static void
begin(struct writer *w, const char *type)
{
	buf_reset(&w->b);
	emit_open(&w->b, '{');
	emit_ktext(&w->b, "type", type);
	emit_kint(&w->b, "sequence_number", w->sequence++);
}

static void
end(struct writer *w, const char *type)
{
	emit_close(&w->b, '}');
	dialect_event(w->out, type, &w->b);
}

static void
place(struct writer *w, const char *part)
{
	emit_kint(&w->b, "output_index", w->item);
	emit_kstr(&w->b, "item_id", w->id);
	if (part != NULL)
		emit_kint(&w->b, part, w->part);
}

struct stand_in {
	const char *key, *json;
};

/* An object with some of its members emptied or replaced. */
static void
emit_less(struct buf *b, const struct doc *d, const struct stand_in *less)
{
	emit_open(b, '{');
	DOC_EACH (m, d) {
		str raw = m->raw;
		for (const struct stand_in *l = less; l->key != NULL; l++)
			if (str_is(m->key, l->key))
				raw = str_of(l->json);
		emit_name(b, m->key);
		emit_raw(b, raw);
	}
	emit_close(b, '}');
}

static void
render_text(struct writer *w, const char *kind, const char *index, const char *key, str text)
{
	struct arena a = { 0 };
	const char *delta = arena_printf(&a, "response.%s.delta", kind).at,
		   *done = arena_printf(&a, "response.%s.done", kind).at;

	for (str rest = text; rest.len > 0;) {
		begin(w, delta);
		place(w, index);
		emit_key(&w->b, "delta");
		emit_str(&w->b, dialect_piece(&rest));
		if (str_is(str_of(kind), "output_text"))
			emit_kraw(&w->b, "logprobs", STR("[]"));
		end(w, delta);
	}
	begin(w, done);
	place(w, index);
	emit_key(&w->b, key);
	emit_str(&w->b, text);
	end(w, done);
	arena_free(&a);
}

static void
render_part(struct writer *w, const struct doc *part, bool summary)
{
	static const struct stand_in empty[] = { { "text", "\"\"" }, { "refusal", "\"\"" },
		{ "annotations", "[]" }, { "logprobs", "[]" }, { NULL, NULL } };
	const char *index = summary ? "summary_index" : "content_index";
	const char *names[2][2] = { { "response.content_part.added",
					"response.content_part.done" },
		{ "response.reasoning_summary_part.added",
		    "response.reasoning_summary_part.done" } };
	str type = doc_text(doc_get(part, "type"));

	begin(w, names[summary][0]);
	place(w, index);
	emit_key(&w->b, "part");
	emit_less(&w->b, part, empty);
	end(w, names[summary][0]);
	if (summary)
		render_text(w, "reasoning_summary_text", index, "text",
		    doc_text(doc_get(part, "text")));
	else if (str_is(type, "output_text"))
		render_text(w, "output_text", index, "text", doc_text(doc_get(part, "text")));
	else if (str_is(type, "reasoning_text"))
		render_text(
		    w, "reasoning_text", index, "text", doc_text(doc_get(part, "text")));
	else if (str_is(type, "refusal"))
		render_text(w, "refusal", index, "refusal", doc_text(doc_get(part, "refusal")));
	begin(w, names[summary][1]);
	place(w, index);
	emit_kraw(&w->b, "part", part->raw);
	end(w, names[summary][1]);
}

static void
render_item(struct writer *w, const struct doc *item)
{
	static const struct stand_in empty[] = { { "content", "[]" }, { "summary", "[]" },
		{ "arguments", "\"\"" }, { "input", "\"\"" }, { "status", "\"in_progress\"" },
		{ NULL, NULL } };
	const struct doc *arguments = doc_get(item, "arguments"),
			 *input = doc_get(item, "input");

	w->id = doc_text(doc_get(item, "id"));
	begin(w, "response.output_item.added");
	emit_kint(&w->b, "output_index", w->item);
	emit_key(&w->b, "item");
	emit_less(&w->b, item, empty);
	end(w, "response.output_item.added");
	w->part = 0;
	DOC_EACH (part, doc_get(item, "summary")) {
		render_part(w, part, true);
		w->part++;
	}
	w->part = 0;
	DOC_EACH (part, doc_get(item, "content")) {
		render_part(w, part, false);
		w->part++;
	}
	if (doc_is(doc_get(item, "type"), "function_call"))
		render_text(
		    w, "function_call_arguments", NULL, "arguments", doc_text(arguments));
	else if (doc_is(doc_get(item, "type"), "custom_tool_call"))
		render_text(w, "custom_tool_call_input", NULL, "input", doc_text(input));
	begin(w, "response.output_item.done");
	emit_kint(&w->b, "output_index", w->item);
	emit_kraw(&w->b, "item", item->raw);
	end(w, "response.output_item.done");
}

static void
render_start(struct writer *w, const struct doc *r, const char *type)
{
	static const struct stand_in empty[] = { { "output", "[]" }, { "usage", "null" },
		{ "status", "\"in_progress\"" }, { "incomplete_details", "null" },
		{ "error", "null" }, { NULL, NULL } };

	begin(w, type);
	emit_key(&w->b, "response");
	emit_less(&w->b, r, empty);
	end(w, type);
}

void
responses_render(struct buf *out, const struct doc *r, bool usage)
{
	struct writer w = { .out = out };
	str status = doc_text(doc_get(r, "status"));
	const char *last = str_is(status, "incomplete") ? "response.incomplete" :
	    str_is(status, "failed")                    ? "response.failed" :
							  "response.completed";

	(void)usage; /* always part of the last event */
	render_start(&w, r, "response.created");
	render_start(&w, r, "response.in_progress");
	DOC_EACH (item, doc_get(r, "output")) {
		if (doc_kind(item) == KIND_OBJECT)
			render_item(&w, item);
		w.item++;
	}
	begin(&w, last);
	emit_kraw(&w.b, "response", doc_raw(r));
	end(&w, last);
	buf_free(&w.b);
}
