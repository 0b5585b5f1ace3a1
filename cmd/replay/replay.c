/* replay - what does model X answer to exactly these requests?
 *
 * Reads trace records, sends each one's recorded request to another model (or with another
 * prompt), and passes the record on with the new answer as its candidate. */
#include "replay.h"

#include <string.h>

#include "io/edit.h"
#include "io/emit.h"
#include "io/out.h"
#include "trace/schema.h"
#include "ui/opt.h"
#include "ui/progress.h"

static struct options o = {
	.ask = ASK_DEFAULTS,
	.as = "candidate",
	.repeat = 1,
	.in = IN_DEFAULTS,
};

static const char *const streams[] = { "recorded", "on", "off", NULL };
static const char *const emits[] = { "calls", "openai-batch", "anthropic-batch", NULL };
static const char *const formats[] = { "text", "json", NULL };

static const struct opt options[] = {
	OPT_HEAD("What to ask"),
	OPT_STR('m', "model", &o.ask.model, "name", "ask this model, not the recorded one"),
	OPT_STR(0, "api", &o.ask.api, "dialect", "speak this dialect, translating if need be"),
	OPT_FILE(0, "system", &o.system, "file", "replace the system prompt by this text"),
	OPT_LIST(0, "set", &o.set, "path=json", "set this member of the request"),
	OPT_PICK(0, "stream", &o.stream, "how", streams, "ask for a stream of events"),
	OPT_FILE(
	    0, "models", &o.ask.models, "file", "rules for models, before the built-in ones"),
	OPT_INT(0, "repeat", &o.repeat, "n", 1, 1000, "ask so often for each record"),
	OPT_INT(0, "baseline", &o.baseline, "n", 0, 1000,
	    "and the recorded model so often, unchanged"),
	OPT_FLAG(0, "count", &o.count, "ask for the number of tokens, not for an answer"),
	OPT_STR(0, "as", &o.as, "name", "put the answer into this field"),
	OPT_HEAD("Where to"),
	OPT_ASK_WHERE(o.ask),
	OPT_HEAD("How"),
	OPT_ASK_HOW(o.ask),
	OPT_HEAD("Instead of calls"),
	OPT_FLAG(0, "plan", &o.plan, "say what would be sent, and send nothing"),
	OPT_PICK(0, "format", &o.format, "form", formats, "write the plan as"),
	OPT_FILE(0, "vocab", &o.vocab, "file",
	    "count the plan's tokens with this vocabulary, see tokcount(1)"),
	OPT_PICK(0, "emit", &o.emit, "what", emits, "write the requests for a batch API"),
	OPT_FILE(
	    0, "collect", &o.collect, "results", "take the answers from a batch's results"),
	OPT_INPUT(o.in),
	OPT_END,
};

static const char *const schemas[] = { schema_trace, schema_replay, schema_run, schema_plan,
	NULL };

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

/* What the callbacks of the schedule share. */
struct story {
	struct in *in;
	struct calls *calls;
	struct arena arena;
	struct run run;
	struct buf baseline, line; /* baseline: the answers so far of the record at hand */
	struct progress progress;
	uint64_t replaced;
	int64_t baseline_failed;
	struct price_book *prices;
};

static enum in_step
next(void *context, struct job *job)
{
	return calls_next(((struct story *)context)->calls, job);
}

static int64_t
wait_ms(void *context)
{
	return calls_waiting(((struct story *)context)->calls);
}

static int
input_fd(void *context)
{
	return in_fd(((struct story *)context)->in);
}

static void
skipped(void *context, struct job *j)
{
	(void)context;
	answer_skipped(j, j->out->skipped);
}

static void
answered(void *context, struct job *j)
{
	answer_write(j, o.count, ((struct story *)context)->prices, TIER_STANDARD);
}

static void
write_record(struct story *s, const struct job *j)
{
	struct buf list = { 0 };

	if (s->baseline.len > 0) {
		buf_byte(&list, '[');
		buf_add(&list, buf_str(&s->baseline));
		buf_byte(&list, ']');
		buf_reset(&s->baseline);
	}
	const struct edit edits[] = {
		{ "record", STR("\"replay\"") },
		{ o.as, j->answer },
		{ "baseline", buf_str(&list) },
	};
	buf_reset(&s->line);
	s->replaced += edit_object(&s->line, job_source(j)->record, edits, 3) > 1;
	out_line(buf_str(&s->line));
	buf_free(&list);
}

/* Jobs come in order: the baseline answers of a record before its candidates. */
static void
finish(void *context, struct job *j)
{
	struct story *s = context;
	bool skipped = j->out->skipped.len > 0;

	if (j->baseline && j->answer.len > 0) {
		if (s->baseline.len > 0)
			buf_byte(&s->baseline, ',');
		buf_add(&s->baseline, j->answer);
		s->baseline_failed += j->failed;
	} else if (!j->baseline) {
		s->run.planned++;
		s->run.skipped += skipped;
		s->run.failed += j->failed;
		s->run.done += j->answer.len > 0 && !skipped && !j->failed;
		if (j->answer.len > 0)
			write_record(s, j);
		else
			buf_reset(&s->baseline);
	}
	progress_tick(&s->progress, (uint64_t)s->run.planned, 0, "records");
	calls_done(s->calls, j);
}

