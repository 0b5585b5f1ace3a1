/* chat_prompt.c - Chat Completions from and to a prompt. */
#include "trace/translate.h"

static const struct knob knobs[] = {
	{ SET_MAX_TOKENS, "max_completion_tokens" },
	{ SET_MAX_TOKENS, "max_tokens" },
	{ SET_TEMPERATURE, "temperature" },
	{ SET_TOP_P, "top_p" },
	{ SET_TOP_K, "top_k" },
	{ SET_STOP, "stop" },
	{ SET_SEED, "seed" },
	{ SET_N, "n" },
	{ SET_FREQUENCY, "frequency_penalty" },
	{ SET_PRESENCE, "presence_penalty" },
	{ SET_LOGIT_BIAS, "logit_bias" },
	{ SET_LOGPROBS, "logprobs" },
	{ SET_TOP_LOGPROBS, "top_logprobs" },
	{ SET_STREAM, "stream" },
	{ SET_PARALLEL, "parallel_tool_calls" },
	{ SET_EFFORT, "reasoning_effort" },
	{ SET_VERBOSITY, "verbosity" },
	{ SET_USER, "user" },
	{ SET_SAFETY_ID, "safety_identifier" },
	{ SET_METADATA, "metadata" },
	{ SET_STORE, "store" },
	{ SET_CACHE_KEY, "prompt_cache_key" },
	{ SET_CACHE_RETENTION, "prompt_cache_retention" },
	{ SET_SERVICE_TIER, "service_tier" },
	{ 0, NULL },
};

static void
read_part(struct prompt *p, struct message *m, const struct doc *d)
{
	str type = doc_text(doc_get(d, "type"));
	const struct doc *image = doc_get(d, "image_url"), *file = doc_get(d, "file");

	if (str_is(type, "text")) {
		prompt_part(p, m, PART_TEXT)->text = doc_text(doc_get(d, "text"));
	} else if (str_is(type, "refusal")) {
		prompt_part(p, m, PART_REFUSAL)->text = doc_text(doc_get(d, "refusal"));
	} else if (str_is(type, "image_url")) {
		struct part *part = prompt_part(p, m, PART_IMAGE);
		part->text = doc_text(doc_get(image, "url"));
		part->detail = doc_text(doc_get(image, "detail"));
	} else if (str_is(type, "file") && doc_get(file, "file_data") != NULL) {
		struct part *part = prompt_part(p, m, PART_FILE);
		part->text = doc_text(doc_get(file, "file_data"));
		part->name = doc_text(doc_get(file, "filename"));
	} else {
		prompt_lose(p, arena_printf(p->arena, "messages.content.%.*s", STR_F(type)).at,
		    "dropped", (str){ 0 }, (str){ 0 });
	}
	if (doc_get(d, "prompt_cache_breakpoint") != NULL)
		prompt_lose(p, "messages.content.prompt_cache_breakpoint", "dropped",
		    (str){ 0 }, (str){ 0 });
}

static void
read_content(struct prompt *p, struct message *m, const struct doc *content)
{
	if (doc_kind(content) == KIND_STRING) {
		m->plain = true;
		prompt_part(p, m, PART_TEXT)->text = content->text;
		return;
	}
	DOC_EACH (part, content)
		read_part(p, m, part);
}

static void
read_call(struct prompt *p, struct message *m, const struct doc *d)
{
	const struct doc *function = doc_get(d, "function"), *custom = doc_get(d, "custom"),
			 *arguments = doc_get(function, "arguments");
	struct part *call = prompt_part(p, m, PART_CALL);

	call->id = doc_text(doc_get(d, "id"));
	call->custom = function == NULL;
	call->name = doc_text(doc_get(function != NULL ? function : custom, "name"));
	call->arguments = call->custom         ? doc_text(doc_get(custom, "input")) :
	    doc_kind(arguments) == KIND_STRING ? arguments->text :
						 doc_raw(arguments);
}

