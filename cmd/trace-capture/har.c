/* har.c - HTTP Archive 1.2: what browsers and proxies save.
 *
 * An entry is an exchange.  Entries are read one at a time; those that are no calls of a
 * model (pages, scripts, pictures) are counted and left out. */
#include "capture.h"
#include "data/base64.h"

/* Bodies may be kept in base64; one that is none stays as it is. */
static str
text_of(struct arena *a, const struct doc *content)
{
	const struct doc *text = doc_get(content, "text");
	str s = doc_text(text);

	if (!doc_is(doc_get(content, "encoding"), "base64") || s.len > (size_t)1 << 30)
		return s;
	base64_decode(a, s, &s);
	return s;
}

static void
read_timing(struct capture *c, const struct doc *entry)
{
	const struct doc *timings = doc_get(entry, "timings");
	double send, wait;

	doc_real(doc_get(entry, "time"), &c->total_ms);
	if (doc_real(doc_get(timings, "wait"), &wait) && wait >= 0)
		c->ttft_ms =
		    wait + (doc_real(doc_get(timings, "send"), &send) && send > 0 ? send : 0);
}

static bool
read_entry(struct sink *s, const struct doc *entry)
{
	struct arena *a = in_arena(s->in);
	const struct doc *request = doc_get(entry, "request"),
			 *response = doc_get(entry, "response");
	str url = doc_text(doc_get(request, "url")), reply;
	struct capture c = { .reader = "har", .http = true, .step = -1 };

	if (!doc_is(doc_get(request, "method"), "POST"))
		return false;
	doc_int(doc_get(response, "status"), &c.status);
	reply = text_of(a, doc_get(response, "content"));
	c.status = c.status > 0 && c.status < 1000 ? c.status : 0;
	c.url = trace_url(a, url);
	c.headers = headers_kept(a, doc_get(request, "headers"));
	c.time = doc_text(doc_get(entry, "startedDateTime"));
	read_timing(&c, entry);
	capture_bodies(
	    a, &c, url, text_of(a, doc_get(request, "postData")), c.status > 0 ? &reply : NULL);
	if (c.dialect == NULL)
		return false;
	capture_write(s, &c);
	return true;
}

bool
read_har(struct sink *s)
{
	const struct scan_value *v = &s->rec->values[C_ENTRIES];
	struct lex l = lex_of(v->raw);
	struct arena a = { 0 };
	uint64_t others = 0;
	bool first = true;
	str raw;

	if (v->kind != KIND_ARRAY)
		return false;
	lex_kind(&l);
	lex_enter(&l);
	in_lend_arena(s->in, &a);
	while (lex_more(&l, ']', &first)) {
		lex_kind(&l);
		if (!lex_skip(&l, &raw))
			break;
		arena_reset(&a);
		others += !read_entry(s, doc_read(&a, raw));
	}
	in_lend_arena(s->in, NULL);
	arena_free(&a);
	if (others > 0)
		warn("%s: %llu entries are no model calls that can be read: left out",
		    s->rec->file, (unsigned long long)others);
	return true;
}
