/* tokens.c - what the planned requests are in the target's own tokens. */
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "io/emit.h"
#include "meter/terms.h"
#include "replay.h"

struct by_encoding {
	uint64_t tokens;
	int64_t calls, unknown;
};

struct tokens {
	struct coders_options options;
	struct coders *coders;
	struct table counted;   /* struct by_encoding by encoding */
	struct table uncounted; /* int64_t by reason: calls */
};

struct tokens *
tokens_new(const char *vocab)
{
	struct tokens *t = mem_new(sizeof *t);
	t->options.vocab = vocab;
	t->options.advice = "name a file with --vocab";
	t->coders = coders_new(&t->options);
	if (vocab != NULL)
		coder_need(coder_default(t->coders));
	t->counted.size = sizeof(struct by_encoding);
	t->uncounted.size = sizeof(int64_t);
	return t;
}

static const char *
count(struct arena *a, struct coder *coder, const struct outgoing *out, struct terms *terms)
{
	if (coder->closed)
		return arena_string(a,
		    arena_printf(a, "%.*s: its tokenizer is not public: replay --count asks",
			STR_F(out->model)));
	if (coder->why != NULL)
		return coder->why;
	request_count(a, coder, out->dialect, terms_rules(out->dialect, out->model), out->model,
	    doc_read(a, out->body), terms);
	return terms->why;
}

void
tokens_add(struct tokens *t, const struct outgoing *out)
{
	struct arena a = { 0 };
	struct coder *coder = coder_of_request(t->coders, out->model);
	struct terms terms = { .why = NULL };
	const char *why = count(&a, coder, out, &terms);

	if (why != NULL) {
		++*(int64_t *)table_put(&t->uncounted, str_of(why));
	} else {
		struct by_encoding *e = table_put(&t->counted, str_of(coder->name));
		e->tokens += terms_sum(&terms);
		e->unknown += terms.unknown;
		e->calls++;
	}
	arena_free(&a);
}

void
tokens_print(const struct tokens *t, int64_t calls)
{
	for (size_t i = 0; i < table_count(&t->counted); i++) {
		const struct by_encoding *e = table_at(&t->counted, i);
		str name = table_key(&t->counted, i);
		printf("%-12s %8llu  input tokens counted by %.*s for %lld of %lld calls", "",
		    (unsigned long long)e->tokens, STR_F(name), (long long)e->calls,
		    (long long)calls);
		if (e->unknown > 0)
			printf(", and %lld pictures or files of unknown size",
			    (long long)e->unknown);
		putchar('\n');
	}
	counts_print("not counted", &t->uncounted);
}

void
tokens_emit(struct buf *b, const struct tokens *t)
{
	emit_key(b, "counted");
	emit_open(b, '{');
	for (size_t i = 0; i < table_count(&t->counted); i++) {
		const struct by_encoding *e = table_at(&t->counted, i);
		emit_name(b, table_key(&t->counted, i));
		emit_open(b, '{');
		emit_kint(b, "input_tokens", (int64_t)e->tokens);
		emit_kint(b, "calls", e->calls);
		emit_kint(b, "unknown", e->unknown);
		emit_close(b, '}');
	}
	emit_close(b, '}');
	counts_emit(b, "uncounted", &t->uncounted);
}

void
tokens_free(struct tokens *t)
{
	coders_free(t->coders);
	table_free(&t->counted);
	table_free(&t->uncounted);
	free(t);
}
