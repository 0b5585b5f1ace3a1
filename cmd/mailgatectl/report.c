/* report.c - a day: what was accepted, what was not and why, what came back. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "data/when.h"
#include "io/emit.h"
#include "io/out.h"
#include "log.h"
#include "picture.h"
#include "trace/finding.h"
#include "ui/grid.h"
#include "ui/prom.h"
#include "ui/term.h"

/* Of what has been reserved for an hour nobody told how it ended. */
static int64_t
unknown_ends(struct ctl *c)
{
	struct sqlite3_stmt *s = sql_ask(&c->ledger.sql,
	    "SELECT count(DISTINCT seq) FROM sent WHERE state = ? OR (state = ? AND changed < "
	    "?)",
	    "iii", (int64_t)SEND_UNKNOWN, (int64_t)SEND_RESERVED, c->now - WHEN_SECOND * 3600);

	return sql_row(&c->ledger.sql, s) ? sql_int(s, 0) : 0;
}

static int64_t
held_now(struct ctl *c)
{
	struct sqlite3_stmt *s =
	    sql_ask(&c->ledger.sql, "SELECT count(*) FROM held WHERE who IS NULL", "");

	return sql_row(&c->ledger.sql, s) ? sql_int(s, 0) : 0;
}

static const char *
share(char text[32], int64_t n, int64_t of)
{
	if (of == 0)
		return "unknown";
	snprintf(text, 32, "%.2f %%", 100.0 * (double)n / (double)of);
	return text;
}

static void
print_reasons(struct ctl *c, const struct log *l)
{
	struct grid g = {
		.arena = &c->arena, .columns = 5, .left = { true, true, true, [4] = true }
	};
	size_t *order = table_sorted(&l->reasons);

	for (size_t i = 0; i < table_count(&l->reasons); i++) {
		str key = table_key(&l->reasons, order[i]);
		const struct log_reason *r = table_at(&l->reasons, order[i]);
		grid_cell(&g, log_part(key, 0));
		grid_cell(&g, log_part(key, 1));
		grid_cell(&g, log_part(key, 2));
		grid_int(&g, r->n);
		grid_cell(&g,
		    arena_printf(&c->arena, "first %.*s, last %.*s, like %.*s",
			STR_F(when_print(&c->arena, r->first)),
			STR_F(when_print(&c->arena, r->last)),
			STR_F(r->examples.count > 0 ? r->examples.of[0].id : STR(""))));
	}
	free(order);
	grid_print(&g);
}

static void
print_domains(struct ctl *c, const struct log *l)
{
	struct grid g = { .arena = &c->arena, .columns = 7, .left = { true } };
	static const char *const heads[] = { "sent from", "recipients", "bounces", "",
		"complaints", "", "unsubscribed" };
	char text[32];

	if (table_count(&l->domains) == 0)
		return;
	for (size_t i = 0; i < 7; i++)
		grid_text(&g, heads[i]);
	for (size_t i = 0; i < table_count(&l->domains); i++) {
		const struct log_domain *d = table_at(&l->domains, i);
		grid_cell(&g, table_key(&l->domains, i));
		grid_int(&g, d->sent);
		grid_int(&g, d->bounces);
		grid_cell(&g, arena_keep(&c->arena, str_of(share(text, d->bounces, d->sent))));
		grid_int(&g, d->complaints);
		grid_cell(
		    &g, arena_keep(&c->arena, str_of(share(text, d->complaints, d->sent))));
		grid_int(&g, d->unsubscribed);
	}
	putchar('\n');
	grid_print(&g);
}

/* Eight heights, or digits where there is no Unicode. */
static void
print_bar(const struct log *l, enum verdict_kind kind)
{
	static const char *const blocks[] = { " ", "\xe2\x96\x81", "\xe2\x96\x82",
		"\xe2\x96\x83", "\xe2\x96\x84", "\xe2\x96\x85", "\xe2\x96\x86", "\xe2\x96\x87",
		"\xe2\x96\x88" };
	int64_t most = 0;

	for (size_t i = 0; i < LOG_BINS; i++)
		most = l->bins[i][kind] > most ? l->bins[i][kind] : most;
	printf("  %-10s |", verdict_names[kind]);
	for (size_t i = 0; i < LOG_BINS; i++) {
		int64_t n = l->bins[i][kind];
		size_t height =
		    n == 0 ? 0 : (size_t)(1 + 7 * (n - 1) / (most > 1 ? most - 1 : 1));
		char digit[] = { height == 0 ? ' ' : (char)('0' + height), '\0' };
		fputs(term_unicode() ? blocks[height] : digit, stdout);
	}
	printf("| at most %lld in %.3g min\n", (long long)most, log_bin_minutes(l));
}

