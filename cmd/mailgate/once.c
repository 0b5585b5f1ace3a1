/* once.c - one message on standard input: in place of sendmail, or as Postfix's filter. */
#include <string.h>

#include "data/base64.h"
#include "io/emit.h"
#include "mail/sendmail.h"
#include "session.h"

/* As an intent, for the person who is to look at it. */
static str
as_intent(struct arena *a, const struct mail *m, str raw)
{
	struct buf b = { 0 };

	emit_open(&b, '{');
	emit_kstr(&b, "agent", m->agent);
	emit_kstr(&b, "envelope_from", m->envelope.spec);
	emit_key(&b, "recipients");
	emit_open(&b, '[');
	for (size_t i = 0; i < m->to_count; i++)
		emit_str(&b, m->to[i].spec);
	emit_close(&b, ']');
	emit_kstr(&b, "raw_b64", base64_encode(a, raw));
	emit_close(&b, '}');
	str s = arena_keep(a, buf_str(&b));
	buf_free(&b);
	return s;
}

static void
settle(
    struct session *s, const struct mail *m, const struct verdict *v, const struct outcome *out)
{
	const char *why = session_begin(s);

	if (why == NULL) {
		send_settle(&s->send, m, v, out);
		why = session_commit(s);
	}
	if (why != NULL)
		warn("what became of g%lld is not in the ledger: %s", (long long)v->seq, why);
}

/* A mail that was quarantined is in our hands: for the sender that is as good as sent. */
static int
status_of(struct session *s, const struct verdict *v)
{
	static const int statuses[] = { EXIT_YES, EXIT_SYSTEM, EXIT_YES, EXIT_NO };

	if (v->kind != VERDICT_ACCEPT)
		warn("%s: %s: %.*s", verdict_names[v->kind], v->reason, STR_F(v->message));
	return v->kind == VERDICT_ACCEPT ? EXIT_YES : err_worse(s->status, statuses[v->kind]);
}

static int
run_message(struct session *s, struct mail *m, str raw)
{
	struct verdict v = { 0 };
	struct outcome out = { 0 };
	const char *why = session_begin(s);

	m->line = as_intent(&s->run, m, raw);
	s->gate.arena = &s->run;
	s->send.now = s->gate.now = session_now(s);
	if (why == NULL) {
		gate_judge(&s->gate, m, &v);
		why = session_commit(s);
	}
	if (why != NULL)
		session_trouble(s, &v, why);
	if (v.kind == VERDICT_ACCEPT)
		s->status = err_worse(s->status, send_mail(&s->send, &s->run, m, &v, &out));
	if (out.tried || out.withdrawn)
		settle(s, m, &v, &out);
	if (v.kind == VERDICT_ACCEPT && s->status == EXIT_REMOTE)
		warn("%.*s", STR_F(v.message));
	s->status = status_of(s, &v);
	return s->status;
}

static str
read_message(struct session *s)
{
	str raw;
	const char *why = in_file(&s->run, "-", &raw);

	if (why != NULL)
		die(EXIT_SYSTEM, "standard input: %s", why);
	return raw;
}

int
run_sendmail(struct session *s, char **argv)
{
	struct sendmail how;
	struct mail m;
	str raw = read_message(s);

	sendmail_parse(&s->run, argv, &how);
	sendmail_read(&s->run, s->policy, &how, raw, s->agent, &m);
	return run_message(s, &m, m.message.raw.len > 0 ? m.message.raw : raw);
}

/* pipe(8): argv=mailgate ... --filter ${sender} ${recipient} */
int
run_filter(struct session *s, char **operands)
{
	const struct mail_envelope e = {
		.sender = operands[0] != NULL ? operands[0] : "",
		.recipients = operands[0] != NULL ? operands + 1 : operands,
		.relayed = true,
	};
	struct mail m;
	str raw = message_crlf(&s->run, read_message(s));

	mail_of_message(&s->run, s->policy, raw, &e, s->agent, &m);
	return run_message(s, &m, raw);
}
