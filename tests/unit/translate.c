/* translate - requests between the dialects: every pair, there and back.  What differs then
 * must have been declared; over the files named, or over examples/traces.ndjson and the
 * awkward requests below. */
#include <stdlib.h>

#include "io/canon.h"
#include "io/in.h"
#include "trace/trace.h"
#include "trace/translate.h"
#include "unit.h"

static bool
declared(struct arena *a, str losses, const char *field)
{
	const struct doc *all =
	    doc_read(a, arena_printf(a, "[%.*s]", (int)losses.len, losses.at));

	DOC_EACH (loss, all)
		if (str_starts(doc_text(doc_get(loss, "field")), field))
			return true;
	return false;
}

static bool
words_declared(struct arena *a, str losses)
{
	return declared(a, losses, "request.messages") ||
	    declared(a, losses, "request.input") || declared(a, losses, "request.tools") ||
	    declared(a, losses, "request.system");
}

static str
content_of(struct arena *a, const struct dialect *d, str body)
{
	const struct doc *request = doc_read(a, body);
	struct view v;

	return request != NULL ? trace_content(a, d, request, &v) : STR("no JSON");
}

/* Scalars at the top are there again, or said to be lost. */
static void
check_settings(
    struct arena *a, const char *name, const struct doc *before, str after, str losses)
{
	const struct doc *now = doc_read(a, after);

	DOC_EACH (m, before) {
		const struct doc *same = doc_find(now, m->key);
		const char *field = arena_printf(a, "request.%.*s", STR_F(m->key)).at;
		if (m->kind >= KIND_ARRAY || m->kind == KIND_NULL || str_is(m->key, "input"))
			continue;
		EXPECT(
		    (same != NULL && str_eq(canon_text(a, same->raw), canon_text(a, m->raw))) ||
			declared(a, losses, field),
		    "%s: %s is gone without a word: %.*s", name, field, STR_F(after));
	}
}

static void
there_and_back(str id, const struct dialect *from, const struct dialect *to, str body)
{
	struct arena a = { 0 };
	const struct doc *request = doc_read(&a, body);
	str lost, lost_again;
	const char *name =
	    arena_printf(&a, "%.*s %s to %s", STR_F(id), from->name, to->name).at;
	str there = translate(&a, from, to, request, &lost);
	const struct doc *middle = doc_read(&a, there);
	EXPECT(doc_kind(middle) == KIND_OBJECT, "%s: %.*s", name, STR_F(there));
	if (middle == NULL)
		return;
	str want = content_of(&a, from, body);
	EXPECT(str_eq(content_of(&a, to, there), want) || words_declared(&a, lost),
	    "%s: other words: %.*s, losses %.*s", name, STR_F(there), STR_F(lost));
	str back = translate(&a, to, from, middle, &lost_again);
	str all = arena_printf(&a, "%.*s%s%.*s", (int)lost.len, lost.at,
	    lost.len > 0 && lost_again.len > 0 ? "," : "", (int)lost_again.len,
	    lost_again.at != NULL ? lost_again.at : "");
	EXPECT(str_eq(content_of(&a, from, back), want) || words_declared(&a, all),
	    "%s: other words after the way back: %.*s, losses %.*s", name, STR_F(back),
	    STR_F(all));
	check_settings(&a, name, request, back, all);
	arena_free(&a);
}

static void
matrix(str id, const struct dialect *from, str body)
{
	for (size_t i = 0; dialects[i] != NULL; i++)
		if (dialects[i] != from)
			there_and_back(id, from, dialects[i], body);
}

static void
files(char **names)
{
	static const struct in_options options = IN_DEFAULTS;
	static const char *const fields[] = { TRACE_NAMES, NULL };
	struct in *in = in_open(&options, fields, names);
	struct rec rec;
	int count = 0;

	while (in_record(in, &rec)) {
		const struct dialect *d = dialect_named(in_text(in, &rec, T_API));
		if (d == NULL || rec.values[T_REQUEST].kind != KIND_OBJECT)
			continue;
		matrix(in_text(in, &rec, T_ID), d, rec.values[T_REQUEST].raw);
		count++;
	}
	in_close(in);
	printf("# %d requests\n", count);
	unit_table("there and back: equal up to declared losses");
	CHECK(count > 0);
}

