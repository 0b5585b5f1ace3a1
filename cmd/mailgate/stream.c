/* stream.c - intents in, verdicts out: many decisions in one transaction while input flows,
 * made durable before the first of them is handed over. */
#include <poll.h>
#include <string.h>

#include "data/base64.h"
#include "data/when.h"
#include "io/edit.h"
#include "io/emit.h"
#include "io/out.h"
#include "mail/answer.h"
#include "mail/feedback.h"
#include "session.h"

/* The fields of an intent behind the reader's own. */
enum {
	FIELD_INTENT = IN_FIELDS,
	FIELD_CLOCK = IN_FIELDS + INTENT_FIELDS,
	FIELD_TYPE,
	FIELD_FUNCTION,
	FIELD_RECIPIENT,
	FIELD_COUNT
};

#define BATCH_MOST 1024

struct item {
	str line;
	struct mail mail;
	struct feedbacks feedback; /* count > 0: it is that, and no mail */
	struct verdict verdict;
	struct outcome outcome;
	int64_t now;
	enum asked asked;
	bool bad;
};

struct stream {
	struct session *s;
	struct in *in;
	struct arena batch;
	struct item *items;
	size_t count;
	const char *names[FIELD_COUNT + 1];
};

static void
judge_feedback(struct stream *st, struct item *it)
{
	struct session *s = st->s;

	for (size_t i = 0; i < it->feedback.count; i++) {
		struct feedback *f = &it->feedback.of[i];
		feedback_check(&st->batch, f, feedback_ledger, &s->ledger, s->o->trusted);
		feedback_apply(&s->ledger, f, s->gate.now);
	}
}

static void
judge(struct stream *st, struct item *it)
{
	struct session *s = st->s;

	s->gate.arena = &st->batch;
	s->send.now = s->gate.now = it->now;
	if (it->feedback.count > 0)
		judge_feedback(st, it);
	else
		gate_judge(&s->gate, &it->mail, &it->verdict);
}

static void
write_feedback(const struct item *it)
{
	const struct feedback *f = &it->feedback.of[0];
	struct buf b = { 0 };

	emit_open(&b, '{');
	emit_ktext(&b, "record", "feedback");
	emit_kint(&b, "v", 1);
	emit_ktext(&b, "event", feedback_events[f->event]);
	emit_kstr(&b, "recipient", f->to.canonical);
	if (f->reason != NULL)
		emit_ktext(&b, "reason", f->reason);
	emit_close(&b, '}');
	out_line(buf_str(&b));
	buf_free(&b);
}

/* The switch is asked and the record written at once: between them lies no other mail. */
static bool
hand_over(struct stream *st, struct item *it)
{
	struct session *s = st->s;

	if (it->feedback.count > 0) {
		write_feedback(it);
		return false;
	}
	s->send.now = s->gate.now = it->now;
	if (it->verdict.kind == VERDICT_ACCEPT)
		s->status = err_worse(s->status,
		    send_mail(&s->send, &st->batch, &it->mail, &it->verdict, &it->outcome));
	s->answers[it->verdict.kind]++;
	answer(it->asked, it->line, &it->verdict, it->outcome.tried);
	if (it->verdict.kind == VERDICT_ACCEPT && s->send.deliverer == NULL &&
	    s->ledger.dir != NULL)
		err_flush();
	return it->outcome.tried || it->outcome.withdrawn;
}

static void
settle(struct stream *st)
{
	struct session *s = st->s;
	const char *why = session_begin(s);

	for (size_t i = 0; i < st->count && why == NULL; i++) {
		const struct item *it = &st->items[i];
		s->send.now = s->gate.now = it->now;
		if (it->outcome.tried || it->outcome.withdrawn)
			send_settle(&s->send, &it->mail, &it->verdict, &it->outcome);
	}
	if (why == NULL)
		why = session_commit(s);
	if (why != NULL)
		warn("what became of mails handed over is not in the ledger: %s", why);
}

static void
flush(struct stream *st)
{
	struct session *s = st->s;
	bool left = false;

	if (st->count == 0)
		return;
	s->gate.arena = &st->batch;
	const char *why = session_begin(s);
	for (size_t i = 0; i < st->count && why == NULL; i++)
		judge(st, &st->items[i]);
	if (why == NULL)
		why = session_commit(s);
	for (size_t i = 0; i < st->count && why != NULL; i++) {
		session_trouble(s, &st->items[i].verdict, why);
		if (st->items[i].feedback.count > 0)
			st->items[i].feedback.of[0] =
			    (struct feedback){ .event = EVENT_IGNORED, .reason = "ledger" };
	}
	for (size_t i = 0; i < st->count; i++)
		left |= hand_over(st, &st->items[i]);
	if (left)
		settle(st);
	st->count = 0;
	arena_reset(&st->batch);
}

/* The time of a decision: the record's with --clock, the machine's without. */
static int64_t
clock_of(struct stream *st, const struct rec *rec)
{
	int64_t t;

	if (st->s->o->clock == NULL)
		return session_now(st->s);
	str text = in_text(st->in, rec, FIELD_CLOCK);
	return when_parse(text, &t) && when_usual(t) ? t : -1;
}

static const struct doc *
value(struct stream *st, const struct scan_value *v)
{
	if (v->kind == KIND_NONE || v->kind == KIND_NULL)
		return NULL;
	return doc_read(&st->batch, arena_keep(&st->batch, v->raw));
}

