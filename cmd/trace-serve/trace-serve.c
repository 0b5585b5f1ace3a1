/* trace-serve - the other end: a provider on loopback that answers from recorded traces. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "answer.h"
#include "base/recent.h"
#include "data/hash.h"
#include "data/when.h"
#include "fault.h"
#include "io/emit.h"
#include "net/serve.h"
#include "shelf.h"
#include "trace/schema.h"
#include "ui/opt.h"

#define SLOW_MS 20 /* between the pieces of a slow answer */

enum { IN_ORDER, FIRST, ERROR };
static const char *const ambiguities[] = { "order", "first", "error", NULL };

static struct {
	const char *listen, *log;
	int ambiguous;
	int64_t max_body, latency, retry_after, seed;
	struct in_list fault;
	struct in_options in;
} o = { .listen = "127.0.0.1:0",
	.max_body = INT64_C(64) << 20,
	.retry_after = 50 * WHEN_MS,
	.in = IN_DEFAULTS };

static const struct opt options[] = {
	OPT_HEAD("Server"),
	OPT_STR(
	    0, "listen", &o.listen, "host:port", "where to listen; port 0 takes a free one"),
	OPT_PICK(0, "ambiguous", &o.ambiguous, "choice", ambiguities,
	    "one request, several answers: served in"),
	OPT_FILE(0, "log", &o.log, "file", "write a line there for every request"),
	OPT_SIZE(0, "max-body", &o.max_body, "size", 1024, INT64_C(1) << 32,
	    "largest request that is read"),
	OPT_HEAD("Misfortune"),
	OPT_TIME(0, "latency", &o.latency, "duration", "wait so long before every answer"),
	OPT_LIST(0, "fault", &o.fault, "kind:share",
	    "let so many attempts fail: a status, cut, slow, reset"),
	OPT_TIME(0, "retry-after", &o.retry_after, "duration",
	    "what a failed attempt is told to wait"),
	OPT_INT(0, "seed", &o.seed, "n", 0, INT64_MAX, "choose the attempts by this number"),
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
	C_INPUT,
};
static const char *const names[] = { TRACE_NAMES, "candidate.model.requested",
	"candidate.model.answered", "candidate.status", "candidate.response",
	"candidate.stream.done", "candidate.error.message", "error.message", "usage.input",
	NULL };

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
		.input = -1,
	};

	str_int(status->raw, &book.status);
	str_int(rec->values[C_INPUT].raw, &book.input);
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

/* The whole server: what it knows, and which calls it has met. */
struct server {
	struct shelf shelf;
	struct faults faults;
	struct recent *calls; /* by Idempotency-Key, else by body */
	FILE *log;            /* NULL: none */
};

struct meeting {
	uint32_t attempts;
	struct book *book; /* what this key is answered with */
};

#define CALLS_REMEMBERED 100000

/* One line for each request: what was asked, which attempt of which call it is. */
static void
write_log(FILE *log, const struct exchange *x, const struct serve_request *q, uint32_t attempt,
    struct fault f)
{
	static const char *const faults[] = { NULL, "status", "cut", "slow", "reset" };
	struct arena a = { 0 };
	struct buf b = { 0 };

	emit_open(&b, '{');
	emit_kstr(&b, "path", q->path);
	emit_kstr(&b, "key", serve_header(x, "idempotency-key"));
	emit_kstr(&b, "body_sha256", hash_hex(&a, q->body));
	emit_kint(&b, "attempt", attempt);
	if (f.kind == FAULT_STATUS)
		emit_kint(&b, "fault", f.status);
	else if (f.kind != FAULT_NONE)
		emit_ktext(&b, "fault", faults[f.kind]);
	emit_close(&b, '}');
	fprintf(log, "%.*s\n", (int)b.len, b.at);
	fflush(log);
	buf_free(&b);
	arena_free(&a);
}

/* Two attempts with one key (and one body) are one call: the same answer, and the next
 * misfortune. */
static struct meeting *
meet(struct server *s, struct arena *a, const struct exchange *x, const struct serve_request *q,
    str *call)
{
	str key = serve_header(x, "idempotency-key");

	*call = hash_hex(a, q->body);
	if (key.len > 0)
		*call = arena_printf(a, "%.*s %.*s", STR_F(*call), (int)key.len, key.at);
	struct meeting *m = recent_put(s->calls, *call);
	m->attempts++;
	if (key.len == 0)
		m->book = NULL;
	return m;
}

/* True: the attempt ends here; nothing was taken from the shelf. */
static bool
strike(struct exchange *x, const struct dialect *d, struct fault f)
{
	char wait[24];

	if (f.kind == FAULT_RESET) {
		serve_reset(x);
		return true;
	}
	if (f.kind == FAULT_SLOW)
		serve_slow(x, SLOW_MS);
	if (f.kind == FAULT_CUT)
		serve_cut(x);
	if (f.kind != FAULT_STATUS)
		return false;
	snprintf(wait, sizeof wait, "%lld", (long long)(o.retry_after / WHEN_MS));
	if (f.status == 429 || f.status >= 500)
		serve_add_header(x, "retry-after-ms", wait);
	answer_error(x, d, f.status, STR("this failure was asked for"));
	return true;
}

