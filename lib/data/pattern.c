/* pattern.c - regular expressions. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "data/pattern.h"

#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"

#define MATCH_LIMIT 100000
#define DEPTH_LIMIT 1000

struct pattern {
	pcre2_code *code;
	pcre2_match_context *limits;
	pcre2_match_data *data;
};

struct pattern *
pattern_new(str text, char why[160])
{
	unsigned char message[120];
	PCRE2_SIZE at;
	int error;
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)(text.at != NULL ? text.at : ""), text.len,
	    PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF, &error, &at, NULL);

	if (code == NULL) {
		pcre2_get_error_message(error, message, sizeof message);
		snprintf(why, 160, "%s at %zu", (const char *)message, (size_t)at + 1);
		return NULL;
	}
	struct pattern *p = mem_new(sizeof *p);
	pcre2_jit_compile(code, PCRE2_JIT_COMPLETE); /* where that cannot be, it is slower */
	p->code = code;
	p->limits = pcre2_match_context_create(NULL);
	p->data = pcre2_match_data_create_from_pattern(code, NULL);
	if (p->limits == NULL || p->data == NULL)
		die(EXIT_SYSTEM, "out of memory");
	pcre2_set_match_limit(p->limits, MATCH_LIMIT);
	pcre2_set_depth_limit(p->limits, DEPTH_LIMIT);
	return p;
}

enum pattern_hit
pattern_find(const struct pattern *p, str subject, size_t from, size_t *start, size_t *end)
{
	int n = pcre2_match(p->code, (PCRE2_SPTR)(subject.at != NULL ? subject.at : ""),
	    subject.len, from, 0, p->data, p->limits);

	if (n == PCRE2_ERROR_NOMATCH)
		return PATTERN_NO;
	if (n < 0)
		return PATTERN_LIMIT;
	const PCRE2_SIZE *at = pcre2_get_ovector_pointer(p->data);
	*start = at[0];
	*end = at[1] > at[0] ? at[1] : at[0]; /* \K can turn them round */
	return PATTERN_YES;
}

void
pattern_free(struct pattern *p)
{
	if (p == NULL)
		return;
	pcre2_match_data_free(p->data);
	pcre2_match_context_free(p->limits);
	pcre2_code_free(p->code);
	free(p);
}
