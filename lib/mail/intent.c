/* intent.c - a mail from an intent: {agent, from, to, subject, text, ...}. */
#include "data/base64.h"
#include "io/emit.h"
#include "mail/fields.h"
#include "mail/mime.h"
#include "mail/plain.h"

const char *const intent_names[] = { "id", "agent", "from", "to", "cc", "bcc", "subject",
	"text", "body", "html", "headers", "template", "recipient_tz", "idempotency_key",
	"in_reply_to", "dkim_selector", "inbound_only", "raw", "raw_b64", "envelope_from",
	"recipients", "attachments", NULL };

void
intent_of(struct intent *in, const struct doc *d)
{
	for (size_t i = 0; i < INTENT_FIELDS; i++)
		in->of[i] = doc_get(d, intent_names[i]);
}

/* Fields that hold a text, if they are there. */
static void
check_types(struct arena *a, const struct intent *in, struct mail *m)
{
	static const enum intent_field texts[] = { INTENT_AGENT, INTENT_FROM, INTENT_SUBJECT,
		INTENT_TEXT, INTENT_BODY, INTENT_HTML, INTENT_TEMPLATE, INTENT_ZONE, INTENT_KEY,
		INTENT_REPLY, INTENT_SELECTOR, INTENT_RAW, INTENT_RAW_B64,
		INTENT_ENVELOPE_FROM };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (!doc_null(in->of[texts[i]]) && in->of[texts[i]]->kind != KIND_STRING)
			mail_problem(
			    m, a, STAGE_PARSE, "type", "%s is no text", intent_names[texts[i]]);
	const struct doc *flag = in->of[INTENT_INBOUND], *list = in->of[INTENT_RECIPIENTS];
	if (!doc_null(flag) && flag->kind != KIND_TRUE && flag->kind != KIND_FALSE)
		mail_problem(
		    m, a, STAGE_PARSE, "type", "inbound_only is neither true nor false");
	if (!doc_null(list) && list->kind != KIND_ARRAY)
		mail_problem(m, a, STAGE_PARSE, "type", "recipients is no list");
	if (!doc_null(in->of[INTENT_HEADERS]) && in->of[INTENT_HEADERS]->kind != KIND_OBJECT)
		mail_problem(m, a, STAGE_PARSE, "type", "headers is no object");
	if (doc_kind(in->of[INTENT_ATTACHMENTS]) == KIND_ARRAY &&
	    in->of[INTENT_ATTACHMENTS]->count > 0)
		mail_problem(m, a, STAGE_PARSE, "attachments",
		    "attachments are not looked into: bring the mail as raw_b64");
}

/* A text, or a list of texts, of one mailbox each. */
static void
recipients(struct arena *a, const struct policy *p, const struct doc *d, const char *name,
    struct mail *m)
{
	if (doc_null(d))
		return;
	if (d->kind == KIND_STRING) {
		fields_recipient(a, p, d->text, m);
		return;
	}
	if (d->kind != KIND_ARRAY)
		mail_problem(m, a, STAGE_PARSE, "type", "%s is no list", name);
	DOC_EACH (one, d)
		if (one->kind == KIND_STRING)
			fields_recipient(a, p, one->text, m);
		else
			mail_problem(
			    m, a, STAGE_PARSE, "type", "%s holds what is no text", name);
}

static void
read_headers(struct arena *a, const struct doc *d, struct mail *m)
{
	DOC_EACH (one, d) {
		if (one->kind != KIND_STRING)
			mail_problem(m, a, STAGE_PARSE, "type", "a header is no text");
		headers_add(a, &m->headers, one->key, one->text);
	}
}

static bool
has_nul(str s)
{
	return s.len > 0 && memchr(s.at, '\0', s.len) != NULL;
}

static void
read_sender(struct arena *a, const struct policy *p, const struct intent *in, struct mail *m)
{
	const struct agent *agent = policy_agent(p, m->agent);
	str from = doc_text(in->of[INTENT_FROM]);
	const char *why = NULL;

	if (from.len == 0 && agent != NULL)
		from = agent->default_from;
	if (from.len == 0)
		mail_problem(m, a, STAGE_PARSE, "from-count", "there is no from");
	else
		why = address_read(a, from, &p->canonical, &m->from);
	if (why != NULL)
		mail_problem(m, a, STAGE_PARSE, why, "from is no address that is taken");
	str envelope = doc_text(in->of[INTENT_ENVELOPE_FROM]);
	if (envelope.len > 0 &&
	    (why = address_envelope(a, envelope, &p->canonical, &m->envelope)) != NULL)
		mail_problem(m, a, STAGE_PARSE, why, "envelope_from is no address");
}

/* RFC 5322's msg-id without its obsolete forms; nothing is fine too. */
static bool
is_message_id(str s)
{
	if (s.len == 0)
		return true;
	if (s.len < 5 || s.len > 900 || s.at[0] != '<' || s.at[s.len - 1] != '>')
		return false;
	for (size_t i = 1; i + 1 < s.len; i++)
		if (s.at[i] <= ' ' || s.at[i] > '~' || s.at[i] == '<' || s.at[i] == '>')
			return false;
	return str_find(s, '@') < s.len;
}

