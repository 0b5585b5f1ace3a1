/* trajectory.c - an agent's run kept as one list of messages: a record per model call.
 *
 * Each assistant message was the answer to all that stands before it, so that is the
 * request.  The body is rebuilt: what the source does not keep (tools, model, sampling)
 * can be supplied with --tool-schemas and --set, and the record says that it was. */
#include "capture.h"
#include "io/edit.h"
#include "io/emit.h"

/* Members of a request that a source may keep beside its messages. */
static const char *const parameters[] = { "model", "temperature", "top_p", "top_k",
	"max_tokens", "max_completion_tokens", "seed", "stop", "stop_sequences", "tool_choice",
	"response_format", "system", NULL };

static void
supplied(struct arena *a, str *modified, const char *field, str value)
{
	trace_change(a, modified, field, "supplied", (str){ 0 }, value, NULL);
}

/* VALUE as JSON; a bare word is a string. */
static str
as_json(struct arena *a, str value)
{
	return doc_read(a, value) != NULL ? value : emit_quoted(a, value);
}

/* The head of every request of this run: all but its messages. */
static str
request_head(struct sink *s, struct buf *b, str *modified)
{
	struct arena *a = in_arena(s->in);
	const struct doc *tools = doc_get(s->source, "tools"), *first = doc_item(tools, 0);

	if (doc_get(first, "result") != NULL || doc_get(first, "result_sha256") != NULL)
		tools = NULL; /* what tools answered, not what they are */
	emit_open(b, '{');
	for (const char *const *p = parameters; *p != NULL; p++) {
		const struct doc *own = doc_get(s->source, *p);
		if (!doc_null(own))
			emit_kraw(b, *p, own->raw);
	}
	if (tools != NULL && tools->count > 0) {
		emit_kraw(b, "tools", tools->raw);
	} else if (s->tools != NULL) {
		emit_kraw(b, "tools", s->tools->raw);
		supplied(a, modified, "tools", as_json(a, str_of(s->o->tool_schemas)));
	}
	emit_close(b, '}');
	str head = arena_keep(a, buf_str(b));
	for (size_t i = 0; i < s->o->set.count; i++) {
		str value = str_of(s->o->set.items[i]), name = str_cut(&value, '=');
		const struct doc *root = doc_read(a, head);
		struct path path;
		const char *why;
		path_parse(a, name, &path);
		if (doc_at(root, &path) != NULL) /* the source knows better */
			continue;
		value = as_json(a, value);
		if (edit_path(a, root, &path, value, &head, &why))
			supplied(a, modified, arena_string(a, name), value);
	}
	return head;
}

/* The answer in the dialect's plain form, as far as a message tells. */
static str
response_of(struct arena *a, const struct dialect *d, const struct doc *message)
{
	struct buf b = { 0 };

	emit_open(&b, '{');
	if (d == &dialect_anthropic) {
		const struct doc *content = doc_get(message, "content");
		emit_ktext(&b, "type", "message");
		emit_ktext(&b, "role", "assistant");
		emit_key(&b, "content");
		if (doc_kind(content) == KIND_STRING) {
			buf_text(&b, "[{\"type\":\"text\",\"text\":");
			emit_raw(&b, content->raw);
			buf_text(&b, "}]");
		} else {
			emit_raw(&b, doc_raw(content));
		}
		emit_kraw(&b, "stop_reason", STR("null"));
	} else {
		emit_ktext(&b, "object", "chat.completion");
		buf_text(&b, ",\"choices\":[{\"index\":0,\"message\":");
		emit_raw(&b, message->raw);
		buf_text(&b, ",\"finish_reason\":null}]");
	}
	emit_close(&b, '}');
	str text = arena_keep(a, buf_str(&b));
	buf_free(&b);
	return text;
}

/* The request that message number n answers: the head and the n messages before. */
static str
request_of(struct arena *a, str head, const struct doc *messages, size_t n)
{
	struct buf b = { 0 };

	buf_add(&b, (str){ head.at, head.len - 1 });
	emit_key(&b, "messages");
	emit_open(&b, '[');
	DOC_EACH (m, messages) {
		if (n-- == 0)
			break;
		evidence_strip(&b, m);
	}
	buf_text(&b, "]}");
	str text = arena_keep(a, buf_str(&b));
	buf_free(&b);
	return text;
}

static void
unroll(struct sink *s, struct capture *c, const struct doc *messages, str head)
{
	struct arena *a = in_arena(s->in);
	size_t n = 0;

	DOC_EACH (m, messages) {
		if (doc_is(doc_get(m, "role"), "assistant")) {
			c->step++;
			c->id = arena_printf(a, "%.*s-%lld", (int)c->session.len, c->session.at,
			    (long long)c->step);
			c->request_body = request_of(a, head, messages, n);
			c->request = doc_read(a, c->request_body);
			reply_read(a, c->dialect, 0, response_of(a, c->dialect, m), &c->reply);
			capture_write(s, c);
			c->parent = c->id;
		}
		n++;
	}
}

bool
read_trajectory(struct sink *s)
{
	const struct scan_value *v = s->rec->values;
	struct arena *a = in_arena(s->in);
	size_t field = v[C_MESSAGES].kind == KIND_ARRAY ? C_MESSAGES : C_TRAJ;
	struct buf b = { 0 };

	if (v[field].kind != KIND_ARRAY)
		return false;
	const struct doc *messages = doc_read(a, v[field].raw);
	int64_t number = s->sessions++;
	struct capture c = { .reader = "messages", .rebuilt = true, .step = -1 };

	c.session = in_text(s->in, s->rec, C_SESSION);
	if (c.session.len == 0)
		c.session = arena_printf(a, "%lld", (long long)number);
	c.dialect = dialect_of_messages(s->source, messages);
	str head = request_head(s, &b, &c.modified);
	unroll(s, &c, messages, head);
	buf_free(&b);
	return true;
}
