/* json - reading, projecting, canonical form, editing in place; jansson is the judge of
 * what is JSON and what it means. */
#include <jansson.h>
#include <stdlib.h>

#include "io/canon.h"
#include "io/edit.h"
#include "io/emit.h"
#include "io/scan.h"
#include "unit.h"

/* Does our canonical text mean to jansson what the original means to it? */
static bool
same_value(const json_t *theirs, str ours)
{
	json_error_t error;
	json_t *again = json_loadb(ours.at, ours.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
	bool same = again != NULL && json_number_value(theirs) == json_number_value(again) &&
	    (json_is_number(theirs) || json_equal(theirs, again));

	json_decref(again);
	return same;
}

static const char *const seeds[] = {
	"{\"a\":[1,2.5,-3e2,true,false,null,\"x\\u00e9\\n\"],\"b\":{}}",
	"[[],{},\"\",0,-0,1e-7,12345678901234567]", "{\"k\":\"\\ud83d\\ude00\",\"k\":2}",
	"\"\\/\\b\\f\"", "  [ 1 , { \"a\" : [ ] } ]  ", "-1.0E+2",
	"[\"\xc3\xa9\",\"\xf0\x9f\x98\x80\"]"
};

/* Is it one of the four things that only we accept? */
static bool
wider(str s)
{
	for (size_t i = 0, digits = 0; i < s.len; i++) {
		digits = s.at[i] >= '0' && s.at[i] <= '9' ? digits + 1 : 0;
		if (digits > 17 || s.at[i] == 'e' || s.at[i] == 'E')
			return true;
	}
	return str_search(s, "\\u") < s.len;
}

static void
against_jansson(void)
{
	static const char alphabet[] = "{}[]\",:\\ue01239.-+Etrfalsn \n\xc3\xa9\x80";
	uint64_t state = 42;
	int disagreed = 0, accepted = 0;

	for (int round = 0; round < 300000; round++) {
		char text[128];
		struct arena a = { 0 };
		const char *seed = seeds[round % 7];
		size_t n = strlen(seed);
		memcpy(text, seed, n);
		for (int k = 0; k < 1 + round % 3; k++) {
			state = state * 6364136223846793005 + 1442695040888963407;
			size_t at = (size_t)(state >> 33) % n;
			text[at] = alphabet[(size_t)(state >> 20) % (sizeof alphabet - 1)];
		}
		str s = { text, n - (size_t)(state >> 40) % 3 };
		json_error_t error;
		json_t *theirs =
		    json_loadb(s.at, s.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
		const struct doc *ours = doc_read(&a, s);
		accepted += theirs != NULL;
		bool same = (theirs != NULL) == (ours != NULL) || (ours != NULL && wider(s));
		if (same && theirs != NULL && str_search(s, ".") == s.len && !wider(s))
			same = same_value(theirs, canon_text(&a, s));
		if (!same && disagreed++ < 5)
			printf("# disagree on %.*s\n", (int)s.len, s.at);
		json_decref(theirs);
		arena_free(&a);
	}
	CHECK(disagreed == 0);
	CHECK(accepted > 10000);
}

static void
wideness(void)
{
	struct arena a = { 0 };
	const struct doc *d = doc_read(&a,
	    STR("[18446744073709551615,1e400,\"\\ud800\",\"a\\u0000b\",\"\\ud83d\\ude00\"]"));

	CHECK(str_is(doc_raw(doc_item(d, 0)), "18446744073709551615"));
	CHECK(str_is(doc_raw(doc_item(d, 1)), "1e400"));
	CHECK(str_is(doc_text(doc_item(d, 2)), "\xef\xbf\xbd"));
	CHECK(str_eq(doc_text(doc_item(d, 3)), ((str){ "a\0b", 3 })));
	CHECK(str_is(doc_text(doc_item(d, 4)), "\xf0\x9f\x98\x80"));
	CHECK(doc_read(&a, STR("[1,]")) == NULL && doc_read(&a, STR("{\"a\" 1}")) == NULL);
	CHECK(doc_read(&a, STR("01")) == NULL && doc_read(&a, STR("[1] 2")) == NULL);
	arena_free(&a);
}

static void
depth(void)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct doc_error error;

	for (int i = 0; i < LEX_DEPTH; i++)
		buf_byte(&b, '[');
	for (int i = 0; i < LEX_DEPTH; i++)
		buf_byte(&b, ']');
	CHECK(doc_parse(&a, buf_str(&b), 0, &error) != NULL);
	CHECK(doc_parse(&a, buf_str(&b), 100, &error) == NULL && error.offset == 100);
	CHECK(strcmp(error.why, "nested too deep") == 0);
	buf_free(&b);
	arena_free(&a);
}

static void
canonical(void)
{
	static const char *const same[][2] = { { "1", "1.0" }, { "10e-1", "1" },
		{ "1E2", "100" }, { "-0.0", "0" }, { "0.1", "1e-1" },
		{ "123456789012345678901234567890", "1.2345678901234567890123456789e29" },
		{ "{\"a\":1,\"b\":2}", " { \"b\" : 2.0 , \"a\" : 1 } " },
		{ "{\"a\":1,\"a\":2}", "{\"a\":2}" }, { "\"\\u00e9\"", "\"\xc3\xa9\"" },
		{ "[1e999999999999999999999]", "[1e999999999999999999999]" } };
	static const char *const differ[][2] = { { "9007199254740993", "9007199254740992" },
		{ "0.1", "0.10000000000000001" }, { "1e-7", "1e-8" }, { "1", "\"1\"" },
		{ "[]", "{}" }, { "[1,2]", "[2,1]" }, { "1", "-1" }, { "1e20", "1e21" } };
	struct arena a = { 0 };

	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		EXPECT(str_eq(canon_text(&a, str_of(same[i][0])),
			   canon_text(&a, str_of(same[i][1]))),
		    "%s", same[i][0]);
	unit_table("other spellings of the same value have one text");
	for (size_t i = 0; i < sizeof differ / sizeof *differ; i++)
		EXPECT(!str_eq(canon_text(&a, str_of(differ[i][0])),
			   canon_text(&a, str_of(differ[i][1]))),
		    "%s", differ[i][0]);
	unit_table("different values have different texts");
	str once = canon_text(&a, STR("{\"z\":[1.50,{\"y\":\"\\n\"}],\"a\":1e3}"));
	CHECK(str_is(once, "{\"a\":1000,\"z\":[15e-1,{\"y\":\"\\n\"}]}"));
	CHECK(str_eq(once, canon_text(&a, once)));
	arena_free(&a);
}

static void
projection(void)
{
	struct arena a = { 0 };
	struct path paths[5];
	const char *const texts[] = { ".a.b", "c[1]", ".[\"x.y\"]", ".a", ".missing.deep" };
	struct scan_value v[5];
	struct doc_error error;
	str record =
	    STR("{\"a\":{\"b\":1.10},\"c\":[0,{\"k\":2}],\"x.y\":\"\\u0041\",\"z\":[[]]}");

	for (size_t i = 0; i < 5; i++)
		EXPECT(path_parse(&a, str_of(texts[i]), &paths[i]) == NULL, "%s", texts[i]);
	unit_table("paths");
	const struct scan *s = scan_new(&a, paths, 5);
	CHECK(scan_read(s, record, 0, v, &error));
	CHECK(str_is(v[0].raw, "1.10") && v[0].raw.at == record.at + 10);
	CHECK(str_is(v[1].raw, "{\"k\":2}") && str_is(scan_text(&a, &v[2]), "A"));
	CHECK(str_is(v[3].raw, "{\"b\":1.10}") && v[4].kind == KIND_NONE);
	CHECK(scan_read(s, STR("{\"a\":{\"b\":1},\"\\u0061\":{\"q\":1}}"), 0, v, &error));
	CHECK(
	    v[0].kind == KIND_NONE && str_is(v[3].raw, "{\"q\":1}")); /* the last a has no b */
	CHECK(!scan_read(s, STR("{\"a\":{\"b\":1}} x"), 0, v, &error) && error.offset == 14);

	static const char *const bad[] = { "", ".", "a..b", ".[", ".[-1]", ".a[\"x]",
		".a|tojson", "a b" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		bool whole = strcmp(bad[i], ".") == 0;
		EXPECT(
		    (path_parse(&a, str_of(bad[i]), &paths[0]) == NULL) == whole, "%s", bad[i]);
	}
	unit_table("what is no path");
	arena_free(&a);
}

static str
set(struct arena *a, const char *json, const char *path_text, const char *value)
{
	struct path path;
	const char *why;
	str result = { 0 };

	path_parse(a, str_of(path_text), &path);
	edit_path(a, doc_read(a, str_of(json)), &path, str_of(value), &result, &why);
	return result;
}

static void
editing(void)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	const struct edit edits[] = { { "record", STR("\"replay\"") }, { "new", STR("[1]") },
		{ "none", { 0 } } };

	CHECK(edit_object(&b, STR("{ \"record\" : \"trace\", \"n\":1.10 , \"u\":\"\\u0041\" }"),
		  edits, 3) == 1);
	CHECK(str_is(buf_str(&b),
	    "{ \"record\" : \"replay\", \"n\":1.10 , \"u\":\"\\u0041\" ,\"new\":[1]}"));
	buf_reset(&b);
	edit_object(&b, STR("{ \n}"), edits, 2);
	CHECK(str_is(buf_str(&b), "{ \n\"record\":\"replay\",\"new\":[1]}"));
	buf_reset(&b);
	edit_object(&b, STR("{\"a\":1\n}"), edits, 2);
	CHECK(str_is(buf_str(&b), "{\"a\":1\n,\"record\":\"replay\",\"new\":[1]}"));
	CHECK(str_is(set(&a, "{\"a\": 1.0, \"b\":[{\"c\":2}]}", "b[0].c", "\"x\""),
	    "{\"a\": 1.0, \"b\":[{\"c\":\"x\"}]}"));
	CHECK(str_is(set(&a, "{\"a\":1}", "x.y", "2"), "{\"a\":1,\"x\":{\"y\":2}}"));
	CHECK(str_is(set(&a, "{}", "x", "2"), "{\"x\":2}"));
	CHECK(set(&a, "{\"a\":[1]}", "a[5]", "2").len == 0 &&
	    set(&a, "{\"a\":1}", "a.b", "2").len == 0);
	buf_reset(&b);
	edit_flatten(&b, STR("{\r\n\"a\\\"\":\n\"x\\n\"}"));
	CHECK(str_is(buf_str(&b), "{  \"a\\\"\": \"x\\n\"}"));
	buf_reset(&b);
	emit_open(&b, '{');
	emit_kstr(&b, "k\"", ((str){ "\0\x01\xff\"\\\n\xc3\xa9", 8 }));
	emit_kreal(&b, "r", 0.1);
	emit_kreal(&b, "n", (double)NAN);
	emit_close(&b, '}');
	CHECK(str_is(buf_str(&b),
	    "{\"k\\\"\":\"\\u0000\\u0001\xef\xbf\xbd\\\"\\\\\\n\xc3\xa9\",\"r\":0.1,\"n\":"
	    "null}"));
	buf_free(&b);
	arena_free(&a);
}

int
main(void)
{
	against_jansson();
	wideness();
	depth();
	canonical();
	projection();
	editing();
	return unit_done();
}