static void
read_parts(struct arena *a, const struct policy *p, const struct intent *in, struct mail *m)
{
	read_headers(a, in->of[INTENT_HEADERS], m);
	m->subject = doc_text(in->of[INTENT_SUBJECT]);
	m->text = doc_text(in->of[doc_null(in->of[INTENT_TEXT]) ? INTENT_BODY : INTENT_TEXT]);
	m->html = doc_text(in->of[INTENT_HTML]);
	m->in_reply_to = doc_text(in->of[INTENT_REPLY]);
	m->bytes = m->subject.len + m->text.len + m->html.len;
	if (str_breaks(m->subject) || str_breaks(mime_words(a, m->subject)))
		mail_problem(
		    m, a, STAGE_PARSE, "header-injection", "the subject holds a line end");
	if (!is_message_id(m->in_reply_to))
		mail_problem(
		    m, a, STAGE_PARSE, "message-id", "in_reply_to is no Message-ID: <...@...>");
	if (m->bytes > (size_t)p->max_bytes)
		mail_problem(
		    m, a, STAGE_PARSE, "size", "the message is larger than the policy allows");
	if (has_nul(m->text) || has_nul(m->html))
		mail_problem(m, a, STAGE_PARSE, "nul", "the text holds a NUL byte");
	mail_says(m, a, m->text);
	mail_says(m, a, m->html);
	mail_says(m, a, plain_html(a, m->html));
	read_sender(a, p, in, m);
	recipients(a, p, in->of[INTENT_TO], "to", m);
	m->cc_from = m->to_count;
	recipients(a, p, in->of[INTENT_CC], "cc", m);
	size_t visible = m->to_count;
	recipients(a, p, in->of[INTENT_BCC], "bcc", m);
	fields_common(a, m);
	m->visible = visible;
	m->answers |= m->in_reply_to.len > 0;
}

/* The fields that an intent has whatever its message is made of. */
static void
read_common(const struct intent *in, struct mail *m)
{
	m->id = in->of[INTENT_ID] != NULL && in->of[INTENT_ID]->kind == KIND_NUMBER ?
	    in->of[INTENT_ID]->raw :
	    doc_text(in->of[INTENT_ID]);
	m->key = doc_text(in->of[INTENT_KEY]);
	if (m->key.len == 0)
		m->key = m->id;
	m->template = doc_text(in->of[INTENT_TEMPLATE]);
	m->zone = doc_text(in->of[INTENT_ZONE]);
	m->selector = doc_text(in->of[INTENT_SELECTOR]);
	m->inbound = doc_true(in->of[INTENT_INBOUND]);
}

static void
read_raw(struct arena *a, const struct policy *p, const struct intent *in, str raw,
    const struct intent_from *from, struct mail *m)
{
	const struct doc *list = in->of[INTENT_RECIPIENTS];
	size_t n = doc_kind(list) == KIND_ARRAY ? list->count : 0;
	char **to = ARENA_ARRAY(a, char *, n + 1);
	const struct doc *sender = in->of[INTENT_ENVELOPE_FROM];

	for (size_t i = 0; i < n; i++) {
		str one = doc_text(doc_item(list, i));
		const char *text = str_breaks(one) ? "" : arena_string(a, one);
		to[i] = arena_bytes(a, strlen(text) + 1);
		memcpy(to[i], text, strlen(text) + 1);
	}
	const struct mail_envelope e = {
		.sender = doc_null(sender) ? NULL : arena_string(a, doc_text(sender)),
		.recipients = to,
		.from_headers = n == 0,
		.relayed = from->relayed,
	};
	mail_of_message(a, p, from->lf ? message_crlf(a, raw) : raw, &e, m->agent, m);
}

void
intent_read(struct arena *a, const struct policy *p, const struct intent *in,
    const struct intent_from *from, struct mail *m)
{
	str claimed = doc_text(in->of[INTENT_AGENT]);
	str raw = doc_text(in->of[INTENT_RAW]), coded = doc_text(in->of[INTENT_RAW_B64]);
	bool decoded = coded.len == 0 || base64_decode(a, coded, &raw);
	str agent = from->agent;

	*m = (struct mail){ .agent = agent.len > 0 ? agent : claimed };
	if (raw.len > 0 && decoded) {
		read_raw(a, p, in, raw, from, m);
		check_types(a, in, m);
	} else {
		if (!decoded)
			mail_problem(m, a, STAGE_PARSE, "parse", "raw_b64 is no base64");
		check_types(a, in, m);
		read_parts(a, p, in, m);
	}
	if (agent.len > 0 && claimed.len > 0 && !str_eq(agent, claimed))
		mail_problem(m, a, STAGE_AUTH, "agent-mismatch",
		    "the intent speaks of agent '%.*s', and comes from '%.*s'", STR_F(claimed),
		    STR_F(agent));
	read_common(in, m);
}