static const struct {
	const struct dialect *const *from, *const *to;
	const char *request, *has, *losses;
} cases[] = {
#define CHAT      (&dialects[0])
#define ANTHROPIC (&dialects[1])
#define RESPONSES (&dialects[2])
	{ CHAT, ANTHROPIC,
	    "{\"model\":\"m\",\"temperature\":1.5,\"seed\":7,\"stop\":\"x\",\"n\":2,"
	    "\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
	    "\"temperature\":1,\"stop_sequences\":[\"x\"]",
	    "temperature clamped;seed dropped;n dropped;stop renamed;max_tokens added" },
	{ CHAT, ANTHROPIC,
	    "{\"model\":\"m\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":"
	    "\"a\"},{\"role\":\"system\",\"content\":\"late\"},{\"role\":\"user\",\"content\":"
	    "\"b\"}]}",
	    "\"system\":[{\"type\":\"text\",\"text\":\"late\"}]",
	    "messages.system moved;messages merged" },
	{ CHAT, ANTHROPIC,
	    "{\"model\":\"m\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":"
	    "\"a\"},{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"a b\","
	    "\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":1.10}\"}},{\"id\":\"c\","
	    "\"function\":{\"name\":\"f\",\"arguments\":\"oops\"}}]},{\"role\":\"tool\","
	    "\"tool_call_id\":\"a b\",\"content\":\"1\"},{\"role\":\"tool\",\"tool_call_id\":"
	    "\"c\",\"content\":\"2\"}]}",
	    "\"name\":\"f\",\"input\":{\"x\":1.10}",
	    "messages.tool_calls.id renamed;messages.tool_calls.arguments converted" },
	{ CHAT, ANTHROPIC,
	    "{\"model\":\"m\",\"max_tokens\":5,\"reasoning_effort\":\"minimal\","
	    "\"parallel_tool_calls\":false,\"tool_choice\":\"required\",\"tools\":[{\"type\":"
	    "\"function\",\"function\":{\"name\":\"f\",\"parameters\":{}}}],\"messages\":[{"
	    "\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":"
	    "\"data:image/png;base64,AAAA\",\"detail\":\"low\"}}]}]}",
	    "\"tool_choice\":{\"type\":\"any\",\"disable_parallel_tool_use\":true}",
	    "reasoning_effort clamped;messages.content.image_url.detail dropped" },
	{ CHAT, ANTHROPIC,
	    "{\"model\":\"m\",\"max_tokens\":5,\"tool_choice\":\"none\",\"messages\":[{"
	    "\"role\":"
	    "\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":null},{\"role\":"
	    "\"user\","
	    "\"content\":\"\"}]}",
	    "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"}]}"
	    "]",
	    "tool_choice dropped;messages dropped;messages.content.text dropped" },
	{ ANTHROPIC, CHAT,
	    "{\"model\":\"m\",\"max_tokens\":5,\"messages\":[{\"role\":\"assistant\","
	    "\"content\":[{"
	    "\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{}}]},{\"role\":"
	    "\"user\","
	    "\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":[{"
	    "\"type\":"
	    "\"image\",\"source\":{\"type\":\"url\",\"url\":\"u\"}},{\"type\":\"text\","
	    "\"text\":\"x\"}]}]}]}",
	    "\"tool_call_id\":\"t\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}]",
	    "messages.content.tool_result.content dropped" },
	{ ANTHROPIC, CHAT,
	    "{\"model\":\"m\",\"max_tokens\":5,\"top_k\":3,\"thinking\":{\"type\":\"enabled\"},"
	    "\"system\":[{\"type\":\"text\",\"text\":\"s\",\"cache_control\":{\"type\":"
	    "\"ephemeral\"}}],\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":["
	    "{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":\"no\",\"is_error\":"
	    "true},{\"type\":\"text\",\"text\":\"go\"}]}]}",
	    "{\"role\":\"tool\",\"tool_call_id\":\"t\",\"content\":\"no\"},{\"role\":\"user\"",
	    "thinking dropped;messages.content.cache_control dropped;"
	    "messages.content.is_error dropped;stream_options added" },
	{ CHAT, RESPONSES,
	    "{\"model\":\"m\",\"stop\":[\"a\"],\"max_tokens\":9,\"verbosity\":\"low\","
	    "\"reasoning_effort\":\"high\",\"response_format\":{\"type\":\"json_schema\","
	    "\"json_schema\":{\"name\":\"n\",\"schema\":{},\"strict\":true}},\"tools\":[{"
	    "\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"messages\":[{\"role\":"
	    "\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"u\"}]}",
	    "\"instructions\":\"s\",\"input\":[{\"role\":\"user\",\"content\":\"u\"}],",
	    "stop dropped;max_tokens renamed;verbosity renamed;reasoning_effort renamed" },
	{ RESPONSES, CHAT,
	    "{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":\"u\"},{\"type\":"
	    "\"reasoning\",\"summary\":[],\"encrypted_content\":\"x\"},{\"type\":"
	    "\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"{}\"},{"
	    "\"type\":"
	    "\"function_call_output\",\"call_id\":\"c\",\"output\":\"r\"}],\"include\":[],"
	    "\"truncation\":\"auto\"}",
	    "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"r\"}",
	    "input.reasoning dropped;include dropped;truncation dropped" },
	{ CHAT, RESPONSES,
	    "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"u\"},{\"role\":"
	    "\"assistant\",\"function_call\":{\"name\":\"f\",\"arguments\":\"{}\"}},{\"role\":"
	    "\"function\",\"name\":\"f\",\"content\":\"r\"}]}",
	    "{\"type\":\"function_call_output\",\"call_id\":\"call_1\",\"output\":\"r\"}",
	    "messages.tool_calls.id added" },
};

static void
check_case(size_t i)
{
	struct arena a = { 0 };
	str lost, rest = str_of(cases[i].losses);
	str body = translate(
	    &a, *cases[i].from, *cases[i].to, doc_read(&a, str_of(cases[i].request)), &lost);

	EXPECT(str_search(body, cases[i].has) < body.len, "case %zu: %.*s", i, STR_F(body));
	while (rest.len > 0) {
		str action = str_cut(&rest, ';'), field = str_cut(&action, ' ');
		str entry = arena_printf(&a, "{\"field\":\"request.%.*s\",\"action\":\"%.*s\"",
		    STR_F(field), STR_F(action));
		EXPECT(str_search(lost, entry.at) < lost.len, "case %zu: %.*s not in %.*s", i,
		    STR_F(entry), STR_F(lost));
	}
	matrix(STR("case"), *cases[i].from, str_of(cases[i].request));
	arena_free(&a);
}

int
main(int argc, char **argv)
{
	static char own_path[] = "examples/traces.ndjson";
	char *own[] = { own_path, NULL };

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check_case(i);
	unit_table("what each target cannot take is named");
	files(argc > 1 ? argv + 1 : own);
	return unit_done();
}
