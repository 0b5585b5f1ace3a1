/* fields.c - header fields. */
#include "mail/fields.h"

#include <strings.h>

#include "mail/mime.h"

/* Nobody's agent sets these; the second: not even an MTA on the way. */
static const char *const denied[] = { "Return-Path", "Received", "Delivered-To",
	"X-Original-To", NULL };
static const char *const always_denied[] = { "DKIM-Signature", "DomainKey-Signature",
	"Authentication-Results", "Resent-From", "Resent-To", "Resent-Cc", "Resent-Bcc",
	"Resent-Sender", "X-Gate-Report", "Errors-To", NULL };
/* RFC 5322, 3.6: at most once. */
static const char *const single[] = { "Subject", "To", "Cc", "Bcc", "Reply-To", "Sender",
	"In-Reply-To", "References", "Content-Type", "Content-Transfer-Encoding",
	"MIME-Version", "List-Unsubscribe", "List-Unsubscribe-Post", NULL };

static bool
is_one_of(const struct header *h, const char *const *names)
{
	for (size_t i = 0; names[i] != NULL; i++)
		if (header_is(h, names[i]))
			return true;
	return false;
}

static void
recipient_problem(struct arena *a, struct mail *m, const char *why, str text)
{
	static const char *const words[][2] = {
		{ "group-syntax", "is a group: it hides how many get the mail" },
		{ "header-injection", "holds a line end" },
		{ "address-syntax", "is no address that is taken" },
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i][0], why) == 0)
			mail_problem(m, a, STAGE_RECIPIENTS, words[i][0],
			    "a recipient (%zu bytes) %s", text.len, words[i][1]);
}

static struct address *
next_recipient(struct arena *a, struct mail *m)
{
	if ((m->to_count & (m->to_count - 1)) == 0) { /* 0, 1, 2, 4 ...: full */
		struct address *more =
		    ARENA_ARRAY(a, struct address, m->to_count > 0 ? 2 * m->to_count : 1);
		if (m->to_count > 0)
			memcpy(more, m->to, m->to_count * sizeof *more);
		m->to = more;
	}
	return &m->to[m->to_count++];
}

void
fields_recipient(struct arena *a, const struct policy *p, str mailbox, struct mail *m)
{
	struct address *at = next_recipient(a, m);
	const char *why = address_read(a, mailbox, &p->canonical, at);

	if (why == NULL)
		return;
	m->to_count--;
	if (strcmp(why, "header-injection") == 0)
		mail_problem(m, a, STAGE_PARSE, why, "a recipient holds a line end");
	recipient_problem(a, m, why, mailbox);
}

void
fields_envelope_to(struct arena *a, const struct policy *p, str spec, struct mail *m)
{
	struct address *at = next_recipient(a, m);
	const char *why = address_envelope(a, spec, &p->canonical, at);

	if (why == NULL)
		return;
	m->to_count--;
	recipient_problem(a, m, why, spec);
}

/* Cut at commas outside of quotes and brackets. */
void
fields_recipients(struct arena *a, const struct policy *p, str list, struct mail *m)
{
	bool quoted = false;
	size_t start = 0;
	int angle = 0;

	for (size_t i = 0; i <= list.len; i++) {
		char c = i < list.len ? list.at[i] : ',';
		if (quoted && c == '\\' && i + 1 < list.len) {
			i++;
			continue;
		}
		quoted ^= c == '"';
		angle += !quoted && c == '<' ? 1 : !quoted && c == '>' ? -1 : 0;
		if (i < list.len && (c != ',' || quoted || angle > 0))
			continue;
		str one = str_trim(str_from((str){ list.at, i }, start));
		if (one.len > 0)
			fields_recipient(a, p, one, m);
		start = i + 1;
	}
}

void
fields_from(struct arena *a, const struct policy *p, struct mail *m)
{
	const struct header *from = headers_find(&m->headers, "From");
	struct mail list = { 0 };

	if (headers_count(&m->headers, "From") == 1)
		fields_recipients(a, p, from->value, &list);
	const char *why = list.problems[STAGE_RECIPIENTS].reason;
	if (headers_count(&m->headers, "From") != 1)
		mail_problem(m, a, STAGE_PARSE, "from-count",
		    "there are %zu From fields, not one", headers_count(&m->headers, "From"));
	else if (why != NULL)
		mail_problem(m, a, STAGE_PARSE, why, "From is no address");
	else if (list.to_count != 1)
		mail_problem(m, a, STAGE_PARSE, "from-count",
		    "From holds %zu addresses, not one", list.to_count);
	else
		m->from = list.to[0];
}

