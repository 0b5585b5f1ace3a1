/* log.c - the audit log, added up. */
#include "log.h"

#include <stdio.h>
#include <string.h>

#include "data/when.h"
#include "ledger/audit.h"

enum {
	L_AGENT = IN_FIELDS,
	L_VERDICT,
	L_REASON,
	L_FROM,
	L_TO,
	L_RECIPIENTS,
	L_CONTENT,
	L_SEQ,
	L_EVENT,
	L_DOMAIN,
	L_ACTION,
	L_RESULT,
	L_FIELDS
};
static const char *const log_names[] = { IN_NAMES, "agent", "verdict", "reason", "from", "to",
	"recipients", "content", "seq", "event", "from_domain", "action", "result", NULL };

static int64_t *
number(struct table *t, str key)
{
	t->size = sizeof(int64_t);
	return table_put(t, key);
}

static int
kind_of(str word)
{
	for (int i = 0; verdict_names[i] != NULL; i++)
		if (str_is(word, verdict_names[i]))
			return i;
	return -1;
}

static void
add_agent(struct log *l, struct in *in, const struct rec *rec, int kind, int64_t recipients)
{
	l->agents.size = sizeof(struct log_agent);
	struct log_agent *a = table_put(&l->agents, in_text(in, rec, L_AGENT));
	str content = in_text(in, rec, L_CONTENT);
	const struct doc *to =
	    doc_read(in_arena(in), rec->values[L_TO].raw); /* [] in what has none */

	a->n[kind]++;
	a->recipients += kind == VERDICT_ACCEPT ? recipients : 0;
	if (content.len > 0) {
		int64_t *n = number(&a->contents, content);
		a->content_n++;
		if (++*n > a->alike)
			a->alike = *n;
	}
	DOC_EACH (one, to) {
		str domain = doc_text(one);
		str_cut(&domain, '@');
		++*number(&a->domains, domain);
	}
}

static void
add_reason(struct log *l, struct in *in, const struct rec *rec, int kind, int64_t t)
{
	struct arena *a = in_arena(in);
	str key = arena_printf(a, "%s|%.*s|%.*s", verdict_names[kind],
	    STR_F(in_text(in, rec, L_REASON)), STR_F(in_text(in, rec, L_AGENT)));
	str id = arena_printf(a, "g%.*s", STR_F(in_text(in, rec, L_SEQ)));
	struct example example = example_of(id);

	l->reasons.size = sizeof(struct log_reason);
	struct log_reason *r = table_put(&l->reasons, key);
	if (r->n++ == 0)
		r->first = t;
	r->last = t;
	examples_add(&r->examples, &l->arena, &example);
}

static struct log_domain *
domain_of(struct log *l, str name)
{
	l->domains.size = sizeof(struct log_domain);
	return table_put(&l->domains, name);
}

static void
add_decision(struct log *l, struct in *in, const struct rec *rec, int64_t t)
{
	int kind = kind_of(in_text(in, rec, L_VERDICT));
	int64_t recipients = 0;
	str from = in_text(in, rec, L_FROM);

	if (kind < 0)
		return;
	str_int(in_text(in, rec, L_RECIPIENTS), &recipients);
	str_cut(&from, '@');
	l->n[kind]++;
	l->decisions++;
	if (t >= l->since && t < l->until) {
		int64_t width = (l->until - l->since) / LOG_BINS + 1;
		l->bins[(t - l->since) / width][kind]++;
	}
	add_agent(l, in, rec, kind, recipients);
	add_reason(l, in, rec, kind, t);
	if (kind == VERDICT_ACCEPT && from.len > 0)
		domain_of(l, from)->sent += recipients;
}

static void
add_feedback(struct log *l, struct in *in, const struct rec *rec)
{
	str event = in_text(in, rec, L_EVENT), domain = in_text(in, rec, L_DOMAIN);

	if (str_is(event, "ignored")) {
		l->feedback_ignored++;
		return;
	}
	struct log_domain *d = domain_of(l, domain);
	d->bounces += str_is(event, "hard_bounce") || str_is(event, "policy_bounce");
	d->complaints += str_is(event, "complaint");
	d->unsubscribed += str_is(event, "unsubscribe");
}

static void
add_outcome(struct log *l, struct in *in, const struct rec *rec)
{
	int64_t recipients = 0;

	if (!str_is(in_text(in, rec, L_RESULT), "withdrawn"))
		return;
	l->withdrawn++;
	str_int(in_text(in, rec, L_RECIPIENTS), &recipients);
	domain_of(l, in_text(in, rec, L_DOMAIN))->sent -= recipients;
}

static void
add(struct log *l, struct in *in, const struct rec *rec)
{
	int64_t t = 0;

	if (!when_parse(in_text(in, rec, IN_TIME), &t))
		return;
	if (str_is(rec->kind, "decision"))
		add_decision(l, in, rec, t);
	else if (str_is(rec->kind, "feedback"))
		add_feedback(l, in, rec);
	else if (str_is(rec->kind, "act"))
		++*number(&l->acts, in_text(in, rec, L_ACTION));
	else if (str_is(rec->kind, "outcome"))
		add_outcome(l, in, rec);
}

/* A time, or an age. */
static int64_t
bound(const struct ctl *c, const char *text, int64_t usual)
{
	int64_t t;

	if (text == NULL)
		return usual;
	if (when_date(str_of(text), &t))
		return t;
	return when_duration(str_of(text), &t) ? c->now - t : usual;
}

void
log_read(struct ctl *c, int64_t usual, struct log *l)
{
	struct in_options o = c->o->in;
	char path[4096];
	char *files[] = { path, NULL };
	struct rec rec;

	snprintf(path, sizeof path, "%s/" AUDIT_FILE, c->o->state);
	*l = (struct log){ .until = bound(c, o.until, c->now) };
	l->since = bound(c, o.since, l->until - usual);
	o.since = arena_string(&c->arena, when_print(&c->arena, l->since));
	o.until = arena_string(&c->arena, when_print(&c->arena, l->until + 1));
	struct in *in = in_open(&o, log_names, files);
	while (in_record(in, &rec))
		add(l, in, &rec);
	l->status = in_status(in);
	in_close(in);
}

void
log_free(struct log *l)
{
	for (size_t i = 0; i < table_count(&l->agents); i++) {
		struct log_agent *a = table_at(&l->agents, i);
		table_free(&a->contents);
		table_free(&a->domains);
	}
	table_free(&l->agents);
	table_free(&l->reasons);
	table_free(&l->domains);
	table_free(&l->acts);
	arena_free(&l->arena);
}

str
log_part(str key, int which)
{
	str part = str_cut(&key, '|');

	for (; which > 0; which--)
		part = str_cut(&key, '|');
	return part;
}

double
log_bin_minutes(const struct log *l)
{
	return (double)(l->until - l->since) / LOG_BINS / (double)(WHEN_SECOND * 60);
}
