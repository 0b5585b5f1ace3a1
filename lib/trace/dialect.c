/* dialect.c - the table of dialects, and what they share. */
#include "trace/dialect.h"

#include "base/utf8.h"

const struct dialect *const dialects[] = { &dialect_openai_chat, &dialect_anthropic,
	&dialect_openai_responses, NULL };

const struct dialect *
dialect_named(str name)
{
	for (const struct dialect *const *d = dialects; *d != NULL; d++)
		if (str_is(name, (*d)->name))
			return *d;
	return NULL;
}

str
dialect_path(str url)
{
	size_t scheme = str_search(url, "://");

	if (scheme < url.len) {
		url = str_from(url, scheme + 3);
		url = str_from(url, str_find(url, '/'));
	}
	url.len = str_find(url, '#');
	url.len = str_find(url, '?');
	return url;
}

const struct dialect *
dialect_of(str url, const struct doc *request)
{
	str path = dialect_path(url);

	for (const struct dialect *const *d = dialects; *d != NULL; d++)
		if ((*d)->speaks(path, request))
			return *d;
	return NULL;
}

const struct dialect *
dialect_guess(const struct doc *request, const struct doc *response)
{
	if (doc_get(response, "choices") != NULL)
		return &dialect_openai_chat;
	if (doc_is(doc_get(response, "object"), "response"))
		return &dialect_openai_responses;
	if (doc_is(doc_get(response, "type"), "message"))
		return &dialect_anthropic;
	if (doc_get(request, "input") != NULL && doc_get(request, "messages") == NULL)
		return &dialect_openai_responses;
	if (doc_kind(doc_get(request, "messages")) != KIND_ARRAY)
		return NULL;
	return dialect_of_messages(request, doc_get(request, "messages"));
}

static bool
has_block(const struct doc *messages, const char *type)
{
	DOC_EACH (m, messages)
		DOC_EACH (block, doc_get(m, "content"))
			if (doc_is(doc_get(block, "type"), type))
				return true;
	return false;
}

static bool
has_role(const struct doc *messages, const char *role)
{
	DOC_EACH (m, messages)
		if (doc_is(doc_get(m, "role"), role))
			return true;
	return false;
}

/* A request for one of Anthropic's models that could be of either dialect: theirs has
 * max_tokens always, and no such role. */
static bool
asks_claude(const struct doc *request, const struct doc *messages)
{
	str model = doc_text(doc_get(request, "model"));
	return str_search(model, "claude") < model.len &&
	    doc_get(request, "max_tokens") != NULL && !has_role(messages, "system") &&
	    !has_role(messages, "tool");
}

const struct dialect *
dialect_of_messages(const struct doc *source, const struct doc *messages)
{
	const struct doc *tool = doc_item(doc_get(source, "tools"), 0);
	bool theirs = has_block(messages, "tool_use") || has_block(messages, "tool_result") ||
	    doc_get(source, "system") != NULL || doc_get(source, "stop_sequences") != NULL ||
	    doc_get(tool, "input_schema") != NULL || asks_claude(source, messages);

	return theirs ? &dialect_anthropic : &dialect_openai_chat;
}

void
answer_keep(struct arena *a, struct answer *answer)
{
	str *const texts[] = { &answer->id, &answer->model, &answer->fingerprint, &answer->text,
		&answer->refusal, &answer->finish_reason, &answer->error_type,
		&answer->error_message };
	const struct call **link = &answer->calls;

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (texts[i]->len > 0)
			*texts[i] = arena_keep(a, *texts[i]);
	for (const struct call *c = answer->calls; c != NULL; c = c->next) {
		struct call *copy = ARENA_NEW(a, struct call);
		*copy = (struct call){ arena_keep(a, c->id), arena_keep(a, c->name),
			arena_keep(a, c->arguments), c->next };
		*link = copy;
		link = &copy->next;
	}
}

