/* judge - which of two answers is better, says another model, asked in both orders?
 *
 * A filter between replay and diff-eval: reads replay records, asks the judge about each
 * pair of answers, and passes the record on with the verdict as one of its scores. */
#include "judge.h"

#include <string.h>

#include "io/edit.h"
#include "io/emit.h"
#include "io/out.h"
#include "trace/schema.h"
#include "ui/progress.h"

static struct options o = {
	.ask = ASK_DEFAULTS,
	.name = "judge",
	.candidate = "candidate",
	.in = IN_DEFAULTS,
};

static const struct opt options[] = {
	OPT_HEAD("What to ask"),
	OPT_STR('m', "model", &o.ask.model, "name", "the model that judges"),
	OPT_FILE(0, "rubric", &o.rubric, "file", "what makes an answer better, in words"),
	OPT_STR(0, "name", &o.name, "name", "name of the score"),
	OPT_STR(0, "api", &o.ask.api, "dialect", "the dialect that the judge speaks"),
	OPT_FILE(
	    0, "models", &o.ask.models, "file", "rules for models, before the built-in ones"),
	OPT_STR(
	    0, "candidate", &o.candidate, "name", "the field that replay put the answer into"),
	OPT_FLAG(0, "plan", &o.plan, "write the questions as traces, and ask nothing"),
	OPT_HEAD("Where to"),
	OPT_ASK_WHERE(o.ask),
	OPT_HEAD("How"),
	OPT_ASK_HOW(o.ask),
	OPT_INPUT(o.in),
	OPT_END,
};

static const char *const schemas[] = { schema_replay, schema_run, schema_trace, NULL };

static const struct tool tool = {
	.name = "judge",
	.brief = "ask a model which of two answers is better",
	.operands = "[file ...]",
	.kind = TOOL_FILTER,
	.exits = "02345",
	.schemas = schemas,
	.options = options,
	.max_operands = -1,
};

struct story {
	struct arena arena;
	struct in *in;
	struct questions *questions;
	struct records_in *records;
	struct run run;
	struct tally tally;
	struct buf line;
	struct progress progress;
};

static enum in_step
next(void *context, struct job *j)
{
	return records_job(((struct story *)context)->records, j);
}

static int
input_fd(void *context)
{
	return in_fd(((struct story *)context)->in);
}

static int64_t
wait_ms(void *context)
{
	(void)context;
	return -1;
}

static void
skipped(void *context, struct job *j)
{
	(void)context;
	j->answer = STR("{}");
}

static void
answered(void *context, struct job *j)
{
	struct opinion opinion = { 0 };

	(void)context;
	if (j->transport_error.len > 0)
		opinion.error = j->transport_error;
	else if (j->reply.error_type.len > 0)
		opinion.error = j->reply.error_type;
	else
		opinion_read(&j->arena, j->reply.answer.text, &opinion);
	j->answer = opinion_write(&j->arena, &opinion);
}

/* The record with one score more; an older one of that name gives way. */
static void
write_record(struct story *s, const struct source *source, struct arena *a, str score)
{
	const struct doc *list = doc_get(doc_read(a, source->record), "scores");
	struct buf scores = { 0 };

	buf_reset(&s->line);
	emit_open(&scores, '[');
	DOC_EACH (one, list)
		if (!doc_is(doc_get(one, "name"), o.name))
			emit_raw(&scores, one->raw);
	emit_raw(&scores, score);
	emit_close(&scores, ']');
	edit_object(&s->line, source->record, &(struct edit){ "scores", buf_str(&scores) }, 1);
	out_line(buf_str(&s->line));
	buf_free(&scores);
}

/* A record whose questions were not all answered passes as it came. */
static void
conclude(struct story *s, struct source *source, struct arena *a)
{
	bool asked = source->question[0].skipped.len == 0;
	str score = asked || source->same ?
	    score_write(a, source, o.name, s->questions, &s->tally) :
	    (str){ 0 };

	s->run.planned++;
	s->run.skipped += !asked && !source->same;
	s->run.done += score.len > 0;
	s->run.failed += asked && score.len == 0 && !source->unasked;
	if (score.len > 0)
		write_record(s, source, a, score);
	else
		out_line(source->record);
}

static void
finish(void *context, struct job *j)
{
	struct story *s = context;
	struct source *source = j->owner;

	if (j->out->skipped.len == 0 && j->answer.len > 0)
		opinion_recall(&source->arena, arena_keep(&source->arena, j->answer),
		    &source->opinion[j->sample]);
	source->unasked |= j->out->skipped.len == 0 && j->answer.len == 0;
	if (j->out->skipped.len > 0 || j->sample == CANDIDATE_FIRST)
		conclude(s, source, &j->arena);
	progress_tick(&s->progress, (uint64_t)s->run.planned, 0, "records");
	records_done(s->records, j);
}

static void
check_options(void)
{
	if (o.ask.model == NULL || o.rubric == NULL)
		opt_usage(&tool, "--model and --rubric are needed");
	if (o.ask.timeout <= 0)
		opt_usage(&tool, "--timeout: it must be longer than nothing");
	if (o.name[0] == '\0')
		opt_usage(&tool, "--name: a score needs a name");
	if (o.plan && o.ask.journal != NULL)
		opt_usage(&tool, "--plan and --resume exclude each other");
}

