/* openai_responses.c - OpenAI Responses: a list of items in, a list of items out. */
#include "io/edit.h"
#include "trace/openai.h"
#include "trace/translate.h"

static bool
speaks(str path, const struct doc *request)
{
	(void)request;
	return str_ends(path, "/responses");
}

static bool
system_role(str role)
{
	return str_is(role, "system") || str_is(role, "developer");
}

static void
view_part(struct arena *a, struct view *v, str role, const struct doc *part)
{
	str type = doc_text(doc_get(part, "type"));

	if (!doc_null(doc_get(part, "file_id")))
		v->server_state = true;
	if (str_ends(type, "text") && system_role(role))
		view_system(a, v, doc_text(doc_get(part, "text")));
	else if (str_ends(type, "text"))
		view_text(a, v, role, doc_text(doc_get(part, "text")));
	else if (str_is(type, "refusal"))
		view_text(a, v, role, doc_text(doc_get(part, "refusal")));
	else if (str_is(type, "input_image"))
		view_media(a, v, role, "image", doc_text(doc_get(part, "image_url")));
	else if (str_is(type, "input_file"))
		view_media(a, v, role, "file", doc_text(doc_get(part, "file_data")));
	else
		view_other(a, v, role, part);
}

static void
view_message(struct arena *a, struct view *v, const struct doc *item)
{
	str role = doc_text(doc_get(item, "role"));
	const struct doc *content = doc_get(item, "content");

	if (doc_kind(content) == KIND_STRING && system_role(role))
		view_system(a, v, content->text);
	else if (doc_kind(content) == KIND_STRING && content->text.len > 0)
		view_text(a, v, role, content->text);
	DOC_EACH (part, content)
		view_part(a, v, role, part);
}

/* The output of a tool: a string, or parts joined line by line, images by their address. */
static str
output_text(struct arena *a, const struct doc *output)
{
	str all = { 0 };

	if (doc_kind(output) != KIND_ARRAY)
		return doc_kind(output) == KIND_STRING ? output->text : doc_raw(output);
	DOC_EACH (part, output) {
		const struct doc *type = doc_get(part, "type"), *text = doc_get(part, "text");
		const struct doc *url = doc_get(part, "image_url"),
				 *file = doc_get(part, "file_data");
		if (text != NULL)
			all = dialect_lines(a, all, doc_text(text));
		else if (doc_is(type, "input_image") && url != NULL)
			all = dialect_lines(a, all, view_address(a, "image", doc_text(url)));
		else if (doc_is(type, "input_file") && file != NULL)
			all = dialect_lines(a, all, view_address(a, "file", doc_text(file)));
		else
			return doc_raw(output);
	}
	return all;
}

static void
view_item(struct arena *a, struct view *v, const struct doc *item)
{
	const struct doc *type = doc_get(item, "type");
	str id = doc_text(doc_get(item, "call_id")), name = doc_text(doc_get(item, "name"));

	if (doc_is(type, "message") || (doc_null(type) && doc_get(item, "role") != NULL)) {
		view_message(a, v, item);
	} else if (doc_is(type, "function_call")) {
		view_call(a, v, id, name, doc_text(doc_get(item, "arguments")));
	} else if (doc_is(type, "custom_tool_call")) {
		view_call(a, v, id, name, doc_raw(doc_get(item, "input")));
	} else if (str_ends(doc_text(type), "_call_output")) {
		view_result(a, v, id, output_text(a, doc_get(item, "output")), false);
	} else if (doc_is(type, "reasoning")) {
		v->sealed_reasoning |= !doc_null(doc_get(item, "encrypted_content"));
	} else if (doc_is(type, "item_reference") || (doc_null(type) && doc_get(item, "id"))) {
		v->server_state = true;
	} else {
		v->server_tool |= str_ends(doc_text(type), "_call");
		view_other(a, v, STR("item"), item);
	}
}

static void
view_tools(struct arena *a, struct view *v, const struct doc *request)
{
	DOC_EACH (t, doc_get(request, "tools")) {
		const struct doc *type = doc_get(t, "type");
		bool function = doc_is(type, "function");
		str name = doc_text(doc_get(t, "name"));
		view_tool(a, v, name.len > 0 ? name : doc_text(type),
		    !function                              ? t :
			doc_null(doc_get(t, "parameters")) ? NULL :
							     doc_get(t, "parameters"));
		v->server_tool |= !function && !doc_is(type, "custom");
	}
}

static void
view(struct arena *a, const struct doc *request, struct view *v)
{
	const struct doc *instructions = doc_get(request, "instructions"),
			 *input = doc_get(request, "input");

	if (doc_kind(instructions) == KIND_STRING)
		view_system(a, v, instructions->text);
	DOC_EACH (item, instructions)
		view_item(a, v, item);
	if (doc_kind(input) == KIND_STRING)
		view_text(a, v, STR("user"), input->text);
	DOC_EACH (item, input)
		view_item(a, v, item);
	view_tools(a, v, request);
	v->server_state |= !doc_null(doc_get(request, "previous_response_id")) ||
	    !doc_null(doc_get(request, "conversation")) ||
	    !doc_null(doc_get(doc_get(request, "prompt"), "id"));
}

