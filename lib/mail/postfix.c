/* postfix.c - Postfix's policy protocol. */
#include "mail/postfix.h"

#include <stdio.h>

struct attribute {
	const char *name;
	str *text;
	int64_t *number;
	bool seen;
};

static const char *
take(struct attribute *known, size_t count, str name, str value)
{
	for (size_t i = 0; i < count; i++) {
		struct attribute *k = &known[i];
		if (!str_is(name, k->name))
			continue;
		if (k->seen)
			return "an attribute is there twice";
		k->seen = true;
		if (k->text != NULL)
			*k->text = value;
		else if (!str_int(value, k->number) || *k->number < 0)
			return "a number is none";
	}
	return NULL;
}

const char *
postfix_read(struct arena *a, str text, struct postfix_request *r)
{
	str request = { 0 };
	const char *why = NULL;

	*r = (struct postfix_request){ 0 };
	struct attribute known[] = { { "request", &request, NULL, false },
		{ "protocol_state", &r->state, NULL, false },
		{ "sender", &r->sender, NULL, false },
		{ "recipient", &r->recipient, NULL, false },
		{ "instance", &r->instance, NULL, false },
		{ "sasl_username", &r->sasl_username, NULL, false },
		{ "size", NULL, &r->size, false },
		{ "recipient_count", NULL, &r->recipient_count, false } };
	text = arena_keep(a, text);
	while (text.len > 0 && why == NULL) {
		str value = str_cut(&text, '\n'), whole = value;
		if (memchr(whole.at, '\0', whole.len) != NULL ||
		    memchr(whole.at, '=', whole.len) == NULL)
			return "a line is no name=value";
		str name = str_cut(&value, '=');
		why = take(known, sizeof known / sizeof *known, name, value);
	}
	if (why == NULL && !str_is(request, "smtpd_access_policy"))
		why = "it is no smtpd_access_policy";
	r->rcpt = str_is(r->state, "RCPT");
	r->end = str_is(r->state, "END-OF-MESSAGE");
	return why;
}

void
postfix_mail(struct arena *a, const struct policy *p, const struct postfix_request *r,
    str agent, struct mail *m)
{
	const char *why = NULL;

	*m = (struct mail){ .agent = r->sasl_username.len > 0 ? r->sasl_username : agent,
		.bytes = (size_t)r->size,
		.envelope_only = true };
	if (agent.len > 0 && r->sasl_username.len > 0 && !str_eq(agent, r->sasl_username))
		mail_problem(m, a, STAGE_AUTH, "agent-mismatch",
		    "the client has logged in as another agent");
	m->null_sender = r->sender.len == 0 || str_is(r->sender, "<>");
	if (!m->null_sender)
		why = address_envelope(a, r->sender, &p->canonical, &m->from);
	if (why != NULL)
		mail_problem(m, a, STAGE_PARSE, why, "the sender is no address that is taken");
	if (r->size > p->max_bytes)
		mail_problem(
		    m, a, STAGE_PARSE, "size", "the message is larger than the policy allows");
	if (r->recipient.len > 0) {
		struct address *to = ARENA_NEW(a, struct address);
		why = address_envelope(a, r->recipient, &p->canonical, to);
		if (why != NULL)
			mail_problem(m, a, STAGE_RECIPIENTS, why,
			    "the recipient is no address that is taken");
		m->to = to;
		m->to_count = why == NULL;
	}
	m->claimed = (size_t)r->recipient_count + (r->rcpt ? 1 : 0);
}

str
postfix_action(struct arena *a, const struct verdict *v)
{
	static const char *const actions[] = { "DUNNO", "DEFER_IF_PERMIT 4.7.1", "HOLD",
		"REJECT 5.7.1" };
	bool kill = strncmp(v->reason, "kill", 4) == 0;

	if (v->kind == VERDICT_ACCEPT)
		return STR("DUNNO");
	str s = arena_printf(a, "%s %s: %.*s", kill ? "DEFER 4.3.2" : actions[v->kind],
	    v->reason, STR_F(v->message));
	char *line = arena_bytes(a, s.len);
	for (size_t i = 0; i < s.len; i++)
		line[i] = s.at[i] < ' ' || s.at[i] > '~' ? '?' : s.at[i];
	return (str){ line, s.len };
}
