/* batch.c - the files of the batch APIs.
 *
 * OpenAI's input lines hold the request, its output lines the response; both vendors'
 * results name the request only by custom_id.  Lines with requests are remembered, so
 * that `trace-capture input.jsonl output.jsonl` joins the two; a request that gets no
 * result, and a result whose request is not there, are said in the end. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/table.h"
#include "capture.h"

struct asked {
	str url, body;
	bool answered;
};

struct batch {
	struct table asked; /* by custom_id */
	struct arena arena;
	uint64_t orphans;
};

struct batch *
batch_new(void)
{
	struct batch *b = mem_new(sizeof *b);

	b->asked.size = sizeof(struct asked);
	return b;
}

static void
remember(struct sink *s, str id, str url, const struct doc *body)
{
	struct batch *b = s->batch;

	*(struct asked *)table_put(&b->asked, id) = (struct asked){ arena_keep(&b->arena, url),
		arena_keep(&b->arena, body->raw), false };
}

static void
result(struct sink *s, str id, int64_t status, const struct doc *body)
{
	struct arena *a = in_arena(s->in);
	struct batch *b = s->batch;
	struct asked *asked = table_find(&b->asked, id);
	struct capture c = { .id = id, .reader = "batch", .http = true, .step = -1 };
	str raw = doc_raw(body);

	c.status = status;
	if (asked != NULL)
		c.url = trace_url(a, asked->url);
	capture_bodies(a, &c, asked != NULL ? asked->url : (str){ 0 },
	    asked != NULL ? asked->body : (str){ 0 }, body != NULL ? &raw : NULL);
	if (asked != NULL)
		asked->answered = true;
	else
		b->orphans++;
	capture_write(s, &c);
}

/* {"custom_id","method","url","body"} */
static bool
openai_request(struct sink *s, str id)
{
	const struct doc *url = doc_get(s->source, "url"), *body = doc_get(s->source, "body");

	if (doc_kind(url) != KIND_STRING || doc_kind(body) != KIND_OBJECT)
		return false;
	remember(s, id, url->text, body);
	return true;
}

/* {"custom_id","response":{"status_code","body"},"error"} */
static bool
openai_result(struct sink *s, str id)
{
	const struct doc *response = doc_get(s->source, "response"),
			 *error = doc_get(s->source, "error");
	int64_t status = 0;

	if (doc_kind(doc_get(response, "body")) == KIND_OBJECT &&
	    doc_int(doc_get(response, "status_code"), &status))
		result(s, id, status, doc_get(response, "body"));
	else if (doc_kind(error) == KIND_OBJECT)
		result(s, id, 0, s->source);
	else
		return false;
	return true;
}

/* {"custom_id","result":{"type","message"|"error"}} */
static bool
anthropic_result(struct sink *s, str id)
{
	const struct doc *told = doc_get(s->source, "result"), *type = doc_get(told, "type");

	if (doc_is(type, "succeeded"))
		result(s, id, 200, doc_get(told, "message"));
	else if (doc_is(type, "errored"))
		result(s, id, 0, doc_get(told, "error"));
	else if (doc_is(type, "canceled") || doc_is(type, "expired"))
		result(s, id, 0, told); /* {"type":"expired"} is the error */
	else
		return false;
	return true;
}

/* {"requests":[{"custom_id","params"}]} */
static bool
anthropic_requests(struct sink *s)
{
	const struct doc *requests = doc_get(s->source, "requests");

	if (doc_get(doc_item(requests, 0), "params") == NULL)
		return false;
	DOC_EACH (r, requests) {
		str id = doc_text(doc_get(r, "custom_id"));
		if (id.len > 0 && doc_kind(doc_get(r, "params")) == KIND_OBJECT)
			remember(s, id, STR("/v1/messages"), doc_get(r, "params"));
	}
	return true;
}

bool
read_batch(struct sink *s)
{
	str id = doc_text(doc_get(s->source, "custom_id"));

	if (id.len == 0)
		return anthropic_requests(s);
	return openai_request(s, id) || openai_result(s, id) || anthropic_result(s, id);
}

/* Requests that nothing answered are calls too. */
void
batch_end(struct sink *s)
{
	struct batch *b = s->batch;
	uint64_t open = 0;

	for (size_t i = 0; i < table_count(&b->asked); i++)
		open += !((const struct asked *)table_at(&b->asked, i))->answered;
	if (open > 0)
		warn("%llu batch requests have no result", (unsigned long long)open);
	if (b->orphans > 0)
		warn("%llu batch results came without their request: give the request file "
		     "before them",
		    (unsigned long long)b->orphans);
	table_free(&b->asked);
	arena_free(&b->arena);
	free(b);
}
