/* reply.c - a response body, understood as far as it can be. */
#include "trace/reply.h"

#include "data/hash.h"
#include "io/edit.h"
#include "io/emit.h"
#include "trace/trace.h"

static void
read_stream(struct arena *a, const struct dialect *dialect, str body, struct reply *r)
{
	struct stream s = stream_new(a, dialect);

	stream_feed(&s, body);
	r->json = stream_end(&s);
	r->events = s.sse.events;
	r->done_known = true;
	r->done = s.done && !s.broken;
	r->error_type = s.error_type;
	r->error_message = s.error_message;
	if (r->json.len == 0)
		r->other = body;
}

/* A stream of a dialect that is not known: count its events, keep its text. */
static void
count_stream(str body, struct reply *r)
{
	struct sse s = { 0 };
	struct sse_event e;

	sse_feed(&s, body);
	while (sse_next(&s, &e))
		;
	sse_last(&s, &e);
	r->events = s.events;
	r->other = body;
	sse_free(&s);
}

static void
read_plain(struct arena *a, str body, struct reply *r)
{
	struct arena scratch = { 0 };
	struct doc_error error;
	struct buf b = { 0 };
	/* room for the record around it */
	bool json = doc_parse(&scratch, body, LEX_DEPTH - 16, &error) != NULL;

	arena_free(&scratch);
	if (!json) {
		r->other = body;
		return;
	}
	edit_flatten(&b, body);
	r->json = arena_keep(a, buf_str(&b));
	buf_free(&b);
}

static void
fail(struct reply *r, str type, str message)
{
	if (r->error_type.len > 0)
		return;
	r->error_type = type;
	r->error_message = message;
}

static void
judge(struct arena *a, const struct dialect *dialect, int64_t status, struct reply *r)
{
	struct arena scratch = { 0 }; /* the tree of a large body is many times its size */
	const struct doc *d = r->json.len > 0 ? doc_read(&scratch, r->json) : NULL;
	str type, message;

	if (dialect != NULL && d != NULL) {
		dialect->answer(&scratch, d, &r->answer);
		answer_keep(a, &r->answer);
		if (r->answer.error_type.len > 0)
			fail(r, r->answer.error_type, r->answer.error_message);
	}
	if (status >= 400 && d != NULL) {
		dialect_error(a, d, &type, &message);
		fail(r, type, message);
	}
	if (status >= 300) /* redirects are not followed: no answer either */
		fail(r, arena_printf(a, "http_%lld", (long long)status), r->other);
	if (r->bytes == 0)
		fail(r, STR("empty-response"), STR("the response has no body"));
	else if (dialect != NULL && r->json.len == 0 && !r->streamed)
		fail(r, STR("not-json"), STR("the response is no JSON"));
	else if (dialect != NULL && r->json.len == 0)
		fail(r, STR("empty-stream"), STR("the stream holds no answer"));
	arena_free(&scratch);
}

void
reply_read(
    struct arena *a, const struct dialect *dialect, int64_t status, str body, struct reply *r)
{
	*r = (struct reply){ .bytes = body.len, .answer = { .usage = USAGE_NONE } };
	r->sha256 = hash_hex(a, body);
	r->streamed = sse_like(body);
	if (r->streamed && dialect != NULL)
		read_stream(a, dialect, body, r);
	else if (r->streamed)
		count_stream(body, r);
	else if (body.len > 0)
		read_plain(a, body, r);
	judge(a, dialect, status, r);
}

void
reply_emit(struct buf *b, const struct reply *r, int64_t status)
{
	if (r->json.len > 0)
		emit_kraw(b, "response", r->json);
	if (r->other.len > 0)
		trace_bytes(b, "response", r->other);
	if (r->bytes > 0)
		emit_kstr(b, "response_sha256", r->sha256);
	if (r->streamed) {
		emit_key(b, "stream");
		emit_open(b, '{');
		emit_kint(b, "events", (int64_t)r->events);
		emit_kint(b, "bytes", (int64_t)r->bytes);
		if (r->done_known)
			emit_kbool(b, "done", r->done);
		emit_close(b, '}');
	}
	if (status > 0)
		emit_kint(b, "status", status);
	trace_error(b, r->error_type, r->error_message);
	trace_usage(b, &r->answer.usage);
	emit_kstr(b, "finish_reason", r->answer.finish_reason);
}