/* The same fields of a candidate of another name. */
static struct in_options
mapped(struct arena *a)
{
	struct in_options in = o.in;

	if (strcmp(o.candidate, "candidate") == 0)
		return in;
	for (size_t i = 0; record_fields[i] != NULL; i++)
		if (str_starts(str_of(record_fields[i]), "candidate"))
			in_map(&in, a, record_fields[i],
			    arena_printf(a, ".%s%s", o.candidate,
				record_fields[i] + strlen("candidate")));
	return in;
}

static void
write_run(struct story *s, const struct schedule_end *end, int64_t resent)
{
	str runs = records_runs(s->records);

	if (runs.len > 0)
		out_line((str){ runs.at, runs.len - 1 });
	schedule_account(end, resent, &s->run);
	struct buf run = { 0 };
	const struct tally *t = &s->tally;
	str position = arena_printf(&s->arena,
	    "{\"judged\":%lld,\"same\":%lld,\"first\":%lld,\"second\":%lld,\"unsure\":%lld}",
	    (long long)t->judged, (long long)t->same, (long long)t->first, (long long)t->second,
	    (long long)t->unsure);
	run_emit(&run, tool.name, &s->run);
	buf_reset(&s->line);
	edit_object(&s->line, buf_str(&run), &(struct edit){ "position", position }, 1);
	out_line(buf_str(&s->line));
	buf_free(&run);
}

/* A judge that goes by the position is said so at once. */
static void
tell(const struct story *s)
{
	const struct tally *t = &s->tally;
	int64_t swapped = t->first + t->second;

	if (swapped > 0)
		warn("%lld of %lld verdicts (%.1f %%) went with the position of the answer: "
		     "they "
		     "count as ties",
		    (long long)swapped, (long long)t->judged,
		    100 * (double)swapped / (double)t->judged);
}

/* What was not read when the budget was spent passes unjudged. */
static void
pass_rest(struct story *s)
{
	struct job j = { 0 };

	in_patient(s->in);
	while (records_job(s->records, &j) == IN_ONE) {
		struct arena arena = j.arena;
		finish(s, &j);
		arena_reset(&arena);
		j = (struct job){ .arena = arena };
	}
	arena_free(&j.arena);
}

static int
ask(struct story *s, const struct target *target)
{
	struct price_book *prices = price_need(&s->arena, o.ask.prices);
	struct journal *journal = journal_open(&o.ask);
	const struct schedule_calls calls = { .next = next,
		.skipped = skipped,
		.answered = answered,
		.finish = finish,
		.input_fd = input_fd,
		.wait_ms = wait_ms,
		.context = s };
	const struct schedule_end end = schedule_run(
	    &o.ask, &calls, target, budget_new(&s->arena, &o.ask, prices), journal);

	price_free(prices);
	progress_end(&s->progress);
	if (end.stopped != NULL)
		pass_rest(s);
	write_run(s, &end, journal_resent(journal));
	if (end.signal != 0)
		schedule_die_by(end.signal);
	tell(s);
	if (end.stopped != NULL)
		warn("stopped early: %s; the rest passes unjudged", end.stopped);
	int status = err_worse(in_status(s->in),
	    s->run.failed > 0 && end.stopped == NULL ? EXIT_REMOTE : EXIT_YES);
	return err_worse(status, journal_close(journal, end.stopped == NULL));
}

/* The questions, as traces that replay, and any other client, can send. */
static int
plan(struct story *s)
{
	static const char *const orders[] = { "baseline", "candidate" };
	struct job j = { 0 };

	in_patient(s->in);
	while (records_job(s->records, &j) == IN_ONE) {
		buf_reset(&s->line);
		emit_open(&s->line, '{');
		emit_ktext(&s->line, "record", "trace");
		emit_kint(&s->line, "v", 1);
		emit_kstr(&s->line, "id",
		    arena_printf(&j.arena, "%.*s/%s-first", STR_F(j.id), orders[j.sample & 1]));
		if (j.out->dialect != NULL)
			emit_ktext(&s->line, "api", j.out->dialect->name);
		emit_key(&s->line, "model");
		emit_open(&s->line, '{');
		emit_kstr(&s->line, "requested", j.out->model);
		emit_close(&s->line, '}');
		emit_kraw(&s->line, "request", j.out->body);
		emit_kstr(&s->line, "request_sha256", j.out->sha256);
		emit_ktext(&s->line, "replayable", "yes");
		emit_close(&s->line, '}');
		if (j.out->skipped.len == 0)
			out_line(buf_str(&s->line));
		records_done(s->records, &j);
		struct arena arena = j.arena;
		arena_reset(&arena);
		j = (struct job){ .arena = arena };
	}
	arena_free(&j.arena);
	return in_status(s->in);
}

int
main(int argc, char **argv)
{
	struct story s = { 0 };

	argv = opt_parse(&tool, argc, argv);
	check_options();
	struct target *target = target_new(&s.arena, &o.ask);
	struct in_options in = mapped(&s.arena);
	s.questions = questions_new(&s.arena, &o, target);
	s.in = in_open(&in, record_fields, argv);
	s.records = records_new(s.in, s.questions, &o);
	int status = o.plan ? plan(&s) : ask(&s, target);
	records_end(s.records);
	in_close(s.in);
	buf_free(&s.line);
	arena_free(&s.arena);
	return status;
}
