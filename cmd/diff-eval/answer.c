/* answer.c - one answer, boiled down to what comparing and showing it needs. */
#include <stdlib.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "data/hash.h"
#include "diff.h"
#include "io/canon.h"
#include "io/emit.h"

const char *const side_columns[] = { "api", "model.requested", "response", "status",
	"stream.done", "error.type", "usage.input", "usage.output", "timing.total_ms", "cost",
	"outcome.ok", "outcome.resolved", "outcome.error", "scores", NULL };

/* In ASCII, without blanks that could be fewer: that is so already. */
static bool
folded(str text)
{
	bool blank = true;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];
		if (c >= 0x80 || (c >= '\t' && c <= '\r') || (c == ' ' && blank))
			return false;
		blank = c == ' ';
	}
	return text.len == 0 || !blank;
}

/* NFC; runs of blanks as one space, none at the ends. */
static str
fold(struct arena *a, str text)
{
	if (folded(text))
		return text;

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
read_calls(struct arena *a, const struct answer *answer, size_t excerpt, struct side *side)
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
	side->call_text = arena_keep(a, utf8_prefix(buf_str(&written), excerpt));
	buf_free(&written);
	buf_free(&ordered);
	buf_free(&one);
}

/* [{"name","arguments"}], for who asks what an answer is worth. */
static str
calls_json(struct arena *a, const struct answer *answer)
{
	struct buf b = { 0 };

	emit_open(&b, '[');
	for (const struct call *c = answer->calls; c != NULL; c = c->next) {
		emit_open(&b, '{');
		emit_kstr(&b, "name", c->name);
		emit_kstr(&b, "arguments", c->arguments);
		emit_close(&b, '}');
	}
	emit_close(&b, ']');
	str json = arena_keep(a, buf_str(&b));
	buf_free(&b);
	return json;
}

void
side_read(struct measures *all, struct arena *a, const struct source *s, size_t excerpt,
    struct side *side)
{
	const struct dialect *d = dialect_named(scan_text(a, &s->v[S_API]));
	str body = s->v[S_RESPONSE].raw;
	const struct doc *response = body.len > 0 && d != NULL ? doc_read(a, body) : NULL;
	struct answer answer = { .usage = USAGE_NONE };

	*side = (struct side){ .response = body };
	if (response != NULL)
		d->answer(a, response, &answer);
	side->present = answer.present;
	side->whole = answer.text;
	side->whole_calls = all->peers ? calls_json(a, &answer) : (str){ 0 };
	side->text = hash_short(answer.text);
	side->folded = hash_short(fold(a, answer.text));
	side->excerpt =
	    utf8_prefix(answer.text.len > 0 ? answer.text : answer.refusal, excerpt);
	read_calls(a, &answer, excerpt, side);
	measure_side(all, a, s, &answer, side);
}

void
side_keep(struct arena *a, const struct measures *all, struct side *side)
{
	double *values = ARENA_ARRAY(a, double, all->count);

	for (size_t m = 0; m < all->count; m++)
		values[m] = side->values[m];
	side->values = values;
	side->fault = arena_keep(a, side->fault);
	side->excerpt = arena_keep(a, side->excerpt);
	side->call_text = arena_keep(a, side->call_text);
	side->whole = all->peers ? arena_keep(a, side->whole) : (str){ 0 };
	side->whole_calls = all->peers ? arena_keep(a, side->whole_calls) : (str){ 0 };
	side->response = all->peers ? arena_keep(a, side->response) : (str){ 0 };
}
