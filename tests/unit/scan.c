/* scan - the fast ways to read a record against the plain one: every level of the processor,
 * with shapes and without, on records that are like each other and on broken ones. */
#include <stdlib.h>

#include "base/mem.h"
#include "data/random.h"
#include "io/scan_level.h"
#include "unit.h"

#define PATHS 9
static const char *const names[PATHS] = { "a", "b.c", "b", "d[1]", "e.f.g", "e", "h",
	"[\"i j\"]", "k" };

static uint64_t state = 11;

static unsigned
below(unsigned n)
{
	return (unsigned)random_below(&state, n);
}

static void
scalar(struct buf *b)
{
	static const char *const some[] = { "1", "-1", "0", "12345678", "123456789",
		"12345678901234567890123", "1.5", "-0.25E-7", "1e+9", "true", "false", "null",
		"\"\"", "\"x\"",
		"\"a longer text, of more than sixty-four bytes, so that a second look is "
		"needed at it\"",
		"\"esc \\\" \\\\ \\u00e9 \\ud83d\\ude00 \\n\"",
		"\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"", "\"lone \\ud800\"",
		"\"nul \\u0000\"", "-", "01", "1.", ".5", "1e", "+1", "tru", "nul", "\"open",
		"\"bad \\x\"", "\"bad \\u12g4\"", "\"\x01\"", "\"\xff\"", "\"\xc3\"", "" };
	size_t good = 19, all = sizeof some / sizeof *some;

	buf_text(b, some[below(40) == 0 ? below((unsigned)all) : below((unsigned)good)]);
}

static void
blanks(struct buf *b)
{
	if (below(30) == 0)
		buf_text(b, below(2) ? " " : " \t\r\n ");
}

static void value(struct buf *, int depth);

static void
container(struct buf *b, int depth, bool object)
{
	static const char *const keys[] = { "a", "b", "c", "d", "e", "f", "g", "h", "i j", "k",
		"\\u0061", "other",
		"a key that nobody wants, and that is rather long, too long" };
	unsigned n = below(object ? 6 : 4);

	buf_byte(b, object ? '{' : '[');
	for (unsigned i = 0; i < n; i++) {
		if (i > 0)
			buf_byte(b, below(200) == 0 ? ';' : ',');
		blanks(b);
		if (object) {
			buf_printf(b, "\"%s\"", keys[below(sizeof keys / sizeof *keys)]);
			blanks(b);
			buf_byte(b, below(300) == 0 ? ',' : ':');
			blanks(b);
		}
		value(b, depth + 1);
		blanks(b);
	}
	if (below(200) == 0)
		buf_byte(b, ',');
	buf_byte(b, below(200) == 0 ? '}' : object ? '}' : ']');
}

static void
value(struct buf *b, int depth)
{
	unsigned what = below(depth > 4 ? 6 : 9);

	if (what < 6)
		scalar(b);
	else
		container(b, depth, what != 6);
}

/* A record of one of a few shapes, so that shapes are learnt and met again. */
static void
shaped(struct buf *b)
{
	static const char *const shapes[] = {
		"{\"a\":%,\"b\":{\"c\":%,\"x\":%},\"d\":[%,%],\"e\":{\"f\":{\"g\":%}},\"h\":%}",
		"{\"h\":%,\"a\":%,\"other\":{\"p\":%,\"q\":%},\"k\":%}",
		"{\"a\":%,\"b\":%,\"e\":%}",
		"{ \"a\" : % , \"i j\" : % , \"list\" : [ %, { \"a\" : % } ] }",
		"{\"a\":%,\"b\":{\"c\":%},\"a\":%}",
	};
	for (const char *s = shapes[below(5)]; *s != '\0'; s++)
		if (*s == '%')
			scalar(b);
		else
			buf_byte(b, *s);
}

/* Sometimes a byte is changed, left out or doubled. */
static void
spoil(struct buf *b)
{
	if (b->len == 0 || below(4) > 0)
		return;
	size_t at = below((unsigned)b->len);
	switch (below(3)) {
	case 0: b->at[at] = (char)below(256); break;
	case 1: b->len = at; break;
	default: buf_byte(b, 'x'); memmove(b->at + at + 1, b->at + at, b->len - 1 - at);
	}
}

