/* stream - event streams however they are cut; every plain answer of the files named (or
 * of examples/candidate.ndjson), rendered as a stream, gives itself back. */
#include <stdlib.h>

#include "io/canon.h"
#include "io/emit.h"
#include "io/in.h"
#include "trace/trace.h"
#include "unit.h"

static str
read_whole(
    struct arena *a, const struct dialect *d, str stream, size_t cut, size_t step, bool *done)
{
	struct stream s = stream_new(a, d);

	stream_feed(&s, (str){ stream.at, cut });
	for (size_t at = cut; at < stream.len; at += step)
		stream_feed(&s,
		    (str){ stream.at + at, stream.len - at < step ? stream.len - at : step });
	str plain = stream_end(&s);
	*done = s.done && !s.broken;
	return plain;
}

/* The number of a call in its stream is not part of the plain form. */
static str
without_index(struct arena *a, str response)
{
	str text = canon_text(a, response);
	const struct doc *choice = doc_item(doc_get(doc_read(a, text), "choices"), 0);
	struct buf b = { 0 };
	const char *from = text.at;

	DOC_EACH (call, doc_get(doc_get(choice, "message"), "tool_calls")) {
		const struct doc *index = doc_get(call, "index");
		if (index == NULL)
			continue;
		const char *key = index->raw.at - strlen("\"index\":");
		buf_add(&b, (str){ from, (size_t)(key - from) });
		from = index->raw.at + index->raw.len;
		while (*from == ',' || *from == ' ')
			from++;
	}
	buf_add(&b, (str){ from, (size_t)(text.at + text.len - from) });
	text = arena_keep(a, buf_str(&b));
	buf_free(&b);
	return text;
}

static void
round_trip(const struct dialect *d, str id, str response, bool every_cut)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	bool done;
	str want = without_index(&a, response);

	d->render(&b, doc_read(&a, response), true);
	str stream = arena_keep(&a, buf_str(&b));
	str got = read_whole(&a, d, stream, 0, 1, &done);
	EXPECT(str_eq(canon_text(&a, got), want), "%.*s byte by byte: %.*s", STR_F(id),
	    STR_F(got));
	for (size_t cut = 0; every_cut && cut <= stream.len; cut++) {
		struct arena one = { 0 };
		got = read_whole(&one, d, stream, cut, stream.len, &done);
		EXPECT(str_eq(canon_text(&one, got), want), "%.*s cut at %zu", STR_F(id), cut);
		/* and broken off there: never taken for whole */
		read_whole(&one, d, (str){ stream.at, cut }, 0, cut + 1, &done);
		EXPECT(!done || stream.len - cut <= 20, "%.*s broken off at %zu of %zu",
		    STR_F(id), cut, stream.len);
		arena_free(&one);
	}
	buf_free(&b);
	arena_free(&a);
}

static void
files(char **names, bool every)
{
	static const struct in_options options = IN_DEFAULTS;
	static const char *const fields[] = { TRACE_NAMES, NULL };
	struct in *in = in_open(&options, fields, names);
	struct rec rec;
	int count = 0;

	while (in_record(in, &rec)) {
		const struct dialect *d = dialect_named(in_text(in, &rec, T_API));
		struct answer answer = { 0 };
		if (d != NULL && rec.values[T_RESPONSE].kind == KIND_OBJECT)
			d->answer(in_arena(in),
			    doc_read(in_arena(in), rec.values[T_RESPONSE].raw), &answer);
		if (answer.present)
			round_trip(d, in_text(in, &rec, T_ID), rec.values[T_RESPONSE].raw,
			    every || count % 8 == 0);
		count += answer.present;
	}
	in_close(in);
	printf("# %d answers\n", count);
	unit_table("rendered as a stream and cut anywhere, the plain form comes back");
	CHECK(count > 0);
}

/* Responses whose last event says nothing of the output: put together from the others, and
 * from those without numbers too. */
