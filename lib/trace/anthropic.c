/* anthropic.c - Anthropic Messages. */
#include "io/edit.h"
#include "trace/translate.h"

static bool
speaks(str path, const struct doc *request)
{
	/* The Assistants API has .../threads/ID/messages. */
	return str_ends(path, "/messages") &&
	    (request == NULL || doc_get(request, "messages") != NULL) &&
	    str_search(path, "/threads/") == path.len;
}

/* The address of an image or document: its URL, or its data as a data: URL. */
static str
address_of(struct arena *a, const struct doc *source)
{
	str media = doc_text(doc_get(source, "media_type")),
	    data = doc_text(doc_get(source, "data"));

	if (!doc_is(doc_get(source, "type"), "base64"))
		return doc_text(doc_get(source, "url"));
	return arena_printf(
	    a, "data:%.*s;base64,%.*s", (int)media.len, media.at, (int)data.len, data.at);
}

/* Can its source stand in any provider's request? */
static bool
portable(const struct doc *source)
{
	return doc_is(doc_get(source, "type"), "base64") ||
	    doc_is(doc_get(source, "type"), "url");
}

static const char *
media_of(str type)
{
	return str_is(type, "document") ? "file" : "image";
}

/* Blocks joined line by line, an image or document by its address; a block of yet another
 * kind gives the raw list. */
static str
block_text(struct arena *a, const struct doc *content)
{
	str all = { 0 };

	if (doc_kind(content) == KIND_STRING)
		return content->text;
	DOC_EACH (block, content) {
		str type = doc_text(doc_get(block, "type"));
		const struct doc *source = doc_get(block, "source");
		if (str_is(type, "text"))
			all = dialect_lines(a, all, doc_text(doc_get(block, "text")));
		else if (portable(source))
			all = dialect_lines(
			    a, all, view_address(a, media_of(type), address_of(a, source)));
		else
			return doc_raw(content);
	}
	return all;
}

static void
view_block(struct arena *a, struct view *v, str role, const struct doc *b)
{
	str type = doc_text(doc_get(b, "type"));

	if (str_is(type, "text")) {
		view_text(a, v, role, doc_text(doc_get(b, "text")));
	} else if (str_is(type, "tool_use")) {
		view_call(a, v, doc_text(doc_get(b, "id")), doc_text(doc_get(b, "name")),
		    doc_raw(doc_get(b, "input")));
	} else if (str_is(type, "tool_result")) {
		view_result(a, v, doc_text(doc_get(b, "tool_use_id")),
		    block_text(a, doc_get(b, "content")), doc_true(doc_get(b, "is_error")));
	} else if (str_is(type, "redacted_thinking")) {
		v->sealed_reasoning = true;
	} else if (portable(doc_get(b, "source"))) {
		view_media(a, v, role, media_of(type), address_of(a, doc_get(b, "source")));
	} else if (!str_is(type, "thinking")) {
		view_other(a, v, role, b);
		v->server_state |= doc_is(doc_get(doc_get(b, "source"), "type"), "file") ||
		    str_is(type, "container_upload");
		v->server_tool |= str_is(type, "server_tool_use");
	}
}

static void
view_system_of(struct arena *a, struct view *v, const struct doc *system)
{
	if (doc_kind(system) == KIND_STRING)
		view_system(a, v, system->text);
	else
		DOC_EACH (block, system)
			view_system(a, v, doc_text(doc_get(block, "text")));
}

static void
view(struct arena *a, const struct doc *request, struct view *v)
{
	view_system_of(a, v, doc_get(request, "system"));
	DOC_EACH (m, doc_get(request, "messages")) {
		str role = doc_text(doc_get(m, "role"));
		const struct doc *content = doc_get(m, "content");
		if (str_is(role, "system"))
			view_system_of(a, v, content);
		else if (doc_kind(content) == KIND_STRING)
			view_text(a, v, role, content->text);
		else
			DOC_EACH (block, content)
				view_block(a, v, role, block);
	}
	DOC_EACH (t, doc_get(request, "tools")) {
		const struct doc *schema = doc_get(t, "input_schema");
		view_tool(a, v, doc_text(doc_get(t, "name")), schema != NULL ? schema : t);
		v->server_tool |= schema == NULL;
	}
	v->server_state |= !doc_null(doc_get(request, "container"));
}

