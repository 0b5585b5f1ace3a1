/* openai_stream.c - Chat Completions as a stream: chunks to the plain form, and back.
 *
 * Deltas are merged by index; strings grow, all else is set.  Tolerated, since servers do
 * it: tool deltas without an index, ids and names that are repeated, whole arguments at
 * once, usage in the last chunk of content. */
#include "io/emit.h"
#include "trace/openai.h"

static bool
has_id(struct tree *call, str id)
{
	struct arena a = { 0 };
	bool same = str_eq(tree_text(&a, tree_get(call, "id")), id);

	arena_free(&a);
	return same;
}

/* Which call a delta is about: the one that has its id, else its index; a new id with a
 * name, or without any index a new id or name, opens a new call.  (vLLM once sent a fresh
 * id with every delta of a call: an id alone, at an index that is taken, opens none.) */
static int64_t
call_index(struct tree *calls, const struct doc *delta)
{
	str id = doc_text(doc_get(delta, "id"));
	bool named = doc_text(doc_get(doc_get(delta, "function"), "name")).len > 0;
	struct tree *last = calls->last;
	int64_t index;

	for (struct tree *c = calls->child; id.len > 0 && c != NULL; c = c->next)
		if (has_id(c, id))
			return c->index;
	bool numbered = doc_int(doc_get(delta, "index"), &index) && index >= 0;
	for (struct tree *c = calls->child; numbered && c != NULL; c = c->next)
		if (c->index == index && id.len > 0 && named && !has_id(c, (str){ 0 }))
			return last->index + 1; /* taken by another id */
	if (numbered)
		return index;
	if (last == NULL)
		return 0;
	return id.len > 0 || (named && tree_get(last, "function") != NULL) ? last->index + 1 :
									     last->index;
}

static void
merge_function(struct arena *a, struct tree *call, const char *key, const char *grows,
    const struct doc *delta)
{
	struct tree *f = tree_object_in(a, call, key);

	DOC_EACH (m, delta)
		if (str_is(m->key, grows) && m->kind == KIND_STRING)
			tree_append_to(a, f, m->key, m->text);
		else if (m->kind != KIND_STRING || m->text.len > 0)
			tree_take(a, f, m);
}

static void
merge_calls(struct arena *a, struct tree *message, const struct doc *deltas)
{
	struct tree *calls = tree_array_in(a, message, "tool_calls");

	DOC_EACH (delta, deltas) {
		struct tree *call = tree_entry(a, calls, call_index(calls, delta));
		if (call == NULL)
			continue;
		DOC_EACH (m, delta)
			if (str_is(m->key, "function"))
				merge_function(a, call, "function", "arguments", m);
			else if (str_is(m->key, "custom"))
				merge_function(a, call, "custom", "input", m);
			else if (!str_is(m->key, "index") &&
			    (m->kind != KIND_STRING || m->text.len > 0))
				tree_take(a, call, m);
	}
}

/* Speech comes as text and as base64, both in pieces. */
static void
merge_audio(struct arena *a, struct tree *message, const struct doc *delta)
{
	struct tree *audio = tree_object_in(a, message, "audio");

	DOC_EACH (m, delta)
		if (m->kind == KIND_STRING && !str_is(m->key, "id"))
			tree_append_to(a, audio, m->key, m->text);
		else
			tree_take(a, audio, m);
}

static void
merge_delta(struct arena *a, struct tree *message, const struct doc *delta)
{
	DOC_EACH (m, delta) {
		bool fixed = str_is(m->key, "role") || str_is(m->key, "id");
		if (str_is(m->key, "tool_calls") && m->kind == KIND_ARRAY) {
			merge_calls(a, message, m);
		} else if (str_is(m->key, "function_call") && m->kind == KIND_OBJECT) {
			merge_function(a, message, "function_call", "arguments", m);
		} else if (str_is(m->key, "audio") && m->kind == KIND_OBJECT) {
			merge_audio(a, message, m);
		} else if (m->kind == KIND_STRING && !fixed) {
			tree_append_to(a, message, m->key, m->text);
		} else if (m->kind == KIND_ARRAY) {
			struct tree *array = tree_array_in(a, message, arena_string(a, m->key));
			DOC_EACH (item, m)
				tree_push(array, tree_of(a, item));
		} else {
			tree_merge(a, message, m);
		}
	}
}