static void
print_text(struct ctl *c, const struct log *l)
{
	char text[32];

	printf("%.*s to %.*s: %lld decisions\n", STR_F(when_print(&c->arena, l->since)),
	    STR_F(when_print(&c->arena, l->until)), (long long)l->decisions);
	for (int i = 0; i < VERDICT_KINDS; i++)
		printf("  %-10s %8lld  %s\n", verdict_names[i], (long long)l->n[i],
		    share(text, l->n[i], l->decisions));
	putchar('\n');
	for (int i = 0; i < VERDICT_KINDS; i++)
		if (l->n[i] > 0)
			print_bar(l, (enum verdict_kind)i);
	if (l->decisions > 0)
		putchar('\n');
	print_reasons(c, l);
	print_domains(c, l);
	printf("\nwaiting for a person: %lld; nobody knows whether they were sent: %lld; given "
	       "back: %lld; feedback ignored: %lld\n",
	    (long long)held_now(c), (long long)unknown_ends(c), (long long)l->withdrawn,
	    (long long)l->feedback_ignored);
}

static void
record(struct ctl *c, const struct log *l)
{
	struct buf b = { 0 };

	emit_open(&b, '{');
	emit_ktext(&b, "record", "mail-day");
	emit_kint(&b, "v", 1);
	emit_kstr(&b, "since", when_print(&c->arena, l->since));
	emit_kstr(&b, "until", when_print(&c->arena, l->until));
	emit_kint(&b, "decisions", l->decisions);
	for (int i = 0; i < VERDICT_KINDS; i++)
		emit_kint(&b, verdict_names[i], l->n[i]);
	emit_kint(&b, "held_now", held_now(c));
	emit_kint(&b, "unknown", unknown_ends(c));
	emit_kint(&b, "withdrawn", l->withdrawn);
	emit_kint(&b, "feedback_ignored", l->feedback_ignored);
	emit_key(&b, "domains");
	emit_open(&b, '[');
	for (size_t i = 0; i < table_count(&l->domains); i++) {
		const struct log_domain *d = table_at(&l->domains, i);
		emit_open(&b, '{');
		emit_kstr(&b, "domain", table_key(&l->domains, i));
		emit_kint(&b, "recipients", d->sent);
		emit_kint(&b, "bounces", d->bounces);
		emit_kint(&b, "complaints", d->complaints);
		emit_kint(&b, "unsubscribed", d->unsubscribed);
		emit_close(&b, '}');
	}
	emit_close(&b, ']');
	emit_close(&b, '}');
	out_line(buf_str(&b));
	buf_free(&b);
}

/* What the gate prevented, by reason and agent, in the common shape. */
static void
finding(struct ctl *c, str key, const struct log_reason *r)
{
	struct buf b = { 0 }, subject = { 0 };
	str verdict = log_part(key, 0), reason = log_part(key, 1), agent = log_part(key, 2);
	bool alarm = str_starts(reason, "breaker") || str_starts(reason, "kill");
	const char *rule = arena_string(&c->arena, reason);

	emit_kstr(&subject, "agent", agent);
	emit_kstr(&subject, "verdict", verdict);
	const struct finding f = { .rule = rule,
		.severity = alarm            ? "error" :
		    str_is(verdict, "defer") ? "notice" :
					       "warning",
		.subject = buf_str(&subject),
		.first = r->first,
		.last = r->last,
		.n = r->n,
		.examples = r->examples,
		.message =
		    arena_printf(&c->arena, "%lld mails of '%.*s' were answered %.*s: %s",
			(long long)r->n, STR_F(agent), STR_F(verdict), rule) };
	finding_emit(&b, &f);
	out_line(buf_str(&b));
	buf_free(&b);
	buf_free(&subject);
}

static void
records(struct ctl *c, const struct log *l)
{
	size_t *order = table_sorted(&l->reasons);

	record(c, l);
	for (size_t i = 0; i < table_count(&l->reasons); i++) {
		str key = table_key(&l->reasons, order[i]);
		if (!str_is(log_part(key, 0), "accept"))
			finding(c, key, table_at(&l->reasons, order[i]));
	}
	free(order);
}

static void
gauge(const char *name, const char *help, int64_t value)
{
	prom_head(name, "gauge", help);
	printf("%s %lld\n", name, (long long)value);
}

static void
prom(struct ctl *c, const struct log *l)
{
	const char *name = "inferutils_mailgate_decisions";

	prom_head(name, "gauge", "Decisions of the time of the report.");
	for (size_t i = 0; i < table_count(&l->agents); i++)
		for (int k = 0; k < VERDICT_KINDS; k++) {
			const struct log_agent *a = table_at(&l->agents, i);
			prom_begin(name);
			prom_label("agent", table_key(&l->agents, i), true);
			prom_label("verdict", str_of(verdict_names[k]), false);
			printf("} %lld\n", (long long)a->n[k]);
		}
	gauge("inferutils_mailgate_held", "Mails that wait for a person.", held_now(c));
	gauge("inferutils_mailgate_unknown",
	    "Mails of which nobody knows whether they were sent.", unknown_ends(c));
}

int
ctl_report(struct ctl *c, char **operands)
{
	static struct log l;
	int status;

	(void)operands;
	log_read(c, WHEN_SECOND * 86400, &l);
	status = l.status;
	if (c->o->format == TEXT)
		print_text(c, &l);
	else if (c->o->format == JSON)
		records(c, &l);
	else
		prom(c, &l);
	const char *why = c->o->svg != NULL ? picture(&l, c->o->svg) : NULL;
	if (why != NULL) {
		warn("--svg: %s: %s", c->o->svg, why);
		status = err_worse(status, EXIT_SYSTEM);
	}
	log_free(&l);
	return status;
}