static void
from_deltas(void)
{
	static const char head[] =
	    "data: "
	    "{\"type\":\"response.created\",\"response\":{\"id\":\"r\",\"output\":[]}}\n\n"
	    "data: {\"type\":\"response.output_item.added\",\"item\":{\"type\":\"message\","
	    "\"id\":\"m\",\"content\":[]}}\n\n"
	    "data: "
	    "{\"type\":\"response.content_part.added\",\"item_id\":\"m\",\"part\":{\"type\":"
	    "\"output_text\",\"text\":\"\"}}\n\n"
	    "data: "
	    "{\"type\":\"response.output_text.delta\",\"item_id\":\"m\",\"delta\":\"Hel\"}\n\n"
	    "data: "
	    "{\"type\":\"response.output_item.added\",\"output_index\":1,\"item\":{\"type\":"
	    "\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"\"}}\n\n"
	    "data: {\"type\":\"response.function_call_arguments.delta\",\"output_index\":1,"
	    "\"delta\":\"{\\\"a\\\":1}\"}\n\n"
	    "data: "
	    "{\"type\":\"response.output_text.delta\",\"item_id\":\"m\",\"delta\":\"lo\"}\n\n";
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct answer answer;
	bool done;

	buf_text(&b, head);
	buf_text(&b,
	    "data: {\"type\":\"response.completed\",\"response\":{\"id\":\"r\",\"status\":"
	    "\"completed\",\"output\":[],\"usage\":{\"input_tokens\":3,\"output_tokens\":2}}}"
	    "\n\n");
	str plain = read_whole(&a, &dialect_openai_responses, buf_str(&b), 0, 7, &done);
	dialect_openai_responses.answer(&a, doc_read(&a, plain), &answer);
	CHECK(done && str_is(answer.text, "Hello") && answer.call_count == 1 &&
	    str_is(answer.calls->arguments, "{\"a\":1}") && answer.usage.output == 2 &&
	    answer.finish == FINISH_TOOLS);
	plain = read_whole(&a, &dialect_openai_responses, str_of(head), 0, 1000, &done);
	dialect_openai_responses.answer(&a, doc_read(&a, plain), &answer);
	CHECK(!done && str_is(answer.text, "Hello") && answer.call_count == 1);
	buf_free(&b);
	arena_free(&a);
}

static str
plain_of(struct arena *a, const struct dialect *d, const char *stream, struct stream *s)
{
	*s = stream_new(a, d);
	stream_feed(s, str_of(stream));
	return stream_end(s);
}

/* What servers really send beside the specification. */
static void
oddities(void)
{
	struct arena a = { 0 };
	struct stream s;
	struct answer answer;

	str p = plain_of(&a, &dialect_openai_chat,
	    "data: "
	    "{\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"tool_"
	    "calls\":["
	    "{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\"\"}}]}}]}"
	    "\r\n\r\n"
	    ": keep-alive\r\n\r\n"
	    "data: "
	    "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"id\":\"a\",\"function\":"
	    "{\"name\":\"f\",\"arguments\":\":1}\"}}]}}]}\r\n\r\n"
	    "data: "
	    "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"id\":\"b\",\"function\":"
	    "{\"name\":\"g\",\"arguments\":\"{}\"}}]},\"finish_reason\":\"tool_calls\"}],"
	    "\"obfuscation\":\"xx\"}\r\n\r\n"
	    "data: [DONE]\r\n\r\n",
	    &s);
	dialect_openai_chat.answer(&a, doc_read(&a, p), &answer);
	CHECK(answer.call_count == 2 && s.done);
	CHECK(str_is(answer.calls->arguments, "{\"x\":1}") &&
	    str_is(answer.calls->next->name, "g"));
	CHECK(str_search(p, "obfuscation") == p.len &&
	    str_search(p, "chat.completion\"") < p.len);

	plain_of(&a, &dialect_openai_chat,
	    "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n"
	    "data: {\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\"}}\n\n",
	    &s);
	CHECK(!s.done && str_is(s.error_type, "server_error") &&
	    str_is(s.error_message, "overloaded"));

	p = plain_of(&a, &dialect_anthropic,
	    "event: message_start\ndata: "
	    "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"content\":[],"
	    "\"usage\":{\"input_tokens\":5,\"cache_read_input_tokens\":7,\"output_tokens\":1}}}"
	    "   \n\n"
	    "event: ping\ndata: {\"type\":\"ping\"}\n\n"
	    "data: "
	    "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"tool_"
	    "use\",\"id\":\"t\",\"name\":\"f\",\"input\":{}}}\n\n"
	    "data: "
	    "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"input_json_"
	    "delta\",\"partial_json\":\"{\\\"a\\\":\"}}\n\n"
	    "data: "
	    "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"max_tokens\"},\"usage\":{"
	    "\"output_tokens\":9}}\n\n"
	    "data: {\"type\":\"message_stop\"}\n\n",
	    &s);
	dialect_anthropic.answer(&a, doc_read(&a, p), &answer);
	CHECK(s.done && answer.finish == FINISH_LENGTH &&
	    str_is(answer.calls->arguments, "{\"a\":"));
	CHECK(answer.usage.input == 12 && answer.usage.output == 9 &&
	    answer.usage.cache_read == 7);

	p = plain_of(&a, &dialect_openai_chat,
	    "data: "
	    "{\"choices\":[{\"delta\":{\"audio\":{\"id\":\"x\",\"transcript\":\"Hel\",\"data\":"
	    "\"AA\"},"
	    "\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\","
	    "\"arguments\":\"\"}},"
	    "{\"index\":0,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"\"}}]}}]}"
	    "\n\n"
	    "data: "
	    "{\"choices\":[{\"delta\":{\"audio\":{\"transcript\":\"lo\",\"data\":\"BB\"},"
	    "\"tool_calls\":"
	    "[{\"index\":0,\"id\":\"zz\",\"function\":{\"name\":\"\",\"arguments\":\"{}\"}},"
	    "{\"index\":9223372036854775807,\"id\":\"c\"}]}}]}\n\n",
	    &s);
	dialect_openai_chat.answer(&a, doc_read(&a, p), &answer);
	CHECK(str_search(p, "\"Hello\"") < p.len && str_search(p, "\"AABB\"") < p.len);
	CHECK(answer.call_count == 2 && str_is(answer.calls->name, "f") &&
	    str_is(answer.calls->arguments, "{}") && str_is(answer.calls->next->name, "g"));

	p = plain_of(&a, &dialect_anthropic,
	    "data: "
	    "{\"type\":\"message_start\",\"message\":{\"content\":null,\"usage\":null}}\n\n"
	    "data: "
	    "{\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":"
	    "\"text\",\"text\":\"\"}}\n\n"
	    "data: "
	    "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"odd\"}"
	    "}\n\n"
	    "data: "
	    "{\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"text_delta\","
	    "\"text\":\"b\"}}\n\n"
	    "data: "
	    "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"odd_delta\","
	    "\"odd\":\"a\"}}\n\n"
	    "data: "
	    "{\"type\":\"message_delta\",\"delta\":{},\"usage\":{\"output_tokens\":3}}\n\n",
	    &s);
	CHECK(str_is(p,
	    "{\"content\":[{\"type\":\"odd\",\"odd\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]"
	    ","
	    "\"usage\":{\"output_tokens\":3}}"));

	plain_of(&a, &dialect_anthropic,
	    "event: error\ndata: {\"type\":\"error\",\"error\":"
	    "{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n",
	    &s);
	CHECK(str_is(s.error_type, "overloaded_error") && !s.done);
	arena_free(&a);
}