/* An intent has members for these, and they are checked. */
static bool
is_made_here(const struct header *h)
{
	static const char *const made[] = { "From", "To", "Cc", "Bcc", "Subject", "Date",
		"Message-ID", "MIME-Version", "In-Reply-To", "References", NULL };

	return is_one_of(h, made) ||
	    (h->name.len >= 8 && strncasecmp(h->name.at, "Content-", 8) == 0);
}

/* Line ends that an encoded word brings along are line ends. */
static void
check_field(struct arena *a, struct mail *m, const struct header *h)
{
	if (!header_name(h->name))
		mail_problem(m, a, STAGE_HEADERS, "header-name",
		    "a field's name holds what no name can");
	else if (str_breaks(h->value) || str_breaks(mime_words(a, h->value)))
		mail_problem(m, a, STAGE_HEADERS, "header-injection",
		    "the value of %.*s holds a line end", STR_F(h->name));
	else if (header_is(h, "Sender"))
		mail_problem(m, a, STAGE_HEADERS, "sender-header",
		    "Sender names another who is to have sent it");
	else if (is_one_of(h, always_denied) ||
	    (h->name.len >= 4 && strncasecmp(h->name.at, "ARC-", 4) == 0) ||
	    (!m->relayed && is_one_of(h, denied)) ||
	    (m->message.raw.len == 0 && is_made_here(h)))
		mail_problem(m, a, STAGE_HEADERS, "header-denied",
		    "an agent has no business to set %.*s", STR_F(h->name));
}

void
fields_common(struct arena *a, struct mail *m)
{
	for (size_t i = 0; i < m->headers.count; i++) {
		check_field(a, m, &m->headers.of[i]);
		mail_says(m, a, m->headers.of[i].value);
	}
	mail_says(m, a, m->subject);
	mail_says(m, a, m->from.display);
	for (size_t i = 0; i < m->to_count; i++)
		mail_says(m, a, m->to[i].display);
	for (size_t i = 0; single[i] != NULL; i++)
		if (headers_count(&m->headers, single[i]) > 1)
			mail_problem(m, a, STAGE_HEADERS, "duplicate-header",
			    "there are two fields %s", single[i]);
	if (m->message.raw.len > 0 && headers_find(&m->headers, "In-Reply-To") != NULL)
		m->answers = true;
	m->visible = m->to_count;
}

bool
fields_unsubscribe(const struct mail *m)
{
	return headers_find(&m->headers, "List-Unsubscribe") != NULL ||
	    headers_find(&m->headers, "List-Unsubscribe-Post") != NULL;
}

/* RFC 8058: one https address among the URIs. */
static bool
has_https(str value)
{
	size_t n = 0;

	for (str rest = value; rest.at != NULL;) {
		str one = str_trim(str_cut(&rest, ','));
		n += one.len > 10 && str_starts(one, "<https://") && one.at[one.len - 1] == '>';
	}
	return n == 1;
}

static const char *
count_reason(struct arena *a, str name)
{
	char *reason = arena_bytes(a, name.len + sizeof "-count");

	for (size_t i = 0; i < name.len; i++)
		reason[i] = (char)(name.at[i] >= 'A' && name.at[i] <= 'Z' ? name.at[i] | 0x20 :
									    name.at[i]);
	memcpy(reason + name.len, "-count", sizeof "-count");
	return reason;
}

const char *
fields_demanded(
    struct arena *a, const struct header_rules *rules, const struct mail *m, str *what)
{
	for (size_t i = 0; i < rules->count; i++) {
		const struct header_rule *r = &rules->of[i];
		const char *name = arena_string(a, r->name);
		const struct header *h = headers_find(&m->headers, name);
		size_t n = headers_count(&m->headers, name);
		bool unsubscribe = strncasecmp(name, "List-Unsubscribe", 16) == 0;
		*what = arena_printf(a, "%s is missing", name);
		if (r->count >= 0 && n != (size_t)r->count && m->message.raw.len > 0) {
			*what = arena_printf(a, "there are %zu fields %s, not one", n, name);
			return count_reason(a, r->name);
		}
		if (r->count >= 0)
			continue;
		if (h == NULL)
			return unsubscribe ? "one-click-missing" : "header-missing";
		*what = arena_printf(a, "%s does not say what it has to", name);
		if (r->https && !has_https(h->value))
			return unsubscribe ? "one-click-https" : "header-https";
		if (r->value.len > 0 && !str_eq(h->value, r->value))
			return unsubscribe ? "one-click-value" : "header-value";
	}
	return NULL;
}