struct stream
stream_new(struct arena *a, const struct dialect *d)
{
	return (struct stream){ .dialect = d, .arena = a };
}

static void
take(struct stream *s, const struct sse_event *e)
{
	str data = str_trim(e->data);

	if (str_is(data, "[DONE]")) {
		s->done = true;
		return;
	}
	const struct doc *d = doc_read(s->arena, arena_keep(s->arena, data));
	if (doc_kind(d) != KIND_OBJECT) {
		s->broken = true;
		return;
	}
	if (!doc_null(doc_get(d, "error")) || doc_is(doc_get(d, "type"), "error"))
		dialect_error(s->arena, d, &s->error_type, &s->error_message);
	if (s->error_type.len == 0 || doc_get(d, "choices") != NULL)
		s->dialect->event(s, d);
}

void
stream_feed(struct stream *s, str chunk)
{
	struct sse_event e;

	sse_feed(&s->sse, chunk);
	while (sse_next(&s->sse, &e))
		take(s, &e);
}

str
stream_end(struct stream *s)
{
	struct sse_event e;
	struct buf b = { 0 };

	if (sse_last(&s->sse, &e))
		take(s, &e);
	if (s->plain != NULL) {
		s->dialect->finish(s);
		tree_write(&b, s->plain);
	}
	str text = arena_keep(s->arena, buf_str(&b));
	buf_free(&b);
	sse_free(&s->sse);
	return text;
}

void
dialect_event(struct buf *out, const char *name, const struct buf *data)
{
	if (name != NULL)
		buf_printf(out, "event: %s\n", name);
	buf_text(out, "data: ");
	buf_add(out, buf_str(data));
	buf_text(out, "\n\n");
}

str
dialect_piece(str *rest)
{
	str head = utf8_prefix(*rest, 24);

	if (head.len == 0)
		head = *rest;
	*rest = str_from(*rest, head.len);
	return head;
}

/* OpenAI {"error":{"message","type","code"}}, Anthropic {"type":"error","error":{...}},
 * others {"error":"text"}, {"message":"text"} or {"detail":...}. */
void
dialect_error(struct arena *a, const struct doc *body, str *type, str *message)
{
	const struct doc *e = doc_get(body, "error");

	*type = *message = (str){ 0 };
	if (doc_kind(e) == KIND_OBJECT) {
		*type = doc_text(doc_get(e, "type"));
		*message = doc_text(doc_get(e, "message"));
		if (type->len == 0)
			*type = doc_text(doc_get(e, "code"));
		if (message->len == 0)
			*message = doc_raw(e);
	} else if (doc_kind(e) == KIND_STRING) {
		*message = e->text;
	} else {
		*type = doc_text(doc_get(body, "code"));
		if (type->len == 0 && !doc_is(doc_get(body, "type"), "error"))
			*type = doc_text(doc_get(body, "type"));
		*message = doc_text(doc_get(body, "message"));
		if (message->len == 0)
			*message = doc_raw(doc_get(body, "detail"));
	}
	if (type->len == 0)
		*type = STR("error");
	if (message->len == 0)
		*message = STR("no message");
	*type = arena_keep(a, *type);
	*message = arena_keep(a, *message);
}

str
dialect_lines(struct arena *a, str first, str second)
{
	struct buf b = { 0 };

	if (first.len == 0)
		return second;
	buf_add(&b, first);
	buf_byte(&b, '\n');
	buf_add(&b, second);
	str both = arena_keep(a, buf_str(&b));
	buf_free(&b);
	return both;
}

int64_t
dialect_tokens(const struct doc *d)
{
	int64_t n;

	return doc_int(d, &n) && n >= 0 ? n : USAGE_UNKNOWN;
}

struct call *
dialect_call(struct arena *a, struct answer *answer, const struct call ***end)
{
	struct call *c = ARENA_NEW(a, struct call);

	if (*end == NULL)
		*end = &answer->calls;
	**end = c;
	*end = &c->next;
	answer->call_count++;
	return c;
}
