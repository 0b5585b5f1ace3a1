/* summary.c - totals over records: by file for a field, by model for requests. */
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "counted.h"
#include "io/emit.h"
#include "io/out.h"
#include "ui/term.h"

struct row {
	int64_t records, tokens, estimate, low, high, estimated, unknown;
	uint64_t terms[TERMS];
	int64_t verdicts[3]; /* FITS, OVER, UNCALIBRATED */
	const struct coder *coder;
	char example[3][64];
};

struct summary {
	const struct options *o;
	struct table rows; /* by file, or by model */
};

struct summary *
summary_new(const struct options *o)
{
	struct summary *s = mem_new(sizeof *s);
	s->o = o;
	s->rows.size = sizeof(struct row);
	return s;
}

void
summary_free(struct summary *s)
{
	table_free(&s->rows);
	free(s);
}

void
summary_add(
    struct summary *s, const struct rec *r, const struct counted *c, const struct verdict *v)
{
	str key = s->o->requests ? c->model : str_of(r->file);
	struct row *row = table_put(&s->rows, key.len > 0 ? key : STR("-"));
	row->coder = c->coder;
	row->records++;
	row->tokens += c->tokens;
	row->unknown += c->terms.unknown;
	for (unsigned i = 0; i < TERMS; i++)
		row->terms[i] += c->terms.tokens[i];
	row->verdicts[v->fits]++;
	if (v->fits == OVER && row->verdicts[OVER] <= 3)
		snprintf(row->example[row->verdicts[OVER] - 1], sizeof *row->example,
		    "line %llu", (unsigned long long)r->line);
	if (v->amount.estimate < 0)
		return;
	row->estimated++;
	row->estimate += v->amount.estimate;
	row->low += v->amount.low;
	row->high += v->amount.high;
}

static void
print_verdicts(const struct row *r)
{
	printf("  %lld fit, %lld over, %lld uncalibrated", (long long)r->verdicts[FITS],
	    (long long)r->verdicts[OVER], (long long)r->verdicts[UNCALIBRATED]);
	for (unsigned i = 0; i < 3 && r->example[i][0] != 0; i++)
		printf("%s%s", i == 0 ? " (over: " : ", ", r->example[i]);
	fputs(r->verdicts[OVER] > 0 ? ")" : "", stdout);
}

static void
print_terms(const struct row *r)
{
	for (unsigned i = 0; i < TERMS; i++)
		if (r->terms[i] > 0)
			printf(" %s %llu", term_names[i], (unsigned long long)r->terms[i]);
	if (r->unknown > 0)
		printf(" + %lld parts of unknown size", (long long)r->unknown);
}

static void
print_row(const struct summary *s, str key, const struct row *r)
{
	if (r->coder->closed && r->estimated == r->records)
		printf("~%lld [%lld, %lld]", (long long)r->estimate, (long long)r->low,
		    (long long)r->high);
	else if (r->coder->closed)
		putchar('?');
	else
		printf("%lld", (long long)r->tokens);
	putchar(' ');
	term_put(key);
	if (s->o->requests) {
		printf("  %s, %lld requests:", r->coder->name, (long long)r->records);
		print_terms(r);
		if (r->coder->closed)
			fputs("; no public tokenizer: terms as this one counts", stdout);
	}
	if (s->o->max >= 0)
		print_verdicts(r);
	if (s->o->requests && r->coder->closed && r->estimated < r->records)
		printf("; calibrate with: " ADVICE, STR_F(key));
	putchar('\n');
}

static void
emit_row(const struct summary *s, str key, const struct row *r)
{
	struct buf b = { 0 };
	bool open = !r->coder->closed, all = r->estimated == r->records;
	struct amount a = { open ? r->tokens : -1, all ? r->estimate : -1, all ? r->low : -1,
		all ? r->high : -1, r->estimated };
	emit_open(&b, '{');
	emit_ktext(&b, "record", "count");
	emit_kint(&b, "v", 1);
	emit_kstr(&b, s->o->requests ? "model" : "file", key);
	emit_kint(&b, "records", r->records);
	emit_amount(&b, a);
	emit_ktext(&b, "encoding", r->coder->name);
	emit_ktext(&b, "vocab_sha256", r->coder->vocab.sha256);
	for (unsigned i = 0; s->o->requests && i < TERMS; i++)
		emit_kint(&b, term_names[i], (int64_t)r->terms[i]);
	emit_kint(&b, "unknown", r->unknown);
	if (s->o->max >= 0) {
		emit_kint(&b, "fit", r->verdicts[FITS]);
		emit_kint(&b, "over", r->verdicts[OVER]);
		emit_kint(&b, "uncalibrated", r->verdicts[UNCALIBRATED]);
	}
	emit_close(&b, '}');
	out_line(buf_str(&b));
	buf_free(&b);
}

int
summary_print(struct summary *s)
{
	int status = EXIT_YES;
	int64_t total = 0;
	for (size_t i = 0; i < table_count(&s->rows); i++) {
		const struct row *r = table_at(&s->rows, i);
		if (s->o->format == JSON)
			emit_row(s, table_key(&s->rows, i), r);
		else
			print_row(s, table_key(&s->rows, i), r);
		total += r->tokens;
	}
	if (s->o->format == TEXT && !s->o->requests && table_count(&s->rows) > 1)
		printf("%lld total\n", (long long)total);
	return status;
}
