/* anthropic_prompt.c - Messages from and to a prompt. */
#include "trace/translate.h"

#define DEFAULT_MAX_TOKENS "4096"

static const struct knob knobs[] = {
	{ SET_MAX_TOKENS, "max_tokens" },
	{ SET_TEMPERATURE, "temperature" },
	{ SET_TOP_P, "top_p" },
	{ SET_TOP_K, "top_k" },
	{ SET_STOP, "stop_sequences" },
	{ SET_STREAM, "stream" },
	{ SET_EFFORT, "output_config.effort" },
	{ SET_USER, "metadata.user_id" },
	{ 0, NULL },
};

static const char *const block_members[] = { "type", "text", "source", "id", "name", "input",
	"tool_use_id", "content", "is_error", "title", "caller", NULL };

static str
address_of(struct prompt *p, const struct doc *source)
{
	str media = doc_text(doc_get(source, "media_type")),
	    data = doc_text(doc_get(source, "data"));

	if (!doc_is(doc_get(source, "type"), "base64"))
		return doc_text(doc_get(source, "url"));
	return arena_printf(
	    p->arena, "data:%.*s;base64,%.*s", STR_F(media), (int)data.len, data.at);
}

static void
lose_block(struct prompt *p, str type, const char *action)
{
	prompt_lose(p, arena_printf(p->arena, "messages.content.%.*s", STR_F(type)).at, action,
	    (str){ 0 }, (str){ 0 });
}

/* Text, image or document, into a message or a result; false: another kind. */
static bool
read_plain(struct prompt *p, struct part **list, const struct doc *d)
{
	str type = doc_text(doc_get(d, "type"));
	const struct doc *source = doc_get(d, "source");
	struct part *holder = &(struct part){ .inner = *list };
	bool portable =
	    doc_is(doc_get(source, "type"), "base64") || doc_is(doc_get(source, "type"), "url");

	if (str_is(type, "text")) {
		prompt_inner(p, holder, PART_TEXT)->text = doc_text(doc_get(d, "text"));
	} else if (portable && (str_is(type, "image") || str_is(type, "document"))) {
		struct part *part =
		    prompt_inner(p, holder, str_is(type, "image") ? PART_IMAGE : PART_FILE);
		part->text = address_of(p, source);
		part->name = doc_text(doc_get(d, "title"));
	} else {
		return false;
	}
	*list = holder->inner;
	return true;
}

static void
read_result(struct prompt *p, struct message *m, const struct doc *d)
{
	const struct doc *content = doc_get(d, "content");
	struct part *result = prompt_part(p, m, PART_RESULT);

	result->id = doc_text(doc_get(d, "tool_use_id"));
	result->failed = doc_true(doc_get(d, "is_error"));
	result->plain = doc_kind(content) != KIND_ARRAY;
	if (result->plain)
		prompt_inner(p, result, PART_TEXT)->text = doc_text(content);
	DOC_EACH (block, content)
		if (!read_plain(p, &result->inner, block))
			lose_block(p, doc_text(doc_get(block, "type")), "dropped");
}

static void
read_block(struct prompt *p, struct message *m, const struct doc *d)
{
	str type = doc_text(doc_get(d, "type"));

	if (str_is(type, "tool_use")) {
		struct part *call = prompt_part(p, m, PART_CALL);
		call->id = doc_text(doc_get(d, "id"));
		call->name = doc_text(doc_get(d, "name"));
		call->arguments = doc_raw(doc_get(d, "input"));
	} else if (str_is(type, "tool_result")) {
		read_result(p, m, d);
	} else if (!read_plain(p, &m->parts, d)) {
		lose_block(p, type, "dropped");
		return;
	}
	prompt_others(p, "messages.content", d, block_members);
}

static void
read_content(struct prompt *p, struct message *m, const struct doc *content)
{
	m->plain = doc_kind(content) == KIND_STRING;
	if (m->plain)
		prompt_part(p, m, PART_TEXT)->text = content->text;
	DOC_EACH (block, content)
		read_block(p, m, block);
}

