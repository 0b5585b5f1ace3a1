/* held.c - what waits for a person, and what the person says. */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "ctl.h"
#include "data/when.h"
#include "io/emit.h"
#include "io/out.h"
#include "mail/answer.h"
#include "mail/send.h"
#include "ui/grid.h"
#include "ui/term.h"

struct held {
	int64_t seq, t, again;
	str agent, rcpt, reason, intent;
	bool relayed;
};

static void
read_row(struct arena *a, struct sqlite3_stmt *s, struct held *h)
{
	*h = (struct held){ sql_int(s, 0), sql_int(s, 1), sql_int(s, 2), sql_keep(a, s, 3),
		sql_keep(a, s, 4), sql_keep(a, s, 5), sql_keep(a, s, 6), sql_int(s, 7) != 0 };
}

#define HELD                                                                                   \
	"SELECT seq, t, again, agent, rcpt, reason, intent, relayed FROM held WHERE who IS "   \
	"NULL "

static str
id_of(struct arena *a, int64_t seq)
{
	return arena_printf(a, "g%lld", (long long)seq);
}

/* As records, one by one: there may be many. */
static void
print_record(struct arena *a, const struct held *h, bool body)
{
	struct buf b = { 0 };

	emit_open(&b, '{');
	emit_ktext(&b, "record", "held");
	emit_kint(&b, "v", 1);
	emit_kstr(&b, "gate_id", id_of(a, h->seq));
	emit_kstr(&b, "time", when_print(a, h->t));
	emit_kstr(&b, "agent", h->agent);
	emit_kstr(&b, "recipient", h->rcpt);
	emit_kstr(&b, "reason", h->reason);
	emit_kint(&b, "again", h->again);
	if (body)
		emit_kraw(&b, "intent", h->intent);
	emit_close(&b, '}');
	out_line(buf_str(&b));
	buf_free(&b);
}

static str
age(struct arena *a, int64_t ns)
{
	int64_t minutes = ns / (WHEN_SECOND * 60);

	if (minutes < 120)
		return arena_printf(a, "%lldm", (long long)minutes);
	if (minutes < 2880)
		return arena_printf(a, "%lldh", (long long)(minutes / 60));
	return arena_printf(a, "%lldd", (long long)(minutes / 1440));
}

static void
row(struct ctl *c, struct grid *g, const struct held *h)
{
	grid_cell(g, id_of(g->arena, h->seq));
	grid_cell(g, age(g->arena, c->now - h->t));
	grid_cell(g, h->agent);
	grid_cell(g, h->rcpt);
	grid_cell(g, h->reason);
	grid_cell(g,
	    h->again > 0 ? arena_printf(g->arena, "asked %lld times", (long long)h->again + 1) :
			   STR(""));
}

#define SHOWN 1000 /* rows of one table */

int
ctl_held(struct ctl *c, char **operands)
{
	struct arena a = { 0 };
	struct grid g = {
		.arena = &a, .columns = 6, .left = { true, false, true, true, true, true }
	};
	struct sqlite3_stmt *s = sql_ask(&c->ledger.sql, HELD "ORDER BY seq", "");
	struct held h;
	int64_t n = 0;

	(void)operands;
	while (sql_row(&c->ledger.sql, s)) {
		read_row(&a, s, &h);
		n++;
		if (c->o->format == JSON || c->o->body) {
			print_record(&a, &h, c->o->body);
			arena_reset(&a);
		} else {
			row(c, &g, &h);
		}
		if (n % SHOWN == 0 && g.count > 0) { /* a table at a time: there may be many */
			grid_print(&g);
			g.cells = NULL;
			g.count = g.room = 0;
			arena_reset(&a);
		}
	}
	if (c->ledger.sql.why[0] != '\0')
		die(EXIT_SYSTEM, "%s", c->ledger.sql.why);
	grid_print(&g);
	arena_free(&a);
	return EXIT_YES;
}