/* The instructions, or where there are none the first message that instructs. */
static str
set_system(struct arena *a, const struct doc *request, str text)
{
	static const struct path_step whole[] = { { PATH_KEY, STR_INIT("instructions"), 0 } },
				      first[] = { { PATH_KEY, STR_INIT("input"), 0 },
					      { PATH_INDEX, { 0 }, 0 },
					      { PATH_KEY, STR_INIT("content"), 0 } };
	const struct doc *item = doc_item(doc_get(request, "input"), 0);
	bool inside = doc_null(doc_get(request, "instructions")) &&
	    system_role(doc_text(doc_get(item, "role")));
	struct path path = inside ? (struct path){ first, 3 } : (struct path){ whole, 1 };
	const char *why;
	str result = doc_raw(request);

	edit_path(a, request, &path, emit_quoted(a, text), &result, &why);
	return result;
}

static void
read_usage(const struct doc *u, struct usage *usage)
{
	const struct doc *in = doc_get(u, "input_tokens_details");

	*usage = (struct usage)USAGE_NONE;
	usage->input = dialect_tokens(doc_get(u, "input_tokens"));
	usage->output = dialect_tokens(doc_get(u, "output_tokens"));
	usage->cache_read = dialect_tokens(doc_get(in, "cached_tokens"));
	usage->cache_write = dialect_tokens(doc_get(in, "cache_write_tokens"));
	usage->reasoning =
	    dialect_tokens(doc_get(doc_get(u, "output_tokens_details"), "reasoning_tokens"));
}

static enum finish
finish_of(const struct answer *answer)
{
	if (answer->refusal.len > 0 || str_is(answer->finish_reason, "content_filter"))
		return FINISH_REFUSED;
	if (str_is(answer->finish_reason, "completed"))
		return answer->call_count > 0 ? FINISH_TOOLS : FINISH_STOP;
	if (str_is(answer->finish_reason, "max_output_tokens"))
		return FINISH_LENGTH;
	return answer->finish_reason.len > 0 ? FINISH_OTHER : FINISH_UNKNOWN;
}

static void
read_output(struct arena *a, const struct doc *output, struct answer *out)
{
	const struct call **end = NULL;
	struct buf text = { 0 };

	DOC_EACH (item, output) {
		const struct doc *arguments = doc_get(item, "arguments");
		bool custom = doc_is(doc_get(item, "type"), "custom_tool_call");
		DOC_EACH (part, doc_get(item, "content")) {
			if (doc_is(doc_get(part, "type"), "output_text"))
				buf_add(&text, doc_text(doc_get(part, "text")));
			if (doc_is(doc_get(part, "type"), "refusal"))
				out->refusal = doc_text(doc_get(part, "refusal"));
		}
		if (!custom && !doc_is(doc_get(item, "type"), "function_call"))
			continue;
		struct call *c = dialect_call(a, out, &end);
		c->id = doc_text(doc_get(item, "call_id"));
		c->name = doc_text(doc_get(item, "name"));
		c->arguments = custom ? doc_raw(doc_get(item, "input")) : doc_text(arguments);
	}
	out->text = arena_keep(a, buf_str(&text));
	buf_free(&text);
}

static void
answer(struct arena *a, const struct doc *r, struct answer *out)
{
	const struct doc *output = doc_get(r, "output"), *status = doc_get(r, "status");
	str reason = doc_text(doc_get(doc_get(r, "incomplete_details"), "reason"));

	*out = (struct answer){ .usage = USAGE_NONE };
	out->present = doc_kind(output) == KIND_ARRAY && !doc_is(status, "failed");
	if (!out->present || !doc_null(doc_get(r, "error")))
		dialect_error(a, r, &out->error_type, &out->error_message);
	out->id = doc_text(doc_get(r, "id"));
	out->model = doc_text(doc_get(r, "model"));
	out->finish_reason = reason.len > 0 ? reason : doc_text(status);
	read_output(a, output, out);
	out->finish = finish_of(out);
	read_usage(doc_get(r, "usage"), &out->usage);
}

void
openai_complain(struct buf *b, int status, str message)
{
	emit_open(b, '{');
	emit_key(b, "error");
	emit_open(b, '{');
	emit_key(b, "message");
	emit_str(b, message);
	emit_ktext(b, "type", status < 500 ? "invalid_request_error" : "server_error");
	emit_kraw(b, "param", STR("null"));
	emit_ktext(b, "code",
	    status == 404     ? "not_found" :
		status == 429 ? "rate_limit_exceeded" :
		status >= 500 ? "server_error" :
				"bad_request");
	emit_close(b, '}');
	emit_close(b, '}');
}

static void
stream_error(struct buf *out, str message)
{
	struct buf b = { 0 };

	emit_open(&b, '{');
	emit_ktext(&b, "type", "error");
	emit_ktext(&b, "code", "server_error");
	emit_kstr(&b, "message", message);
	emit_kraw(&b, "param", STR("null"));
	emit_close(&b, '}');
	dialect_event(out, "error", &b);
	buf_free(&b);
}

static const char *const ends[] = { "event: response.completed\n",
	"event: response.incomplete\n", "event: response.failed\n", NULL };

const struct dialect dialect_openai_responses = {
	.name = "openai.responses",
	.provider = "openai",
	.path = "/responses",
	.count_path = "/responses/input_tokens",
	.home = "https://api.openai.com/v1",
	.base_variable = "OPENAI_BASE_URL",
	.key_variable = "OPENAI_API_KEY",
	.key_header = "authorization: Bearer ",
	.headers = (const char *const[]){ NULL },
	.speaks = speaks,
	.view = view,
	.answer = answer,
	.set_system = set_system,
	.read = responses_read,
	.write = responses_write,
	.event = responses_event,
	.finish = responses_finish,
	.render = responses_render,
	.complain = openai_complain,
	.stream_error = stream_error,
	.ends = ends,
};
