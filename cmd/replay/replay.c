/* replay - what does model X answer to exactly these requests?
 *
 * Reads trace records, sends each one's recorded request to another model (or with another
 * prompt), and passes the record on with the new answer as its candidate. */
#include "replay.h"
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "data/hash.h"
#include "io/edit.h"
#include "io/emit.h"
#include "io/out.h"
#include "trace/schema.h"
#include "ui/opt.h"
#include "ui/progress.h"

static struct options o = {
	.as = "candidate",
	.concurrency = 8,
	.retries = 4,
	.timeout = INT64_C(600000000000),
	.max_response = INT64_C(16) << 20,
	.in = IN_DEFAULTS,
};

static const struct opt options[] = {
	OPT_HEAD("What to ask"),
	OPT_STR('m', "model", &o.model, "name", "ask this model, not the recorded one"),
	OPT_FILE(0, "system", &o.system, "file", "replace the system prompt by this text"),
	OPT_LIST(0, "set", &o.set, "path=json", "set this member of the request"),
	OPT_STR(0, "as", &o.as, "name", "put the answer into this field"),
	OPT_HEAD("Where to"),
	OPT_STR(
	    0, "base-url", &o.base_url, "url", "send there, not to the provider's own address"),
	OPT_FILE(
	    0, "key-file", &o.key_file, "file", "read the key from there, not the environment"),
	OPT_HEAD("How"),
	OPT_INT('c', "concurrency", &o.concurrency, "n", 1, 1000, "requests in flight at once"),
	OPT_INT(0, "retries", &o.retries, "n", 0, 100, "further attempts when one fails"),
	OPT_TIME(0, "timeout", &o.timeout, "duration", "longest that one attempt may take"),
	OPT_SIZE(0, "max-response", &o.max_response, "size", 1024, INT64_C(1) << 32,
	    "largest response that is read"),
	OPT_INPUT(o.in),
	OPT_END,
};

static const char *const schemas[] = { schema_trace, schema_replay, schema_run, NULL };

static const struct tool tool = {
	.name = "replay",
	.brief = "send recorded requests to another model",
	.operands = "[file ...]",
	.kind = TOOL_FILTER,
	.exits = "02345",
	.schemas = schemas,
	.options = options,
	.max_operands = -1,
};

static const char *const names[] = { TRACE_NAMES, NULL };

/* What the callbacks of the schedule share. */
struct story {
	struct in *in;
	struct target *target;
	struct arena arena;
	struct run run;
	struct buf candidate, line;
	struct progress progress;
	uint64_t replaced;
};

/* What an earlier replay of these records left undone is undone here too. */
static void
run_inherit(struct story *s, const struct doc *run)
{
	struct run earlier = { 0 };

	run_add(&earlier, &s->arena, run);
	if (earlier.stopped.len > 0)
		s->run.stopped = earlier.stopped;
}

static enum in_step
next(void *context, struct job *job)
{
	struct story *s = context;
	enum in_step step;
	struct rec rec;

	while ((step = in_poll(s->in, &rec)) == IN_ONE) {
		if (trace_is(&rec)) {
			request_make(job, s->in, &rec, s->target);
			return IN_ONE;
		}
		if (str_is(rec.kind, "run"))
			run_inherit(s, in_doc(s->in, &rec));
		else
			in_reject(s->in, &rec, "not a trace record");
	}
	return step;
}

static int
input_fd(void *context)
{
	struct story *s = context;

	return in_fd(s->in);
}

static void
write_answer(struct buf *b, struct job *j)
{
	const struct doc *request = doc_read(&j->arena, j->body);

	trace_model(b, doc_text(doc_get(request, "model")), &j->reply.answer);
	emit_ktext(b, "api", j->dialect->name);
	emit_kstr(b, "url", trace_url(&j->arena, str_of(j->url)));
	emit_kstr(b, "request_sha256", hash_hex(&j->arena, j->body));
	if (j->transport_error.len > 0) {
		j->reply.error_type = STR("network");
		j->reply.error_message = j->transport_error;
	}
	reply_emit(b, &j->reply, j->status);
	emit_key(b, "timing");
	emit_open(b, '{');
	if (j->reply.streamed)
		emit_kreal(b, "ttft_ms", (double)(int64_t)(j->ttft_ms * 1000) / 1000);
	emit_kreal(b, "total_ms", (double)(int64_t)(j->total_ms * 1000) / 1000);
	emit_close(b, '}');
	emit_kint(b, "attempts", j->attempts);
}

static void
write_candidate(struct buf *b, struct job *j)
{
	buf_reset(b);
	emit_open(b, '{');
	emit_ktext(b, "mode", "turn");
	if (j->skipped.len > 0)
		emit_kstr(b, "skipped", j->skipped);
	else
		write_answer(b, j);
	emit_kint(b, "sample", 0);
	if (j->modified.len > 0)
		emit_kraw(b, "modified",
		    arena_printf(&j->arena, "[%.*s]", (int)j->modified.len, j->modified.at));
	emit_close(b, '}');
}

static void
finish(void *context, struct job *j)
{
	struct story *s = context;

	write_candidate(&s->candidate, j);
	const struct edit edits[] = {
		{ "record", STR("\"replay\"") },
		{ o.as, buf_str(&s->candidate) },
	};
	buf_reset(&s->line);
	s->replaced += edit_object(&s->line, j->record, edits, 2) > 1;
	out_line(buf_str(&s->line));
	s->run.planned++;
	progress_tick(&s->progress, (uint64_t)s->run.planned, 0, "records");
	s->run.skipped += j->skipped.len > 0;
	s->run.failed += j->skipped.len == 0 && j->failed;
	s->run.done += j->skipped.len == 0 && !j->failed;
}

/* End as if the signal had not been caught, but with the answers written. */
static _Noreturn void
die_by(int number)
{
	err_flush();
	signal(number, SIG_DFL);
	raise(number);
	_exit(EXIT_SYSTEM);
}

int
main(int argc, char **argv)
{
	struct story s = { 0 };

	argv = opt_parse(&tool, argc, argv);
	if (o.as[0] == '\0' || strcmp(o.as, "record") == 0 || strcmp(o.as, "v") == 0)
		opt_usage(&tool, "--as: '%s' is no name for an answer", o.as);
	if (o.timeout <= 0)
		opt_usage(&tool, "--timeout: it must be longer than nothing");
	s.target = target_new(&s.arena, &o);
	s.in = in_open(&o.in, names, argv);

	int stop = schedule_run(&o, &(struct schedule_calls){ next, finish, input_fd, &s });

	progress_end(&s.progress);
	if (stop != 0)
		s.run.stopped = STR("interrupted");
	buf_reset(&s.line);
	run_emit(&s.line, tool.name, &s.run);
	out_line(buf_str(&s.line));
	if (stop != 0)
		die_by(stop);
	if (s.replaced > 0)
		warn("%llu records had a field '%s': replaced", (unsigned long long)s.replaced,
		    o.as);
	int status = err_worse(in_status(s.in), s.run.failed > 0 ? EXIT_REMOTE : EXIT_YES);
	in_close(s.in);
	buf_free(&s.candidate);
	buf_free(&s.line);
	arena_free(&s.arena);
	return status;
}