/* logprobs: {"content":[...],"refusal":[...]}; the lists grow. */
static void
merge_logprobs(struct arena *a, struct tree *choice, const struct doc *delta)
{
	struct tree *all = tree_object_in(a, choice, "logprobs");

	DOC_EACH (m, delta) {
		if (m->kind != KIND_ARRAY) {
			tree_take(a, all, m);
			continue;
		}
		struct tree *array = tree_array_in(a, all, arena_string(a, m->key));
		DOC_EACH (item, m)
			tree_push(array, tree_of(a, item));
	}
}

static void
merge_choice(struct arena *a, struct tree *choices, const struct doc *delta)
{
	int64_t index = 0;

	doc_int(doc_get(delta, "index"), &index);
	struct tree *choice = tree_entry(a, choices, index);
	if (choice == NULL)
		return;
	DOC_EACH (m, delta)
		if (str_is(m->key, "delta"))
			merge_delta(a, tree_object_in(a, choice, "message"), m);
		else if (str_is(m->key, "logprobs") && m->kind == KIND_OBJECT)
			merge_logprobs(a, choice, m);
		else if (str_is(m->key, "text") && m->kind == KIND_STRING)
			tree_append_to(a, choice, m->key, m->text);
		else
			tree_take(a, choice, m);
}

void
openai_event(struct stream *s, const struct doc *chunk)
{
	struct arena *a = s->arena;

	if (s->plain == NULL)
		s->plain = tree_new(a, KIND_OBJECT);
	DOC_EACH (m, chunk)
		if (str_is(m->key, "choices")) {
			struct tree *choices = tree_array_in(a, s->plain, "choices");
			DOC_EACH (delta, m)
				merge_choice(a, choices, delta);
		} else if (str_is(m->key, "object")) {
			static const struct doc plain = { .kind = KIND_STRING,
				.raw = { "\"chat.completion\"", 17 },
				.text = { "chat.completion", 15 },
				.key = { "object", 6 } };
			tree_take(a, s->plain, &plain);
		} else if (str_is(m->key, "usage")) {
			tree_take(a, s->plain, m);
		} else if (!str_is(m->key, "obfuscation")) {
			tree_merge(a, s->plain, m);
		}
}

void
openai_finish(struct stream *s)
{
	struct tree *choices = tree_get(s->plain, "choices");

	if (choices == NULL || choices->child == NULL ||
	    tree_get(choices->child, "finish_reason") == NULL ||
	    tree_get(choices->child, "finish_reason")->kind == KIND_NULL)
		s->done = false; /* [DONE] without a reason is no end */
}

/* Begin a chunk: all that stands at the top of every chunk. */
static void
chunk_open(struct buf *b, const struct doc *r, bool all)
{
	static const char *const always[] = { "id", "object", "created", "model",
		"system_fingerprint", "service_tier" };

	buf_reset(b);
	emit_open(b, '{');
	DOC_EACH (m, r) {
		bool common = false;
		for (size_t i = 0; i < sizeof always / sizeof *always; i++)
			common |= str_is(m->key, always[i]);
		if (str_is(m->key, "choices") || str_is(m->key, "usage") || (!all && !common))
			continue;
		emit_name(b, m->key);
		if (str_is(m->key, "object"))
			emit_text(b, "chat.completion.chunk");
		else
			emit_raw(b, m->raw);
	}
}

static void
delta_open(struct buf *b, const struct doc *r, const struct doc *choice, bool all)
{
	chunk_open(b, r, all);
	emit_key(b, "choices");
	emit_open(b, '[');
	emit_open(b, '{');
	emit_kraw(b, "index", doc_raw(doc_get(choice, "index")));
	emit_key(b, "delta");
	emit_open(b, '{');
}

