/* test.c - a policy against cases: what is expected, what is said.
 *
 * A case is {id, t, in, expect} and may bring the state it happens in; each has a ledger of
 * its own, in memory. */
#include <stdio.h>

#include "ctl.h"
#include "data/base64.h"
#include "data/when.h"
#include "mail/postfix.h"
#include "mail/sendmail.h"
#include "reports.h"

enum { CASE_ID = IN_FIELDS, CASE_FIELDS };
static const char *const case_names[] = { IN_NAMES, "id", NULL };

struct test {
	struct ctl *ctl;
	struct arena arena;
	struct ledger ledger;
	int64_t now;
	str agent;
	struct mail mail;
	struct verdict verdict;
	bool none;  /* a blank line: nothing is said */
	str action; /* of the policy service */
	int64_t failed, passed;
	int64_t before; /* mails that were there before: numbered below 0 */
};

static int64_t
time_of(const struct doc *d, int64_t usual)
{
	int64_t t;

	return when_date(doc_text(d), &t) ? t : usual;
}

/* {"agent", "from_domain", "rcpt_domain", "t", "n"}: so many admitted; "many" are of all
 * domains. */
static void
put_count(struct test *t, const struct doc *d)
{
	int64_t n = 0, at = time_of(doc_get(d, "t"), t->now);
	str agent = doc_text(doc_get(d, "agent")), from = doc_text(doc_get(d, "from_domain"));
	str to = doc_text(doc_get(d, "rcpt_domain"));

	if (!doc_is(doc_get(d, "verdict"), "accept") || !doc_int(doc_get(d, "n"), &n))
		return;
	store_count(&t->ledger, t->ctl->policy, agent, from, at, n);
	if (!str_is(to, "many") && to.len > 0)
		window_add(&t->ledger,
		    store_name(&t->arena, COUNT_TO, policy_group(t->ctl->policy, to)), at, n);
}

/* {"to", "template", "t", "verdict", "agent"}: what was admitted before. */
static void
put_past(struct test *t, const struct doc *d)
{
	const struct policy *p = t->ctl->policy;
	struct mail m = { .agent = doc_text(doc_get(d, "agent")),
		.template = doc_text(doc_get(d, "template")),
		.subject = doc_text(doc_get(d, "subject")),
		.text = doc_text(doc_get(d, "text")) };
	struct address to;

	if (m.agent.len == 0)
		m.agent = t->agent;
	const struct agent *agent = policy_agent(p, m.agent);
	if (!doc_is(doc_get(d, "verdict"), "accept") || agent == NULL ||
	    address_envelope(&t->arena, doc_text(doc_get(d, "to")), &p->canonical, &to) != NULL)
		return;
	m.to = &to;
	m.to_count = 1;
	m.from.domain = agent->from_domains.of[0];
	store_admit(&t->ledger, p, &m, -++t->before, time_of(doc_get(d, "t"), t->now));
}

static void
put_rates(struct test *t, const struct doc *d)
{
	static const char *const names[] = { "sent", "hard_bounces", "complaints" };
	static const char *const kinds[] = { COUNT_FROM, COUNT_BOUNCE, COUNT_COMPLAINT };
	int64_t n;

	for (size_t i = 0; i < 3; i++)
		if (doc_int(doc_get(doc_get(d, "window"), names[i]), &n) && n > 0)
			window_add(&t->ledger,
			    store_name(&t->arena, kinds[i], doc_text(doc_get(d, "domain"))),
			    t->now - WHEN_SECOND, n);
}

/* The mails of before, in the order of their times. */
static void
put_state(struct test *t, const struct doc *state)
{
	int64_t last;

	if (when_date(doc_text(doc_get(state, "last_sent")), &last)) {
		const struct agent *agent = policy_agent(t->ctl->policy, t->agent);
		if (agent != NULL)
			window_add(&t->ledger,
			    store_name(&t->arena, COUNT_FROM, agent->from_domains.of[0]), last,
			    1);
	}
	DOC_EACH (one, doc_get(state, "counts"))
		put_count(t, one);
	DOC_EACH (one, doc_get(state, "ledger"))
		put_past(t, one);
	if (doc_get(state, "feedback") != NULL)
		put_rates(t, doc_get(state, "feedback"));
}

/* A ledger in memory has no switches of its own. */
static const char *
killed(const struct test *t, const struct doc *state)
{
	if (doc_true(doc_get(state, "kill")))
		return "kill";
	DOC_EACH (one, doc_get(state, "kill_agents"))
		if (str_eq(doc_text(one), t->mail.agent))
			return "kill-agent";
	return NULL;
}

