/* responses_prompt.c - Responses from and to a prompt. */
#include "trace/translate.h"

static const struct knob knobs[] = {
	{ SET_MAX_TOKENS, "max_output_tokens" },
	{ SET_TEMPERATURE, "temperature" },
	{ SET_TOP_P, "top_p" },
	{ SET_TOP_LOGPROBS, "top_logprobs" },
	{ SET_STREAM, "stream" },
	{ SET_PARALLEL, "parallel_tool_calls" },
	{ SET_EFFORT, "reasoning.effort" },
	{ SET_VERBOSITY, "text.verbosity" },
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
lose_item(struct prompt *p, const char *of, str type, const char *action)
{
	prompt_lose(p, arena_printf(p->arena, "%s.%.*s", of, STR_F(type)).at, action,
	    (str){ 0 }, (str){ 0 });
}

/* One part of a message or of a result, into its list. */
static void
read_part(struct prompt *p, struct part **list, const struct doc *d)
{
	str type = doc_text(doc_get(d, "type")), url = doc_text(doc_get(d, "image_url")),
	    file = doc_text(doc_get(d, "file_data"));
	struct part holder = { .inner = *list };

	if (file.len == 0)
		file = doc_text(doc_get(d, "file_url"));
	if (str_ends(type, "text")) {
		prompt_inner(p, &holder, PART_TEXT)->text = doc_text(doc_get(d, "text"));
	} else if (str_is(type, "refusal")) {
		prompt_inner(p, &holder, PART_REFUSAL)->text = doc_text(doc_get(d, "refusal"));
	} else if (str_is(type, "input_image") && url.len > 0) {
		struct part *part = prompt_inner(p, &holder, PART_IMAGE);
		part->text = url;
		part->detail = doc_text(doc_get(d, "detail"));
	} else if (str_is(type, "input_file") && file.len > 0) {
		struct part *part = prompt_inner(p, &holder, PART_FILE);
		part->text = file;
		part->name = doc_text(doc_get(d, "filename"));
	} else {
		lose_item(p, "input.content", type, "dropped");
	}
	*list = holder.inner;
}

static void
read_message(struct prompt *p, const struct doc *d)
{
	const struct doc *role = doc_get(d, "role"), *content = doc_get(d, "content");
	struct message *m = prompt_message(p,
	    doc_is(role, "system")        ? ROLE_SYSTEM :
		doc_is(role, "developer") ? ROLE_DEVELOPER :
		doc_is(role, "assistant") ? ROLE_ASSISTANT :
					    ROLE_USER);

	m->plain = doc_kind(content) == KIND_STRING;
	if (m->plain)
		prompt_part(p, m, PART_TEXT)->text = content->text;
	DOC_EACH (part, content)
		read_part(p, &m->parts, part);
}

/* Calls join the assistant's last message, results the user's that they begin. */
static struct message *
turn_of(struct prompt *p, enum role role)
{
	struct message *m = p->last;
	bool results = m != NULL && m->parts != NULL && m->parts->kind == PART_RESULT;

	if (m == NULL || m->role != role || (role == ROLE_USER && !results))
		m = prompt_message(p, role);
	return m;
}

static void
read_call(struct prompt *p, const struct doc *d, bool custom)
{
	struct part *call = prompt_part(p, turn_of(p, ROLE_ASSISTANT), PART_CALL);

	call->id = doc_text(doc_get(d, "call_id"));
	call->name = doc_text(doc_get(d, "name"));
	call->custom = custom;
	call->arguments = doc_text(doc_get(d, custom ? "input" : "arguments"));
}

static void
read_result(struct prompt *p, const struct doc *d)
{
	const struct doc *output = doc_get(d, "output");
	struct part *result = prompt_part(p, turn_of(p, ROLE_USER), PART_RESULT);

	result->id = doc_text(doc_get(d, "call_id"));
	result->plain = doc_kind(output) != KIND_ARRAY;
	if (result->plain)
		prompt_inner(p, result, PART_TEXT)->text =
		    doc_kind(output) == KIND_STRING ? output->text : doc_raw(output);
	DOC_EACH (part, output)
		read_part(p, &result->inner, part);
}

static void
read_item(struct prompt *p, const struct doc *d)
{
	const struct doc *type = doc_get(d, "type");

	if (doc_is(type, "message") || (doc_null(type) && doc_get(d, "role") != NULL))
		read_message(p, d);
	else if (doc_is(type, "function_call"))
		read_call(p, d, false);
	else if (doc_is(type, "custom_tool_call"))
		read_call(p, d, true);
	else if (doc_is(type, "function_call_output") ||
	    doc_is(type, "custom_tool_call_output"))
		read_result(p, d);
	else
		lose_item(p, "input", doc_text(type), "dropped");
}

static void
read_tool(struct prompt *p, const struct doc *d)
{
	const struct doc *type = doc_get(d, "type"), *strict = doc_get(d, "strict");

	if (!doc_is(type, "function") && !doc_is(type, "custom")) {
		prompt_lose(p, "tools", "dropped", doc_raw(type), (str){ 0 });
		return;
	}
	struct prompt_tool *t = prompt_tool(p);
	t->custom = doc_is(type, "custom");
	t->name = doc_raw(doc_get(d, "name"));
	t->description = doc_raw(doc_get(d, "description"));
	if (!doc_null(doc_get(d, "parameters")))
		t->schema = doc_raw(doc_get(d, "parameters"));
	t->strict = doc_true(strict);
	t->strict_given = !doc_null(strict);
	if (doc_get(d, "format") != NULL &&
	    !doc_is(doc_get(doc_get(d, "format"), "type"), "text"))
		prompt_lose(p, "tools.format", "dropped", (str){ 0 }, (str){ 0 });
}

static void
read_choice(struct prompt *p, const struct doc *d)
{
	p->choice_name = doc_text(doc_get(d, "name"));
	if (openai_choice_read(p, d) || doc_null(d))
		return;
	if (doc_is(doc_get(d, "type"), "function"))
		p->choice = CHOICE_NAMED;
	else
		prompt_lose(p, "tool_choice", "dropped", doc_raw(d), (str){ 0 });
}

static void
read_text(struct prompt *p, const struct doc *d)
{
	const struct doc *format = doc_get(d, "format"), *type = doc_get(format, "type");

	prompt_set(p, knobs, "text.verbosity", doc_get(d, "verbosity"));
	if (doc_is(type, "json_object"))
		p->format = FORMAT_JSON;
	else if (doc_is(type, "json_schema"))
		openai_schema_read(p, format);
	/* plain text is what is written without a word */
}

static bool
read_member(struct prompt *p, const struct doc *m)
{
	if (str_is(m->key, "model")) {
		p->model = m->raw;
	} else if (str_is(m->key, "tools")) {
		DOC_EACH (tool, m)
			read_tool(p, tool);
	} else if (str_is(m->key, "tool_choice")) {
		read_choice(p, m);
	} else if (str_is(m->key, "text")) {
		read_text(p, m);
	} else if (str_is(m->key, "reasoning")) {
		prompt_set(p, knobs, "reasoning.effort", doc_get(m, "effort"));
		prompt_others(p, "reasoning", m, (const char *const[]){ "effort", NULL });
	} else {
		return str_is(m->key, "input") || str_is(m->key, "instructions") ||
		    str_is(m->key, "stream_options");
	}
	return true;
}

void
responses_read(struct prompt *p, const struct doc *request)
{
	const struct doc *instructions = doc_get(request, "instructions"),
			 *input = doc_get(request, "input");
	struct message *m;

	DOC_EACH (member, request)
		if (!read_member(p, member) &&
		    !prompt_set(p, knobs, arena_string(p->arena, member->key), member) &&
		    !doc_null(member))
			prompt_lose(p, arena_string(p->arena, member->key), "dropped",
			    member->kind < KIND_ARRAY ? member->raw : (str){ 0 }, (str){ 0 });
	if (doc_kind(instructions) == KIND_STRING) {
		m = prompt_message(p, ROLE_SYSTEM);
		m->plain = true;
		prompt_part(p, m, PART_TEXT)->text = instructions->text;
	}
	DOC_EACH (item, instructions)
		read_item(p, item);
	if (doc_kind(input) == KIND_STRING) {
		m = prompt_message(p, ROLE_USER);
		m->plain = true;
		prompt_part(p, m, PART_TEXT)->text = input->text;
	}
	DOC_EACH (item, input)
		read_item(p, item);
}

static void
write_part(struct buf *b, const struct part *part, bool assistant)
{
	emit_open(b, '{');
	if (part->kind == PART_IMAGE) {
		emit_ktext(b, "type", "input_image");
		emit_kstr(b, "image_url", part->text);
		emit_kstr(b, "detail", part->detail);
	} else if (part->kind == PART_FILE) {
		bool data = str_starts(part->text, "data:");
		emit_ktext(b, "type", "input_file");
		emit_kstr(b, "filename", part->name);
		emit_kstr(b, data ? "file_data" : "file_url", part->text);
	} else if (part->kind == PART_REFUSAL && assistant) {
		emit_ktext(b, "type", "refusal");
		emit_key(b, "refusal");
		emit_str(b, part->text);
	} else {
		emit_ktext(b, "type", assistant ? "output_text" : "input_text");
		emit_key(b, "text");
		emit_str(b, part->text);
	}
	emit_close(b, '}');
}

static bool
is_content(const struct part *part)
{
	return part->kind != PART_CALL && part->kind != PART_RESULT;
}

static void
write_content(struct buf *b, const struct message *m)
{
	static const char *const roles[] = { "system", "developer", "user", "assistant" };
	const struct part *first = m->parts;
	bool alone = first->next == NULL || !is_content(first->next);

	emit_open(b, '{');
	emit_ktext(b, "role", roles[m->role]);
	emit_key(b, "content");
	if (m->plain && alone && first->kind == PART_TEXT) {
		emit_str(b, first->text);
	} else {
		emit_open(b, '[');
		for (const struct part *part = first; part != NULL; part = part->next)
			if (is_content(part))
				write_part(b, part, m->role == ROLE_ASSISTANT);
		emit_close(b, ']');
	}
	emit_close(b, '}');
}

static void
write_call(struct buf *b, const struct part *call)
{
	emit_open(b, '{');
	emit_ktext(b, "type", call->custom ? "custom_tool_call" : "function_call");
	emit_kstr(b, "call_id", call->id);
	emit_kstr(b, "name", call->name);
	emit_key(b, call->custom ? "input" : "arguments");
	emit_str(b, call->arguments);
	emit_close(b, '}');
}

static void
write_result(struct prompt *p, struct buf *b, const struct part *result)
{
	const struct part *first = result->inner;

	if (result->failed)
		prompt_lose(p, "messages.content.is_error", "dropped", STR("true"), (str){ 0 });
	emit_open(b, '{');
	emit_ktext(b, "type", "function_call_output");
	emit_kstr(b, "call_id", result->id);
	emit_key(b, "output");
	if (result->plain && first != NULL) {
		emit_str(b, first->text);
	} else {
		emit_open(b, '[');
		for (const struct part *part = first; part != NULL; part = part->next)
			write_part(b, part, false);
		emit_close(b, ']');
	}
	emit_close(b, '}');
}

static void
write_message(struct prompt *p, struct buf *b, const struct message *m)
{
	bool content = false;

	for (const struct part *part = m->parts; part != NULL; part = part->next) {
		content |=
		    is_content(part) && (part->text.len > 0 || m->role != ROLE_ASSISTANT);
		if (part->kind == PART_RESULT)
			write_result(p, b, part);
	}
	if (content)
		write_content(b, m);
	for (const struct part *part = m->parts; part != NULL; part = part->next)
		if (part->kind == PART_CALL)
			write_call(b, part);
}

/* One plain system message in front is what instructions are. */
static const struct message *
write_instructions(const struct prompt *p, struct buf *b)
{
	const struct message *m = p->messages;

	if (m == NULL || m->role != ROLE_SYSTEM || m->parts == NULL || m->parts->next != NULL ||
	    m->parts->kind != PART_TEXT)
		return m;
	emit_key(b, "instructions");
	emit_str(b, m->parts->text);
	return m->next;
}

/* strict holds here unless it is denied; elsewhere it does not. */
static void
write_tools(struct prompt *p, struct buf *b)
{
	if (p->tools == NULL)
		return;
	emit_key(b, "tools");
	emit_open(b, '[');
	for (const struct prompt_tool *t = p->tools; t != NULL; t = t->next) {
		emit_open(b, '{');
		emit_ktext(b, "type", t->custom ? "custom" : "function");
		emit_kraw(b, "name", t->name);
		if (t->description.len > 0)
			emit_kraw(b, "description", t->description);
		if (!t->custom) {
			emit_kraw(b, "parameters", t->schema.len > 0 ? t->schema : STR("null"));
			emit_kbool(b, "strict", t->strict);
		}
		emit_close(b, '}');
	}
	emit_close(b, ']');
}

static void
write_choice(const struct prompt *p, struct buf *b)
{
	if (!openai_choice_write(p, b) && p->choice == CHOICE_NAMED) {
		buf_text(b, ",\"tool_choice\":{\"type\":\"function\",\"name\":");
		emit_str(b, p->choice_name);
		buf_byte(b, '}');
	}
}

static void
write_format(struct prompt *p, struct buf *b)
{
	struct buf f = { 0 };

	if (p->format == FORMAT_NONE_GIVEN || p->format == FORMAT_TEXT)
		return;
	emit_open(&f, '{');
	emit_ktext(&f, "type", p->format == FORMAT_JSON ? "json_object" : "json_schema");
	if (p->format == FORMAT_SCHEMA)
		openai_schema_write(p, &f);
	emit_close(&f, '}');
	prompt_put(p, b, "text.format", arena_keep(p->arena, buf_str(&f)));
	buf_free(&f);
}

void
responses_write(struct prompt *p, struct buf *b)
{
	emit_open(b, '{');
	emit_kraw(b, "model", p->model);
	const struct message *m = write_instructions(p, b);
	emit_key(b, "input");
	emit_open(b, '[');
	for (; m != NULL; m = m->next)
		write_message(p, b, m);
	emit_close(b, ']');
	write_tools(p, b);
	write_choice(p, b);
	translate_effort(p,
	    (const char *const[]){ "none", "minimal", "low", "medium", "high", "xhigh", NULL });
	prompt_settings(p, b, knobs);
	write_format(p, b);
	emit_close(b, '}');
}
