/* gate.c - the checks in their order, and what follows from the answer. */
#include "mail/gate.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "data/hash.h"
#include "data/when.h"
#include "io/emit.h"
#include "ledger/audit.h"
#include "ledger/suspend.h"
#include "mail/fields.h"
#include "mail/mime.h"
#include "mail/plain.h"
#include "mail/token.h"

const char *const verdict_names[] = { "accept", "defer", "quarantine", "reject", NULL };

bool
gate_say(struct asking *q, enum verdict_kind kind, const char *reason, const char *fmt, ...)
{
	char what[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof what, fmt, ap);
	va_end(ap);
	if (kind == VERDICT_QUARANTINE && q->g->approved_by.len > 0)
		return true;
	q->v->kind = kind;
	q->v->reason = reason;
	q->v->message = arena_keep(q->g->arena, str_of(what));
	return false;
}

/* For a person, if nothing else is wrong with it. */
static void
look_at(struct asking *q, const char *reason, const char *what)
{
	if (q->held.reason == NULL && q->g->approved_by.len == 0)
		q->held = (struct verdict){
			.kind = VERDICT_QUARANTINE, .reason = reason, .message = str_of(what)
		};
}

static bool
problem(struct asking *q, enum stage stage)
{
	const struct mail_problem *p = &q->m->problems[stage];

	if (p->reason == NULL)
		return true;
	return gate_say(q, VERDICT_REJECT, p->reason, "%.*s", STR_F(p->what));
}

static bool
check_kill(struct asking *q)
{
	const char *agent = arena_string(q->g->arena, q->m->agent);
	bool exempt = q->agent != NULL && q->agent->class == CLASS_TRANSACTIONAL;
	const char *by =
	    suspended(q->g->ledger, suspend_name(q->m->agent) ? agent : "-", exempt);

	if (by == NULL)
		return true;
	if (strcmp(by, SUSPEND_ALL) == 0)
		return gate_say(q, VERDICT_DEFER, "kill", "all agents are suspended");
	return gate_say(q, VERDICT_DEFER, "kill-agent", "agent '%s' is suspended", by);
}

static bool
check_auth(struct asking *q)
{
	if (q->agent == NULL)
		return gate_say(q, VERDICT_REJECT, "unknown-agent",
		    "the policy does not know agent '%.*s'", STR_F(q->m->agent));
	return problem(q, STAGE_AUTH);
}

/* "billing@example.com" <sam@news.example.com>: many readers see the first alone. */
static bool
shows_another(struct asking *q)
{
	struct arena *a = q->g->arena;
	str name = plain_seen(a, mime_words(a, q->m->from.display)), rest = name, domain;
	size_t n = 0;

	str_cut(&rest, '@');
	while (n < rest.len && strchr(" \"'>)],;", rest.at[n]) == NULL)
		n++;
	return rest.at != NULL && domain_read(a, (str){ rest.at, n }, &domain) &&
	    !names_have(&q->agent->from_domains, domain);
}

static bool
check_identity(struct asking *q)
{
	const struct agent *a = q->agent;
	const struct mail *m = q->m;

	if (m->null_sender)
		return gate_say(q, VERDICT_REJECT, "null-sender",
		    "an agent may not send as nobody: bounces would go nowhere");
	if (!names_have(&a->from_domains, m->from.domain))
		return gate_say(q, VERDICT_REJECT, "identity",
		    "agent '%.*s' may not send from %.*s", STR_F(a->name),
		    STR_F(m->from.domain));
	if (shows_another(q))
		return gate_say(q, VERDICT_REJECT, "display-name",
		    "the name beside the address is another address");
	if (m->envelope.domain.len > 0 && !names_have(&a->from_domains, m->envelope.domain))
		return gate_say(q, VERDICT_REJECT, "identity",
		    "agent '%.*s' may not send from %.*s (the envelope)", STR_F(a->name),
		    STR_F(m->envelope.domain));
	if (m->selector.len > 0 && !names_have(&a->selectors, m->selector))
		return gate_say(q, VERDICT_REJECT, "selector",
		    "agent '%.*s' may not sign with the key %.*s", STR_F(a->name),
		    STR_F(m->selector));
	return problem(q, STAGE_IDENTITY);
}

