/* compose.c - a mail as it goes onto the wire. */
#include "mail/compose.h"

#include <gmime/gmime.h>
#include <time.h>

#include "base/buf.h"
#include "data/when.h"
#include "mail/fields.h"
#include "mail/mime.h"
#include "mail/token.h"

/* "x{token}y" with the token. */
static str
with_token(struct arena *a, str pattern, str token)
{
	size_t at = str_search(pattern, "{token}");

	if (at == pattern.len)
		return pattern;
	return arena_printf(a, "%.*s%.*s%.*s", (int)at, pattern.at, STR_F(token),
	    STR_F(str_from(pattern, at + 7)));
}

static void
put(GMimeMessage *m, struct arena *a, const char *name, str value)
{
	g_mime_object_append_header(GMIME_OBJECT(m), name, arena_string(a, value), "utf-8");
}

static str
date_of(struct arena *a, int64_t now)
{
	time_t t = (time_t)(now / WHEN_SECOND);
	char text[64];
	struct tm tm;

	gmtime_r(&t, &tm);
	strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S +0000", &tm);
	return arena_keep(a, str_of(text));
}

static void
put_mailboxes(GMimeMessage *m, struct arena *a, GMimeAddressType type, const struct address *of,
    size_t count)
{
	for (size_t i = 0; i < count; i++) {
		str name = of[i].display;
		if (name.len >= 2 && name.at[0] == '"' && name.at[name.len - 1] == '"')
			name = (str){ name.at + 1, name.len - 2 };
		g_mime_message_add_mailbox(m, type, name.len > 0 ? arena_string(a, name) : NULL,
		    arena_string(a, of[i].spec));
	}
}

static GMimeObject *
text_part(struct arena *a, const char *subtype, str text)
{
	GMimeTextPart *part = g_mime_text_part_new_with_subtype(subtype);

	g_mime_text_part_set_charset(part, "utf-8");
	g_mime_text_part_set_text(part, arena_string(a, text));
	g_mime_part_set_content_encoding(
	    GMIME_PART(part), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
	return GMIME_OBJECT(part);
}

static void
put_body(GMimeMessage *m, struct arena *a, const struct mail *mail)
{
	bool both = mail->text.len > 0 && mail->html.len > 0;
	GMimeObject *body;

	if (both) {
		GMimeMultipart *parts = g_mime_multipart_new_with_subtype("alternative");
		GMimeObject *of[] = { text_part(a, "plain", mail->text),
			text_part(a, "html", mail->html) };
		for (size_t i = 0; i < 2; i++) {
			g_mime_multipart_add(parts, of[i]);
			g_object_unref(of[i]);
		}
		body = GMIME_OBJECT(parts);
	} else if (mail->html.len > 0) {
		body = text_part(a, "html", mail->html);
	} else {
		body = text_part(a, "plain", mail->text);
	}
	g_mime_message_set_mime_part(m, body);
	g_object_unref(body);
}

static void
put_unsubscribe(GMimeMessage *m, struct arena *a, const struct agent *agent,
    const struct mail *mail, str token)
{
	if (agent == NULL || agent->unsubscribe.len == 0 || fields_unsubscribe(mail))
		return;
	str url = with_token(a, agent->unsubscribe, token);
	put(m, a, "List-Unsubscribe", arena_printf(a, "<%.*s>", STR_F(url)));
	put(m, a, "List-Unsubscribe-Post", STR("List-Unsubscribe=One-Click"));
}

static str
from_intent(
    struct arena *a, const struct agent *agent, const struct mail *mail, str token, int64_t now)
{
	GMimeMessage *m = g_mime_message_new(FALSE);
	GMimeFormatOptions *format = g_mime_format_options_new();

	put_mailboxes(m, a, GMIME_ADDRESS_TYPE_FROM, &mail->from, 1);
	put_mailboxes(m, a, GMIME_ADDRESS_TYPE_TO, mail->to, mail->cc_from);
	put_mailboxes(m, a, GMIME_ADDRESS_TYPE_CC, mail->to + mail->cc_from,
	    mail->visible - mail->cc_from);
	g_mime_message_set_subject(m, arena_string(a, mail->subject), "utf-8");
	put(m, a, "Date", date_of(a, now));
	put(m, a, "Message-ID",
	    arena_printf(a, "<%.*s@%.*s>", STR_F(token), STR_F(mail->from.domain)));
	put(m, a, TOKEN_HEADER, token);
	put(m, a, "MIME-Version", STR("1.0"));
	if (mail->in_reply_to.len > 0) {
		put(m, a, "In-Reply-To", mail->in_reply_to);
		put(m, a, "References", mail->in_reply_to);
	}
	for (size_t i = 0; i < mail->headers.count; i++)
		put(m, a, arena_string(a, mail->headers.of[i].name), mail->headers.of[i].value);
	put_unsubscribe(m, a, agent, mail, token);
	put_body(m, a, mail);
	g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
	char *text = g_mime_object_to_string(GMIME_OBJECT(m), format);
	str s = arena_keep(a, str_of(text));
	g_free(text);
	g_mime_format_options_free(format);
	g_object_unref(m);
	return s;
}

/* As it came, but for Bcc and what is ours. */
static str
from_message(struct arena *a, const struct mail *mail, str token, int64_t now)
{
	const struct headers *h = &mail->headers;
	struct buf b = { 0 };

	buf_printf(&b, TOKEN_HEADER ": %.*s\r\n", STR_F(token));
	if (headers_find(h, "Date") == NULL)
		buf_printf(&b, "Date: %.*s\r\n", STR_F(date_of(a, now)));
	if (headers_find(h, "Message-ID") == NULL)
		buf_printf(
		    &b, "Message-ID: <%.*s@%.*s>\r\n", STR_F(token), STR_F(mail->from.domain));
	for (size_t i = 0; i < h->count; i++)
		if (!header_is(&h->of[i], "Bcc"))
			buf_add(&b, h->of[i].raw);
	buf_text(&b, "\r\n");
	buf_add(&b, mail->message.body);
	str s = arena_keep(a, buf_str(&b));
	buf_free(&b);
	return s;
}

static str
ended(struct arena *a, str text)
{
	return str_ends(text, "\r\n") ? text : arena_printf(a, "%s\r\n", arena_string(a, text));
}

void
compose(struct arena *a, const struct agent *agent, const struct mail *m, str token,
    int64_t now, struct composed *c)
{
	mime_start();
	c->text = ended(a,
	    m->message.raw.len > 0 ? from_message(a, m, token, now) :
				     from_intent(a, agent, m, token, now));
	str sender = m->envelope.spec.len > 0 ? m->envelope.spec : m->from.spec;
	if (agent != NULL && agent->return_path.len > 0)
		sender = with_token(a, agent->return_path, token);
	c->sender = arena_string(a, sender);
}
