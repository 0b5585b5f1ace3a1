/* report_prom.c - the report for Prometheus' textfile collector (text format 0.0.4). */
#include <stdio.h>

#include "base/key.h"
#include "report.h"
#include "ui/prom.h"

/* Names of labels have letters, digits and underscores only. */
static char
label_char(char c)
{
	bool letter = (c | 32) >= 'a' && (c | 32) <= 'z';

	return letter || (c >= '0' && c <= '9') ? c : '_';
}

static bool
same_label(const char *a, const char *b)
{
	for (; *a != '\0' && *b != '\0'; a++, b++)
		if (label_char(*a) != label_char(*b))
			return false;
	return *a == *b;
}

/* The dimension's name; where another one becomes the same, with its number. */
static void
label_name(const struct plan *p, size_t i)
{
	bool twice = false;

	for (const char *c = p->by[i].name; *c != '\0'; c++)
		putchar(label_char(*c));
	for (size_t k = 0; k < i; k++)
		twice |= same_label(p->by[k].name, p->by[i].name);
	if (twice)
		printf("_%zu", i + 1);
}

static void
labels(const struct result *r, struct arena *a, str key, const char *surface)
{
	bool known;

	putchar('{');
	for (size_t i = 0; i < r->plan->by_count; i++) {
		fputs(i > 0 ? "," : "", stdout);
		label_name(r->plan, i);
		fputs("=\"", stdout);
		str value = key_value(a, key, i, &known);
		prom_text(known ? value : (str){ 0 }); /* empty: no such label */
		putchar('"');
	}
	if (surface != NULL)
		printf("%ssurface=\"%s\"", r->plan->by_count > 0 ? "," : "", surface);
	putchar('}');
}

static void
amounts(const struct result *r, struct arena *a)
{
	puts("# HELP cogs_cost Cost by group and surface, in the price book's currency.");
	puts("# TYPE cogs_cost gauge");
	for (size_t i = 0; i < r->count; i++) {
		const struct row *row = &r->rows[i];
		fputs("cogs_cost", stdout);
		labels(r, a, row->key, "inference");
		printf(" %s\n", report_money(a, r->plan, row->group->cost).at);
		if (r->line_count > 0) {
			fputs("cogs_cost", stdout);
			labels(r, a, row->key, "shared");
			printf(" %s\n", report_money(a, r->plan, row->shared).at);
		}
	}
}

static void
counts(const struct result *r, struct arena *a, const char *name, const char *help,
    int64_t (*of)(const struct row *))
{
	printf("# HELP %s %s\n# TYPE %s gauge\n", name, help, name);
	for (size_t i = 0; i < r->count; i++) {
		fputs(name, stdout);
		labels(r, a, r->rows[i].key, NULL);
		printf(" %lld\n", (long long)of(&r->rows[i]));
	}
}

static int64_t
calls_of(const struct row *r)
{
	return r->group->calls;
}

static int64_t
unpriced_of(const struct row *r)
{
	return r->group->unpriced + r->group->unknown;
}

static int64_t
input_of(const struct row *r)
{
	return r->group->input;
}

static int64_t
output_of(const struct row *r)
{
	return r->group->output;
}

void
report_prom(const struct result *r)
{
	struct arena a = { 0 };

	amounts(r, &a);
	counts(r, &a, "cogs_calls", "Model calls.", calls_of);
	counts(r, &a, "cogs_calls_unpriced", "Calls whose cost is not known.", unpriced_of);
	counts(r, &a, "cogs_input_tokens", "Tokens of prompts.", input_of);
	counts(r, &a, "cogs_output_tokens", "Tokens of answers.", output_of);
	printf("# HELP cogs_unallocated Shared cost that no group carries.\n# TYPE "
	       "cogs_unallocated gauge\ncogs_unallocated %s\n",
	    report_money(&a, r->plan, r->unallocated).at);
	arena_free(&a);
}
