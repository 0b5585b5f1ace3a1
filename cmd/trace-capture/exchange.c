/* exchange.c - one HTTP exchange as one record: {method, uri|url, status,
 * request_headers?, request_body, response_body?}, bodies as text or as JSON. */
#include <string.h>
#include <strings.h>

#include "capture.h"
#include "io/emit.h"

/* A body as bytes: a string stands for them, anything else is JSON already. */
static str
body_of(struct sink *s, size_t field)
{
	return in_text(s->in, s->rec, field);
}

/* The few headers that change what a request means; a credential is never among them. */
static str
meaning(struct arena *a, const struct doc *headers)
{
	static const char *const kept[] = { "anthropic-version", "anthropic-beta",
		"openai-beta", NULL };
	struct buf b = { 0 };

	emit_open(&b, '{');
	DOC_EACH (h, headers) {
		const struct doc *name = doc_get(h, "name"), *value = doc_get(h, "value");
		str key = name != NULL ? doc_text(name) : h->key;
		value = value != NULL ? value : h->kind == KIND_ARRAY ? h->child : h;
		for (const char *const *k = kept; *k != NULL; k++)
			if (key.len == strlen(*k) && strncasecmp(key.at, *k, key.len) == 0)
				emit_kstr(&b, *k, doc_text(value));
	}
	emit_close(&b, '}');
	str text = arena_keep(a, buf_str(&b));
	buf_free(&b);
	return text;
}

bool
read_exchange(struct sink *s)
{
	const struct scan_value *v = s->rec->values;
	struct arena *a = in_arena(s->in);
	size_t address = v[C_URL].kind == KIND_STRING ? C_URL : C_URI;

	if (v[address].kind != KIND_STRING ||
	    (v[C_REQUEST].kind == KIND_NONE && v[C_RESPONSE].kind == KIND_NONE))
		return false;
	str url = in_text(s->in, s->rec, address);
	struct capture c = {
		.id = in_text(s->in, s->rec, C_ID),
		.session = in_text(s->in, s->rec, C_SESSION),
		.reader = "http",
		.step = -1,
		.url = trace_url(a, url),
		.headers = meaning(a, doc_read(a, v[C_REQUEST_HEADERS].raw)),
		.request_body = body_of(s, C_REQUEST),
	};
	str_int(v[C_STEP].raw, &c.step);
	if (!str_int(v[C_STATUS].raw, &c.status) || c.status < 0)
		c.status = 0;
	c.request = doc_read(a, c.request_body);
	c.dialect = dialect_of(url, c.request);
	if (c.dialect != NULL && doc_kind(c.request) != KIND_OBJECT)
		c.request = NULL;
	c.no_reply = v[C_RESPONSE].kind == KIND_NONE || v[C_RESPONSE].kind == KIND_NULL;
	if (!c.no_reply)
		reply_read(a, c.dialect, c.status, body_of(s, C_RESPONSE), &c.reply);
	else
		c.reply.answer = (struct answer){ .usage = USAGE_NONE };
	capture_write(s, &c);
	return true;
}
