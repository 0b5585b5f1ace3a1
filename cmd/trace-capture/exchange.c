/* exchange.c - one HTTP exchange as one record: {method, uri|url, status,
 * request_headers?, request_body, response_body?}, bodies as text or as JSON; and the
 * same without an address, {request, response}: then the bodies tell whose they are. */
#include "capture.h"

#include <string.h>
#include <strings.h>

#include "io/emit.h"

/* A body as bytes: a string stands for them, anything else is JSON already. */
static str
body_of(struct sink *s, size_t field)
{
	return in_text(s->in, s->rec, field);
}

str
headers_kept(struct arena *a, const struct doc *headers)
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

void
capture_bodies(struct arena *a, struct capture *c, str url, str request, const str *response)
{
	c->request_body = request;
	c->request = doc_read(a, request);
	c->dialect = url.len > 0 ?
	    dialect_of(url, c->request) :
	    dialect_guess(c->request, response != NULL ? doc_read(a, *response) : NULL);
	if (c->dialect != NULL && doc_kind(c->request) != KIND_OBJECT)
		c->request = NULL;
	c->no_reply = response == NULL;
	if (!c->no_reply)
		reply_read(a, c->dialect, c->status, *response, &c->reply);
	else
		c->reply.answer = (struct answer){ .usage = USAGE_NONE };
}

/* A call that the record itself names and describes. */
static struct capture
begin(struct sink *s, const char *reader)
{
	const struct scan_value *v = s->rec->values;
	struct capture c = {
		.id = in_text(s->in, s->rec, C_ID),
		.session = in_text(s->in, s->rec, C_SESSION),
		.reader = reader,
		.step = -1,
		.headers = headers_kept(
		    in_arena(s->in), doc_read(in_arena(s->in), v[C_REQUEST_HEADERS].raw)),
	};

	str_int(v[C_STEP].raw, &c.step);
	if (!str_int(v[C_STATUS].raw, &c.status) || c.status < 0)
		c.status = 0;
	return c;
}

static bool
there(const struct scan_value *v)
{
	return v->kind != KIND_NONE && v->kind != KIND_NULL;
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
	str url = in_text(s->in, s->rec, address), response = body_of(s, C_RESPONSE);
	struct capture c = begin(s, "http");
	c.http = true;
	c.url = trace_url(a, url);
	capture_bodies(
	    a, &c, url, body_of(s, C_REQUEST), there(&v[C_RESPONSE]) ? &response : NULL);
	capture_write(s, &c);
	return true;
}

bool
read_pair(struct sink *s)
{
	const struct scan_value *v = s->rec->values;
	size_t asked = there(&v[C_REQUEST]) ? C_REQUEST : C_PAIR_REQUEST,
	       told = there(&v[C_RESPONSE]) ? C_RESPONSE : C_PAIR_RESPONSE;
	str response = body_of(s, told);

	if (!there(&v[asked]))
		return false;
	struct capture c = begin(s, "pair");
	capture_bodies(in_arena(s->in), &c, (str){ 0 }, body_of(s, asked),
	    there(&v[told]) ? &response : NULL);
	if (c.dialect == NULL)
		return false;
	capture_write(s, &c);
	return true;
}
