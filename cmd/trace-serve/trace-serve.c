/* trace-serve - the other end: a provider on loopback that answers from recorded traces. */
#include <stdio.h>

#include "io/emit.h"
#include "net/serve.h"
#include "shelf.h"
#include "trace/schema.h"
#include "ui/opt.h"

enum { IN_ORDER, FIRST, ERROR };
static const char *const ambiguities[] = { "order", "first", "error", NULL };

static struct {
	const char *listen;
	int ambiguous;
	int64_t max_body;
	struct in_options in;
} o = { .listen = "127.0.0.1:0", .max_body = INT64_C(64) << 20, .in = IN_DEFAULTS };

static const struct opt options[] = {
	OPT_HEAD("Server"),
	OPT_STR(
	    0, "listen", &o.listen, "host:port", "where to listen; port 0 takes a free one"),
	OPT_PICK(0, "ambiguous", &o.ambiguous, "choice", ambiguities,
	    "one request, several answers: served in"),
	OPT_SIZE(0, "max-body", &o.max_body, "size", 1024, INT64_C(1) << 32,
	    "largest request that is read"),
	OPT_INPUT(o.in),
	OPT_END,
};

static const char *const schemas[] = { schema_trace, schema_replay, NULL };

static const struct tool tool = {
	.name = "trace-serve",
	.brief = "answer as a provider would, from recorded traces",
	.operands = "[file ...]",
	.kind = TOOL_SERVER,
	.exits = "0234",
	.schemas = schemas,
	.options = options,
	.max_operands = -1,
};

enum {
	C_REQUESTED = TRACE_FIELDS,
	C_ANSWERED,
	C_STATUS,
	C_RESPONSE,
	C_DONE,
	C_ERROR,
	C_OWN_ERROR,
};
static const char *const names[] = { TRACE_NAMES, "candidate.model.requested",
	"candidate.model.answered", "candidate.status", "candidate.response",
	"candidate.stream.done", "candidate.error.message", "error.message", NULL };

/* In a replay record the candidate is the answer. */
static void
shelve(struct shelf *shelf, struct in *in, const struct rec *rec, uint64_t *unanswered)
{
	struct arena *a = in_arena(in);
	bool replayed = rec->values[T_CANDIDATE].kind == KIND_OBJECT;
	const struct scan_value *status = &rec->values[replayed ? C_STATUS : T_STATUS];
	const struct dialect *d = dialect_named(in_text(in, rec, T_API));
	const struct doc *request = doc_read(a, rec->values[T_REQUEST].raw);
	struct book book = {
		.id = in_text(in, rec, T_ID),
		.requested = in_text(in, rec, replayed ? C_REQUESTED : T_REQUESTED),
		.answered = in_text(in, rec, replayed ? C_ANSWERED : T_ANSWERED),
		.response = rec->values[replayed ? C_RESPONSE : T_RESPONSE].raw,
		.status = 200,
		.broken = rec->values[replayed ? C_DONE : T_DONE].kind == KIND_FALSE,
		.error = in_text(in, rec, replayed ? C_ERROR : C_OWN_ERROR),
	};

	str_int(status->raw, &book.status);
	if (d == NULL || doc_kind(request) != KIND_OBJECT || book.response.len == 0 ||
	    book.status < 200 || book.status > 599)
		++*unanswered;
	else
		shelf_add(shelf, d, request, &book);
}

static int
load(struct shelf *shelf, char **files)
{
	struct in *in = in_open(&o.in, names, files);
	uint64_t unanswered = 0;
	struct rec rec;

	while (in_record(in, &rec)) {
		if (trace_is(&rec))
			shelve(shelf, in, &rec, &unanswered);
		else if (!str_is(rec.kind, "run"))
			in_reject(in, &rec, "not a trace record");
	}
	if (unanswered > 0)
		warn("%llu records hold no answer that could be served",
		    (unsigned long long)unanswered);
	int status = in_status(in);
	in_close(in);
	return status;
}

/* One list in the shapes of both providers. */
static void
list_models(const struct shelf *shelf, struct buf *b)
{
	emit_open(b, '{');
	emit_ktext(b, "object", "list");
	emit_key(b, "data");
	emit_open(b, '[');
	for (size_t i = 0; i < shelf->models.count; i++) {
		emit_open(b, '{');
		emit_kstr(b, "id", map_key(&shelf->models, i));
		emit_ktext(b, "object", "model");
		emit_ktext(b, "type", "model");
		emit_kstr(b, "display_name", map_key(&shelf->models, i));
		emit_kint(b, "created", 0);
		emit_ktext(b, "created_at", "1970-01-01T00:00:00Z");
		emit_ktext(b, "owned_by", tool.name);
		emit_close(b, '}');
	}
	emit_close(b, ']');
	emit_kbool(b, "has_more", false);
	emit_close(b, '}');
}