static str
set_system(struct arena *a, const struct doc *request, str text)
{
	static const struct path_step steps[] = { { PATH_KEY, { "system", 6 }, 0 } };
	static const struct path path = { steps, 1 };
	const char *why;
	str result = doc_raw(request);

	edit_path(a, request, &path, emit_quoted(a, text), &result, &why);
	return result;
}

static int64_t
sum(int64_t a, int64_t b)
{
	return a < 0 ? b : b < 0 || a > INT64_MAX - b ? a : a + b;
}

/* input_tokens leaves the cache out: ours counts all of the prompt. */
static void
read_usage(const struct doc *u, struct usage *usage)
{
	const struct doc *split = doc_get(u, "cache_creation");

	*usage = (struct usage)USAGE_NONE;
	usage->cache_read = dialect_tokens(doc_get(u, "cache_read_input_tokens"));
	usage->cache_write = dialect_tokens(doc_get(u, "cache_creation_input_tokens"));
	usage->cache_write_1h = dialect_tokens(doc_get(split, "ephemeral_1h_input_tokens"));
	usage->input = dialect_tokens(doc_get(u, "input_tokens"));
	if (usage->input >= 0)
		usage->input = sum(sum(usage->input, usage->cache_read), usage->cache_write);
	usage->output = dialect_tokens(doc_get(u, "output_tokens"));
	usage->reasoning =
	    dialect_tokens(doc_get(doc_get(u, "output_tokens_details"), "thinking_tokens"));
}

static enum finish
finish_of(str reason)
{
	if (str_is(reason, "end_turn") || str_is(reason, "stop_sequence"))
		return FINISH_STOP;
	if (str_is(reason, "max_tokens") || str_is(reason, "model_context_window_exceeded"))
		return FINISH_LENGTH;
	if (str_is(reason, "tool_use"))
		return FINISH_TOOLS;
	if (str_is(reason, "refusal"))
		return FINISH_REFUSED;
	return reason.len > 0 ? FINISH_OTHER : FINISH_UNKNOWN;
}

static void
answer(struct arena *a, const struct doc *r, struct answer *out)
{
	const struct doc *content = doc_get(r, "content");
	const struct call **end = NULL;
	struct buf text = { 0 };

	*out = (struct answer){ .usage = USAGE_NONE };
	out->present = doc_kind(content) == KIND_ARRAY;
	if (!out->present)
		dialect_error(a, r, &out->error_type, &out->error_message);
	out->id = doc_text(doc_get(r, "id"));
	out->model = doc_text(doc_get(r, "model"));
	out->finish_reason = doc_text(doc_get(r, "stop_reason"));
	out->finish = finish_of(out->finish_reason);
	DOC_EACH (block, content) {
		const struct doc *input = doc_get(block, "input");
		if (doc_is(doc_get(block, "type"), "text"))
			buf_add(&text, doc_text(doc_get(block, "text")));
		if (!doc_is(doc_get(block, "type"), "tool_use"))
			continue;
		struct call *c = dialect_call(a, out, &end);
		c->id = doc_text(doc_get(block, "id"));
		c->name = doc_text(doc_get(block, "name"));
		c->arguments = doc_kind(input) == KIND_STRING ? input->text : doc_raw(input);
	}
	out->text = arena_keep(a, buf_str(&text));
	buf_free(&text);
	read_usage(doc_get(r, "usage"), &out->usage);
}

static struct tree *
block_at(const struct stream *s, int64_t index)
{
	const struct tree *content = tree_get(s->plain, "content");

	for (struct tree *b = content != NULL ? content->child : NULL; b != NULL; b = b->next)
		if (b->index == index)
			return b;
	return NULL;
}

static void
start_block(struct stream *s, int64_t index, const struct doc *block)
{
	struct tree *content = tree_get(s->plain, "content");

	if (block_at(s, index) != NULL || doc_kind(block) != KIND_OBJECT)
		return;
	struct tree *b = tree_entry(s->arena, content, index);
	DOC_EACH (m, block)
		if (b != NULL)
			tree_take(s->arena, b, m);
}

/* The JSON of a tool's input comes in pieces; it waits as a string under this key. */
#define PARTIAL "partial_json"