static bool
find(struct ctl *c, int64_t seq, struct held *h)
{
	struct sqlite3_stmt *s = sql_ask(&c->ledger.sql, HELD "AND seq = ?", "i", seq);
	bool there = sql_row(&c->ledger.sql, s);

	if (there)
		read_row(&c->arena, s, h);
	else
		warn("g%lld: is not held", (long long)seq);
	return there;
}

static void
decided(struct ctl *c, int64_t seq)
{
	sql_do(&c->ledger.sql, "UPDATE held SET who = ?, decided = ? WHERE seq = ?", "sii",
	    str_of(c->o->by), c->now, seq);
}

/* Judged again, as it is now: a person lifts what asked for a person, and nothing else. */
static int
release(struct ctl *c, struct sender *sender, int64_t seq)
{
	struct held kept, *h = &kept;
	struct gate g = { .policy = c->policy,
		.ledger = &c->ledger,
		.arena = &c->arena,
		.now = c->now,
		.approved_by = str_of(c->o->by) };
	struct intent in;
	struct mail m;
	struct verdict v;
	struct outcome out = { 0 };

	ctl_begin(c);
	if (!find(c, seq, h)) {
		ledger_abandon(&c->ledger);
		return EXIT_NO;
	}
	intent_of(&in, doc_read(&c->arena, h->intent));
	const struct intent_from from = { .agent = h->agent, .relayed = h->relayed };
	intent_read(&c->arena, c->policy, &in, &from, &m);
	gate_judge(&g, &m, &v);
	if (v.kind == VERDICT_ACCEPT) {
		decided(c, h->seq);
		ctl_log(c, "release", id_of(&c->arena, h->seq),
		    arena_printf(&c->arena, "\"sent_as\":\"g%lld\"", (long long)v.seq));
	}
	ctl_commit(c);
	gate_free(&g);
	if (v.kind != VERDICT_ACCEPT) {
		warn("g%lld: %s: %.*s", (long long)h->seq, v.reason, STR_F(v.message));
		return EXIT_NO;
	}
	int status = send_mail(sender, &c->arena, &m, &v, &out);
	answer(ASKED_INTENT, h->intent, &v, out.tried);
	err_flush();
	if (out.tried || out.withdrawn) {
		ctl_begin(c);
		if (out.withdrawn) /* it did not leave: it waits again */
			sql_do(&c->ledger.sql,
			    "UPDATE held SET who = NULL, decided = NULL WHERE seq = ?", "i",
			    h->seq);
		send_settle(sender, &m, &v, &out);
		ctl_commit(c);
	}
	return v.kind == VERDICT_ACCEPT ? status : err_worse(status, EXIT_NO);
}

int
ctl_release(struct ctl *c, char **ids)
{
	const char *why = NULL;
	struct sender sender = { .policy = c->policy, .ledger = &c->ledger, .now = c->now };
	int status = EXIT_YES;

	if (c->o->deliver != NULL)
		sender.deliverer = deliver_open(c->o->deliver, &why);
	if (why != NULL)
		die(EXIT_USAGE, "--deliver: '%s' %s", c->o->deliver, why);
	for (; *ids != NULL; ids++) {
		int64_t seq = ctl_id(*ids);
		if (seq == 0)
			status = err_worse(status, EXIT_USAGE);
		else
			status = err_worse(status, release(c, &sender, seq));
	}
	deliver_close(sender.deliverer);
	return status;
}

int
ctl_refuse(struct ctl *c, char **ids)
{
	struct held h;
	int status = EXIT_YES;

	for (; *ids != NULL; ids++) {
		int64_t seq = ctl_id(*ids);
		if (seq == 0) {
			status = err_worse(status, EXIT_USAGE);
			continue;
		}
		ctl_begin(c);
		if (!find(c, seq, &h)) {
			ledger_abandon(&c->ledger);
			status = err_worse(status, EXIT_NO);
			continue;
		}
		decided(c, seq);
		ctl_log(c, "refuse", id_of(&c->arena, seq), STR(""));
		ctl_commit(c);
	}
	return status;
}