static bool
same_values(const struct scan_value *x, const struct scan_value *y)
{
	for (size_t i = 0; i < PATHS; i++) {
		if (x[i].kind != y[i].kind || !str_eq(x[i].raw, y[i].raw))
			return false;
		if (x[i].plain && x[i].kind == KIND_STRING &&
		    str_find(x[i].raw, '\\') < x[i].raw.len)
			return false;
		int64_t whole;
		if (x[i].counted && (!str_int(x[i].raw, &whole) || whole != x[i].whole))
			return false;
	}
	return true;
}

/* The text stands at the very end of what can be read, with 64 bytes of something behind. */
static void
one(struct scanner *s, const struct scan *scan, str text, const char *what)
{
	struct scan_value plain[PATHS];
	struct doc_error e1, e2;
	char *room = mem_new(text.len + 64);

	memset(room, '0' + (int)below(10), text.len + 64);
	memcpy(room, text.at, text.len);
	str copy = { room, text.len };
	bool ok = scan_read(scan, copy, 6, plain, &e1);
	const struct scan_value *fast = scanner_read(s, copy, 64, 6, &e2);
	EXPECT((fast != NULL) == ok, "%s: %.*s: %s", what, STR_F(text), ok ? "good" : e1.why);
	if (ok && fast != NULL)
		EXPECT(same_values(fast, plain), "%s: %.*s", what, STR_F(text));
	if (!ok && fast == NULL)
		EXPECT(e1.offset == e2.offset && strcmp(e1.why, e2.why) == 0, "%s: %.*s", what,
		    STR_F(text));
	free(room);
}

static void
differ(enum scan_level level, bool shapes, const char *what)
{
	struct arena a = { 0 };
	struct path paths[PATHS];
	struct buf b = { 0 };

	for (size_t i = 0; i < PATHS; i++)
		path_parse(&a, str_of(names[i]), &paths[i]);
	const struct scan *scan = scan_new(&a, paths, PATHS);
	struct scanner *s = scanner_new(scan);
	scanner_limit(s, level, shapes);
	for (int i = 0; i < 60000; i++) {
		buf_reset(&b);
		if (below(3) == 0)
			value(&b, 0);
		else
			shaped(&b);
		spoil(&b);
		one(s, scan, buf_str(&b), what);
	}
	unit_table(what);
	scanner_free(s);
	buf_free(&b);
	arena_free(&a);
}

static void
counts(void)
{
	struct arena a = { 0 };
	struct path path;
	struct doc_error e;
	char text[256] = "{\"a\":1,\"a\":2}";

	path_parse(&a, STR("a"), &path);
	const struct scan *scan = scan_new(&a, &path, 1);
	struct scanner *s = scanner_new(scan);
	for (int i = 0; i < 3; i++)
		scanner_read(s, (str){ text, 13 }, 64, 0, &e);
	CHECK(scanner_duplicates(s) == 3);
	strcpy(text, "{\"a\":\"\\ud800 \\udc00\\ud83d\\ude00\"}");
	struct scan_value *v = scanner_read(s, (str){ text, strlen(text) }, 64, 0, &e);
	CHECK(
	    v != NULL && str_is(scan_text(&a, v), "\xef\xbf\xbd \xef\xbf\xbd\xf0\x9f\x98\x80"));
	CHECK(scanner_surrogates(s) == 1);
	scanner_free(s);
	arena_free(&a);
}

int
main(void)
{
	differ(SCAN_PLAIN, false, "plainly");
	differ(SCAN_SSE2, false, "16 bytes, keys");
	differ(SCAN_SSE2, true, "16 bytes, shapes");
	differ(SCAN_AVX2, false, "32 bytes, keys");
	differ(SCAN_AVX2, true, "32 bytes, shapes");
	differ(SCAN_AVX512, false, "64 bytes, keys");
	differ(SCAN_AVX512, true, "64 bytes, shapes");
	counts();
	return unit_done();
}
