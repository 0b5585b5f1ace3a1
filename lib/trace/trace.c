/* trace.c - the trace record. */
#include "trace/trace.h"

#include "data/base64.h"
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "io/emit.h"

bool
trace_is(const struct rec *rec)
{
	return str_is(rec->kind, "trace") || str_is(rec->kind, "replay");
}

void
trace_model(struct buf *b, str requested, const struct answer *answer)
{
	if (requested.len == 0 && answer->model.len == 0)
		return;
	emit_key(b, "model");
	emit_open(b, '{');
	emit_kstr(b, "requested", requested);
	emit_kstr(b, "answered", answer->model);
	emit_kstr(b, "fingerprint", answer->fingerprint);
	emit_close(b, '}');
}

void
trace_usage(struct buf *b, const struct usage *u)
{
	const struct {
		const char *name;
		int64_t n;
	} parts[] = { { "input", u->input }, { "output", u->output },
		{ "cache_read", u->cache_read }, { "cache_write", u->cache_write },
		{ "cache_write_1h", u->cache_write_1h }, { "reasoning", u->reasoning } };
	bool any = false;

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (parts[i].n < 0)
			continue;
		if (!any) {
			emit_key(b, "usage");
			emit_open(b, '{');
		}
		any = true;
		emit_kint(b, parts[i].name, parts[i].n);
	}
	if (any)
		emit_close(b, '}');
}

void
trace_error(struct buf *b, str type, str message)
{
	if (type.len == 0)
		return;
	emit_key(b, "error");
	emit_open(b, '{');
	emit_kstr(b, "type", type);
	emit_kstr(b, "message", utf8_prefix(message, 2000));
	emit_close(b, '}');
}

void
trace_bytes(struct buf *b, const char *name, str body)
{
	struct arena a = { 0 };

	if (utf8_valid(body) == body.len) {
		emit_kstr(b, arena_printf(&a, "%s_text", name).at, body);
	} else if (body.len < (size_t)1 << 30) {
		emit_kstr(b, arena_printf(&a, "%s_b64", name).at, base64_encode(&a, body));
	}
	arena_free(&a);
}

void
trace_change(struct arena *a, str *elements, const char *field, const char *action, str from,
    str to, const char *why)
{
	struct buf b = { 0 };

	buf_add(&b, *elements);
	if (b.len > 0)
		buf_byte(&b, ',');
	buf_text(&b, "{\"field\":");
	emit_str(&b, arena_printf(a, "request.%s", field));
	emit_ktext(&b, "action", action);
	if (from.len > 0)
		emit_kraw(&b, "from", from);
	if (to.len > 0)
		emit_kraw(&b, "to", to);
	if (why != NULL)
		emit_ktext(&b, "why", why);
	emit_close(&b, '}');
	*elements = arena_keep(a, buf_str(&b));
	buf_free(&b);
}

/* key, api-key, access_token, X-Amz-Signature, client_secret ... */
static bool
secret_name(str name)
{
	static const char *const ends[] = { "key", "token", "sig", "signature", "auth",
		"secret", "password", "passwd", "credential", "authorization", "jwt", NULL };

	for (const char *const *p = ends; *p != NULL; p++) {
		size_t n = strlen(*p);
		if (name.len >= n && strncasecmp(name.at + name.len - n, *p, n) == 0)
			return true;
	}
	return false;
}

str
trace_url(struct arena *a, str url)
{
	struct buf b = { 0 };
	size_t scheme = str_search(url, "://"), path = 0;
	str query = url, head = str_cut(&query, '?');

	if (scheme < head.len) {
		str host = str_from(head, scheme + 3);
		host.len = str_find(host, '/');
		while (path < host.len && host.at[host.len - 1 - path] != '@')
			path++;
		buf_add(&b, (str){ head.at, scheme + 3 });
		head = str_from(head, scheme + 3 + host.len - path);
	}
	buf_add(&b, head);
	for (char sep = '?'; query.len > 0;) {
		str value = str_cut(&query, '&'), whole = value, name = str_cut(&value, '=');
		if (secret_name(name))
			continue;
		buf_byte(&b, sep);
		buf_add(&b, whole);
		sep = '&';
	}
	str clean = arena_keep(a, buf_str(&b));
	buf_free(&b);
	return clean;
}

str
trace_content(struct arena *a, const struct dialect *dialect, const struct doc *request,
    struct view *view)
{
	*view = (struct view){ 0 };
	dialect->view(a, request, view);
	return hash_hex(a, view_print(a, view));
}

void
run_emit(struct buf *b, const char *tool, const struct run *run)
{
	emit_open(b, '{');
	emit_ktext(b, "record", "run");
	emit_kint(b, "v", 1);
	emit_ktext(b, "tool", tool);
	emit_kint(b, "planned", run->planned);
	emit_kint(b, "done", run->done);
	emit_kint(b, "skipped", run->skipped);
	emit_kint(b, "failed", run->failed);
	emit_key(b, "stopped");
	if (run->stopped.len > 0)
		emit_str(b, run->stopped);
	else
		emit_null(b);
	if (run->attempts > 0)
		emit_kint(b, "attempts", run->attempts);
	if (run->retries > 0)
		emit_kint(b, "retries", run->retries);
	if (run->resent > 0)
		emit_kint(b, "resent", run->resent);
	emit_close(b, '}');
}

static void
add(int64_t *sum, const struct doc *d)
{
	int64_t n;

	if (doc_int(d, &n) && n >= 0 && n < INT64_MAX - *sum)
		*sum += n;
}

void
run_add(struct run *run, struct arena *keep, const struct doc *record)
{
	add(&run->planned, doc_get(record, "planned"));
	add(&run->done, doc_get(record, "done"));
	add(&run->skipped, doc_get(record, "skipped"));
	add(&run->failed, doc_get(record, "failed"));
	if (!doc_null(doc_get(record, "stopped")))
		run->stopped = arena_keep(keep, doc_text(doc_get(record, "stopped")));
}