/* The intent as it is kept for a person: its members by their own names, whatever --map called
 * them, and what else the record has. */
static str
kept_line(struct stream *st, const struct item *it, const struct intent *in)
{
	struct edit edits[INTENT_FIELDS];
	struct buf b = { 0 };
	struct arena *a = &st->batch;

	for (size_t i = 0; i < INTENT_FIELDS; i++)
		edits[i] = (struct edit){ intent_names[i], doc_raw(in->of[i]) };
	edits[INTENT_AGENT].json = emit_quoted(a, it->mail.agent);
	if (it->mail.message.raw.len > 0) {
		edits[INTENT_RAW].json = in->of[INTENT_RAW] != NULL ? STR("null") : STR("");
		edits[INTENT_RAW_B64].json =
		    emit_quoted(a, base64_encode(a, it->mail.message.raw));
	}
	edit_object(&b, it->asked == ASKED_INTENT ? it->line : STR("{}"), edits, INTENT_FIELDS);
	str line = arena_keep(a, buf_str(&b));
	buf_free(&b);
	return line;
}

static void
read_intent(struct stream *st, const struct rec *rec, struct item *it)
{
	struct intent in;
	bool foreign = false;

	for (size_t i = 0; i < INTENT_FIELDS; i++)
		in.of[i] = value(st, &rec->values[FIELD_INTENT + i]);
	if (rec->values[FIELD_TYPE].kind == KIND_STRING &&
	    rec->values[FIELD_INTENT + INTENT_TO].kind == KIND_NONE) {
		const struct doc *call = answer_call(
		    &st->batch, doc_read(&st->batch, it->line), &it->asked, &foreign);
		if (call != NULL)
			intent_of(&in, call);
	}
	const struct intent_from from = { .agent = st->s->agent, .lf = st->s->o->lf };
	intent_read(&st->batch, st->s->policy, &in, &from, &it->mail);
	it->mail.line = kept_line(st, it, &in);
	if (it->asked != ASKED_INTENT && st->s->send.deliverer == NULL && !st->s->o->dry_run)
		mail_problem(&it->mail, &st->batch, STAGE_PARSE, "no-delivery",
		    "a tool call goes nowhere without --deliver");
	if (foreign)
		mail_problem(&it->mail, &st->batch, STAGE_PARSE, "tool",
		    "it calls another tool than send_email");
}

static void
take(struct stream *st, struct rec *rec)
{
	struct item *it = &st->items[st->count++];

	*it = (struct item){ .line = arena_keep(&st->batch, rec->text), .bad = rec->bad };
	it->now = rec->bad ? session_now(st->s) : clock_of(st, rec);
	if (rec->bad) {
		it->line = STR("");
		it->mail.agent = st->s->agent;
		mail_problem(&it->mail, &st->batch, STAGE_PARSE, "parse",
		    "line %llu is no JSON object", (unsigned long long)rec->line);
		return;
	}
	if (rec->values[FIELD_RECIPIENT].kind != KIND_NONE &&
	    feedback_record(
		&st->batch, st->s->policy, doc_read(&st->batch, it->line), &it->feedback) &&
	    it->feedback.count > 0)
		return;
	it->feedback.count = 0;
	read_intent(st, rec, it);
	if (it->now < 0) {
		mail_problem(&it->mail, &st->batch, STAGE_PARSE, "clock",
		    "the time of --clock is missing");
		it->now = session_now(st->s);
	}
}

static void
name_fields(struct stream *st)
{
	static const char *const own[] = { IN_NAMES };
	size_t n = 0;

	for (size_t i = 0; i < IN_FIELDS; i++)
		st->names[n++] = own[i];
	for (size_t i = 0; i < INTENT_FIELDS; i++)
		st->names[n++] = intent_names[i];
	st->names[n++] = st->s->o->clock != NULL ? st->s->o->clock : "time";
	st->names[n++] = "type";
	st->names[n++] = "function";
	st->names[n++] = "recipient";
}

static void
wait_for(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	err_flush();
	poll(&p, 1, -1);
}

int
run_stream(struct session *s, char **operands)
{
	static struct item items[BATCH_MOST];
	struct stream st = { .s = s, .items = items };
	struct rec rec;
	enum in_step step;

	name_fields(&st);
	st.in = in_open(&s->o->in, st.names, operands);
	in_answer_bad(st.in);
	while ((step = in_poll(st.in, &rec)) != IN_END) {
		if (step == IN_ONE)
			take(&st, &rec);
		if (step == IN_WAIT || st.count == (size_t)s->o->batch)
			flush(&st);
		if (step == IN_WAIT)
			wait_for(in_fd(st.in));
	}
	flush(&st);
	s->status = err_worse(s->status, in_status(st.in));
	in_close(st.in);
	arena_free(&st.batch);
	int64_t no = s->answers[VERDICT_DEFER] + s->answers[VERDICT_QUARANTINE] +
	    s->answers[VERDICT_REJECT];
	if (no > 0)
		s->status = err_worse(s->status, EXIT_NO);
	if (no + s->answers[VERDICT_ACCEPT] == 0)
		s->status = err_worse(s->status, EXIT_INCONCLUSIVE);
	return s->status;
}
