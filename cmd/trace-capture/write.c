/* write.c - a captured call as a trace record. */
#include "capture.h"
#include "data/hash.h"
#include "data/when.h"
#include "io/canon.h"
#include "io/edit.h"
#include "io/emit.h"

const char *const capture_who[] = { WHO_NAMES, NULL };

/* The source's id, else the response's, else the content's hash; the second of the same
 * gets a number. */
static str
make_id(struct sink *s, const struct capture *c)
{
	struct arena *a = in_arena(s->in);
	str id = c->id;

	if (id.len == 0)
		id = c->reply.answer.id;
	if (id.len == 0) {
		str key =
		    outlet_key(s->outlet); /* a plain hash would tell of what is redacted */
		id = arena_printf(a, "sha-%.16s",
		    (key.len > 0 ? hash_keyed(a, key, c->request_body) :
				   hash_hex(a, c->request_body))
			.at);
	}
	uint32_t times = recall_times(s->recall, id);
	str unique = id;
	while (times > 1) { /* ID.2 may be taken too, by a source that numbers likewise */
		unique = arena_printf(a, "%.*s.%u", (int)id.len, id.at, times++);
		if (recall_times(s->recall, unique) == 1)
			break;
	}
	return unique;
}

static str
time_of(const struct sink *s, const struct capture *c)
{
	return c->time.len > 0 ? c->time : in_text(s->in, s->rec, IN_TIME);
}

static void
write_time(struct sink *s, struct buf *b, const struct capture *c)
{
	int64_t ns;

	if (when_parse(time_of(s, c), &ns))
		emit_kstr(b, "time", when_print(in_arena(s->in), ns));
}

static void
write_who(struct sink *s, struct buf *b)
{
	for (size_t i = 0; capture_who[i] != NULL; i++) {
		const struct scan_value *v = &s->rec->values[C_WHO + i];
		if (v->kind != KIND_NONE && v->kind != KIND_NULL)
			emit_kraw(b, capture_who[i], v->raw);
	}
}

static bool
consumed(str key)
{
	static const char *const used[] = { CAPTURE_NAMES, WHO_NAMES, "request", "response",
		"response_headers", "model", "tools", "system", "temperature", "top_p", "top_k",
		"max_tokens", "max_completion_tokens", "seed", "stop", "stop_sequences",
		"tool_choice", "response_format", "timing", "custom_id", NULL };

	for (const char *const *u = used; *u != NULL; u++)
		if (str_is(key, *u))
			return true;
	return false;
}

/* What else the source knew, as far as it is a single value. */
static void
write_tags(const struct sink *s, struct buf *b)
{
	bool any = false;

	DOC_EACH (m, s->source) {
		if (m->kind == KIND_OBJECT || m->kind == KIND_ARRAY || m->kind == KIND_NULL ||
		    consumed(m->key))
			continue;
		if (!any) {
			emit_key(b, "tags");
			emit_open(b, '{');
		}
		any = true;
		emit_name(b, m->key);
		emit_raw(b, m->raw);
	}
	if (any)
		emit_close(b, '}');
}

static void
write_request(struct buf *b, struct arena *a, const struct capture *c)
{
	struct buf flat = { 0 };

	if (c->request != NULL) {
		edit_flatten(&flat, c->request_body);
		emit_kraw(b, "request", buf_str(&flat));
		str line = str_trim(buf_str(&flat)); /* as a reader of the record finds it */
		if (!str_eq(line, c->request_body))
			emit_kstr(b, "request_line_sha256", hash_hex(a, line));
	} else if (c->request_body.len > 0) {
		trace_bytes(b, "request", c->request_body);
	}
	if (c->request_body.len > 0) {
		emit_kstr(b, "request_sha256", hash_hex(a, c->request_body));
		emit_kint(b, "request_bytes", (int64_t)c->request_body.len);
	}
	buf_free(&flat);
}

static void
write_result(struct sink *s, struct buf *b, const struct capture *c, const struct item *result,
    const struct item *call)
{
	struct arena *a = in_arena(s->in);
	str from;

	emit_open(b, '{');
	emit_kstr(b, "id", result->id);
	if (call != NULL) {
		emit_kstr(b, "name", call->name);
		emit_kstr(b, "arguments", call->arguments);
	}
	if (recall_asked(s->recall, c->session, result->id, &from))
		emit_kstr(b, "from", from);
	emit_key(b, "result");
	emit_str(b, result->text);
	str recorded = evidence_sha256(s->evidence, result->id);
	emit_kstr(b, "result_sha256",
	    recorded.len > 0 && !c->http ? recorded : hash_hex(a, result->text));
	if (result->failed)
		emit_kbool(b, "error", true);
	emit_close(b, '}');
}

