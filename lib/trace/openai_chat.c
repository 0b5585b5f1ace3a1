/* openai_chat.c - OpenAI Chat Completions, and the many servers that speak it. */
#include "io/edit.h"
#include "trace/openai.h"
#include "trace/translate.h"

static bool
speaks(str path, const struct doc *request)
{
	(void)request;
	return str_ends(path, "/chat/completions");
}

static bool
system_role(const struct doc *message)
{
	const struct doc *role = doc_get(message, "role");

	return doc_is(role, "system") || doc_is(role, "developer");
}

static void
view_content(struct arena *a, struct view *v, str role, bool system, const struct doc *content)
{
	if (doc_kind(content) == KIND_STRING) {
		if (system)
			view_system(a, v, content->text);
		else if (content->text.len > 0)
			view_text(a, v, role, content->text);
		return;
	}
	DOC_EACH (part, content) {
		const struct doc *text = doc_get(part, "text");
		if (doc_is(doc_get(part, "type"), "text") && system)
			view_system(a, v, doc_text(text));
		else if (doc_is(doc_get(part, "type"), "text"))
			view_text(a, v, role, doc_text(text));
		else if (doc_is(doc_get(part, "type"), "image_url"))
			view_media(a, v, role, "image",
			    doc_text(doc_get(doc_get(part, "image_url"), "url")));
		else if (doc_get(doc_get(part, "file"), "file_data") != NULL)
			view_media(a, v, role, "file",
			    doc_text(doc_get(doc_get(part, "file"), "file_data")));
		else
			view_other(a, v, role, part);
		if (!doc_null(doc_get(doc_get(part, "file"), "file_id")))
			v->server_state = true;
	}
}

/* The arguments of a call as JSON text: a custom tool's input is any text. */
static str
arguments_of(const struct doc *call)
{
	const struct doc *function = doc_get(call, "function");

	if (function != NULL) {
		const struct doc *arguments = doc_get(function, "arguments");
		return doc_kind(arguments) == KIND_STRING ? arguments->text :
							    doc_raw(arguments);
	}
	return doc_raw(doc_get(doc_get(call, "custom"), "input"));
}

static str
name_of(const struct doc *call)
{
	const struct doc *function = doc_get(call, "function");

	return doc_text(doc_get(function != NULL ? function : doc_get(call, "custom"), "name"));
}

/* A tool's result as one text: parts are joined line by line. */
static str
result_text(struct arena *a, const struct doc *content)
{
	str all = { 0 };

	if (doc_kind(content) == KIND_STRING)
		return content->text;
	DOC_EACH (part, content) {
		const struct doc *text = doc_get(part, "text");
		if (text == NULL)
			return doc_raw(content);
		all = dialect_lines(a, all, doc_text(text));
	}
	return all;
}

static void
view_message(struct arena *a, struct view *v, const struct doc *m)
{
	str role = doc_text(doc_get(m, "role"));
	const struct doc *content = doc_get(m, "content"), *old = doc_get(m, "function_call");

	if (str_is(role, "tool") || str_is(role, "function")) {
		view_result(
		    a, v, doc_text(doc_get(m, "tool_call_id")), result_text(a, content), false);
		return;
	}
	view_content(a, v, role, system_role(m), content);
	if (doc_kind(doc_get(m, "refusal")) == KIND_STRING)
		view_text(a, v, role, doc_text(doc_get(m, "refusal")));
	DOC_EACH (call, doc_get(m, "tool_calls"))
		view_call(
		    a, v, doc_text(doc_get(call, "id")), name_of(call), arguments_of(call));
	if (doc_kind(old) == KIND_OBJECT)
		view_call(a, v, (str){ 0 }, doc_text(doc_get(old, "name")),
		    doc_text(doc_get(old, "arguments")));
}

static void
view(struct arena *a, const struct doc *request, struct view *v)
{
	DOC_EACH (m, doc_get(request, "messages"))
		view_message(a, v, m);
	DOC_EACH (t, doc_get(request, "tools")) {
		const struct doc *f = doc_get(t, "function"), *custom = doc_get(t, "custom");
		if (f != NULL)
			view_tool(a, v, doc_text(doc_get(f, "name")), doc_get(f, "parameters"));
		else
			view_tool(a, v, doc_text(doc_get(custom, "name")), t);
	}
	DOC_EACH (f, doc_get(request, "functions"))
		view_tool(a, v, doc_text(doc_get(f, "name")), doc_get(f, "parameters"));
	if (!doc_null(doc_get(request, "web_search_options")))
		v->server_tool = true;
}

