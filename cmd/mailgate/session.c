/* session.c - policy, ledger, clock, delivery. */
#include "session.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/when.h"
#include "io/emit.h"
#include "ledger/audit.h"
#include "ledger/suspend.h"

#define TEST_MARK "for-tests"

static void
read_policy(struct session *s)
{
	str text, why = { 0 };
	const char *bad = in_file(&s->run, s->o->policy, &text);

	if (bad != NULL)
		die(EXIT_USAGE, "--policy: %s: %s", s->o->policy, bad);
	s->policy = policy_read(&s->run, text, &why);
	if (s->policy == NULL)
		die(EXIT_USAGE, "%s: %.*s", s->o->policy, STR_F(why));
}

/* A dry run begins with what the ledger knows, and leaves it alone. */
static void
open_ledger(struct session *s)
{
	const struct options *o = s->o;
	struct ledger real;
	const char *why =
	    ledger_open(&s->ledger, o->dry_run ? NULL : o->state,
		o->durability == LEDGER_PROCESS ? LEDGER_PROCESS : LEDGER_FULL, store_tables);

	if (why == NULL && o->dry_run && o->state != NULL) {
		why = ledger_open(&real, o->state, LEDGER_PROCESS, store_tables);
		if (why == NULL)
			why = ledger_copy(&s->ledger, &real);
		if (why != NULL)
			die(EXIT_SYSTEM, "%s", why);
		ledger_close(&real);
	}
	if (why != NULL)
		die(EXIT_SYSTEM, "%s", why);
}

/* An agent that could name the time could move its own limits. */
static void
check_clock(const struct session *s)
{
	if ((s->o->clock == NULL && s->o->in.now == NULL) || s->o->dry_run)
		return;
	if (faccessat(s->ledger.dir_fd, TEST_MARK, F_OK, 0) != 0)
		die(EXIT_USAGE,
		    "--clock and --now go with --dry-run, or a state that holds a file " TEST_MARK);
}

void
session_open(struct session *s, const struct options *o)
{
	const char *why = NULL;

	*s = (struct session){ .o = o, .agent = str_of(o->agent) };
	read_policy(s);
	if (o->deliver != NULL && !o->dry_run)
		s->deliverer = deliver_open(o->deliver, &why);
	if (why != NULL)
		die(EXIT_USAGE, "--deliver: '%s' %s", o->deliver, why);
	open_ledger(s);
	check_clock(s);
	s->gate = (struct gate){ .policy = s->policy, .ledger = &s->ledger };
}

int
session_close(struct session *s)
{
	gate_free(&s->gate);
	ledger_close(&s->ledger);
	deliver_close(s->deliverer);
	policy_free(s->policy);
	arena_free(&s->run);
	return s->status;
}

int64_t
session_now(const struct session *s)
{
	return in_now(&s->o->in);
}

const char *
session_begin(struct session *s)
{
	return ledger_begin(&s->ledger);
}

const char *
session_commit(struct session *s)
{
	const char *why = ledger_commit(&s->ledger);

	if (why != NULL) {
		warn("%s", why);
		s->status = err_worse(s->status, EXIT_SYSTEM);
	}
	return why;
}

void
session_trouble(struct session *s, struct verdict *v, const char *why)
{
	*v = (struct verdict){ .kind = VERDICT_DEFER,
		.reason = "ledger",
		.message = arena_keep(s->gate.arena, str_of(why)) };
	s->status = err_worse(s->status, EXIT_SYSTEM);
}

const char *
session_stopped(const struct session *s, const struct mail *m)
{
	const struct agent *agent = policy_agent(s->policy, m->agent);
	char name[65] = "";

	if (agent == NULL || agent->name.len >= sizeof name)
		return SUSPEND_ALL;
	memcpy(name, agent->name.at, agent->name.len);
	return suspended(&s->ledger, name, agent->class == CLASS_TRANSACTIONAL);
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

static void
judge_delivery(struct session *s, struct arena *a, struct verdict *v, struct outcome *out)
{
	const struct delivered *d = &out->delivered;
	size_t n[4] = { 0 };

	for (size_t i = 0; i < d->count; i++)
		n[d->to[i]]++;
	if (n[DELIVERY_LATER] == d->count) {
		take_back(v, out, "delivery", arena_printf(a, "not now: %.*s", STR_F(d->why)));
		return;
	}
	if (n[DELIVERY_SENT] == d->count)
		return;
	s->status = err_worse(s->status, EXIT_REMOTE);
	v->message = arena_printf(a, "%zu sent, %zu failed, %zu not now, %zu unknown: %.*s",
	    n[DELIVERY_SENT], n[DELIVERY_FAILED], n[DELIVERY_LATER], n[DELIVERY_UNKNOWN],
	    STR_F(d->why));
}

void
session_deliver(struct session *s, struct arena *a, const struct mail *m, struct verdict *v,
    struct outcome *out)
{
	struct composed c;
	const char *by = s->ledger.dir != NULL ? session_stopped(s, m) : NULL;

	*out = (struct outcome){ 0 };
	if (by != NULL) {
		take_back(v, out, strcmp(by, SUSPEND_ALL) == 0 ? "kill" : "kill-agent",
		    STR("suspended meanwhile"));
		return;
	}
	if (s->deliverer == NULL)
		return;
	compose(a, policy_agent(s->policy, m->agent), m, v->token, s->gate.now, &c);
	deliver(s->deliverer, a, &c, m->to, m->to_count, &out->delivered);
	out->tried = true;
	judge_delivery(s, a, v, out);
}

static void
log_outcome(struct session *s, const struct verdict *v, const char *result, str why)
{
	struct buf b = { 0 };
	struct arena a = { 0 };

	emit_ktext(&b, "record", "outcome");
	emit_kint(&b, "v", 1);
	emit_kstr(&b, "time", when_print(&a, s->gate.now));
	emit_kstr(&b, "gate_id", arena_printf(&a, "g%lld", (long long)v->seq));
	emit_ktext(&b, "result", result);
	emit_kstr(&b, "why", why);
	audit_add(&s->ledger, buf_str(&b));
	buf_free(&b);
	arena_free(&a);
}

void
session_settle(struct session *s, const struct mail *m, const struct verdict *v,
    const struct outcome *out)
{
	static const enum send_state states[] = { SEND_SENT, SEND_FAILED, SEND_FAILED,
		SEND_UNKNOWN };
	const struct delivered *d = &out->delivered;

	if (out->withdrawn) {
		store_withdraw(&s->ledger, s->policy, v->seq);
		log_outcome(s, v, "withdrawn", v->message);
		return;
	}
	for (size_t i = 0; i < d->count; i++)
		store_result(&s->ledger, v->seq, m->to[i].canonical, states[d->to[i]], s->gate.now);
	bool one = true;
	for (size_t i = 1; i < d->count; i++)
		one = one && d->to[i] == d->to[0];
	log_outcome(s, v, one ? send_states[states[d->to[0]]] : "mixed", d->why);
}