/* "@fill:N" stands for N bytes. */
static const struct doc *
filled(struct test *t, const struct doc *text)
{
	str s = doc_text(text);
	int64_t n;

	if (!str_starts(s, "@fill:") || !str_int(str_from(s, 6), &n) || n < 0 || n > 1 << 26)
		return text;
	struct doc *d = ARENA_NEW(&t->arena, struct doc);
	char *at = arena_bytes(&t->arena, (size_t)n);
	memset(at, 'x', (size_t)n);
	*d = (struct doc){ .kind = KIND_STRING, .text = { at, (size_t)n } };
	return d;
}

static void
read_intent(struct test *t, const struct doc *d)
{
	struct intent in;

	intent_of(&in, d);
	in.of[INTENT_TEXT] = filled(t, in.of[INTENT_TEXT]);
	intent_read(&t->arena, t->ctl->policy, &in, &(struct intent_from){ 0 }, &t->mail);
}

static void
read_line(struct test *t, str line)
{
	const struct doc *d = doc_read(&t->arena, line);

	t->none = str_trim(line).len == 0;
	if (d == NULL)
		mail_problem(&t->mail, &t->arena, STAGE_PARSE, "parse", "no JSON");
	else if (d->kind != KIND_OBJECT)
		mail_problem(&t->mail, &t->arena, STAGE_PARSE, "type", "no object");
	else
		read_intent(t, d);
}

static void
read_raw(struct test *t, const struct doc *coded)
{
	const struct mail_envelope e = { .from_headers = true };
	str raw = { 0 };

	base64_decode(&t->arena, doc_text(coded), &raw);
	mail_of_message(&t->arena, t->ctl->policy, raw, &e, t->agent, &t->mail);
}

static void
read_sendmail(struct test *t, const struct doc *in)
{
	const struct doc *argv = doc_get(in, "argv");
	char **words = ARENA_ARRAY(&t->arena, char *, argv->count + 1);
	struct sendmail s;
	size_t n = 0;
	str raw = { 0 };

	DOC_EACH (one, argv) {
		str text = doc_text(one);
		words[n] = arena_bytes(&t->arena, text.len + 1);
		memcpy(words[n++], arena_string(&t->arena, text), text.len + 1);
	}
	base64_decode(&t->arena, doc_text(doc_get(in, "stdin_b64")), &raw);
	sendmail_parse(&t->arena, words + (n > 0), &s);
	sendmail_read(&t->arena, t->ctl->policy, &s, raw, t->agent, &t->mail);
}

static void
read_policy(struct test *t, const struct doc *d)
{
	struct buf b = { 0 };
	struct postfix_request r;

	DOC_EACH (one, d) {
		buf_add(&b, one->key);
		buf_byte(&b, '=');
		buf_add(&b, doc_text(one));
		buf_byte(&b, '\n');
	}
	const char *why = postfix_read(&t->arena, buf_str(&b), &r);
	buf_free(&b);
	if (why != NULL)
		mail_problem(&t->mail, &t->arena, STAGE_PARSE, "parse", "%s", why);
	else
		postfix_mail(&t->arena, t->ctl->policy, &r, STR(""), &t->mail);
}

static void
read_case(struct test *t, const struct doc *in)
{
	t->mail = (struct mail){ .agent = t->agent };
	if (doc_get(in, "intent") != NULL)
		read_intent(t, doc_get(in, "intent"));
	else if (doc_get(in, "line") != NULL)
		read_line(t, doc_text(doc_get(in, "line")));
	else if (doc_get(in, "raw_b64") != NULL)
		read_raw(t, doc_get(in, "raw_b64"));
	else if (doc_kind(doc_get(in, "argv")) == KIND_ARRAY)
		read_sendmail(t, in);
	else if (doc_get(in, "policy") != NULL)
		read_policy(t, doc_get(in, "policy"));
	else
		mail_problem(&t->mail, &t->arena, STAGE_PARSE, "parse", "no input");
}

/* Who it comes from, where the mail itself does not say. */
static str
agent_of(const struct ctl *c, const struct doc *d)
{
	str own = doc_text(doc_get(d, "agent"));
	str said = doc_text(doc_get(doc_get(doc_get(d, "in"), "intent"), "agent"));

	if (own.len > 0 || said.len > 0)
		return own.len > 0 ? own : said;
	return c->policy->agents[0].name;
}