static void
read_tool(struct prompt *p, const struct doc *d)
{
	static const char *const members[] = { "name", "description", "input_schema", "strict",
		"type", NULL };
	const struct doc *schema = doc_get(d, "input_schema"), *strict = doc_get(d, "strict");

	if (schema == NULL) {
		prompt_lose(p, "tools", "dropped", doc_raw(doc_get(d, "type")), (str){ 0 });
		return;
	}
	struct prompt_tool *t = prompt_tool(p);
	t->name = doc_raw(doc_get(d, "name"));
	t->description = doc_raw(doc_get(d, "description"));
	t->schema = schema->raw;
	t->strict = doc_true(strict);
	t->strict_given = !doc_null(strict);
	prompt_others(p, "tools", d, members);
}

static void
read_choice(struct prompt *p, const struct doc *d)
{
	const struct doc *type = doc_get(d, "type"),
			 *single = doc_get(d, "disable_parallel_tool_use");

	if (doc_is(type, "auto"))
		p->choice = CHOICE_AUTO;
	else if (doc_is(type, "none"))
		p->choice = CHOICE_NEVER;
	else if (doc_is(type, "any"))
		p->choice = CHOICE_ANY;
	else if (doc_is(type, "tool"))
		p->choice = CHOICE_NAMED;
	p->choice_name = doc_text(doc_get(d, "name"));
	if (!doc_null(single)) {
		p->settings[SET_PARALLEL].json = doc_true(single) ? STR("false") : STR("true");
		p->settings[SET_PARALLEL].name = "tool_choice.disable_parallel_tool_use";
	}
}

static void
read_output(struct prompt *p, const struct doc *d)
{
	const struct doc *format = doc_get(d, "format");

	prompt_set(p, knobs, "output_config.effort", doc_get(d, "effort"));
	if (doc_null(format))
		return;
	p->format = FORMAT_SCHEMA;
	p->format_schema = doc_raw(doc_get(format, "schema"));
	p->format_strict = true;
}

/* Members that are more than a setting; false: it is none of those. */
static bool
read_member(struct prompt *p, const struct doc *m)
{
	if (str_is(m->key, "model")) {
		p->model = m->raw;
	} else if (str_is(m->key, "system")) {
		read_content(p, prompt_message(p, ROLE_SYSTEM), m);
	} else if (str_is(m->key, "tools")) {
		DOC_EACH (tool, m)
			read_tool(p, tool);
	} else if (str_is(m->key, "tool_choice")) {
		read_choice(p, m);
	} else if (str_is(m->key, "output_config")) {
		read_output(p, m);
	} else if (str_is(m->key, "metadata")) {
		prompt_set(p, knobs, "metadata.user_id", doc_get(m, "user_id"));
	} else {
		return str_is(m->key, "messages");
	}
	return true;
}

void
anthropic_read(struct prompt *p, const struct doc *request)
{
	DOC_EACH (m, request)
		if (!read_member(p, m) &&
		    !prompt_set(p, knobs, arena_string(p->arena, m->key), m) && !doc_null(m))
			prompt_lose(p, arena_string(p->arena, m->key), "dropped",
			    m->kind < KIND_ARRAY ? m->raw : (str){ 0 }, (str){ 0 });
	DOC_EACH (m, doc_get(request, "messages")) {
		const struct doc *role = doc_get(m, "role");
		read_content(p,
		    prompt_message(p,
			doc_is(role, "system")        ? ROLE_SYSTEM :
			    doc_is(role, "assistant") ? ROLE_ASSISTANT :
							ROLE_USER),
		    doc_get(m, "content"));
	}
}

static void
write_source(struct prompt *p, struct buf *b, const struct part *part)
{
	str media, data;

	emit_open(b, '{');
	emit_ktext(b, "type", part->kind == PART_IMAGE ? "image" : "document");
	if (part->kind == PART_FILE)
		emit_kstr(b, "title", part->name);
	emit_key(b, "source");
	emit_open(b, '{');
	if (prompt_data(part->text, &media, &data)) {
		emit_ktext(b, "type", "base64");
		emit_kstr(b, "media_type", media);
		emit_kstr(b, "data", data);
	} else {
		emit_ktext(b, "type", "url");
		emit_kstr(b, "url", part->text);
	}
	emit_close(b, '}');
	emit_close(b, '}');
	if (part->detail.len > 0)
		prompt_lose(p, "messages.content.image_url.detail", "dropped",
		    emit_quoted(p->arena, part->detail), (str){ 0 });
}

