/* ctl.c - what the words share. */
#include "ctl.h"

#include "data/when.h"
#include "io/emit.h"
#include "ledger/audit.h"

void
ctl_begin(struct ctl *c)
{
	const char *why = ledger_begin(&c->ledger);

	if (why != NULL)
		die(EXIT_SYSTEM, "%s", why);
}

void
ctl_commit(struct ctl *c)
{
	c->ledger.must = true;
	const char *why = ledger_commit(&c->ledger);

	if (why != NULL)
		die(EXIT_SYSTEM, "%s", why);
}

void
ctl_log(struct ctl *c, const char *action, str subject, str more)
{
	struct buf b = { 0 };

	emit_ktext(&b, "record", "act");
	emit_kint(&b, "v", 1);
	emit_kstr(&b, "time", when_print(&c->arena, c->now));
	emit_ktext(&b, "action", action);
	emit_kstr(&b, "subject", subject);
	if (c->o->by != NULL)
		emit_ktext(&b, "by", c->o->by);
	if (c->o->why != NULL)
		emit_ktext(&b, "why", c->o->why);
	if (more.len > 0) {
		buf_byte(&b, ',');
		buf_add(&b, more);
	}
	audit_add(&c->ledger, buf_str(&b));
	buf_free(&b);
}

int64_t
ctl_id(const char *word)
{
	int64_t seq = 0;

	if (word[0] != 'g' || !str_int(str_of(word + 1), &seq) || seq < 1) {
		warn("%s: is no number of a mail, like g17", word);
		return 0;
	}
	return seq;
}
