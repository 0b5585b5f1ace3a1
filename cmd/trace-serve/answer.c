/* answer.c - a recorded answer, or what there is to say instead, as the provider would. */
#include "answer.h"

#include "io/emit.h"

/* One list in the shapes of both providers. */
void
answer_models(const struct shelf *shelf, struct buf *b)
{
	emit_open(b, '{');
	emit_ktext(b, "object", "list");
	emit_key(b, "data");
	emit_open(b, '[');
	for (size_t i = 0; i < shelf->models.count; i++) {
		emit_open(b, '{');
		emit_kstr(b, "id", map_key(&shelf->models, i));
		emit_ktext(b, "object", "model");
		emit_ktext(b, "type", "model");
		emit_kstr(b, "display_name", map_key(&shelf->models, i));
		emit_kint(b, "created", 0);
		emit_ktext(b, "created_at", "1970-01-01T00:00:00Z");
		emit_ktext(b, "owned_by", err_tool());
		emit_close(b, '}');
	}
	emit_close(b, ']');
	emit_kbool(b, "has_more", false);
	emit_close(b, '}');
}

void
answer_error(struct exchange *x, const struct dialect *d, int status, str message)
{
	struct buf b = { 0 };

	(d != NULL ? d : &dialect_openai_chat)->complain(&b, status, message);
	serve_json(x, status, buf_str(&b));
	buf_free(&b);
}

/* The recorded stream never came to its end: neither does this one. */
static void
break_off(struct buf *stream, const struct book *book)
{
	for (const char *const *end = book->dialect->ends; *end != NULL; end++)
		stream->len = str_search(buf_str(stream), *end);
	if (book->error.len > 0)
		book->dialect->stream_error(stream, book->error);
}

void
answer_book(
    struct exchange *x, struct arena *a, const struct book *book, const struct doc *request)
{
	struct buf b = { 0 };
	bool failed = book->broken || book->error.len > 0;

	if (book->status != 200) {
		serve_json(x, (int)book->status, book->response);
		return;
	}
	if (!doc_true(doc_get(request, "stream"))) {
		if (failed)
			answer_error(x, book->dialect, 500,
			    book->error.len > 0 ? book->error :
						  STR("the recorded answer broke off"));
		else
			serve_json(x, 200, book->response);
		return;
	}
	bool usage = doc_true(doc_get(doc_get(request, "stream_options"), "include_usage"));
	book->dialect->render(&b, doc_read(a, book->response), usage);
	if (failed)
		break_off(&b, book);
	serve_events(x, buf_str(&b));
	buf_free(&b);
}

void
answer_count(struct exchange *x, const struct dialect *d, const struct book *book)
{
	struct buf b = { 0 };

	if (book->input < 0) {
		answer_error(x, d, 404, STR("the record does not tell how many tokens it had"));
		return;
	}
	emit_open(&b, '{');
	if (d != &dialect_anthropic)
		emit_ktext(&b, "object", "response.input_tokens");
	emit_kint(&b, "input_tokens", book->input);
	emit_close(&b, '}');
	serve_json(x, 200, buf_str(&b));
	buf_free(&b);
}
