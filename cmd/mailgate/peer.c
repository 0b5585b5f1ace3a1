/* peer.c - one connection of Postfix's policy protocol. */
#include "peer.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "mail/postfix.h"

bool
peer_ready(struct peer *p, str *text, const char **why)
{
	const char *end = p->in.len - p->looked >= 2 ?
	    memmem(p->in.at + p->looked, p->in.len - p->looked, "\n\n", 2) :
	    NULL;

	*why = p->in.len > POSTFIX_MOST ? "a question is too long" : NULL;
	if (end == NULL) {
		p->looked = p->in.len > 0 ? p->in.len - 1 : 0;
		return false;
	}
	*text = (str){ p->in.at, (size_t)(end - p->in.at) + 1 };
	return true;
}

void
peer_next(struct peer *p, size_t len)
{
	memmove(p->in.at, p->in.at + len + 1, p->in.len - len - 1);
	p->in.len -= len + 1;
	p->looked = 0;
	arena_reset(&p->arena);
}

static void
reserve(struct peer *p, int64_t seq)
{
	if (p->count == p->room) {
		p->room = p->room * 2 + 8;
		p->seqs = mem_grow(p->seqs, p->room, sizeof *p->seqs);
	}
	p->seqs[p->count++] = seq;
}

static void
give_back(struct session *s, struct peer *p)
{
	for (size_t i = 0; i < p->count; i++)
		store_withdraw(&s->ledger, s->policy, p->seqs[i], STR("its message never came"),
		    s->gate.now);
	p->count = 0;
}

static void
mark_sent(struct session *s, struct peer *p)
{
	for (size_t i = 0; i < p->count; i++)
		store_result(&s->ledger, p->seqs[i], STR(""), SEND_SENT, s->gate.now);
	p->count = 0;
}

static void
same_instance(struct session *s, struct peer *p, str instance)
{
	if (str_eq(buf_str(&p->instance), instance))
		return;
	give_back(s, p);
	p->held = 0;
	buf_reset(&p->instance);
	buf_add(&p->instance, instance);
}

/* At RCPT each is asked by itself; at the end the message as a whole. */
static void
judge(struct session *s, struct peer *p, const struct postfix_request *r, struct verdict *v)
{
	struct mail m;

	postfix_mail(&p->arena, s->policy, r, s->agent, &m);
	if (r->rcpt)
		m.claimed = p->count + p->held + 1;
	else if (p->count + p->held > 0)
		m.to_count = 0; /* they are counted already */
	gate_judge(&s->gate, &m, v);
	if (v->kind == VERDICT_ACCEPT && m.to_count > 0)
		reserve(p, v->seq);
	p->held += r->rcpt && v->kind == VERDICT_QUARANTINE;
	if (r->end && v->kind == VERDICT_ACCEPT)
		mark_sent(s, p);
	else if (r->end)
		give_back(s, p);
}

bool
peer_judge(struct session *s, struct peer *p, str text, const char **why)
{
	struct postfix_request r;
	struct verdict v;

	*why = postfix_read(&p->arena, text, &r);
	if (*why != NULL)
		return false;
	p->action = STR("DUNNO");
	if (!r.rcpt && !r.end)
		return true;
	s->gate.arena = &p->arena;
	s->gate.now = session_now(s);
	same_instance(s, p, r.instance);
	if (r.end && r.recipient_count > (int64_t)(p->count + p->held) &&
	    !(p->count == 0 && r.recipient_count == 1 && r.recipient.len > 0)) {
		*why = "who gets the message was not asked: call the service at RCPT too "
		       "(smtpd_recipient_restrictions)";
		return false;
	}
	judge(s, p, &r, &v);
	p->action = postfix_action(&p->arena, &v);
	return true;
}

void
peer_gone(struct session *s, struct peer *p)
{
	s->gate.now = session_now(s);
	give_back(s, p);
}

void
peer_free(struct peer *p)
{
	buf_free(&p->in);
	buf_free(&p->instance);
	arena_free(&p->arena);
	free(p->seqs);
}
