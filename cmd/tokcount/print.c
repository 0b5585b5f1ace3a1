/* print.c - a count as a line. */
#include <stdio.h>

#include "io/emit.h"
#include "io/out.h"
#include "tokcount.h"
#include "ui/term.h"

static void
print_text(const char *name, struct amount a, str verdict)
{
	if (a.tokens >= 0)
		printf("%lld", (long long)a.tokens);
	else if (a.estimate >= 0)
		printf("~%lld [%lld, %lld] n=%lld", (long long)a.estimate, (long long)a.low,
		    (long long)a.high, (long long)a.n);
	else
		putchar('?');
	if (name != NULL) {
		putchar(' ');
		term_put(str_of(name));
	}
	if (verdict.len > 0) {
		fputs("  ", stdout);
		term_put(verdict);
	}
	putchar('\n');
}

void
print_count(const struct options *o, const struct coder *coder, const char *name,
    struct amount a, str verdict)
{
	struct buf b = { 0 };
	if (o->format == TEXT) {
		print_text(name, a, verdict);
		return;
	}
	emit_open(&b, '{');
	emit_ktext(&b, "record", "count");
	emit_kint(&b, "v", 1);
	if (name != NULL)
		emit_ktext(&b, "file", name);
	emit_amount(&b, a);
	emit_ktext(&b, "encoding", coder->name);
	emit_ktext(&b, "vocab_sha256", coder->vocab.sha256);
	emit_kbool(&b, "verified", coder->vocab.verified);
	if (verdict.len > 0)
		emit_kstr(&b, "verdict", verdict);
	emit_close(&b, '}');
	out_line(buf_str(&b));
	buf_free(&b);
}

static void
known(struct buf *b, const char *key, int64_t value)
{
	if (value >= 0)
		emit_kint(b, key, value);
	else
		emit_kraw(b, key, STR("null"));
}

void
emit_amount(struct buf *b, struct amount a)
{
	known(b, "tokens", a.tokens);
	known(b, "estimate", a.estimate);
	known(b, "low", a.low);
	known(b, "high", a.high);
	emit_kint(b, "n", a.n);
}