static str
set_system(struct arena *a, const struct doc *request, str text)
{
	const struct doc *messages = doc_get(request, "messages"),
			 *first = doc_item(messages, 0);
	struct buf b = { 0 };
	str result;

	if (doc_kind(messages) != KIND_ARRAY)
		return doc_raw(request);
	if (system_role(first)) {
		const struct doc *content = doc_get(first, "content");
		const struct doc *old = content != NULL ? content : doc_get(first, "role");
		size_t from = (size_t)(old->raw.at - request->raw.at);
		buf_add(
		    &b, (str){ request->raw.at, from + (content != NULL ? 0 : old->raw.len) });
		if (content == NULL)
			buf_text(&b, ",\"content\":");
		emit_str(&b, text);
		buf_add(&b, str_from(request->raw, from + old->raw.len));
	} else {
		size_t from = (size_t)(messages->raw.at - request->raw.at) + 1;
		buf_add(&b, (str){ request->raw.at, from });
		buf_text(&b, "{\"role\":\"system\",\"content\":");
		emit_str(&b, text);
		buf_text(&b, messages->count > 0 ? "}," : "}");
		buf_add(&b, str_from(request->raw, from));
	}
	result = arena_keep(a, buf_str(&b));
	buf_free(&b);
	return result;
}

static void
read_usage(const struct doc *u, struct usage *usage)
{
	const struct doc *in = doc_get(u, "prompt_tokens_details");

	*usage = (struct usage)USAGE_NONE;
	usage->input = dialect_tokens(doc_get(u, "prompt_tokens"));
	usage->output = dialect_tokens(doc_get(u, "completion_tokens"));
	usage->cache_read = dialect_tokens(doc_get(in, "cached_tokens"));
	usage->cache_write = dialect_tokens(doc_get(in, "cache_write_tokens"));
	usage->reasoning = dialect_tokens(
	    doc_get(doc_get(u, "completion_tokens_details"), "reasoning_tokens"));
	if (usage->cache_read < 0) /* DeepSeek, then Together and others */
		usage->cache_read = dialect_tokens(doc_get(u, "prompt_cache_hit_tokens"));
	if (usage->cache_read < 0)
		usage->cache_read = dialect_tokens(doc_get(u, "cached_tokens"));
}

static enum finish
finish_of(str reason, bool refused)
{
	if (refused || str_is(reason, "content_filter"))
		return FINISH_REFUSED;
	if (str_is(reason, "stop") || str_is(reason, "eos"))
		return FINISH_STOP;
	if (str_is(reason, "length"))
		return FINISH_LENGTH;
	if (str_is(reason, "tool_calls") || str_is(reason, "function_call"))
		return FINISH_TOOLS;
	return reason.len > 0 ? FINISH_OTHER : FINISH_UNKNOWN;
}

static void
read_calls(struct arena *a, const struct doc *message, struct answer *answer)
{
	const struct doc *old = doc_get(message, "function_call");
	const struct call **end = NULL;

	DOC_EACH (d, doc_get(message, "tool_calls")) {
		struct call *c = dialect_call(a, answer, &end);
		c->id = doc_text(doc_get(d, "id"));
		c->name = name_of(d);
		c->arguments = arguments_of(d);
	}
	if (doc_kind(old) == KIND_OBJECT) {
		struct call *c = dialect_call(a, answer, &end);
		c->name = doc_text(doc_get(old, "name"));
		c->arguments = doc_text(doc_get(old, "arguments"));
	}
}

static void
answer(struct arena *a, const struct doc *r, struct answer *out)
{
	const struct doc *choice = doc_item(doc_get(r, "choices"), 0);
	const struct doc *message = doc_get(choice, "message"), *usage = doc_get(r, "usage");

	*out = (struct answer){ .usage = USAGE_NONE };
	if (!doc_null(doc_get(r, "error")) || choice == NULL)
		dialect_error(a, r, &out->error_type, &out->error_message);
	out->present = message != NULL;
	out->id = doc_text(doc_get(r, "id"));
	out->model = doc_text(doc_get(r, "model"));
	out->fingerprint = doc_text(doc_get(r, "system_fingerprint"));
	out->text = result_text(a, doc_get(message, "content"));
	out->refusal = doc_text(doc_get(message, "refusal"));
	out->finish_reason = doc_text(doc_get(choice, "finish_reason"));
	out->finish = finish_of(out->finish_reason, out->refusal.len > 0);
	if (doc_null(usage)) /* Groq's streams */
		usage = doc_get(doc_get(r, "x_groq"), "usage");
	read_usage(usage, &out->usage);
	read_calls(a, message, out);
}

static void
stream_error(struct buf *out, str message)
{
	struct buf b = { 0 };

	openai_complain(&b, 500, message);
	dialect_event(out, NULL, &b);
	buf_free(&b);
}

static const char *const ends[] = { "data: [DONE]\n\n", NULL };

const struct dialect dialect_openai_chat = {
	.name = "openai.chat",
	.provider = "openai",
	.path = "/chat/completions",
	.home = "https://api.openai.com/v1",
	.base_variable = "OPENAI_BASE_URL",
	.key_variable = "OPENAI_API_KEY",
	.key_header = "authorization: Bearer ",
	.headers = (const char *const[]){ NULL },
	.speaks = speaks,
	.view = view,
	.answer = answer,
	.set_system = set_system,
	.read = chat_read,
	.write = chat_write,
	.event = openai_event,
	.finish = openai_finish,
	.render = openai_render,
	.complain = openai_complain,
	.stream_error = stream_error,
	.ends = ends,
};