/* Strings grow, whatever the delta's type is called; all else is set. */
static void
block_delta(struct stream *s, struct tree *block, const struct doc *delta)
{
	DOC_EACH (m, delta) {
		if (str_is(m->key, "type"))
			continue;
		if (m->kind == KIND_STRING) {
			tree_append_to(s->arena, block, m->key, m->text);
		} else if (str_is(m->key, "citation")) {
			tree_push(
			    tree_array_in(s->arena, block, "citations"), tree_of(s->arena, m));
		} else {
			tree_take(s->arena, block, m);
		}
	}
}

static void
message_delta(struct stream *s, const struct doc *e)
{
	DOC_EACH (m, doc_get(e, "delta"))
		tree_take(s->arena, s->plain, m);
	const struct doc *usage = doc_get(e, "usage");
	if (doc_kind(usage) != KIND_OBJECT)
		return;
	DOC_EACH (m, usage)
		tree_take(s->arena, tree_object_in(s->arena, s->plain, "usage"), m);
}

static void
event(struct stream *s, const struct doc *e)
{
	const struct doc *type = doc_get(e, "type"), *message = doc_get(e, "message");
	int64_t index = 0;

	doc_int(doc_get(e, "index"), &index);
	if (doc_is(type, "message_start") && s->plain == NULL) {
		s->plain = doc_kind(message) == KIND_OBJECT ? tree_of(s->arena, message) :
							      tree_new(s->arena, KIND_OBJECT);
		tree_array_in(s->arena, s->plain, "content");
	}
	if (s->plain == NULL)
		return;
	if (doc_is(type, "content_block_start"))
		start_block(s, index, doc_get(e, "content_block"));
	else if (doc_is(type, "content_block_delta") && block_at(s, index) != NULL)
		block_delta(s, block_at(s, index), doc_get(e, "delta"));
	else if (doc_is(type, "message_delta"))
		message_delta(s, e);
	else if (doc_is(type, "message_stop"))
		s->done = true;
}

/* Put each collected input in its place; what does not parse stays a string. */
static void
finish(struct stream *s)
{
	const struct tree *content = tree_get(s->plain, "content");

	for (struct tree *b = content != NULL ? content->child : NULL; b != NULL; b = b->next) {
		struct tree *partial = tree_get(b, PARTIAL), *before = NULL;
		if (partial == NULL)
			continue;
		str text = tree_text(s->arena, partial);
		for (struct tree *c = b->child; c != partial; c = c->next)
			before = c;
		*(before != NULL ? &before->next : &b->child) = partial->next;
		if (b->last == partial)
			b->last = before;
		const struct doc *input = doc_read(s->arena, text);
		struct tree *value = tree_new(s->arena, KIND_STRING);
		tree_append(s->arena, value, text);
		if (text.len > 0)
			tree_set(
			    b, STR("input"), input != NULL ? tree_of(s->arena, input) : value);
	}
}

static void
render_delta(struct buf *out, int index, const char *type, const char *key, str text)
{
	struct buf b = { 0 };

	while (text.len > 0) {
		buf_reset(&b);
		buf_printf(
		    &b, "{\"type\":\"content_block_delta\",\"index\":%d,\"delta\":{", index);
		emit_ktext(&b, "type", type);
		emit_key(&b, key);
		emit_str(&b, dialect_piece(&text));
		buf_text(&b, "}}");
		dialect_event(out, "content_block_delta", &b);
	}
	buf_free(&b);
}

/* In one piece: clients keep the last one. */
static void
render_signature(struct buf *out, int index, str raw)
{
	struct buf b = { 0 };

	buf_printf(&b,
	    "{\"type\":\"content_block_delta\",\"index\":%d,\"delta\":{\"type\":"
	    "\"signature_delta\",\"signature\":",
	    index);
	emit_raw(&b, raw);
	buf_text(&b, "}}");
	dialect_event(out, "content_block_delta", &b);
	buf_free(&b);
}

static bool
streamed(const struct doc *m)
{
	return m->kind == KIND_STRING &&
	    (str_is(m->key, "text") || str_is(m->key, "thinking") ||
		str_is(m->key, "signature"));
}

