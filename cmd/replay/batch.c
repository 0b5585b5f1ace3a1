/* batch.c - the batch APIs' files instead of calls: half the price, an answer by tomorrow.
 *
 * --emit writes the requests; custom_id is the call's own key (a hash of id, sample and
 * body), so --collect, given the same traces, finds each result whatever its order.  The
 * results are spooled to a temporary file: memory holds a key and a place for each. */
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/table.h"
#include "io/emit.h"
#include "io/out.h"
#include "replay.h"

static bool begun; /* the one document of Anthropic's form */

void
batch_emit(const struct options *o, const struct job *j)
{
	struct buf b = { 0 };

	if (o->emit == EMIT_ANTHROPIC && !begun)
		buf_text(&b, "{\"requests\":[\n");
	else if (o->emit == EMIT_ANTHROPIC)
		buf_text(&b, ",");
	begun = true;
	buf_text(&b, "{\"custom_id\":");
	emit_str(&b, j->key);
	if (o->emit == EMIT_OPENAI) {
		emit_ktext(&b, "method", "POST");
		emit_kstr(&b, "url",
		    arena_printf(
			(struct arena *)&job_source(j)->arena, "/v1%s", j->out->dialect->path));
	}
	emit_kraw(&b, o->emit == EMIT_OPENAI ? "body" : "params", j->out->body);
	emit_close(&b, '}');
	out_line(buf_str(&b));
	buf_free(&b);
}

void
batch_emit_end(const struct options *o)
{
	if (o->emit == EMIT_ANTHROPIC)
		out_line(begun ? STR("]}") : STR("{\"requests\":[]}"));
}

struct place {
	long at;
	size_t len;
};

struct batch {
	struct table places; /* by custom_id */
	FILE *spool;
};

static void
keep(struct batch *b, str id, str line)
{
	long at = ftell(b->spool);

	*(struct place *)table_put(&b->places, id) = (struct place){ at, line.len };
	if (at < 0 || fwrite(line.at, 1, line.len, b->spool) != line.len)
		die(EXIT_SYSTEM, "--collect: cannot write the temporary file");
}

struct batch *
batch_collect(const struct options *o)
{
	static const char *const names[] = { IN_NAMES, "custom_id", NULL };
	const struct in_options in_options = { .max_bad = "0",
		.max_line = o->in.max_line,
		.max_document = o->in.max_document,
		.max_depth = o->in.max_depth };
	struct batch *b = mem_new(sizeof *b);
	char *name = mem_new(str_of(o->collect).len + 1), *operands[] = { name, NULL };
	struct rec rec;

	snprintf(name, str_of(o->collect).len + 1, "%s", o->collect);
	b->places.size = sizeof(struct place);
	b->spool = tmpfile();
	if (b->spool == NULL)
		die(EXIT_SYSTEM, "--collect: cannot make a temporary file");
	struct in *in = in_open(&in_options, names, operands);
	while (in_record(in, &rec)) {
		str id = in_text(in, &rec, IN_FIELDS);
		if (id.len > 0)
			keep(b, id, rec.text);
		else
			in_reject(in, &rec, "no result of a batch: it has no custom_id");
	}
	int status = in_status(in);
	in_close(in);
	free(name);
	if (status == EXIT_SYSTEM)
		die(EXIT_SYSTEM, "--collect: %s: it cannot be read", o->collect);
	return b;
}

static str
line_of(struct batch *b, struct arena *a, str id)
{
	const struct place *p = table_find(&b->places, id);

	if (p == NULL)
		return (str){ 0 };
	char *text = arena_bytes(a, p->len + 1);
	if (fseek(b->spool, p->at, SEEK_SET) != 0 || fread(text, 1, p->len, b->spool) != p->len)
		die(EXIT_SYSTEM, "--collect: cannot read the temporary file");
	return (str){ text, p->len };
}

/* OpenAI {"response":{"status_code","body"},"error"}, Anthropic {"result":{"type",
 * "message"|"error"}}; canceled and expired requests have no answer. */
static const struct doc *
body_of(const struct doc *d, int64_t *status)
{
	const struct doc *response = doc_get(d, "response"), *result = doc_get(d, "result");

	if (doc_is(doc_get(result, "type"), "succeeded")) {
		*status = 200;
		return doc_get(result, "message");
	}
	if (doc_is(doc_get(result, "type"), "errored")) {
		*status = 400;
		return doc_get(result, "error");
	}
	if (doc_int(doc_get(response, "status_code"), status))
		return doc_get(response, "body");
	return NULL;
}

bool
batch_find(struct batch *b, struct job *j)
{
	str line = line_of(b, &j->arena, j->key);
	const struct doc *d = doc_read(&j->arena, line), *body = body_of(d, &j->status);

	j->attempts = 1;
	if (body != NULL) {
		reply_read(&j->arena, j->out->dialect, j->status, body->raw, &j->reply);
		return true;
	}
	j->failed = true;
	j->reply = (struct reply){ .answer = { .usage = USAGE_NONE } };
	j->reply.error_message = STR("the batch holds no answer to this call");
	j->reply.error_type = doc_text(doc_get(doc_get(d, "result"), "type"));
	if (j->reply.error_type.len == 0)
		j->reply.error_type = STR("no-result");
	if (d != NULL && !doc_null(doc_get(d, "error")))
		dialect_error(&j->arena, d, &j->reply.error_type, &j->reply.error_message);
	return true;
}

void
batch_free(struct batch *b)
{
	table_free(&b->places);
	fclose(b->spool);
	free(b);
}
