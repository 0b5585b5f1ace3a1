/* answer.c - what came back, as the candidate of the record. */
#include "io/emit.h"
#include "replay.h"

static void
finish(struct job *j, struct buf *b)
{
	j->answer = arena_keep(&j->arena, buf_str(b));
	buf_free(b);
}

void
answer_skipped(struct job *j, str why)
{
	struct buf b = { 0 };

	emit_open(&b, '{');
	emit_ktext(&b, "mode", "turn");
	emit_kstr(&b, "skipped", why);
	emit_kint(&b, "sample", j->sample);
	emit_close(&b, '}');
	finish(j, &b);
}

/* {"input_tokens":N}: a zero is no count. */
static void
write_count(struct job *j, struct buf *b)
{
	int64_t n = 0;

	doc_int(doc_get(doc_read(&j->arena, j->reply.json), "input_tokens"), &n);
	if (j->status == 200 && n > 0) {
		emit_kint(b, "count", n);
	} else if (j->reply.error_type.len == 0) {
		j->reply.error_type = STR("no-count");
		j->reply.error_message = STR("the answer holds no number of tokens");
	}
}

static void
write_list(struct job *j, struct buf *b, const char *name, str elements)
{
	if (elements.len > 0)
		emit_kraw(
		    b, name, arena_printf(&j->arena, "[%.*s]", (int)elements.len, elements.at));
}

static void
write_timing(struct job *j, struct buf *b)
{
	if (j->total_ms <= 0) /* from a batch */
		return;
	emit_key(b, "timing");
	emit_open(b, '{');
	if (j->reply.streamed)
		emit_kreal(b, "ttft_ms", (double)(int64_t)(j->ttft_ms * 1000) / 1000);
	emit_kreal(b, "total_ms", (double)(int64_t)(j->total_ms * 1000) / 1000);
	emit_close(b, '}');
}

/* What the answer costs, where the book knows. */
static void
write_cost(struct job *j, struct buf *b, const struct price_book *prices, enum price_tier tier)
{
	const struct answer *answer = &j->reply.answer;
	const struct price_of of = { str_of(j->out->dialect->provider), answer->model,
		j->out->model, tier, PRICE_ANY_TIME };
	dec cost;

	if (price_usage(prices, &of, &answer->usage, &cost))
		emit_kstr(b, "cost", dec_exact(&j->arena, cost));
}

void
answer_write(struct job *j, bool count, const struct price_book *prices, enum price_tier tier)
{
	const struct outgoing *out = j->out;
	struct buf b = { 0 };

	emit_open(&b, '{');
	emit_ktext(&b, "mode", count ? "count" : "turn");
	trace_model(&b, out->model, &j->reply.answer);
	emit_ktext(&b, "api", out->dialect->name);
	emit_kstr(&b, "url", trace_url(&j->arena, str_of(out->url)));
	emit_kstr(&b, "request_sha256", out->sha256);
	if (j->transport_error.len > 0) {
		j->reply.error_type = STR("network");
		j->reply.error_message = j->transport_error;
	}
	if (count)
		write_count(j, &b);
	reply_emit(&b, &j->reply, j->status);
	write_timing(j, &b);
	write_cost(j, &b, prices, tier);
	emit_kint(&b, "attempts", j->attempts);
	emit_kint(&b, "sample", j->sample);
	if (job_source(j)->edited)
		emit_kbool(&b, "edited", true);
	write_list(j, &b, "modified", out->modified);
	write_list(j, &b, "translation", out->translation);
	emit_close(&b, '}');
	finish(j, &b);
}