static void
read_result(struct prompt *p, const struct doc *d)
{
	const struct doc *content = doc_get(d, "content");
	struct message *m = p->last;

	if (m == NULL || m->role != ROLE_USER || m->parts == NULL ||
	    m->parts->kind != PART_RESULT || m->plain)
		m = prompt_message(p, ROLE_USER);
	struct part *result = prompt_part(p, m, PART_RESULT);
	result->id = doc_text(doc_get(d, "tool_call_id"));
	result->plain = doc_kind(content) == KIND_STRING;
	if (result->plain)
		prompt_inner(p, result, PART_TEXT)->text = content->text;
	DOC_EACH (part, content)
		if (doc_get(part, "text") != NULL)
			prompt_inner(p, result, PART_TEXT)->text =
			    doc_text(doc_get(part, "text"));
		else
			prompt_lose(
			    p, "messages.content.part", "dropped", (str){ 0 }, (str){ 0 });
}

static const char *const known[] = { "role", "content", "tool_calls", "tool_call_id", "refusal",
	"function_call", "annotations", NULL };

static void
read_message(struct prompt *p, const struct doc *d)
{
	str role = doc_text(doc_get(d, "role"));
	const struct doc *refusal = doc_get(d, "refusal"), *old = doc_get(d, "function_call");

	if (str_is(role, "tool") || str_is(role, "function")) {
		read_result(p, d);
		return;
	}
	struct message *m = prompt_message(p,
	    str_is(role, "system")        ? ROLE_SYSTEM :
		str_is(role, "developer") ? ROLE_DEVELOPER :
		str_is(role, "assistant") ? ROLE_ASSISTANT :
					    ROLE_USER);
	read_content(p, m, doc_get(d, "content"));
	if (doc_kind(refusal) == KIND_STRING)
		prompt_part(p, m, PART_REFUSAL)->text = refusal->text;
	DOC_EACH (call, doc_get(d, "tool_calls"))
		read_call(p, m, call);
	if (doc_kind(old) == KIND_OBJECT) {
		struct part *call = prompt_part(p, m, PART_CALL);
		call->name = doc_text(doc_get(old, "name"));
		call->arguments = doc_text(doc_get(old, "arguments"));
	}
	prompt_others(p, "messages", d, known);
}

static void
read_tool(struct prompt *p, const struct doc *d)
{
	const struct doc *f = doc_get(d, "function"), *custom = doc_get(d, "custom");

	if (f == NULL && custom == NULL && doc_get(d, "parameters") != NULL)
		f = d; /* the old functions[] */
	if (f == NULL && custom == NULL) {
		prompt_lose(p, "tools", "dropped", doc_raw(doc_get(d, "type")), (str){ 0 });
		return;
	}
	struct prompt_tool *t = prompt_tool(p);
	const struct doc *strict = doc_get(f, "strict");
	t->custom = f == NULL;
	t->name = doc_raw(doc_get(t->custom ? custom : f, "name"));
	t->description = doc_raw(doc_get(t->custom ? custom : f, "description"));
	t->schema = doc_raw(doc_get(f, "parameters"));
	t->strict = doc_true(strict);
	t->strict_given = !doc_null(strict);
	if (doc_get(custom, "format") != NULL &&
	    !doc_is(doc_get(doc_get(custom, "format"), "type"), "text"))
		prompt_lose(p, "tools.custom.format", "dropped", (str){ 0 }, (str){ 0 });
}

static void
read_choice(struct prompt *p, const struct doc *d)
{
	p->choice_name = doc_text(doc_get(doc_get(d, "function"), "name"));
	if (openai_choice_read(p, d) || doc_null(d))
		return;
	if (p->choice_name.len > 0)
		p->choice = CHOICE_NAMED;
	else
		prompt_lose(p, "tool_choice", "dropped", doc_raw(d), (str){ 0 });
}

static void
read_format(struct prompt *p, const struct doc *d)
{
	const struct doc *schema = doc_get(d, "json_schema"), *type = doc_get(d, "type");

	if (doc_is(type, "json_object"))
		p->format = FORMAT_JSON;
	else if (doc_is(type, "text"))
		p->format = FORMAT_TEXT;
	else if (doc_is(type, "json_schema"))
		openai_schema_read(p, schema);
}