static void
write_text(struct prompt *p, struct buf *b, const struct part *part)
{
	if (part->kind == PART_REFUSAL)
		prompt_lose(p, "messages.refusal", "converted", (str){ 0 }, STR("\"text\""));
	emit_open(b, '{');
	emit_ktext(b, "type", "text");
	emit_key(b, "text");
	emit_str(b, part->text);
	emit_close(b, '}');
}

static void
write_result(struct prompt *p, struct buf *b, const struct part *result)
{
	const struct part *first = result->inner;

	emit_open(b, '{');
	emit_ktext(b, "type", "tool_result");
	emit_kstr(b, "tool_use_id", translate_id(p, result->id));
	emit_key(b, "content");
	if (result->plain && first != NULL && first->next == NULL) {
		emit_str(b, first->text);
	} else {
		emit_open(b, '[');
		for (const struct part *part = first; part != NULL; part = part->next)
			if (part->kind == PART_TEXT)
				write_text(p, b, part);
			else
				write_source(p, b, part);
		emit_close(b, ']');
	}
	if (result->failed)
		emit_kbool(b, "is_error", true);
	emit_close(b, '}');
}

/* input is an object: what is no object is wrapped into one. */
static void
write_call(struct prompt *p, struct buf *b, const struct part *call)
{
	const struct doc *arguments = doc_read(p->arena, call->arguments);

	emit_open(b, '{');
	emit_ktext(b, "type", "tool_use");
	emit_kstr(b, "id", translate_id(p, call->id));
	emit_kstr(b, "name", call->name);
	emit_key(b, "input");
	if (!call->custom && doc_kind(arguments) == KIND_OBJECT) {
		emit_raw(b, arguments->raw);
	} else if (!call->custom && str_trim(call->arguments).len == 0) {
		emit_raw(b, STR("{}"));
	} else {
		prompt_lose(p, "messages.tool_calls.arguments", "converted", (str){ 0 },
		    STR("\"{input}\""));
		emit_open(b, '{');
		emit_key(b, "input");
		emit_str(b, call->arguments);
		emit_close(b, '}');
	}
	emit_close(b, '}');
}

static void
write_part(struct prompt *p, struct buf *b, const struct part *part)
{
	switch (part->kind) {
	case PART_TEXT:
	case PART_REFUSAL:
		if (part->text.len > 0) /* an empty text is refused */
			write_text(p, b, part);
		else
			lose_block(p, STR("text"), "dropped");
		break;
	case PART_IMAGE:
	case PART_FILE: write_source(p, b, part); break;
	case PART_CALL: write_call(p, b, part); break;
	case PART_RESULT: write_result(p, b, part); break;
	}
}

/* An empty text is refused here: is there anything else? */
static bool
has_words(const struct message *m)
{
	for (const struct part *part = m->parts; part != NULL; part = part->next)
		if (part->text.len > 0 || part->kind == PART_CALL || part->kind == PART_RESULT)
			return true;
	return false;
}

/* Adjacent messages of one role become one: the roles must alternate. */
static void
write_messages(struct prompt *p, struct buf *b)
{
	const struct message *open = NULL;

	emit_key(b, "messages");
	emit_open(b, '[');
	for (const struct message *m = p->messages; m != NULL; m = m->next) {
		if (m->role == ROLE_SYSTEM || m->role == ROLE_DEVELOPER)
			continue;
		if (!has_words(m)) {
			lose_block(p, STR("text"), "dropped");
			continue;
		}
		if (open != NULL && open->role != m->role)
			buf_text(b, "]}");
		if (open == NULL || open->role != m->role) {
			emit_open(b, '{');
			emit_ktext(b, "role", m->role == ROLE_USER ? "user" : "assistant");
			emit_key(b, "content");
			emit_open(b, '[');
		} else if (open->parts != NULL && open->parts->kind != PART_RESULT) {
			prompt_lose(p, "messages", "merged", (str){ 0 }, (str){ 0 });
		}
		for (const struct part *part = m->parts; part != NULL; part = part->next)
			write_part(p, b, part);
		open = m;
	}
	buf_text(b, open != NULL ? "]}]" : "]");
}