static void
complete(struct server *s, struct arena *a, struct exchange *x, const struct dialect *d,
    const struct doc *request, struct meeting *m, struct fault f, bool counting)
{
	struct book *book = m->book;
	enum shelf_hit hit = SHELF_HIT;
	str nearest = { 0 };

	int flags = counting     ? SHELF_ANY_DIALECT :
	    o.ambiguous == ERROR ? SHELF_STRICT :
	    o.ambiguous == FIRST ? SHELF_FIRST :
				   0;
	if (book == NULL)
		hit = shelf_find(&s->shelf, a, d, request, flags, &book, &nearest);
	if (hit == SHELF_AMBIGUOUS) {
		answer_error(x, d, 422, STR("several answers are recorded for this request"));
	} else if (hit == SHELF_MISS) {
		answer_error(x, d, 404,
		    arena_printf(a, "no recorded answer: %.*s", (int)nearest.len, nearest.at));
	} else if (counting) {
		answer_count(x, d, book);
	} else {
		if (m->book == NULL && f.kind != FAULT_CUT) {
			book->served++;
			m->book = book;
		}
		answer_book(x, a, book, request);
	}
}

/* Which dialect has this path; does it ask to count, not to answer? */
static const struct dialect *
endpoint(str path, bool *counting)
{
	for (size_t i = 0; dialects[i] != NULL; i++) {
		*counting =
		    dialects[i]->count_path != NULL && str_ends(path, dialects[i]->count_path);
		if (*counting || dialects[i]->speaks(path, NULL))
			return dialects[i];
	}
	return NULL;
}

static void
post(struct server *s, struct arena *a, struct exchange *x, const struct serve_request *q)
{
	struct doc_error error;
	const struct doc *request = doc_parse(a, q->body, 0, &error);
	struct view view = { 0 };
	bool counting;
	str call;
	const struct dialect *d = endpoint(q->path, &counting);

	if (d == NULL) {
		answer_error(x, NULL, 404,
		    STR("no such endpoint: there are /v1/chat/completions, /v1/responses, "
			"/v1/messages and /v1/models"));
		return;
	}
	if (request == NULL) {
		answer_error(x, d, 400,
		    arena_printf(
			a, "the body is no JSON: byte %zu: %s", error.offset + 1, error.why));
		return;
	}
	d->view(a, request, &view);
	if (view.item_count == 0) {
		answer_error(x, d, 400, STR("there is nothing in the request to be answered"));
		return;
	}
	struct meeting *m = meet(s, a, x, q, &call);
	struct fault f = fault_of(&s->faults, call, m->attempts);
	if (s->log != NULL)
		write_log(s->log, x, q, m->attempts, f);
	if (!strike(x, d, f))
		complete(s, a, x, d, request, m, f, counting);
}

static void
handle(void *context, struct exchange *x, const struct serve_request *q)
{
	struct server *s = context;
	struct arena a = { 0 };
	struct buf b = { 0 };

	serve_delay(x, o.latency / WHEN_MS);
	if (str_is(q->method, "POST")) {
		post(s, &a, x, q);
	} else if (str_ends(q->path, "/models")) {
		answer_models(&s->shelf, &b);
		serve_json(x, 200, buf_str(&b));
	} else {
		answer_error(x, NULL, 404, STR("no such endpoint"));
	}
	buf_free(&b);
	arena_free(&a);
}

int
main(int argc, char **argv)
{
	static const char *const ways[] = { "served in recorded order", "the first is served",
		"an error is served" };
	struct server s = { 0 };

	argv = opt_parse(&tool, argc, argv);
	const char *why = fault_parse(&s.faults, &o.fault);
	if (why != NULL)
		opt_usage(&tool, "--fault: %s", why);
	s.faults.seed = (uint64_t)o.seed;
	if (o.log != NULL && (s.log = fopen(o.log, "ae")) == NULL)
		die(EXIT_SYSTEM, "--log: %s: %s", o.log, strerror(errno));
	int status = load(&s.shelf, argv);
	if (s.shelf.count == 0)
		die(status != EXIT_YES ? status : EXIT_USAGE,
		    "no record holds an answer: nothing to serve");
	shelf_ambiguous(&s.shelf, ways[o.ambiguous]);

	s.calls = recent_new(sizeof(struct meeting), CALLS_REMEMBERED);
	struct loop *loop = loop_start();
	struct serve *serve = serve_start(loop, o.listen, (size_t)o.max_body, handle, &s);
	printf("%s\n", serve_url(serve));
	err_flush();
	loop_run(loop);

	serve_end(serve);
	loop_end(loop);
	if (s.log != NULL && fclose(s.log) != 0)
		die(EXIT_SYSTEM, "--log: %s: %s", o.log, strerror(errno));
	recent_free(s.calls);
	shelf_free(&s.shelf);
	return status;
}