static void
delta_close(struct buf *out, struct buf *b, bool last)
{
	buf_text(b, last ? "}]}" : "},\"finish_reason\":null}]}");
	dialect_event(out, NULL, b);
}

static bool
streamed(const struct doc *m)
{
	return m->kind == KIND_STRING &&
	    (str_is(m->key, "content") || str_is(m->key, "refusal") ||
		str_is(m->key, "reasoning_content") || str_is(m->key, "reasoning"));
}

static void
render_call(struct buf *out, struct buf *b, const struct doc *r, const struct doc *choice,
    const struct doc *call, int64_t index)
{
	const struct doc *f = doc_get(call, "function");
	bool function = f != NULL;
	const struct doc *grows =
	    function ? doc_get(f, "arguments") : doc_get(doc_get(call, "custom"), "input");
	const char *outer = function ? "function" : "custom";
	str rest = doc_text(grows);

	delta_open(b, r, choice, false);
	buf_printf(b, "\"tool_calls\":[{\"index\":%lld", (long long)index);
	DOC_EACH (m, call) {
		if (str_is(m->key, "index"))
			continue;
		emit_name(b, m->key);
		if (!str_is(m->key, outer)) {
			emit_raw(b, m->raw);
			continue;
		}
		emit_open(b, '{');
		DOC_EACH (inner, m) {
			emit_name(b, inner->key);
			emit_raw(b,
			    inner == grows && inner->kind == KIND_STRING ? STR("\"\"") :
									   inner->raw);
		}
		emit_close(b, '}');
	}
	buf_text(b, "}]");
	delta_close(out, b, false);
	while (rest.len > 0) {
		delta_open(b, r, choice, false);
		buf_printf(
		    b, "\"tool_calls\":[{\"index\":%lld,\"%s\":{", (long long)index, outer);
		emit_name(b, grows->key);
		emit_str(b, dialect_piece(&rest));
		buf_text(b, "}}]");
		delta_close(out, b, false);
	}
}

static void
render_choice(struct buf *out, struct buf *b, const struct doc *r, const struct doc *choice)
{
	const struct doc *message = doc_get(choice, "message"),
			 *calls = doc_get(message, "tool_calls");
	int64_t index = 0;

	delta_open(b, r, choice, true);
	DOC_EACH (m, message)
		if (m != calls || calls->kind != KIND_ARRAY || calls->count == 0) {
			emit_name(b, m->key);
			emit_raw(b, streamed(m) ? STR("\"\"") : m->raw);
		}
	delta_close(out, b, false);
	DOC_EACH (m, message)
		for (str rest = streamed(m) ? m->text : (str){ 0 }; rest.len > 0;) {
			delta_open(b, r, choice, false);
			emit_name(b, m->key);
			emit_str(b, dialect_piece(&rest));
			delta_close(out, b, false);
		}
	DOC_EACH (call, calls)
		render_call(out, b, r, choice, call, index++);
	delta_open(b, r, choice, false);
	emit_close(b, '}');
	DOC_EACH (m, choice)
		if (!str_is(m->key, "index") && !str_is(m->key, "message")) {
			emit_name(b, m->key);
			emit_raw(b, m->raw);
		}
	delta_close(out, b, true);
}

void
openai_render(struct buf *out, const struct doc *r, bool usage)
{
	struct buf b = { 0 };

	DOC_EACH (choice, doc_get(r, "choices"))
		render_choice(out, &b, r, choice);
	if (usage && doc_get(r, "usage") != NULL) {
		chunk_open(&b, r, false);
		emit_kraw(&b, "choices", STR("[]"));
		emit_kraw(&b, "usage", doc_raw(doc_get(r, "usage")));
		emit_close(&b, '}');
		dialect_event(out, NULL, &b);
	}
	buf_text(out, "data: [DONE]\n\n");
	buf_free(&b);
}
