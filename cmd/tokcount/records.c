/* records.c - records: a field of each, or the whole requests that they hold. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "counted.h"
#include "gate.h"
#include "io/edit.h"
#include "io/emit.h"
#include "io/out.h"

enum { R_TEXT = COUNTED_FIELDS };

struct story {
	struct coders *coders;
	const struct options *o;
	struct in *in;
	struct gate *gate;
	struct summary *summary;
	struct arena arena;
	struct buf line, ids;
	int status;
};

/* The record with the count behind it. */
static void
pass_on(struct story *s, const struct rec *r, const struct counted *c, const struct verdict *v,
    const struct ids *ids)
{
	struct buf n = { 0 }, terms = { 0 }, estimate = { 0 }, words = { 0 };
	struct edit edits[5] = { { s->o->as, { 0 } } };
	size_t k = 1;
	if (v->amount.tokens >= 0)
		buf_int(&n, v->amount.tokens);
	else
		buf_text(&n, "null");
	edits[0].json = buf_str(&n);
	if (s->o->requests) {
		counted_terms(&terms, c);
		edits[k++] = (struct edit){ "token_terms", buf_str(&terms) };
	}
	if (v->amount.estimate >= 0) {
		emit_open(&estimate, '{');
		emit_amount(&estimate, v->amount);
		emit_close(&estimate, '}');
		edits[k++] = (struct edit){ "token_estimate", buf_str(&estimate) };
	}
	if (v->words.len > 0) {
		emit_str(&words, v->words);
		edits[k++] = (struct edit){ "token_verdict", buf_str(&words) };
	}
	if (ids != NULL) {
		buf_reset(&s->ids);
		buf_byte(&s->ids, '[');
		for (size_t i = 0; i < ids->count; i++) {
			if (i > 0)
				buf_byte(&s->ids, ',');
			buf_int(&s->ids, ids->at[i]);
		}
		buf_byte(&s->ids, ']');
		edits[k++] = (struct edit){ "token_ids", buf_str(&s->ids) };
	}
	buf_reset(&s->line);
	edit_object(&s->line, r->text, edits, k);
	out_line(buf_str(&s->line));
	buf_free(&n);
	buf_free(&terms);
	buf_free(&estimate);
	buf_free(&words);
}

static void
conclude(struct story *s, const struct rec *r, const struct counted *c, const struct ids *ids)
{
	const struct judged j = { c->coder, c->model, c->content, c->tokens, c->terms.unknown };
	struct verdict v = gate_judge_as(s->gate, &j);
	s->status = err_worse(s->status, v.status);
	if (s->o->each)
		pass_on(s, r, c, &v, ids);
	else
		summary_add(s->summary, r, c, &v);
}

/* --field: a record without it passes with null, and is counted as such. */
static void
field(struct story *s, struct rec *r)
{
	struct counted c = { .coder = coder_need(coder_default(s->coders)) };
	struct ids ids = { 0 };
	uint64_t tokens = 0;
	const char *why = NULL;
	if (r->values[R_TEXT].kind != KIND_STRING) {
		in_reject(s->in, r, "no text at %s", s->o->field);
		return;
	}
	str text = in_text(s->in, r, R_TEXT);
	if (!count_text(c.coder, text, &tokens, s->o->ids ? &ids : NULL, &why)) {
		in_reject(s->in, r, "%s", why);
		return;
	}
	c.tokens = (int64_t)tokens;
	c.model = str_of(s->o->by.model);
	c.content = s->gate->looks || c.coder->closed ? content_of(text) : CONTENT_OTHER;
	conclude(s, r, &c, s->o->ids ? &ids : NULL);
	free(ids.at);
}

static void
request(struct story *s, struct rec *r)
{
	struct counted c = { 0 };
	const char *why = counted_request(s->o, s->coders, s->in, r, &c);
	if (why != NULL)
		in_reject(s->in, r, "%s", why);
	else
		conclude(s, r, &c, NULL);
}

static void
run_record(struct story *s, struct rec *r)
{
	if (str_is(r->kind, "run")) {
		if (s->o->each)
			out_line(r->text);
	} else if (s->o->field != NULL) {
		field(s, r);
	} else {
		request(s, r);
	}
}

int
records_run(const struct options *o, struct coders *coders, char **files)
{
	const char *names[] = { COUNTED_NAMES, "text", NULL };
	struct story s = { .coders = coders, .o = o };
	struct in_options in = s.o->in;
	struct rec r;
	if (o->field != NULL) {
		in_map(&in, &s.arena, "text", str_of(o->field));
		coder_need(coder_default(coders));
	}
	s.gate = gate_new(o);
	s.summary = summary_new(s.o);
	s.in = in_open(&in, names, files);
	while (in_record(s.in, &r))
		run_record(&s, &r);
	s.status = err_worse(s.status, in_status(s.in));
	if (!s.o->each)
		s.status = err_worse(s.status, summary_print(s.summary));
	if (s.o->max >= 0 && in_count(s.in) == 0)
		s.status = err_worse(s.status, EXIT_INCONCLUSIVE);
	in_close(s.in);
	summary_free(s.summary);
	gate_free(s.gate);
	arena_free(&s.arena);
	buf_free(&s.line);
	buf_free(&s.ids);
	return s.status;
}