static bool
check_headers(struct asking *q)
{
	const struct header_rules *all = &q->g->policy->all_headers;
	const struct header_rules *own = &q->g->policy->headers[q->agent->class];
	str what = { 0 };

	if (!problem(q, STAGE_HEADERS))
		return false;
	if (q->m->envelope_only)
		return true;
	const char *why = fields_demanded(q->g->arena, all, q->m, &what);
	bool added = own == &q->g->policy->headers[CLASS_BULK] &&
	    q->agent->unsubscribe.len > 0 && q->m->message.raw.len == 0 &&
	    !fields_unsubscribe(q->m);
	if (why == NULL && !added)
		why = fields_demanded(q->g->arena, own, q->m, &what);
	if (why == NULL)
		return true;
	return gate_say(q, VERDICT_REJECT, why, "%.*s", STR_F(what));
}

static bool
check_recipient(struct asking *q, const struct address *to)
{
	const struct agent *a = q->agent;
	char whole[300];

	snprintf(whole, sizeof whole, "@%.*s", STR_F(to->domain));
	if (a->to_domains.count > 0 && !names_have(&a->to_domains, to->domain))
		return gate_say(q, VERDICT_REJECT, "to-domain",
		    "agent '%.*s' may not write to %.*s", STR_F(a->name), STR_F(to->domain));
	if (a->recipients.count > 0 && !names_have(&a->recipients, to->canonical) &&
	    !names_have(&a->recipients, str_of(whole)))
		return gate_say(q, VERDICT_REJECT, "recipient",
		    "%.*s is not on the agent's list of recipients", STR_F(to->spec));
	str local = str_cut(&(str){ to->canonical.at, to->canonical.len }, '@');
	if ((a->class == CLASS_BULK || a->class == CLASS_CONVERSATIONAL) &&
	    names_have(&q->g->policy->roles, local))
		return gate_say(q, VERDICT_REJECT, "role-address",
		    "%.*s is nobody's mailbox but a function", STR_F(to->spec));
	if (!a->known_only && !a->first_contact)
		return true;
	if (store_known(q->g->ledger, a->name, to->canonical))
		return true;
	if (a->known_only)
		return gate_say(q, VERDICT_REJECT, "unknown-correspondent",
		    "agent '%.*s' never wrote to %.*s, and nobody made it known",
		    STR_F(a->name), STR_F(to->spec));
	look_at(q, "first-contact", "the first mail of this agent to that recipient");
	return true;
}

static bool
check_recipients(struct asking *q)
{
	const struct mail *m = q->m;
	size_t n = m->to_count > m->claimed ? m->to_count : m->claimed;

	if (!problem(q, STAGE_RECIPIENTS))
		return false;
	if (n == 0)
		return gate_say(q, VERDICT_REJECT, "no-recipient", "nobody is to get it");
	if (n > (size_t)q->agent->max_recipients)
		return gate_say(q, VERDICT_REJECT, "max-recipients",
		    "%zu recipients, and agent '%.*s' may have %lld", n, STR_F(q->agent->name),
		    (long long)q->agent->max_recipients);
	for (size_t i = 0; i < m->to_count; i++)
		if (!check_recipient(q, &m->to[i]))
			return false;
	if (m->inbound && !q->agent->inbound)
		return gate_say(q, VERDICT_REJECT, "inbound-recipient",
		    "the recipient was only ever seen in inbound mail");
	if (q->agent->new_threads && !m->answers)
		look_at(q, "new-thread", "it answers nothing: a new thread");
	return true;
}

static bool
check_suppression(struct asking *q)
{
	for (size_t i = 0; i < q->m->to_count; i++) {
		const struct address *to = &q->m->to[i];
		str why = policy_suppressed(q->g->policy, to) ?
		    STR("on the policy's list") :
		    store_suppressed(q->g->ledger, q->g->arena, to);
		if (why.len > 0)
			return gate_say(q, VERDICT_REJECT, "suppressed",
			    "%.*s gets no mail from here: %.*s", STR_F(to->spec), STR_F(why));
	}
	return true;
}

static bool
check_parse(struct asking *q)
{
	return problem(q, STAGE_PARSE);
}