static void
complain(struct exchange *x, const struct dialect *d, int status, str message)
{
	struct buf b = { 0 };

	(d != NULL ? d : &dialect_openai_chat)->complain(&b, status, message);
	serve_json(x, status, buf_str(&b));
	buf_free(&b);
}

/* The recorded stream never came to its end: neither does this one. */
static void
break_off(struct buf *stream, const struct book *book)
{
	static const char *const ends[] = { "data: [DONE]\n\n", "event: message_stop\n" };
	struct buf b = { 0 };

	for (size_t i = 0; i < 2; i++)
		stream->len = str_search(buf_str(stream), ends[i]);
	if (book->error.len > 0) {
		book->dialect->complain(&b, 500, book->error);
		dialect_event(stream, book->dialect == &dialect_anthropic ? "error" : NULL, &b);
	}
	buf_free(&b);
}

static void
answer(struct exchange *x, struct arena *a, const struct book *book, const struct doc *request)
{
	struct buf b = { 0 };
	bool failed = book->broken || book->error.len > 0;

	if (book->status != 200) {
		serve_json(x, (int)book->status, book->response);
		return;
	}
	if (!doc_true(doc_get(request, "stream"))) {
		if (failed)
			complain(x, book->dialect, 500,
			    book->error.len > 0 ? book->error :
						  STR("the recorded answer broke off"));
		else
			serve_json(x, 200, book->response);
		return;
	}
	bool usage = doc_true(doc_get(doc_get(request, "stream_options"), "include_usage"));
	book->dialect->render(&b, doc_read(a, book->response), usage);
	if (failed)
		break_off(&b, book);
	serve_events(x, buf_str(&b));
	buf_free(&b);
}

static void
complete(
    struct shelf *shelf, struct arena *a, struct exchange *x, const struct serve_request *q)
{
	struct doc_error error;
	const struct doc *request = doc_parse(a, q->body, 0, &error);
	const struct dialect *d = dialect_of(q->path, NULL);
	struct book *book = NULL;
	str nearest = { 0 };

	if (d == NULL) {
		complain(x, NULL, 404,
		    STR("no such endpoint: there are /v1/chat/completions, "
			"/v1/messages and /v1/models"));
		return;
	}
	if (request == NULL) {
		complain(x, d, 400,
		    arena_printf(
			a, "the body is no JSON: byte %zu: %s", error.offset + 1, error.why));
		return;
	}
	if (doc_kind(doc_get(request, "messages")) != KIND_ARRAY) {
		complain(x, d, 400, STR("there are no messages in the request"));
		return;
	}
	switch (shelf_find(shelf, a, d, request, o.ambiguous == ERROR, o.ambiguous == FIRST,
	    &book, &nearest)) {
	case SHELF_HIT: answer(x, a, book, request); break;
	case SHELF_AMBIGUOUS:
		complain(x, d, 422, STR("several answers are recorded for this request"));
		break;
	case SHELF_MISS:
		complain(x, d, 404,
		    arena_printf(a, "no recorded answer: %.*s", (int)nearest.len, nearest.at));
		break;
	}
}

static void
handle(void *context, struct exchange *x, const struct serve_request *q)
{
	struct shelf *shelf = context;
	struct arena a = { 0 };
	struct buf b = { 0 };

	if (str_is(q->method, "POST")) {
		complete(shelf, &a, x, q);
	} else if (str_ends(q->path, "/models")) {
		list_models(shelf, &b);
		serve_json(x, 200, buf_str(&b));
	} else {
		complain(x, NULL, 404, STR("no such endpoint"));
	}
	buf_free(&b);
	arena_free(&a);
}

int
main(int argc, char **argv)
{
	static const char *const ways[] = { "served in recorded order", "the first is served",
		"an error is served" };
	struct shelf shelf = { 0 };

	argv = opt_parse(&tool, argc, argv);
	int status = load(&shelf, argv);
	if (shelf.count == 0)
		die(status != EXIT_YES ? status : EXIT_USAGE,
		    "no record holds an answer: nothing to serve");
	shelf_ambiguous(&shelf, ways[o.ambiguous]);

	struct loop *loop = loop_start();
	struct serve *serve = serve_start(loop, o.listen, (size_t)o.max_body, handle, &shelf);
	printf("%s\n", serve_url(serve));
	err_flush();
	loop_run(loop);

	serve_end(serve);
	loop_end(loop);
	shelf_free(&shelf);
	return status;
}
