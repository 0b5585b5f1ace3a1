/* session.c - policy, ledger, clock, delivery. */
#include "session.h"

#include <malloc.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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
	const char *why = ledger_open(&s->ledger, o->dry_run ? NULL : o->state,
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
		    "--clock and --now go with --dry-run, or a state that holds a "
		    "file " TEST_MARK);
}

void
session_open(struct session *s, const struct options *o)
{
	const char *why = NULL;

	*s = (struct session){ .o = o, .agent = str_of(o->agent) };
	mallopt(M_TRIM_THRESHOLD, 64 << 20); /* memory comes and goes with every transaction */
	read_policy(s);
	if (o->deliver != NULL && !o->dry_run)
		s->send.deliverer = deliver_open(o->deliver, &why);
	if (why != NULL)
		die(EXIT_USAGE, "--deliver: '%s' %s", o->deliver, why);
	open_ledger(s);
	check_clock(s);
	s->gate = (struct gate){ .policy = s->policy, .ledger = &s->ledger };
	s->send.policy = s->policy;
	s->send.ledger = &s->ledger;
}

int
session_close(struct session *s)
{
	gate_free(&s->gate);
	ledger_close(&s->ledger);
	deliver_close(s->send.deliverer);
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
