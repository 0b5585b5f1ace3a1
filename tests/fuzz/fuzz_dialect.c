/* fuzz_dialect - the first byte picks dialect and part: requests, answers, streams. */
#include <assert.h>

#include "trace/reply.h"
#include "trace/trace.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
request(struct arena *a, const struct dialect *d, str body)
{
	const struct doc *doc = doc_read(a, body);
	struct view view;

	if (doc == NULL || doc->kind != KIND_OBJECT)
		return;
	trace_content(a, d, doc, &view);
	view_marks(a, &view);
	assert(doc_read(a, d->set_system(a, doc, STR("new \"prompt\""))) != NULL);
}

/* A plain answer rendered as a stream must give a plain answer that says the same. */
static void
response(struct arena *a, const struct dialect *d, str body)
{
	const struct doc *doc = doc_read(a, body);
	struct answer answer, again;
	struct buf b = { 0 };

	if (doc == NULL || doc->kind != KIND_OBJECT)
		return;
	d->answer(a, doc, &answer);
	d->render(&b, doc, true);
	struct stream s = stream_new(a, d);
	stream_feed(&s, buf_str(&b));
	str plain = stream_end(&s);
	assert(plain.len == 0 || doc_read(a, plain) != NULL);
	if (plain.len > 0)
		d->answer(a, doc_read(a, plain), &again);
	buf_free(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct reply reply;
	struct buf b = { 0 };

	if (size == 0)
		return 0;
	const struct dialect *d = dialects[data[0] & 32 ? 2 : data[0] & 1];
	str body = { (const char *)data + 1, size - 1 };
	if (data[0] & 2) {
		request(&a, d, body);
	} else if (data[0] & 4) {
		response(&a, d, body);
	} else {
		reply_read(&a, data[0] & 8 ? NULL : d, data[0] & 16 ? 200 : 500, body, &reply);
		buf_text(&b, "{");
		reply_emit(&b, &reply, 200);
		buf_text(&b, "}");
		assert(doc_read(&a, buf_str(&b)) != NULL);
	}
	buf_free(&b);
	arena_free(&a);
	return 0;
}
