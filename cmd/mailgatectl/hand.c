/* hand.c - what is done by hand: the switch, the lists, time. */
#include <stdio.h>
#include <string.h>

#include "ctl.h"
#include "data/when.h"
#include "io/emit.h"
#include "ledger/audit.h"
#include "ledger/suspend.h"

/* The switch first: it works whatever the ledger does; the log when it can. */
static void
log_switch(struct ctl *c, const char *action, const char *name)
{
	const char *why = ledger_begin(&c->ledger);

	if (why == NULL) {
		ctl_log(c, action, str_of(name), STR(""));
		why = ledger_commit(&c->ledger);
	}
	if (why != NULL)
		warn("%s: done, but not in the log: %s", name, why);
}

static int
each_name(struct ctl *c, char **names, bool set)
{
	int status = EXIT_YES;
	struct buf text = { 0 };

	buf_printf(&text, "%s by %s%s%s\n",
	    arena_string(&c->arena, when_print(&c->arena, c->now)), c->o->by,
	    c->o->why != NULL ? ": " : "", c->o->why != NULL ? c->o->why : "");
	for (; *names != NULL; names++) {
		bool was = true;
		if (!suspend_name(str_of(*names)))
			die(EXIT_USAGE, "%s: is no name of an agent", *names);
		const char *why = set ? suspend_set(&c->ledger, *names, buf_str(&text)) :
					suspend_lift(&c->ledger, *names, &was);
		if (why != NULL)
			warn("%s: %s", *names, why);
		status = err_worse(status, why != NULL ? EXIT_SYSTEM : EXIT_YES);
		if (!was)
			warn("%s: was not suspended", *names);
		else if (why == NULL)
			printf("%s: %s\n", *names, set ? "suspended" : "goes on");
		if (was)
			log_switch(c, set ? "suspend" : "resume", *names);
	}
	buf_free(&text);
	return status;
}

int
ctl_suspend(struct ctl *c, char **names)
{
	return each_name(c, names, true);
}

int
ctl_resume(struct ctl *c, char **names)
{
	return each_name(c, names, false);
}

/* An address or @domain in the form that is compared. */
static str
canonical(struct ctl *c, const char *text)
{
	struct address m;
	str domain;

	if (text[0] == '@' && domain_read(&c->arena, str_of(text + 1), &domain))
		return arena_printf(&c->arena, "@%.*s", STR_F(domain));
	if (address_envelope(&c->arena, str_of(text), &c->policy->canonical, &m) != NULL)
		die(EXIT_USAGE, "%s: is no address and no @domain", text);
	return m.canonical;
}

enum list { SUPPRESS, UNSUPPRESS, KNOW };

static int
each_address(struct ctl *c, char **addresses, enum list list)
{
	static const char *const actions[] = { "suppress", "unsuppress", "know" };
	int status = EXIT_YES;

	for (char **a = addresses; *a != NULL; a++)
		canonical(c, *a); /* all of them are good, or nothing is done */
	ctl_begin(c);
	for (; *addresses != NULL; addresses++) {
		str address = canonical(c, *addresses);
		const char *why = c->o->why != NULL ? c->o->why : "by hand";
		bool was = true;
		if (list == SUPPRESS)
			store_suppress(
			    &c->ledger, address, str_of(why), str_of(c->o->by), c->now);
		else if (list == KNOW)
			store_make_known(&c->ledger, address, str_of(c->o->by), c->now);
		else
			was = store_unsuppress(&c->ledger, address);
		if (!was) {
			warn("%s: was not suppressed here (the policy has a list too)",
			    *addresses);
			status = EXIT_NO;
			continue;
		}
		ctl_log(c, actions[list], address, STR(""));
	}
	ctl_commit(c);
	return status;
}

int
ctl_suppress(struct ctl *c, char **addresses)
{
	return each_address(c, addresses, SUPPRESS);
}

int
ctl_unsuppress(struct ctl *c, char **addresses)
{
	return each_address(c, addresses, UNSUPPRESS);
}

int
ctl_know(struct ctl *c, char **addresses)
{
	return each_address(c, addresses, KNOW);
}

#define KEEP_DAYS     40
#define COUNTERS_DAYS 3660

/* Windows reach back 31 days, the pause of a warm-up longer: last times are kept. */
int
ctl_prune(struct ctl *c, char **operands)
{
	int64_t before = c->now - WHEN_SECOND * 86400 * KEEP_DAYS;

	(void)operands;
	ctl_begin(c);
	window_prune(&c->ledger, before, c->now - WHEN_SECOND * 86400 * COUNTERS_DAYS);
	sql_do(&c->ledger.sql, "DELETE FROM held WHERE who IS NOT NULL AND t < ?", "i", before);
	ctl_log(c, "prune", when_print(&c->arena, before), STR(""));
	ctl_commit(c);
	return EXIT_YES;
}

/* A clock ran ahead, and what was counted then would count until it is past. */
int
ctl_rewind(struct ctl *c, char **operands)
{
	(void)operands;
	ctl_begin(c);
	window_rewind(&c->ledger, c->now);
	sql_do(&c->ledger.sql, "UPDATE sent SET t = ?1 WHERE t > ?1", "i", c->now);
	ctl_log(c, "rewind", when_print(&c->arena, c->now), STR(""));
	ctl_commit(c);
	return EXIT_YES;
}

int
ctl_verify(struct ctl *c, char **operands)
{
	struct chain at;
	const char *why;

	(void)operands;
	ctl_begin(c); /* nobody writes meanwhile */
	why = audit_verify(&c->ledger, &at);
	ledger_abandon(&c->ledger);
	if (why != NULL && at.seq == 0)
		die(EXIT_SYSTEM, "%s/" AUDIT_FILE ": %s", c->o->state, why);
	if (why != NULL) {
		printf(
		    "%s/" AUDIT_FILE ": line %lld: %s\n", c->o->state, (long long)at.seq, why);
		return EXIT_NO;
	}
	printf("%s/" AUDIT_FILE ": %lld lines, head %s\n", c->o->state, (long long)at.seq - 1,
	    at.prev);
	return at.seq == 1 ? EXIT_INCONCLUSIVE : EXIT_YES;
}