/* All that instructs stands at the top. */
static void
write_system(struct prompt *p, struct buf *b)
{
	bool any = false, spoken = false;

	for (const struct message *m = p->messages; m != NULL; m = m->next) {
		if (m->role != ROLE_SYSTEM && m->role != ROLE_DEVELOPER) {
			spoken = true;
			continue;
		}
		if (spoken)
			prompt_lose(
			    p, "messages.system", "moved", (str){ 0 }, STR("\"system\""));
		if (m->role == ROLE_DEVELOPER)
			prompt_lose(p, "messages.role", "renamed", STR("\"developer\""),
			    STR("\"system\""));
		for (const struct part *part = m->parts; part != NULL; part = part->next) {
			if (part->text.len == 0) {
				prompt_lose(p, "system", "dropped", STR("\"\""), (str){ 0 });
				continue;
			}
			if (!any) {
				emit_key(b, "system");
				emit_open(b, '[');
			}
			any = true;
			write_part(p, b, part);
		}
	}
	if (any)
		emit_close(b, ']');
}

static void
write_tools(struct prompt *p, struct buf *b)
{
	if (p->tools == NULL)
		return;
	emit_key(b, "tools");
	emit_open(b, '[');
	for (const struct prompt_tool *t = p->tools; t != NULL; t = t->next) {
		emit_open(b, '{');
		emit_kraw(b, "name", t->name);
		if (t->description.len > 0)
			emit_kraw(b, "description", t->description);
		emit_kraw(b, "input_schema",
		    t->custom             ? TRANSLATE_TEXT_SCHEMA :
			t->schema.len > 0 ? t->schema :
					    STR("{\"type\":\"object\"}"));
		if (t->custom)
			prompt_lose(
			    p, "tools.custom", "converted", (str){ 0 }, STR("\"function\""));
		else if (t->schema.len == 0)
			prompt_lose(p, "tools.input_schema", "added", (str){ 0 },
			    STR("{\"type\":\"object\"}"));
		if (t->strict)
			emit_kbool(b, "strict", true);
		emit_close(b, '}');
	}
	emit_close(b, ']');
}

static void
write_choice(struct prompt *p, struct buf *b)
{
	static const char *const words[] = { "auto", "auto", "none", "any", "tool" };
	str parallel = p->settings[SET_PARALLEL].json;
	bool single = str_is(parallel, "false");

	p->settings[SET_PARALLEL].json = (str){ 0 };
	if (p->choice == CHOICE_NONE_GIVEN && !single)
		return;
	emit_key(b, "tool_choice");
	emit_open(b, '{');
	emit_ktext(b, "type", words[p->choice]);
	if (p->choice == CHOICE_NAMED)
		emit_kstr(b, "name", p->choice_name);
	if (single && p->choice == CHOICE_NEVER)
		prompt_lose(p, p->settings[SET_PARALLEL].name, "dropped", parallel, (str){ 0 });
	else if (single)
		emit_kbool(b, "disable_parallel_tool_use", true);
	emit_close(b, '}');
}

static void
adjust(struct prompt *p)
{
	double temperature;

	if (p->settings[SET_MAX_TOKENS].json.len == 0) {
		p->settings[SET_MAX_TOKENS].json = STR(DEFAULT_MAX_TOKENS);
		p->settings[SET_MAX_TOKENS].name = "max_tokens";
		prompt_lose(p, "max_tokens", "added", (str){ 0 }, STR(DEFAULT_MAX_TOKENS));
	}
	if (str_real(p->settings[SET_TEMPERATURE].json, &temperature) && temperature > 1) {
		prompt_lose(
		    p, "temperature", "clamped", p->settings[SET_TEMPERATURE].json, STR("1"));
		p->settings[SET_TEMPERATURE].json = STR("1");
	}
	translate_stop_list(p, 0);
	translate_effort(p, (const char *const[]){ "low", "medium", "high", "max", NULL });
}

void
anthropic_write(struct prompt *p, struct buf *b)
{
	adjust(p);
	emit_open(b, '{');
	emit_kraw(b, "model", p->model);
	write_system(p, b);
	write_messages(p, b);
	write_tools(p, b);
	write_choice(p, b);
	prompt_settings(p, b, knobs);
	translate_schema_format(p, b, "output_config.format");
	emit_close(b, '}');
}
