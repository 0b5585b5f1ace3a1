/* service.c - Postfix's policy service under spawn(8): a question a recipient, and one more
 * when the message is there.
 *
 * What is admitted at RCPT is reserved under the `instance' of the message, and becomes sent at
 * END-OF-MESSAGE.  A reservation whose message never came is given back when the next one of
 * the connection begins, or the connection ends.  In trouble nothing is answered: Postfix then
 * does what default_action says. */
#include <errno.h>
#include <poll.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "data/when.h"
#include "mail/postfix.h"
#include "session.h"

struct service {
	struct session *s;
	struct arena arena; /* of one question */
	struct buf in;
	size_t looked;
	str instance; /* of the last question: who reserved under it and has not sent */
	struct buf instance_kept;
};

/* A complete question: lines up to an empty one. */
static bool
next_question(struct service *v, str *text)
{
	for (;;) {
		char *end = v->in.len - v->looked >= 2 ?
		    memmem(v->in.at + v->looked, v->in.len - v->looked, "\n\n", 2) :
		    NULL;
		if (end != NULL) {
			*text = (str){ v->in.at, (size_t)(end - v->in.at) + 1 };
			return true;
		}
		v->looked = v->in.len > 0 ? v->in.len - 1 : 0;
		if (v->in.len > POSTFIX_MOST)
			die(EXIT_DATA, "a question of more than %d bytes", POSTFIX_MOST);
		buf_reserve(&v->in, 8192);
		ssize_t n = read(STDIN_FILENO, v->in.at + v->in.len, 8192);
		if (n == 0 && v->in.len > 0)
			die(EXIT_DATA, "a question is cut off");
		if (n < 0 && errno != EINTR)
			die(EXIT_SYSTEM, "standard input: %s", strerror(errno));
		if (n == 0)
			return false;
		v->in.len += n > 0 ? (size_t)n : 0;
	}
}

static void
done_with(struct service *v, size_t len)
{
	memmove(v->in.at, v->in.at + len, v->in.len - len);
	v->in.len -= len;
	v->looked = 0;
}

/* Mails reserved under the instance; each was one recipient. */
static size_t
reserved(struct service *v, int64_t *seqs, size_t most)
{
	struct sqlite3_stmt *q = sql_ask(&v->s->ledger.sql,
	    "SELECT seq FROM sent WHERE instance = ? AND instance <> '' AND state = 0", "s",
	    buf_str(&v->instance_kept));
	size_t n = 0;

	while (sql_row(&v->s->ledger.sql, q)) {
		if (n < most)
			seqs[n] = sql_int(q, 0);
		n++;
	}
	return n;
}

#define RESERVED_MOST 10000

static void
give_back(struct service *v)
{
	int64_t *seqs = ARENA_ARRAY(&v->arena, int64_t, RESERVED_MOST);
	size_t n = reserved(v, seqs, RESERVED_MOST);

	for (size_t i = 0; i < n && i < RESERVED_MOST; i++)
		store_withdraw(&v->s->ledger, v->s->policy, seqs[i]);
	buf_reset(&v->instance_kept);
}

static void
mark_sent(struct service *v)
{
	sql_do(&v->s->ledger.sql,
	    "UPDATE sent SET state = ?, changed = ?, instance = '' WHERE instance = ? AND "
	    "instance <> '' AND state = 0",
	    "iis", (int64_t)SEND_SENT, v->s->gate.now, buf_str(&v->instance_kept));
	buf_reset(&v->instance_kept);
}

static void
judge(struct service *v, const struct postfix_request *r, struct verdict *verdict)
{
	struct session *s = v->s;
	struct mail m;

	if (!str_eq(buf_str(&v->instance_kept), r->instance)) {
		if (v->instance_kept.len > 0)
			give_back(v);
		buf_add(&v->instance_kept, r->instance);
	}
	size_t n = reserved(v, NULL, 0);
	postfix_mail(&v->arena, s->policy, r, s->agent, &m);
	if (r->rcpt)
		m.claimed = n + 1;
	else if (n > 0)
		m.to_count = 0; /* they were all admitted, one by one */
	else if ((int64_t)m.to_count < r->recipient_count)
		die(EXIT_DATA,
		    "who gets the message was not asked: call the service at RCPT too "
		    "(smtpd_recipient_restrictions)");
	s->gate.instance = buf_str(&v->instance_kept);
	gate_judge(&s->gate, &m, verdict);
	if (r->end && verdict->kind == VERDICT_ACCEPT)
		mark_sent(v);
	else if (r->end && verdict->kind != VERDICT_QUARANTINE)
		give_back(v);
}

static void
answer(struct service *v, const struct verdict *verdict)
{
	str action = verdict != NULL ? postfix_action(&v->arena, verdict) : STR("DUNNO");
	struct buf b = { 0 };

	buf_text(&b, "action=");
	buf_add(&b, action);
	buf_text(&b, "\n\n");
	for (size_t done = 0; done < b.len;) {
		ssize_t n = write(STDOUT_FILENO, b.at + done, b.len - done);
		if (n < 0 && errno != EINTR)
			die(EXIT_SYSTEM, "standard output: %s", strerror(errno));
		done += n > 0 ? (size_t)n : 0;
	}
	buf_free(&b);
}

static void
one_question(struct service *v, str text)
{
	struct session *s = v->s;
	struct postfix_request r;
	struct verdict verdict;
	const char *why = postfix_read(&v->arena, text, &r);

	if (why != NULL)
		die(EXIT_DATA, "a question: %s", why);
	if (!r.rcpt && !r.end) {
		answer(v, NULL);
		return;
	}
	s->gate.arena = &v->arena;
	s->gate.now = session_now(s);
	if ((why = session_begin(s)) != NULL)
		die(EXIT_SYSTEM, "%s", why);
	judge(v, &r, &verdict);
	if (ledger_commit(&s->ledger) != NULL)
		die(EXIT_SYSTEM, "%s", s->ledger.why);
	answer(v, &verdict);
}

/* The connection has ended, and a message that did not come will not come. */
static void
finish(struct service *v)
{
	if (v->instance_kept.len == 0 || session_begin(v->s) != NULL)
		return;
	give_back(v);
	session_commit(v->s);
}

int
run_service(struct session *s)
{
	struct service v = { .s = s };
	str text;

	while (next_question(&v, &text)) {
		one_question(&v, text);
		done_with(&v, text.len + 1);
		arena_reset(&v.arena);
	}
	finish(&v);
	buf_free(&v.in);
	buf_free(&v.instance_kept);
	arena_free(&v.arena);
	return s->status;
}