static void
judge(struct test *t, const struct doc *d)
{
	struct gate g = { .policy = t->ctl->policy,
		.ledger = &t->ledger,
		.arena = &t->arena,
		.now = t->now };
	const struct doc *state = doc_get(d, "state");

	t->action = STR("");
	t->none = false;
	read_case(t, doc_get(d, "in"));
	const char *kill = killed(t, state);
	if (kill != NULL)
		t->verdict = (struct verdict){ .kind = VERDICT_DEFER, .reason = kill };
	else
		gate_judge(&g, &t->mail, &t->verdict);
	gate_free(&g);
	if (doc_get(doc_get(d, "in"), "policy") != NULL)
		t->action = postfix_action(&t->arena, &t->verdict);
}

static str
said(struct test *t)
{
	const struct verdict *v = &t->verdict;

	if (t->none)
		return STR("none blank-line-skipped");
	return arena_printf(&t->arena, "%s %s%s%.*s%s%.*s", verdict_names[v->kind], v->reason,
	    v->until > 0 ? " until " : "",
	    STR_F(v->until > 0 ? when_print(&t->arena, v->until) : STR("")),
	    t->action.len > 0 ? " action " : "", STR_F(t->action));
}

/* What is not expected is not asked for; of an action the beginning. */
static bool
matches(struct test *t, const struct doc *expect)
{
	const struct verdict *v = &t->verdict;
	const struct doc *until = doc_get(expect, "until"), *action = doc_get(expect, "action");
	str subject = doc_text(doc_get(expect, "subject"));
	str canonical = doc_text(doc_get(expect, "canonical"));

	if (t->none)
		return doc_is(doc_get(expect, "verdict"), "none");
	return doc_is(doc_get(expect, "verdict"), verdict_names[v->kind]) &&
	    (doc_get(expect, "reason") == NULL ||
		doc_is(doc_get(expect, "reason"), v->reason)) &&
	    (until == NULL || time_of(until, -1) == v->until) &&
	    (action == NULL ||
		str_starts(t->action, arena_string(&t->arena, doc_text(action)))) &&
	    (subject.len == 0 || str_eq(subject, t->mail.subject)) &&
	    (canonical.len == 0 ||
		(t->mail.to_count > 0 && str_eq(canonical, t->mail.to[0].canonical)));
}

static void
tell(struct test *t, str id, const struct doc *expect, bool good, str is)
{
	t->passed += good;
	t->failed += !good;
	if (!good)
		printf(
		    "%.*s: expected %.*s, is %.*s\n", STR_F(id), STR_F(expect->raw), STR_F(is));
}

static void
run_case(struct test *t, const struct doc *d, str id)
{
	const struct doc *expect = doc_get(d, "expect");

	t->agent = agent_of(t->ctl, d);
	t->now = time_of(doc_get(d, "t"), t->ctl->now);
	const char *why = ledger_open(&t->ledger, NULL, LEDGER_PROCESS, store_tables);
	if (why == NULL)
		why = ledger_begin(&t->ledger);
	if (why != NULL)
		die(EXIT_SYSTEM, "%s", why);
	if (doc_get(expect, "event") != NULL) {
		str is;
		bool good = feedback_case(&t->arena, t->ctl->policy, d, &is);
		tell(t, id, expect, good, is);
	} else {
		put_state(t, doc_get(d, "state"));
		judge(t, d);
		tell(t, id, expect, matches(t, expect), said(t));
	}
	if (t->ledger.sql.why[0] != '\0')
		die(EXIT_SYSTEM, "%s", t->ledger.sql.why);
	ledger_close(&t->ledger);
}

int
ctl_test(struct ctl *c, char **operands)
{
	struct test t = { .ctl = c };
	struct in *in = in_open(&c->o->in, case_names, operands);
	struct rec rec;

	while (in_record(in, &rec)) {
		const struct doc *d = in_doc(in, &rec);
		if (doc_kind(doc_get(d, "expect")) != KIND_OBJECT || doc_get(d, "in") == NULL)
			in_reject(in, &rec, "no case: in and expect are needed");
		else
			run_case(&t, d, in_text(in, &rec, CASE_ID));
		arena_reset(&t.arena);
	}
	int status = in_status(in);
	int64_t all = t.passed + t.failed;
	printf("%lld cases: %lld as expected, %lld not\n", (long long)all, (long long)t.passed,
	    (long long)t.failed);
	in_close(in);
	arena_free(&t.arena);
	if (t.failed > 0)
		status = err_worse(status, EXIT_NO);
	if (all == 0)
		status = err_worse(status, EXIT_INCONCLUSIVE);
	return status;
}
