/* plan.c - what would be sent, without sending it. */
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/table.h"
#include "io/emit.h"
#include "io/out.h"
#include "replay.h"
#include "ui/term.h"

struct plan {
	int64_t records, calls, baseline, skipped, edited;
	int64_t input, input_known, output, output_known; /* recorded tokens */
	const struct price_book *prices;
	dec cost; /* of the recorded tokens at the new prices */
	int64_t cost_known;
	struct tokens *tokens;
	struct table targets, reasons, losses; /* int64_t each: how many */
};

struct plan *
plan_new(const char *vocab, const struct price_book *prices)
{
	struct plan *p = mem_new(sizeof *p);

	p->targets.size = p->reasons.size = p->losses.size = sizeof(int64_t);
	p->prices = prices;
	p->tokens = tokens_new(vocab);
	return p;
}

static void
count(struct table *t, str key)
{
	++*(int64_t *)table_put(t, key);
}

static void
add_tokens(struct plan *p, const struct source *s)
{
	p->input_known += s->input_tokens >= 0;
	p->input += s->input_tokens > 0 ? s->input_tokens : 0;
	p->output_known += s->output_tokens >= 0;
	p->output += s->output_tokens > 0 ? s->output_tokens : 0;
}

/* What as many tokens as were recorded would cost. */
static void
add_cost(struct plan *p, const struct source *s, const struct outgoing *out)
{
	const struct price_of of = { str_of(out->dialect->provider), out->model, { 0 },
		TIER_STANDARD, PRICE_ANY_TIME };
	struct usage u = USAGE_NONE;
	dec cost;

	u.input = s->input_tokens;
	u.output = s->output_tokens;
	if (u.output >= 0 && price_usage(p->prices, &of, &u, &cost) && dec_add(&p->cost, cost))
		p->cost_known++;
}

static void
count_losses(struct plan *p, str elements)
{
	struct arena a = { 0 };
	const struct doc *all =
	    doc_read(&a, arena_printf(&a, "[%.*s]", (int)elements.len, elements.at));

	DOC_EACH (loss, all)
		count(&p->losses,
		    arena_printf(&a, "%.*s %.*s", STR_F(doc_text(doc_get(loss, "field"))),
			STR_F(doc_text(doc_get(loss, "action")))));
	arena_free(&a);
}

void
plan_add(struct plan *p, const struct job *j)
{
	const struct outgoing *out = j->out;
	struct arena a = { 0 };

	p->records += !j->baseline && j->sample == 0;
	if (out->skipped.len > 0) {
		p->skipped++;
		count(&p->reasons,
		    str_starts(out->skipped, "superseded") ?
			STR("superseded by a later attempt") :
			out->skipped);
		return;
	}
	p->calls++;
	p->baseline += j->baseline;
	p->edited += job_source(j)->edited && !j->baseline && j->sample == 0;
	add_tokens(p, job_source(j));
	add_cost(p, job_source(j), out);
	count(&p->targets,
	    arena_printf(
		&a, "%.*s as %s to %s", STR_F(out->model), out->dialect->name, out->url));
	tokens_add(p->tokens, out);
	if (out->translation.len > 0)
		count_losses(p, out->translation);
	arena_free(&a);
}

void
counts_print(const char *head, const struct table *t)
{
	for (size_t i = 0; i < table_count(t); i++) {
		printf("%-12s %8lld  ", i == 0 ? head : "",
		    (long long)*(const int64_t *)table_at(t, i));
		term_put(table_key(t, i));
		putchar('\n');
	}
}

static void
print_tokens(const struct plan *p, const char *name, int64_t sum, int64_t known)
{
	printf("%-12s %8lld  %s tokens recorded for %lld of %lld calls%s\n", "", (long long)sum,
	    name, (long long)known, (long long)p->calls, known < p->calls ? ": at least" : "");
}

void
counts_emit(struct buf *b, const char *name, const struct table *t)
{
	emit_key(b, name);
	emit_open(b, '{');
	for (size_t i = 0; i < table_count(t); i++) {
		emit_name(b, table_key(t, i));
		emit_int(b, *(const int64_t *)table_at(t, i));
	}
	emit_close(b, '}');
}

static void
report_json(const struct plan *p)
{
	struct arena a = { 0 };
	struct buf b = { 0 };

	emit_open(&b, '{');
	emit_ktext(&b, "record", "plan");
	emit_kint(&b, "v", 1);
	emit_kint(&b, "records", p->records);
	emit_kint(&b, "calls", p->calls);
	emit_kint(&b, "baseline_calls", p->baseline);
	emit_kint(&b, "skipped", p->skipped);
	emit_kint(&b, "edited", p->edited);
	emit_kint(&b, "input_tokens", p->input);
	emit_kint(&b, "input_known", p->input_known);
	emit_kint(&b, "output_tokens", p->output);
	emit_kint(&b, "output_known", p->output_known);
	emit_kstr(&b, "cost", dec_exact(&a, p->cost));
	emit_kint(&b, "cost_known", p->cost_known);
	tokens_emit(&b, p->tokens);
	counts_emit(&b, "targets", &p->targets);
	counts_emit(&b, "reasons", &p->reasons);
	counts_emit(&b, "translation", &p->losses);
	emit_close(&b, '}');
	out_line(buf_str(&b));
	buf_free(&b);
	arena_free(&a);
}

/* Recorded tokens are those of another model: a bound it is not, but the best there is. */
static void
print_cost(const struct plan *p)
{
	char text[DEC_TEXT];

	if (p->cost_known == 0)
		return;
	dec_write(text, p->cost, 6);
	printf("%-12s %s  %.*s for the recorded tokens of %lld of %lld calls%s\n", "cost", text,
	    STR_F(p->prices->currency), (long long)p->cost_known, (long long)p->calls,
	    p->cost_known < p->calls ? ": at least" : "");
}

void
plan_report(const struct plan *p, const struct options *o)
{
	if (o->format != 0) {
		report_json(p);
		return;
	}
	printf("%-12s %8lld  of %lld records", "calls", (long long)p->calls,
	    (long long)p->records);
	if (p->baseline > 0)
		printf(", %lld of them to the old model", (long long)p->baseline);
	putchar('\n');
	if (p->edited > 0)
		printf("%-12s %8lld  records were edited since they were captured\n", "",
		    (long long)p->edited);
	counts_print("to", &p->targets);
	print_tokens(p, "input", p->input, p->input_known);
	tokens_print(p->tokens, p->calls);
	print_tokens(p, "output", p->output, p->output_known);
	print_cost(p);
	counts_print("skipped", &p->reasons);
	counts_print("translation", &p->losses);
}

void
plan_free(struct plan *p)
{
	tokens_free(p->tokens);
	table_free(&p->targets);
	table_free(&p->reasons);
	table_free(&p->losses);
	free(p);
}