static bool (*const checks[STAGES])(struct asking *) = {
	[STAGE_KILL] = check_kill,
	[STAGE_PARSE] = check_parse,
	[STAGE_AUTH] = check_auth,
	[STAGE_IDENTITY] = check_identity,
	[STAGE_HEADERS] = check_headers,
	[STAGE_RECIPIENTS] = check_recipients,
	[STAGE_SUPPRESSION] = check_suppression,
	[STAGE_CONTENT] = gate_content,
	[STAGE_DEDUPE] = gate_dedupe,
	[STAGE_QUIET] = gate_quiet,
	[STAGE_BREAKER] = gate_breaker,
	[STAGE_LIMITS] = gate_limits,
};

/* A sample of what is accepted goes to a person first, by a hash that no agent can foresee. */
static void
sample(struct asking *q)
{
	struct arena *a = q->g->arena;
	struct ledger *l = q->g->ledger;

	if (q->agent->review <= 0)
		return;
	str what = arena_printf(a, "review %lld %lld", (long long)l->head.seq,
	    (long long)mail_sameness(q->m, false));
	uint64_t h = hash_short(hash_keyed(a, str_of(l->key), what));
	if ((double)(h >> 11) * 0x1p-53 < q->agent->review)
		look_at(q, "review", "drawn for a person to look at");
}

static void
decide(struct asking *q)
{
	const struct policy *p = q->g->policy;

	for (size_t i = 0; i < STAGES; i++) {
		/* what is known of it depends on the agent: nobody's mail goes no further */
		if (p->order[i] > STAGE_AUTH && q->agent == NULL && !check_auth(q))
			return;
		if (!checks[p->order[i]](q))
			return;
	}
	sample(q);
	if (q->held.reason != NULL)
		*q->v = q->held;
}

/* Names and numbers, no text of the mail. */
static str
line_of(struct gate *g, const struct mail *m, const struct verdict *v)
{
	struct buf b = { 0 };

	emit_ktext(&b, "record", "decision");
	emit_kint(&b, "v", 1);
	emit_kstr(&b, "time", when_print(g->arena, g->now));
	emit_kstr(&b, "agent", m->agent);
	emit_kstr(&b, "id", m->id);
	emit_ktext(&b, "verdict", verdict_names[v->kind]);
	emit_ktext(&b, "reason", v->reason);
	if (v->until > 0)
		emit_kstr(&b, "until", when_print(g->arena, v->until));
	emit_kstr(&b, "from", m->from.spec);
	emit_key(&b, "to");
	emit_open(&b, '[');
	for (size_t i = 0; i < m->to_count && i < 100; i++)
		emit_str(&b, m->to[i].spec);
	emit_close(&b, ']');
	emit_kint(&b, "recipients", (int64_t)m->to_count);
	emit_kint(&b, "bytes", (int64_t)m->bytes);
	if (!m->envelope_only)
		emit_kstr(&b, "content",
		    arena_printf(g->arena, "%016llx",
			(unsigned long long)mail_sameness(m, g->policy->by_template)));
	emit_kstr(&b, "approved_by", g->approved_by);
	emit_kstr(&b, "message", v->message);
	emit_kstr(&b, "policy_sha256", g->policy->digest);
	str line = arena_keep(g->arena, buf_str(&b));
	buf_free(&b);
	return line;
}

static void
keep(struct asking *q)
{
	struct gate *g = q->g;
	struct verdict *v = q->v;

	if (v->kind == VERDICT_ACCEPT) {
		store_admit(g->ledger, g->policy, q->m, v->seq, g->now);
		v->token = token_make(g->arena, g->ledger, v->seq);
	} else if (v->kind == VERDICT_QUARANTINE && q->m->line.len > 0) {
		store_hold(g->ledger, q->m, &v->seq, g->now, v->reason);
	}
}

void
gate_judge(struct gate *g, const struct mail *m, struct verdict *v)
{
	struct asking q = {
		.g = g, .m = m, .v = v, .agent = policy_agent(g->policy, m->agent)
	};

	if (g->past == NULL)
		g->past = mem_new(sizeof *g->past * STORE_PAST);
	*v = (struct verdict){
		.kind = VERDICT_ACCEPT, .reason = "ok", .message = STR("accepted")
	};
	decide(&q);
	v->seq = audit_add(g->ledger, line_of(g, m, v));
	keep(&q);
}

void
gate_free(struct gate *g)
{
	free(g->past);
	g->past = NULL;
}
