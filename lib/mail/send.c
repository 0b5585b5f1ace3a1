/* send.c - handing over. */
#include "mail/send.h"

#include "base/err.h"
#include "data/when.h"
#include "io/emit.h"
#include "ledger/audit.h"
#include "ledger/suspend.h"

const char *
send_stopped(const struct sender *s, const struct mail *m)
{
	const struct agent *agent = policy_agent(s->policy, m->agent);
	char name[65] = "";

	if (agent == NULL || agent->name.len >= sizeof name)
		return SUSPEND_ALL;
	memcpy(name, agent->name.at, agent->name.len);
	return suspended(s->ledger, name, agent->class == CLASS_TRANSACTIONAL);
}

/* It has not left, and may be tried again. */
static void
take_back(struct verdict *v, struct outcome *out, const char *reason, str message)
{
	v->kind = VERDICT_DEFER;
	v->reason = reason;
	v->message = message;
	v->token = STR("");
	out->withdrawn = true;
}

static int
judge_delivery(struct arena *a, struct verdict *v, struct outcome *out)
{
	const struct delivered *d = &out->delivered;
	size_t n[4] = { 0 };

	for (size_t i = 0; i < d->count; i++)
		n[d->to[i]]++;
	if (n[DELIVERY_LATER] == d->count) {
		take_back(v, out, "delivery", arena_printf(a, "not now: %.*s", STR_F(d->why)));
		return EXIT_REMOTE;
	}
	if (n[DELIVERY_SENT] == d->count)
		return EXIT_YES;
	v->message = arena_printf(a, "%zu sent, %zu failed, %zu not now, %zu unknown: %.*s",
	    n[DELIVERY_SENT], n[DELIVERY_FAILED], n[DELIVERY_LATER], n[DELIVERY_UNKNOWN],
	    STR_F(d->why));
	return EXIT_REMOTE;
}

int
send_mail(struct sender *s, struct arena *a, const struct mail *m, struct verdict *v,
    struct outcome *out)
{
	struct composed c;
	const char *by = s->ledger->dir != NULL ? send_stopped(s, m) : NULL;

	*out = (struct outcome){ 0 };
	if (by != NULL) {
		take_back(v, out, strcmp(by, SUSPEND_ALL) == 0 ? "kill" : "kill-agent",
		    STR("suspended meanwhile"));
		return EXIT_YES;
	}
	if (s->deliverer == NULL)
		return EXIT_YES;
	compose(a, policy_agent(s->policy, m->agent), m, v->token, s->now, &c);
	deliver(s->deliverer, a, &c, m->to, m->to_count, &out->delivered);
	out->tried = true;
	return judge_delivery(a, v, out);
}

void
send_settle(
    struct sender *s, const struct mail *m, const struct verdict *v, const struct outcome *out)
{
	static const enum send_state states[] = { SEND_SENT, SEND_FAILED, SEND_FAILED,
		SEND_UNKNOWN };
	const struct delivered *d = &out->delivered;

	if (out->withdrawn) {
		store_withdraw(s->ledger, s->policy, v->seq, v->message, s->now);
		return;
	}
	for (size_t i = 0; i < d->count; i++)
		store_result(s->ledger, v->seq, m->to[i].canonical, states[d->to[i]], s->now);
	bool one = true;
	for (size_t i = 1; i < d->count; i++)
		one = one && d->to[i] == d->to[0];
	store_outcome(
	    s->ledger, v->seq, one ? send_states[states[d->to[0]]] : "mixed", d->why, s->now);
}
