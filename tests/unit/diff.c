/* diff - words that came and went; schemas; stopping early. */
#include "../../cmd/diff-eval/jsonschema.c"
#include "../../cmd/diff-eval/sequence.c"
#include "../../cmd/diff-eval/words.c"
#include "data/random.h"
#include "unit.h"

static str
marked(struct arena *a, const char *was, const char *now)
{
	static const char *const marks[] = { "", "-", "+" };
	struct buf b = { 0 };

	for (const struct word *w = words_compare(a, str_of(was), str_of(now)); w != NULL;
	     w = w->next)
		buf_printf(&b, "%s%.*s|", marks[w->is], STR_F(w->text));
	str text = arena_keep(a, buf_str(&b));
	buf_free(&b);
	return text;
}

static void
differences(void)
{
	static const struct {
		const char *was, *now, *marked;
	} of[] = { { "a b c", "a b c", "a b c|" }, { "a b c", "a x c", "a|-b|+x|c|" },
		{ "", "a", "+a|" }, { "a", "", "-a|" }, { "", "", "" },
		{ "a  b", "a b c", "a b|+c|" },
		{ "one two three", "two three four", "-one|two three|+four|" } };
	struct arena a = { 0 };

	for (size_t i = 0; i < sizeof of / sizeof *of; i++)
		EXPECT(str_is(marked(&a, of[i].was, of[i].now), of[i].marked), "%s",
		    marked(&a, of[i].was, of[i].now).at);
	unit_table("words");
	arena_free(&a);
}

static void
schemas(void)
{
	static const struct {
		const char *schema, *value;
		enum outcome outcome;
	} of[] = { { "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"type\":\"number\"}}}", "1",
		       PASS },
		{ "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"type\":\"number\"}}}", "\"x\"",
		    FAIL },
		{ "{\"$ref\":\"#\"}", "1", UNKNOWN }, /* round and round */
		{ "{\"$ref\":\"http://x\"}", "1", UNKNOWN },
		{ "{\"properties\":{\"next\":{\"$ref\":\"#\"},\"n\":{\"type\":\"integer\"}}}",
		    "{\"next\":{\"next\":{\"n\":1.5}}}", FAIL },
		{ "{\"anyOf\":[{\"$ref\":\"#\"},{\"$ref\":\"#\"}]}", "1", UNKNOWN },
		{ "{\"dependentRequired\":{}}", "{}", UNKNOWN } };
	struct arena a = { 0 };
	str fault = { 0 };

	for (size_t i = 0; i < sizeof of / sizeof *of; i++)
		EXPECT(schema_fits(&a, doc_read(&a, str_of(of[i].value)),
			   doc_read(&a, str_of(of[i].schema)), &fault) == of[i].outcome,
		    "%s", of[i].schema);
	unit_table("references in schemas");
	arena_free(&a);
}

/* Feed differences, `size` of a session at a time; true: a verdict came. */
static bool
falsely(uint64_t seed, size_t size, double loss)
{
	const struct policy p = { .margin = loss };
	struct measures all = { .count = 2 };
	struct sequence *s = sequence_new(&p);
	bool hit = false;

	for (uint64_t i = 0; i < 800 && !hit; i++) {
		double old[2] = { 1, NAN }, new[2] = { 1, NAN };
		uint64_t session = seed * 1000003 + i / size;
		double shift = size > 1 ? (random_unit(&session) - 0.5) / 5 : 0;
		double u = random_unit(&seed);
		new[0] = u < 0.1 + loss + shift ? 0 : 1; /* lost */
		if (u > 0.9 + shift)
			old[0] = 0; /* won */
		struct side x = { .values = old }, y = { .values = new };
		struct pair pair = { .old = &x,
			.new = &y,
			.where = { .cluster = i / size, .session = size > 1 } };
		sequence_add(s, &all, &pair);
		struct sequence_end e = sequence_result(s);
		hit = e.worse || e.safe;
	}
	sequence_free(s);
	return hit;
}

/* The true difference lies on the margin, where a verdict in either direction is wrong. */
static void
stopping(void)
{
	for (size_t size = 1; size <= 9; size += 8) {
		int64_t wrong = 0;
		for (uint64_t seed = 1; seed <= 1000; seed++)
			wrong += falsely(seed, size, 0.02);
		EXPECT(wrong <= 60, "sessions of %zu: %lld of 1000", size, (long long)wrong);
	}
	unit_table(
	    "stopping early errs in at most 6 % of 1,000 runs, looked at after every pair");
}

int
main(void)
{
	differences();
	schemas();
	stopping();
	return unit_done();
}