void
chat_read(struct prompt *p, const struct doc *request)
{
	DOC_EACH (m, request) {
		if (str_is(m->key, "model"))
			p->model = m->raw;
		else if (str_is(m->key, "messages"))
			DOC_EACH (message, m)
				read_message(p, message);
		else if (str_is(m->key, "tools") || str_is(m->key, "functions"))
			DOC_EACH (tool, m)
				read_tool(p, tool);
		else if (str_is(m->key, "tool_choice"))
			read_choice(p, m);
		else if (str_is(m->key, "response_format"))
			read_format(p, m);
		else if (!str_is(m->key, "stream_options") &&
		    !prompt_set(p, knobs, arena_string(p->arena, m->key), m) && !doc_null(m))
			prompt_lose(p, arena_string(p->arena, m->key), "dropped",
			    m->kind < KIND_ARRAY ? m->raw : (str){ 0 }, (str){ 0 });
	}
}

static void
write_part(struct prompt *p, struct buf *b, const struct part *part)
{
	emit_open(b, '{');
	if (part->kind == PART_IMAGE) {
		emit_ktext(b, "type", "image_url");
		emit_key(b, "image_url");
		emit_open(b, '{');
		emit_kstr(b, "url", part->text);
		emit_kstr(b, "detail", part->detail);
		emit_close(b, '}');
	} else if (part->kind == PART_FILE) {
		emit_ktext(b, "type", "file");
		emit_key(b, "file");
		emit_open(b, '{');
		emit_kstr(b, "filename", part->name);
		emit_kstr(b, "file_data", part->text);
		emit_close(b, '}');
		if (!str_starts(part->text, "data:"))
			prompt_lose(p, "messages.content.file_url", "renamed", (str){ 0 },
			    STR("\"file_data\""));
	} else {
		bool text = part->kind == PART_TEXT;
		emit_ktext(b, "type", text ? "text" : "refusal");
		emit_key(b, text ? "text" : "refusal");
		emit_str(b, part->text);
	}
	emit_close(b, '}');
}

static bool
is_content(const struct part *part)
{
	return part->kind != PART_CALL && part->kind != PART_RESULT;
}

/* The content of a message: a string where it was one, else a list; null: none. */
static void
write_content(struct prompt *p, struct buf *b, const struct part *parts, bool plain)
{
	const struct part *first = NULL;
	size_t n = 0;

	for (const struct part *part = parts; part != NULL; part = part->next)
		if (is_content(part) && n++ == 0)
			first = part;
	emit_key(b, "content");
	if (n == 0) {
		emit_null(b);
	} else if (plain && n == 1 && first->kind == PART_TEXT) {
		emit_str(b, first->text);
	} else {
		emit_open(b, '[');
		for (const struct part *part = parts; part != NULL; part = part->next)
			if (is_content(part))
				write_part(p, b, part);
		emit_close(b, ']');
	}
}

static void
write_call(struct buf *b, const struct part *call)
{
	const char *kind = call->custom ? "custom" : "function";

	emit_open(b, '{');
	emit_kstr(b, "id", call->id);
	emit_ktext(b, "type", kind);
	emit_key(b, kind);
	emit_open(b, '{');
	emit_kstr(b, "name", call->name);
	emit_key(b, call->custom ? "input" : "arguments");
	emit_str(b, call->arguments);
	emit_close(b, '}');
	emit_close(b, '}');
}

/* A tool's message takes text only. */
static void
write_output(struct prompt *p, struct buf *b, const struct part *result)
{
	struct part *text = NULL, **end = &text;

	for (const struct part *part = result->inner; part != NULL; part = part->next) {
		if (part->kind != PART_TEXT) {
			prompt_lose(p, "messages.content.tool_result.content", "dropped",
			    part->kind == PART_IMAGE ? STR("\"image\"") : STR("\"file\""),
			    (str){ 0 });
			continue;
		}
		struct part *copy = ARENA_NEW(p->arena, struct part);
		*copy = (struct part){ .kind = PART_TEXT, .text = part->text };
		*end = copy;
		end = &copy->next;
	}
	if (text == NULL)
		emit_ktext(b, "content", "");
	else
		write_content(p, b, text, result->plain);
}