/* The results that are new with this request: those behind the model's last words. */
static void
write_tools(struct sink *s, struct buf *b, const struct capture *c)
{
	const struct view *v = &c->view;
	size_t from = v->item_count;
	bool any = false;

	while (from > 0 && v->items[from - 1].kind != ITEM_CALL &&
	    !(v->items[from - 1].kind == ITEM_TEXT &&
		str_is(v->items[from - 1].role, "assistant")))
		from--;
	for (size_t i = from; i < v->item_count; i++) {
		const struct item *call = NULL;
		if (v->items[i].kind != ITEM_RESULT)
			continue;
		for (size_t k = 0; k < i; k++)
			if (v->items[k].kind == ITEM_CALL &&
			    v->items[k].call == v->items[i].call)
				call = &v->items[k];
		if (!any) {
			emit_key(b, "tools");
			emit_open(b, '[');
		}
		any = true;
		write_result(s, b, c, &v->items[i], call);
	}
	if (any)
		emit_close(b, ']');
}

static void
write_verdict(struct sink *s, struct buf *b, const struct capture *c)
{
	struct gap_list gaps;

	judge(s, c, &gaps);
	emit_ktext(b, "replayable", gaps.no ? "no" : gaps.count > 0 ? "degraded" : "yes");
	if (gaps.count == 0)
		return;
	emit_key(b, "gaps");
	emit_open(b, '[');
	for (size_t i = 0; i < gaps.count; i++)
		emit_text(b, gaps.codes[i]);
	emit_close(b, ']');
}

static void
write_identity(struct sink *s, struct buf *b, const struct capture *c, str id)
{
	emit_ktext(b, "record", "trace");
	emit_kint(b, "v", 1);
	emit_kstr(b, "id", id);
	write_time(s, b, c);
	emit_key(b, "capture");
	emit_open(b, '{');
	emit_ktext(b, "source", c->reader);
	emit_ktext(b, "body", c->rebuilt ? "rebuilt" : "verbatim");
	emit_close(b, '}');
	emit_kstr(b, "session", c->session);
	if (c->step >= 0)
		emit_kint(b, "step", c->step);
	emit_kstr(b, "parent", c->parent);
	write_who(s, b);
	write_tags(s, b);
}

static void
write_call(struct sink *s, struct buf *b, struct capture *c)
{
	struct arena *a = in_arena(s->in);

	emit_key(b, "api");
	emit_text(b, c->dialect != NULL ? c->dialect->name : NULL);
	emit_kstr(b, "url", c->url);
	if (c->headers.len > 2)
		emit_kraw(b, "headers", c->headers);
	trace_model(b, doc_text(doc_get(c->request, "model")), &c->reply.answer);
	if (c->dialect != NULL && c->request != NULL) {
		str content = trace_content(a, c->dialect, c->request, &c->view);
		emit_kstr(b, "content_sha256", content);
		if (c->view.tool_count > 0)
			emit_kstr(b, "tools_sha256",
			    hash_hex(a, canon_text(a, doc_raw(doc_get(c->request, "tools")))));
	}
	write_request(b, a, c);
	if (c->no_reply)
		trace_error(b, STR("no-response"), STR("the source has no response"));
	else
		reply_emit(b, &c->reply, c->status);
}

static void
write_ms(struct buf *b, const char *name, const struct scan_value *v, double ms)
{
	if (v->kind == KIND_NUMBER)
		emit_kraw(b, name, v->raw);
	else if (ms > 0)
		emit_kreal(b, name, ms);
}

static void
write_timing(struct sink *s, struct buf *b, const struct capture *c)
{
	const struct scan_value *ttft = &s->rec->values[C_TTFT],
				*total = &s->rec->values[C_TOTAL];

	if (ttft->kind != KIND_NUMBER && total->kind != KIND_NUMBER && c->total_ms <= 0)
		return;
	emit_key(b, "timing");
	emit_open(b, '{');
	write_ms(b, "ttft_ms", ttft, c->ttft_ms);
	write_ms(b, "total_ms", total, c->total_ms);
	emit_close(b, '}');
}

void
capture_write(struct sink *s, struct capture *c)
{
	struct buf *b = &s->line;

	if (!in_inside(s->in, time_of(s, c)))
		return;
	str id = make_id(s, c);

	buf_reset(b);
	emit_open(b, '{');
	write_identity(s, b, c, id);
	write_call(s, b, c);
	write_timing(s, b, c);
	write_tools(s, b, c);
	write_verdict(s, b, c);
	if (c->modified.len > 0)
		emit_kraw(b, "modified", arena_printf(in_arena(s->in), "[%s]", c->modified.at));
	emit_close(b, '}');
	for (const struct call *call = c->reply.answer.calls; call != NULL; call = call->next)
		recall_call(s->recall, c->session, call, id);
	outlet_record(s->outlet, in_arena(s->in), s->source, buf_str(b), NULL);
}
