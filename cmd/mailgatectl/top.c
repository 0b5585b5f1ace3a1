/* top.c - who is sending now: at 04:07, and in two minutes. */
#include <stdio.h>
#include <stdlib.h>

#include "data/when.h"
#include "io/emit.h"
#include "io/out.h"
#include "ledger/suspend.h"
#include "log.h"
#include "ui/grid.h"

static const struct log *sorting;

static int
by_count(const void *a, const void *b)
{
	int64_t n[2];
	const size_t *slot[2] = { a, b };

	for (size_t i = 0; i < 2; i++) {
		const struct log_agent *g = table_at(&sorting->agents, *slot[i]);
		n[i] = g->n[0] + g->n[1] + g->n[2] + g->n[3];
	}
	return n[0] != n[1] ? (n[0] < n[1] ? 1 : -1) : *slot[0] < *slot[1] ? -1 : 1;
}

/* The key with the largest number. */
static str
most(const struct table *t, int64_t *n)
{
	str name = { 0 };

	*n = 0;
	for (size_t i = 0; i < table_count(t); i++) {
		int64_t here = *(int64_t *)table_at(t, i);
		if (here > *n) {
			*n = here;
			name = table_key(t, i);
		}
	}
	return name;
}

/* What most of an agent's mails that were not accepted were told. */
static str
worst_reason(const struct log *l, str agent, int64_t *n)
{
	str reason = { 0 };

	*n = 0;
	for (size_t i = 0; i < table_count(&l->reasons); i++) {
		str key = table_key(&l->reasons, i);
		const struct log_reason *r = table_at(&l->reasons, i);
		if (!str_eq(log_part(key, 2), agent) || str_is(log_part(key, 0), "accept") ||
		    r->n <= *n)
			continue;
		*n = r->n;
		reason = log_part(key, 1);
	}
	return reason;
}

static const char *
is_suspended(const struct ctl *c, struct arena *a, str agent)
{
	return suspend_name(agent) &&
		suspended(&c->ledger, arena_string(a, agent), false) != NULL ?
	    "suspended" :
	    "";
}

static void
row(const struct ctl *c, const struct log *l, struct grid *g, size_t slot)
{
	const struct log_agent *a = table_at(&l->agents, slot);
	str name = table_key(&l->agents, slot);
	int64_t n, total = a->n[0] + a->n[1] + a->n[2] + a->n[3];
	double minutes = (double)(l->until - l->since) / (double)WHEN_SECOND / 60;

	grid_cell(g, name);
	for (size_t i = 0; i < VERDICT_KINDS; i++)
		grid_int(g, a->n[i]);
	grid_cell(g, arena_printf(g->arena, "%.1f", minutes > 0 ? (double)total / minutes : 0));
	str domain = most(&a->domains, &n);
	grid_cell(g, arena_printf(g->arena, "%.*s %lld", STR_F(domain), (long long)n));
	grid_cell(g,
	    a->content_n > 0 ? arena_printf(g->arena, "%lld of %lld", (long long)a->alike,
				   (long long)a->content_n) :
			       STR("unknown"));
	str reason = worst_reason(l, name, &n);
	grid_cell(g,
	    n > 0 ? arena_printf(g->arena, "%.*s %lld", STR_F(reason), (long long)n) :
		    STR("-"));
	grid_text(g, is_suspended(c, g->arena, name));
}

static void
record(const struct ctl *c, const struct log *l, size_t slot)
{
	const struct log_agent *a = table_at(&l->agents, slot);
	struct arena m = { 0 };
	struct buf b = { 0 };
	int64_t n;

	emit_open(&b, '{');
	emit_ktext(&b, "record", "mail-agent");
	emit_kint(&b, "v", 1);
	emit_kstr(&b, "agent", table_key(&l->agents, slot));
	emit_kstr(&b, "since", when_print(&m, l->since));
	emit_kstr(&b, "until", when_print(&m, l->until));
	for (size_t i = 0; i < VERDICT_KINDS; i++)
		emit_kint(&b, verdict_names[i], a->n[i]);
	emit_kint(&b, "recipients", a->recipients);
	emit_kstr(&b, "top_domain", most(&a->domains, &n));
	emit_kint(&b, "top_domain_n", n);
	emit_kint(&b, "alike", a->alike);
	emit_kint(&b, "with_content", a->content_n);
	emit_kbool(
	    &b, "suspended", is_suspended(c, &m, table_key(&l->agents, slot))[0] != '\0');
	emit_close(&b, '}');
	out_line(buf_str(&b));
	buf_free(&b);
	arena_free(&m);
}

int
ctl_top(struct ctl *c, char **operands)
{
	struct log l;
	struct grid g = { .arena = &c->arena,
		.columns = 10,
		.left = { true, [6] = true, true, true, true } };
	static const char *const heads[] = { "agent", "accepted", "deferred", "held",
		"rejected", "a minute", "most to", "alike", "most told", "" };

	(void)operands;
	log_read(c, WHEN_SECOND * 3600, &l);
	size_t n = table_count(&l.agents);
	size_t *order = table_sorted(&l.agents);
	sorting = &l;
	if (n > 1)
		qsort(order, n, sizeof *order, by_count);
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		grid_text(&g, heads[i]);
	for (size_t i = 0; i < n; i++)
		if (c->o->format == JSON)
			record(c, &l, order[i]);
		else
			row(c, &l, &g, order[i]);
	if (c->o->format != JSON)
		grid_print(&g);
	int status = l.status;
	free(order);
	log_free(&l);
	return status;
}