static void
render_block(struct buf *out, const struct doc *block, int index)
{
	struct buf b = { 0 };
	const struct doc *input = doc_get(block, "input");
	const char *name = "content_block_start";

	buf_printf(&b, "{\"type\":\"%s\",\"index\":%d,\"content_block\":{", name, index);
	DOC_EACH (m, block) {
		emit_name(&b, m->key);
		emit_raw(&b, m == input ? STR("{}") : streamed(m) ? STR("\"\"") : m->raw);
	}
	buf_text(&b, "}}");
	dialect_event(out, name, &b);
	DOC_EACH (m, block) {
		if (streamed(m) && str_is(m->key, "text"))
			render_delta(out, index, "text_delta", "text", m->text);
		else if (streamed(m) && str_is(m->key, "thinking"))
			render_delta(out, index, "thinking_delta", "thinking", m->text);
		else if (streamed(m))
			render_signature(out, index, m->raw);
	}
	if (input != NULL && !str_is(input->raw, "{}"))
		render_delta(out, index, "input_json_delta", PARTIAL,
		    input->kind == KIND_STRING ? input->text : input->raw);
	buf_reset(&b);
	buf_printf(&b, "{\"type\":\"content_block_stop\",\"index\":%d}", index);
	dialect_event(out, "content_block_stop", &b);
	buf_free(&b);
}

static bool
comes_last(const struct doc *m)
{
	return str_starts(m->key, "stop_");
}

static void
render(struct buf *out, const struct doc *r, bool usage)
{
	struct buf b = { 0 };
	int index = 0;

	(void)usage; /* always part of the stream */
	buf_text(&b, "{\"type\":\"message_start\",\"message\":{");
	DOC_EACH (m, r) {
		emit_name(&b, m->key);
		emit_raw(&b,
		    str_is(m->key, "content") ? STR("[]") :
			comes_last(m)         ? STR("null") :
						m->raw);
	}
	buf_text(&b, "}}");
	dialect_event(out, "message_start", &b);
	DOC_EACH (block, doc_get(r, "content"))
		render_block(out, block, index++);
	buf_reset(&b);
	buf_text(&b, "{\"type\":\"message_delta\",\"delta\":{");
	DOC_EACH (m, r)
		if (comes_last(m)) {
			emit_name(&b, m->key);
			emit_raw(&b, m->raw);
		}
	emit_close(&b, '}');
	if (doc_get(r, "usage") != NULL)
		emit_kraw(&b, "usage", doc_raw(doc_get(r, "usage")));
	emit_close(&b, '}');
	dialect_event(out, "message_delta", &b);
	buf_reset(&b);
	buf_text(&b, "{\"type\":\"message_stop\"}");
	dialect_event(out, "message_stop", &b);
	buf_free(&b);
}

static void
complain(struct buf *b, int status, str message)
{
	emit_open(b, '{');
	emit_ktext(b, "type", "error");
	emit_key(b, "error");
	emit_open(b, '{');
	emit_ktext(b, "type",
	    status == 404    ? "not_found_error" :
		status < 500 ? "invalid_request_error" :
			       "api_error");
	emit_key(b, "message");
	emit_str(b, message);
	emit_close(b, '}');
	emit_close(b, '}');
}

static void
stream_error(struct buf *out, str message)
{
	struct buf b = { 0 };

	complain(&b, 500, message);
	dialect_event(out, "error", &b);
	buf_free(&b);
}

static const char *const ends[] = { "event: message_stop\n", NULL };

const struct dialect dialect_anthropic = {
	.name = "anthropic.messages",
	.provider = "anthropic",
	.path = "/messages",
	.count_path = "/messages/count_tokens",
	.home = "https://api.anthropic.com/v1",
	.base_variable = "ANTHROPIC_BASE_URL",
	.key_variable = "ANTHROPIC_API_KEY",
	.key_header = "x-api-key: ",
	.headers = (const char *const[]){ "anthropic-version", "2023-06-01", "anthropic-beta",
	    "", NULL },
	.speaks = speaks,
	.view = view,
	.answer = answer,
	.set_system = set_system,
	.read = anthropic_read,
	.write = anthropic_write,
	.event = event,
	.finish = finish,
	.render = render,
	.complain = complain,
	.stream_error = stream_error,
	.ends = ends,
};