static void
check_options(void)
{
	bool batch = o.emit != EMIT_NONE || o.collect != NULL;

	if (o.as[0] == '\0' || strcmp(o.as, "record") == 0 || strcmp(o.as, "v") == 0 ||
	    strcmp(o.as, "baseline") == 0)
		opt_usage(&tool, "--as: '%s' is no name for an answer", o.as);
	if (o.ask.timeout <= 0)
		opt_usage(&tool, "--timeout: it must be longer than nothing");
	if (o.plan && o.collect != NULL)
		opt_usage(&tool, "--plan and --collect exclude each other");
	if ((o.plan || batch) && o.ask.journal != NULL)
		opt_usage(&tool, "--resume is for calls");
	if (batch && (o.count || o.stream == STREAM_ON))
		opt_usage(&tool, "a batch neither counts nor streams");
	if (o.format != 0 && !o.plan)
		opt_usage(&tool, "--format belongs to --plan");
	if (o.vocab != NULL && !o.plan)
		opt_usage(&tool, "--vocab belongs to --plan");
	if (o.count && (o.baseline > 0 || o.repeat > 1 || o.stream != STREAM_RECORDED))
		opt_usage(&tool, "--count asks once for each record, and for no stream");
}

/* Without the network: every job is done as soon as it is read. */
static void
run_offline(struct story *s, struct plan *plan, struct batch *results)
{
	struct job j = { 0 };

	in_patient(s->in);
	while (calls_next(s->calls, &j) == IN_ONE) {
		struct arena arena = j.arena;
		if (plan != NULL) {
			plan_add(plan, &j);
			calls_done(s->calls, &j);
		} else if (results == NULL) {
			if (j.out->skipped.len == 0)
				batch_emit(&o, &j);
			s->run.skipped += j.out->skipped.len > 0;
			calls_done(s->calls, &j);
		} else {
			if (j.out->skipped.len > 0)
				answer_skipped(&j, j.out->skipped);
			else if (batch_find(results, &j))
				answer_write(&j, false, s->prices, TIER_BATCH);
			arena = j.arena;
			finish(s, &j);
		}
		arena_reset(&arena);
		j = (struct job){ .arena = arena };
	}
	arena_free(&j.arena);
}

static void
write_run(struct story *s, const struct schedule_end *end, int64_t resent)
{
	const struct run *earlier = calls_inherited(s->calls);

	s->run.stopped = earlier->stopped; /* what was left undone before is undone here */
	schedule_account(end, resent, &s->run);
	buf_reset(&s->line);
	run_emit(&s->line, tool.name, &s->run);
	out_line(buf_str(&s->line));
}

static int
status_of(const struct story *s, const struct schedule_end *end)
{
	bool remote = s->run.failed > 0 || s->baseline_failed > 0;

	if (s->replaced > 0)
		warn("%llu records had a field '%s': replaced", (unsigned long long)s->replaced,
		    o.as);
	if (end->stopped != NULL)
		warn("stopped early: %s", end->stopped);
	return err_worse(in_status(s->in), remote ? EXIT_REMOTE : EXIT_YES);
}

static int
offline(struct story *s)
{
	const struct schedule_end end = { 0 };
	struct plan *plan = o.plan ? plan_new(o.vocab, s->prices) : NULL;
	struct batch *results = o.collect != NULL ? batch_collect(&o) : NULL;

	run_offline(s, plan, results);
	if (plan != NULL) {
		plan_report(plan, &o);
		plan_free(plan);
	} else if (results != NULL) {
		write_run(s, &end, 0);
		batch_free(results);
	} else {
		batch_emit_end(&o);
		if (s->run.skipped > 0)
			warn("%lld records are not in the batch: --plan says why",
			    (long long)s->run.skipped);
	}
	return status_of(s, &end);
}

static int
online(struct story *s, const struct target *target)
{
	struct journal *journal = journal_open(&o.ask);
	const struct schedule_calls calls = { .next = next,
		.skipped = skipped,
		.answered = answered,
		.finish = finish,
		.input_fd = input_fd,
		.wait_ms = wait_ms,
		.context = s,
		.raw = o.count };
	const struct schedule_end end = schedule_run(
	    &o.ask, &calls, target, budget_new(&s->arena, &o.ask, s->prices), journal);

	progress_end(&s->progress);
	write_run(s, &end, journal_resent(journal));
	if (end.signal != 0)
		schedule_die_by(end.signal);
	int status = status_of(s, &end);
	return err_worse(status, journal_close(journal, end.stopped == NULL));
}

int
main(int argc, char **argv)
{
	struct story s = { 0 };

	argv = opt_parse(&tool, argc, argv);
	check_options();
	s.prices = price_need(&s.arena, o.ask.prices);
	struct target *target = target_new(&s.arena, &o.ask);
	s.in = in_open(&o.in, calls_fields, argv);
	s.calls = calls_new(s.in, target, &o);
	int status = o.plan || o.emit != EMIT_NONE || o.collect != NULL ? offline(&s) :
									  online(&s, target);
	calls_free(s.calls);
	in_close(s.in);
	buf_free(&s.baseline);
	buf_free(&s.line);
	price_free(s.prices);
	arena_free(&s.arena);
	return status;
}