static void
framing(void)
{
	static const char *const spellings[] = { "event: a\ndata: 1\ndata: 2\n\ndata: 3\n\n",
		"event: a\r\ndata: 1\r\ndata: 2\r\n\r\ndata: 3\r\n\r\n",
		"event: a\rdata: 1\rdata: 2\r\rdata: 3\r\r",
		"\xef\xbb\xbf"
		"event:a\ndata:1\n: note\ndata:2\n\nid: 7\ndata:3" };

	for (size_t i = 0; i < 4; i++) {
		for (size_t step = 1; step < 9; step++) {
			struct sse s = { 0 };
			struct sse_event e;
			struct buf all = { 0 };
			str text = str_of(spellings[i]);
			for (size_t at = 0; at < text.len; at += step) {
				sse_feed(&s,
				    (str){ text.at + at,
					text.len - at < step ? text.len - at : step });
				while (sse_next(&s, &e))
					buf_printf(
					    &all, "%.*s|%.*s;", STR_F(e.name), STR_F(e.data));
			}
			if (sse_last(&s, &e))
				buf_printf(&all, "%.*s|%.*s;", STR_F(e.name), STR_F(e.data));
			EXPECT(str_is(buf_str(&all), "a|1\n2;|3;"), "%zu by %zu: %.*s", i, step,
			    STR_F(buf_str(&all)));
			EXPECT(s.bytes == text.len && s.events == 2, "%zu by %zu", i, step);
			buf_free(&all);
			sse_free(&s);
		}
	}
	unit_table("line ends, comments, joined data, a cut anywhere");
}

int
main(int argc, char **argv)
{
	char path[512];
	const char *examples = getenv("EXAMPLES");
	char *own[] = { path, NULL };

	snprintf(
	    path, sizeof path, "%s/candidate.ndjson", examples != NULL ? examples : "examples");
	framing();
	oddities();
	from_deltas();
	files(argc > 1 ? argv + 1 : own, argc > 1);
	return unit_done();
}
