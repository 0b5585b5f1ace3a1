/* mail.c - a mail from a message; what two mails have in common. */
#include "mail/mail.h"

#include <stdarg.h>
#include <stdio.h>

#include "data/hash.h"
#include "mail/fields.h"
#include "mail/mime.h"
#include "mail/plain.h"

void
mail_problem(
    struct mail *m, struct arena *a, enum stage stage, const char *reason, const char *fmt, ...)
{
	char what[300];
	va_list ap;

	if (m->problems[stage].reason != NULL)
		return;
	va_start(ap, fmt);
	vsnprintf(what, sizeof what, fmt, ap);
	va_end(ap);
	m->problems[stage] = (struct mail_problem){ reason, arena_keep(a, str_of(what)) };
}

static const char *
what_of(const char *reason)
{
	static const char *const words[][2] = {
		{ "size", "the message is larger than the policy allows" },
		{ "bare-newline",
		    "a line ends in a bare CR or LF: servers disagree where the message ends" },
		{ "nul", "the message holds a NUL byte" },
		{ "line-length", "a line is longer than the policy allows" },
		{ "header-syntax", "a line of the head is no header field" },
		{ "obsolete-folding", "a folded header line holds nothing but blanks" },
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i][0], reason) == 0)
			return words[i][1];
	return reason;
}

static void
put_text(struct mail *m, struct arena *a, str text)
{
	struct mail_texts *t = &m->texts;

	if (text.len == 0)
		return;
	if (t->count == t->room) {
		str *more = ARENA_ARRAY(a, str, t->room * 2 + 16);
		if (t->count > 0)
			memcpy(more, t->of, t->count * sizeof *more);
		t->of = more;
		t->room = t->room * 2 + 16;
	}
	t->of[t->count++] = text;
}

void
mail_says(struct mail *m, struct arena *a, str text)
{
	str words = mime_words(a, text), seen = plain_seen(a, words);

	put_text(m, a, text);
	if (words.at != text.at)
		put_text(m, a, words);
	if (seen.at != words.at)
		put_text(m, a, seen);
}

/* Every part is looked at, text or not, and the whole as it came: a reader that sees no parts
 * sees that.  What all parts say is what the mail says. */
static void
read_texts(struct arena *a, struct mail *m)
{
	const struct header *subject = headers_find(&m->headers, "Subject");
	struct mime mime;
	struct buf all = { 0 };

	m->subject = subject != NULL ? mime_words(a, subject->value) : STR("");
	mime_read(a, m->message.raw, &mime);
	for (size_t i = 0; i < mime.count; i++) {
		const struct mime_part *p = &mime.parts[i];
		buf_add(&all, p->text);
		buf_byte(&all, '\n');
		mail_says(m, a, p->text);
		if (str_search(p->type, "html") < p->type.len ||
		    str_search(p->type, "xml") < p->type.len)
			mail_says(m, a, plain_html(a, p->text));
	}
	put_text(m, a, m->message.body);
	if (mime.strange != NULL)
		mail_problem(m, a, STAGE_CONTENT, "mime-syntax",
		    "readers may see different things in it: %s", mime.strange);
	m->text = arena_keep(a, buf_str(&all));
	buf_free(&all);
}

static void
read_recipients(
    struct arena *a, const struct policy *p, const struct mail_envelope *e, struct mail *m)
{
	static const char *const fields[] = { "To", "Cc", "Bcc", NULL };

	for (size_t i = 0; e->from_headers && fields[i] != NULL; i++)
		for (size_t j = 0; j < m->headers.count; j++)
			if (header_is(&m->headers.of[j], fields[i]))
				fields_recipients(a, p, m->headers.of[j].value, m);
	for (size_t i = 0; e->recipients != NULL && e->recipients[i] != NULL; i++)
		fields_envelope_to(a, p, str_of(e->recipients[i]), m);
}

static void
read_sender(
    struct arena *a, const struct policy *p, const struct mail_envelope *e, struct mail *m)
{
	const char *why;

	if (e->sender == NULL)
		return;
	m->null_sender = e->sender[0] == '\0' || strcmp(e->sender, "<>") == 0;
	if (!m->null_sender &&
	    (why = address_envelope(a, str_of(e->sender), &p->canonical, &m->envelope)) != NULL)
		mail_problem(m, a, STAGE_PARSE, why, "the envelope sender is no address");
}

void
mail_of_message(struct arena *a, const struct policy *p, str raw, const struct mail_envelope *e,
    str agent, struct mail *m)
{
	const struct message_limits limits = { (size_t)p->max_bytes, (size_t)p->max_line };

	*m = (struct mail){ .agent = agent, .bytes = raw.len, .relayed = e->relayed };
	const char *why = message_read(a, raw, &limits, &m->message);
	m->headers = m->message.headers;
	if (why != NULL) {
		mail_problem(m, a, STAGE_PARSE, why, "%s", what_of(why));
		return;
	}
	fields_from(a, p, m);
	read_sender(a, p, e, m);
	read_recipients(a, p, e, m);
	read_texts(a, m);
	fields_common(a, m);
}

uint64_t
mail_sameness(const struct mail *m, bool by_template)
{
	struct buf b = { 0 };

	if (by_template && m->template.len > 0) {
		buf_text(&b, "template ");
		buf_add(&b, m->template);
	} else {
		buf_text(&b, "body ");
		buf_add(&b, m->subject);
		buf_byte(&b, '\0');
		buf_add(&b, m->text);
		buf_byte(&b, '\0');
		buf_add(&b, m->html);
	}
	uint64_t h = hash_short(buf_str(&b));
	buf_free(&b);
	return h;
}

static uint64_t
mix(uint64_t h) /* of splitmix64 */
{
	h ^= h >> 30;
	h *= 0xbf58476d1ce4e5b9U;
	h ^= h >> 27;
	h *= 0x94d049bb133111ebU;
	return h ^ h >> 31;
}

/* The next word's hash, 0 behind the last; case and digits are all one. */
static uint64_t
next_word(str *rest)
{
	uint64_t h = 0;
	size_t n = 0;

	for (; rest->len > 0; *rest = str_from(*rest, 1)) {
		unsigned char c = (unsigned char)rest->at[0];
		if (c >= '0' && c <= '9')
			c = '0';
		if (c >= 'A' && c <= 'Z')
			c |= 0x20;
		if (!(c >= 'a' && c <= 'z') && c != '0' && c < 0x80) {
			if (n > 0)
				break;
			continue;
		}
		h = mix(h + c + 0x9e3779b97f4a7c15U);
		n++;
	}
	return n > 0 ? h | 1 : 0;
}

uint64_t
mail_likeness(const struct mail *m)
{
	int32_t votes[64] = { 0 };
	uint64_t a = 0, b = 0, c, sum = 0;
	str rest = m->text.len > 0 ? m->text : m->html;

	while ((c = next_word(&rest)) != 0) {
		uint64_t shingle = mix(a * 3 + b * 5 + c * 7);
		for (size_t i = 0; i < 64; i++)
			votes[i] += (shingle >> i & 1) != 0 ? 1 : -1;
		a = b;
		b = c;
	}
	for (size_t i = 0; i < 64; i++)
		sum |= (uint64_t)(votes[i] > 0) << i;
	return sum;
}