static void
write_results(struct prompt *p, struct buf *b, const struct message *m)
{
	for (const struct part *part = m->parts; part != NULL; part = part->next) {
		if (part->kind != PART_RESULT)
			continue;
		if (part->failed)
			prompt_lose(
			    p, "messages.content.is_error", "dropped", STR("true"), (str){ 0 });
		emit_open(b, '{');
		emit_ktext(b, "role", "tool");
		emit_kstr(b, "tool_call_id", part->id);
		write_output(p, b, part);
		emit_close(b, '}');
	}
}

static bool
has(const struct message *m, bool (*is)(const struct part *))
{
	for (const struct part *part = m->parts; part != NULL; part = part->next)
		if (is(part))
			return true;
	return m->parts == NULL;
}

static bool
is_call(const struct part *part)
{
	return part->kind == PART_CALL;
}

static void
write_message(struct prompt *p, struct buf *b, const struct message *m)
{
	static const char *const roles[] = { "system", "developer", "user", "assistant" };
	bool calls = m->parts != NULL && has(m, is_call);

	write_results(p, b, m);
	if (!calls && !has(m, is_content))
		return;
	emit_open(b, '{');
	emit_ktext(b, "role", roles[m->role]);
	write_content(p, b, m->parts, m->plain);
	if (calls) {
		emit_key(b, "tool_calls");
		emit_open(b, '[');
		for (const struct part *part = m->parts; part != NULL; part = part->next)
			if (part->kind == PART_CALL)
				write_call(b, part);
		emit_close(b, ']');
	}
	emit_close(b, '}');
}

static void
write_tools(struct prompt *p, struct buf *b)
{
	if (p->tools == NULL)
		return;
	emit_key(b, "tools");
	emit_open(b, '[');
	for (const struct prompt_tool *t = p->tools; t != NULL; t = t->next) {
		const char *kind = t->custom ? "custom" : "function";
		emit_open(b, '{');
		emit_ktext(b, "type", kind);
		emit_key(b, kind);
		emit_open(b, '{');
		emit_kraw(b, "name", t->name);
		if (t->description.len > 0)
			emit_kraw(b, "description", t->description);
		if (t->schema.len > 0)
			emit_kraw(b, "parameters", t->schema);
		if (t->strict_given)
			emit_kbool(b, "strict", t->strict);
		emit_close(b, '}');
		emit_close(b, '}');
	}
	emit_close(b, ']');
}

static void
write_choice(const struct prompt *p, struct buf *b)
{
	if (!openai_choice_write(p, b) && p->choice == CHOICE_NAMED) {
		buf_text(b, ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":");
		emit_str(b, p->choice_name);
		buf_text(b, "}}");
	}
}

static void
write_format(const struct prompt *p, struct buf *b)
{
	if (p->format == FORMAT_NONE_GIVEN)
		return;
	emit_key(b, "response_format");
	emit_open(b, '{');
	emit_ktext(b, "type",
	    p->format == FORMAT_TEXT     ? "text" :
		p->format == FORMAT_JSON ? "json_object" :
					   "json_schema");
	if (p->format == FORMAT_SCHEMA) {
		emit_key(b, "json_schema");
		emit_open(b, '{');
		openai_schema_write(p, b);
		emit_close(b, '}');
	}
	emit_close(b, '}');
}

void
chat_write(struct prompt *p, struct buf *b)
{
	translate_stop_list(p, 4);
	translate_effort(p,
	    (const char *const[]){ "none", "minimal", "low", "medium", "high", "xhigh", NULL });
	emit_open(b, '{');
	emit_kraw(b, "model", p->model);
	emit_key(b, "messages");
	emit_open(b, '[');
	for (const struct message *m = p->messages; m != NULL; m = m->next)
		write_message(p, b, m);
	emit_close(b, ']');
	write_tools(p, b);
	write_choice(p, b);
	write_format(p, b);
	prompt_settings(p, b, knobs);
	if (str_is(p->settings[SET_STREAM].json, "true")) {
		emit_kraw(b, "stream_options", STR("{\"include_usage\":true}"));
		prompt_lose(
		    p, "stream_options", "added", (str){ 0 }, STR("{\"include_usage\":true}"));
	}
	emit_close(b, '}');
}
