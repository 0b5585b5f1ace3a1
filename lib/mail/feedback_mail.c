/* feedback_mail.c - bounces and complaints that come as mail. */
#include <strings.h>

#include "mail/feedback.h"
#include "mail/mime.h"
#include "mail/token.h"

/* A field of a block of fields, unfolded; empty: it is not there. */
static str
field(struct arena *a, str block, const char *name)
{
	size_t n = strlen(name);
	struct buf b = { 0 };
	bool inside = false, found = false;

	for (str rest = block; rest.at != NULL && rest.len > 0;) {
		str line = str_cut(&rest, '\n');
		if (inside && line.len > 0 && (line.at[0] == ' ' || line.at[0] == '\t')) {
			buf_byte(&b, ' ');
			buf_add(&b, str_trim(line));
			continue;
		}
		inside = !found && line.len > n && strncasecmp(line.at, name, n) == 0 &&
		    line.at[n] == ':';
		found = found || inside;
		if (inside)
			buf_add(&b, str_trim(str_from(line, n + 1)));
	}
	str value = arena_keep(a, buf_str(&b));
	buf_free(&b);
	return value;
}

/* The next block of fields: up to an empty line. */
static str
next_block(str *rest)
{
	str block = { rest->at, 0 };

	while (rest->len > 0) {
		str line = str_cut(rest, '\n');
		if (str_trim(line).len == 0) {
			if (block.len > 0)
				break;
			block.at = rest->at;
			continue;
		}
		block.len = (size_t)(line.at + line.len - block.at);
	}
	return block;
}

/* "rfc822; someone@example.net" */
static void
read_address(struct arena *a, const struct policy *p, str value, struct address *to)
{
	str rest = value, type = str_cut(&rest, ';');

	if (rest.at == NULL)
		rest = type;
	if (address_envelope(a, str_trim(rest), &p->canonical, to) != NULL)
		*to = (struct address){ 0 };
}

/* "5.1.1" and the like inside a text: RFC 3463. */
static str
status_in(str s)
{
	for (size_t i = 0; i + 4 < s.len; i++) {
		size_t n = 1, dots = 0;
		if ((s.at[i] != '4' && s.at[i] != '5') || s.at[i + 1] != '.' ||
		    (i > 0 && strchr("0123456789.", s.at[i - 1]) != NULL))
			continue;
		while (i + n < s.len && strchr("0123456789.", s.at[i + n]) != NULL &&
		    s.at[i + n] != '\0')
			dots += s.at[i + n++] == '.';
		if (dots == 2 && s.at[i + n - 1] != '.')
			return (str){ s.at + i, n };
	}
	return (str){ 0 };
}

/* RFC 3463: the class, the subject, the detail. */
static enum feedback_event
classify(str status)
{
	str rest = status, class = str_cut(&rest, '.'), subject = str_cut(&rest, '.');
	bool sender = str_is(subject, "1") && (str_is(rest, "7") || str_is(rest, "8"));

	if (str_is(class, "4"))
		return EVENT_SOFT;
	if (str_is(subject, "7") || sender)
		return EVENT_POLICY;
	if (str_is(subject, "1") || (str_is(subject, "2") && str_is(rest, "1")))
		return EVENT_HARD;
	return EVENT_SOFT;
}

static void
read_status(
    struct arena *a, const struct policy *p, str block, str token, struct feedbacks *all)
{
	str final = field(a, block, "Final-Recipient"), action = field(a, block, "Action");
	str status = str_trim(field(a, block, "Status"));
	str inner = status_in(field(a, block, "Diagnostic-Code"));

	if (final.len == 0 || all->count == FEEDBACK_MOST)
		return;
	struct feedback *f = &all->of[all->count++];
	*f = (struct feedback){ .token = token };
	read_address(a, p, final, &f->to);
	read_address(a, p, field(a, block, "Original-Recipient"), &f->original);
	status = status_in(status);
	if (inner.len > 0 && (status.len == 0 || str_is(str_from(status, 1), ".0.0")))
		status = inner;
	if (action.len != 6 || strncasecmp(action.at, "failed", 6) != 0)
		f->event = EVENT_NONE;
	else if (status.len == 0)
		*f = (struct feedback){ .event = EVENT_IGNORED, .reason = "status-missing" };
	else
		f->event = classify(status);
}

static void
read_complaint(
    struct arena *a, const struct policy *p, str block, str token, struct feedbacks *all)
{
	struct feedback *f = &all->of[all->count++];
	str type = field(a, block, "Feedback-Type"), version = field(a, block, "Version");
	static const char *const complaints[] = { "abuse", "fraud", "virus", NULL };

	*f = (struct feedback){ .token = token, .event = EVENT_NONE };
	read_address(a, p, field(a, block, "Original-Rcpt-To"), &f->to);
	if (type.len == 0)
		*f = (struct feedback){ .event = EVENT_IGNORED,
			.reason = "feedback-type-missing" };
	else if (!str_is(version, "1"))
		*f = (struct feedback){ .event = EVENT_IGNORED, .reason = "version" };
	else if (field(a, block, "User-Agent").len == 0)
		*f =
		    (struct feedback){ .event = EVENT_IGNORED, .reason = "user-agent-missing" };
	for (size_t i = 0; complaints[i] != NULL && f->event == EVENT_NONE; i++)
		if (type.len == strlen(complaints[i]) &&
		    strncasecmp(type.at, complaints[i], type.len) == 0)
			f->event = EVENT_COMPLAINT;
	if (f->event == EVENT_NONE && type.len == 7 && strncasecmp(type.at, "opt-out", 7) == 0)
		f->event = EVENT_UNSUBSCRIBE;
}

/* In the header of the mail that came back, in the address that the report was sent to, in
 * the fields of the report. */
static str
find_token(struct arena *a, const struct mime *m, str raw)
{
	str token = { 0 }, rest = raw;

	for (size_t i = 0; i < m->count && token.len == 0; i++)
		token = token_in(field(a, m->parts[i].text, TOKEN_HEADER));
	str head = next_block(&rest);
	static const char *const names[] = { "To", "Delivered-To", "X-Original-To", NULL };
	for (size_t i = 0; names[i] != NULL && token.len == 0; i++)
		token = token_in(field(a, head, names[i]));
	static const char *const inner[] = { "Return-Path", "Original-Mail-From",
		"X-Postfix-Sender", "Original-Envelope-Id", NULL };
	for (size_t i = 0; i < m->count; i++)
		for (size_t k = 0; inner[k] != NULL && token.len == 0; k++)
			token = token_in(field(a, m->parts[i].text, inner[k]));
	return token;
}

void
feedback_message(struct arena *a, const struct policy *p, str raw, struct feedbacks *all)
{
	struct mime m;

	*all = (struct feedbacks){ ARENA_ARRAY(a, struct feedback, FEEDBACK_MOST + 1), 0 };
	mime_read(a, raw, &m);
	str token = find_token(a, &m, raw);
	for (size_t i = 0; i < m.count; i++) {
		str rest = m.parts[i].text;
		if (str_is(m.parts[i].type, "message/feedback-report") && all->count == 0)
			read_complaint(a, p, rest, token, all);
		else if (str_is(m.parts[i].type, "message/delivery-status") ||
		    str_is(m.parts[i].type, "message/global-delivery-status"))
			while (rest.len > 0)
				read_status(a, p, next_block(&rest), token, all);
	}
	if (all->count == 0)
		all->of[all->count++] = (struct feedback){ .event = EVENT_NONE };
}
