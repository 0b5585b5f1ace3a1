/* answer.c - one answer, boiled down to what comparing and showing it needs. */
#include <stdlib.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "data/hash.h"
#include "diff.h"
#include "io/canon.h"

#define EXCERPT 400

/* NFC; runs of blanks as one space, none at the ends. */
static str
fold(struct arena *a, str text)
{
	utf8proc_uint8_t *composed = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)text.at,
	    (utf8proc_ssize_t)text.len, &composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	str nfc = n >= 0 ? (str){ (const char *)composed, (size_t)n } : text;
	char *out = arena_bytes(a, nfc.len + 1), *end = out;

	for (size_t i = 0; i < nfc.len;) {
		utf8proc_int32_t c = (unsigned char)nfc.at[i];
		size_t length = utf8_length(str_from(nfc, i));
		length = length > 0 ? length : 1;
		if (length > 1)
			utf8proc_iterate(
			    (const utf8proc_uint8_t *)nfc.at + i, (utf8proc_ssize_t)length, &c);
		if (c == ' ' || (c >= '\t' && c <= '\r') ||
		    utf8proc_category(c) == UTF8PROC_CATEGORY_ZS) {
			if (end > out && end[-1] != ' ')
				*end++ = ' ';
		} else {
			for (size_t k = 0; k < length; k++)
				*end++ = nfc.at[i + k];
		}
		i += length;
	}
	free(composed);
	if (end > out && end[-1] == ' ')
		end--;
	return (str){ out, (size_t)(end - out) };
}

static void
read_calls(struct arena *a, const struct answer *answer, struct side *side)
{
	struct buf written = { 0 }, ordered = { 0 }, one = { 0 };

	for (const struct call *c = answer->calls; c != NULL; c = c->next) {
		str canonical = canon_text(a, c->arguments);
		buf_reset(&one);
		buf_printf(&one, "%zu:%.*s(%.*s)\n", c->name.len, (int)c->name.len, c->name.at,
		    (int)canonical.len, canonical.at);
		buf_add(&ordered, buf_str(&one));
		side->multiset += hash_short(buf_str(&one)); /* a sum knows no order */
		buf_printf(&written, "%s%.*s(%.*s)", written.len > 0 ? "; " : "",
		    (int)c->name.len, c->name.at, (int)c->arguments.len, c->arguments.at);
	}
	side->calls = answer->call_count;
	side->written = hash_short(buf_str(&written));
	side->ordered = hash_short(buf_str(&ordered));
	side->call_text = arena_keep(a, utf8_prefix(buf_str(&written), EXCERPT));
	buf_free(&written);
	buf_free(&ordered);
	buf_free(&one);
}

static void
read_checks(struct arena *a, const struct answer_source *s, const struct answer *answer,
    struct side *side)
{
	enum outcome *c = side->checks;
	int64_t status = 200;
	bool cut = s->done->kind == KIND_FALSE || answer->finish == FINISH_LENGTH;

	str_int(s->status->raw, &status);
	c[CHECK_STATUS] = side->present && status < 400 && s->error.len == 0 ? PASS : FAIL;
	if (c[CHECK_STATUS] == FAIL)
		side->fault = s->error.len > 0 ? s->error : STR("no answer");
	if (side->present) {
		c[CHECK_WHOLE] = cut ? FAIL : answer->finish != FINISH_UNKNOWN ? PASS : UNKNOWN;
		c[CHECK_ARGUMENTS] =
		    arguments_check(a, answer, doc_read(a, s->tools), &side->fault);
		bool refused = answer->finish == FINISH_REFUSED || answer->refusal.len > 0;
		c[CHECK_NO_REFUSAL] = refused ? FAIL : PASS;
		if (cut)
			side->fault = answer->finish == FINISH_LENGTH ?
			    STR("stopped at the token limit") :
			    STR("the stream broke off");
		if (refused && side->fault.len == 0)
			side->fault = STR("the model refused");
	}
	c[CHECK_ALL] = PASS;
	for (size_t i = CHECK_ALL + 1; i < CHECKS; i++)
		if (c[i] == FAIL)
			c[CHECK_ALL] = FAIL;
}

void
side_read(struct arena *a, const struct answer_source *s, struct side *side)
{
	const struct dialect *d = dialect_named(s->api);
	const struct doc *response = s->response.len > 0 ? doc_read(a, s->response) : NULL;
	struct answer answer = { 0 };

	*side = (struct side){ 0 };
	if (d != NULL && response != NULL)
		d->answer(a, response, &answer);
	side->present = answer.present;
	side->text = hash_short(answer.text);
	side->folded = hash_short(fold(a, answer.text));
	side->excerpt = arena_keep(
	    a, utf8_prefix(answer.text.len > 0 ? answer.text : answer.refusal, EXCERPT));
	read_calls(a, &answer, side);
	read_checks(a, s, &answer, side);
}
