/* answer.c - verdicts on standard output. */
#include "mail/answer.h"

#include "data/when.h"
#include "io/edit.h"
#include "io/emit.h"
#include "io/out.h"

#define TOOL "send_email"

/* What is not said is null where the record has its own: nobody else says it here. */
static str
or_null(const struct doc *record, const char *key, str json)
{
	return json.len == 0 && doc_get(record, key) != NULL ? STR("null") : json;
}

static void
to_intent(struct arena *a, str line, const struct verdict *v)
{
	struct buf out = { 0 };
	const struct doc *d = doc_read(a, line);
	str id = v->seq > 0 ? arena_printf(a, "\"g%lld\"", (long long)v->seq) : STR("");
	str token = v->token.len > 0 ? emit_quoted(a, v->token) : STR("");
	str until = v->until > 0 ? emit_quoted(a, when_print(a, v->until)) : STR("");
	str reason = emit_quoted(a, str_of(v->reason));
	const struct edit edits[] = { { "verdict",
					  emit_quoted(a, str_of(verdict_names[v->kind])) },
		{ "reasons", arena_printf(a, "[%.*s]", STR_F(reason)) },
		{ "message", emit_quoted(a, v->message) },
		{ "until", or_null(d, "until", until) },
		{ "gate_id", or_null(d, "gate_id", id) },
		{ "token", or_null(d, "token", token) } };

	edit_object(&out, line.len > 0 ? line : STR("{}"), edits, sizeof edits / sizeof *edits);
	out_line(buf_str(&out));
	buf_free(&out);
}

/* What the model is told. */
static str
words(struct arena *a, const struct verdict *v, bool sent)
{
	const char *const what[] = { sent ? "Sent" : "May be sent", "Not sent now",
		"Held for a person to look at", "Refused" };

	return arena_printf(a, "%s: %.*s (%s)%s%.*s. %s", what[v->kind], STR_F(v->message),
	    v->reason, v->until > 0 ? " Try again after " : "",
	    STR_F(v->until > 0 ? when_print(a, v->until) : STR("")),
	    v->kind == VERDICT_REJECT         ? "Do not try the same again." :
		v->kind == VERDICT_QUARANTINE ? "Do not send it again." :
						"");
}

static void
to_call(struct arena *a, enum asked asked, const struct doc *line, const struct verdict *v,
    bool sent)
{
	struct buf b = { 0 };

	emit_open(&b, '{');
	if (asked == ASKED_RESPONSES) {
		emit_ktext(&b, "type", "function_call_output");
		emit_kraw(&b, "call_id", doc_raw(doc_get(line, "call_id")));
	} else if (asked == ASKED_OPENAI) {
		emit_ktext(&b, "role", "tool");
		emit_kraw(&b, "tool_call_id", doc_raw(doc_get(line, "id")));
	} else {
		emit_ktext(&b, "type", "tool_result");
		emit_kraw(&b, "tool_use_id", doc_raw(doc_get(line, "id")));
		if (v->kind != VERDICT_ACCEPT)
			emit_kbool(&b, "is_error", true);
	}
	emit_kstr(
	    &b, asked == ASKED_RESPONSES ? "output" : "content", str_trim(words(a, v, sent)));
	emit_close(&b, '}');
	out_line(buf_str(&b));
	buf_free(&b);
}

void
answer(enum asked asked, str line, const struct verdict *v, bool sent)
{
	struct arena a = { 0 };

	if (asked == ASKED_INTENT)
		to_intent(&a, line, v);
	else
		to_call(&a, asked, doc_read(&a, line), v, sent);
	arena_free(&a);
}

/* OpenAI's {"type":"function","function":{"name","arguments"}}, its Responses API's
 * {"type":"function_call","name","arguments"}, Anthropic's {"type":"tool_use","name","input"}.
 */
const struct doc *
answer_call(struct arena *a, const struct doc *line, enum asked *asked, bool *foreign)
{
	const struct doc *function = doc_get(line, "function"), *of = NULL;
	str name = { 0 };

	*foreign = false;
	*asked = ASKED_INTENT;
	if (doc_is(doc_get(line, "type"), "tool_use")) {
		*asked = ASKED_ANTHROPIC;
		name = doc_text(doc_get(line, "name"));
		of = doc_get(line, "input");
	} else if (doc_is(doc_get(line, "type"), "function_call")) {
		*asked = ASKED_RESPONSES;
		name = doc_text(doc_get(line, "name"));
		of = doc_read(a, doc_text(doc_get(line, "arguments")));
	} else if (doc_kind(function) == KIND_OBJECT) {
		*asked = ASKED_OPENAI;
		name = doc_text(doc_get(function, "name"));
		of = doc_read(a, doc_text(doc_get(function, "arguments")));
	} else {
		return NULL;
	}
	*foreign = !str_is(name, TOOL);
	return doc_kind(of) == KIND_OBJECT ? of : NULL;
}
