/* data - times, hashes, statistics.  The statistics were computed with scipy 1.x and
 * statsmodels; Newcombe's tables are those of his paper (1998, table II). */
#include "data/hash.h"
#include "data/pattern.h"
#include "data/random.h"
#include "data/stat.h"
#include "data/when.h"
#include "unit.h"

static void
times(void)
{
	static const struct {
		const char *text, *utc;
	} good[] = { { "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z" },
		{ "2024-02-29T12:34:56.789+02:00", "2024-02-29T10:34:56.789Z" },
		{ "2026-03-29T01:30:00.000000001-0530", "2026-03-29T07:00:00.000000001Z" },
		{ "1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.5Z" },
		{ "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z" },
		{ "1700000000", "2023-11-14T22:13:20Z" },
		{ "1700000000.25", "2023-11-14T22:13:20.25Z" },
		{ "1700000000123", "2023-11-14T22:13:20.123Z" },
		{ "1700000000123456", "2023-11-14T22:13:20.123456Z" },
		{ "1700000000123456789", "2023-11-14T22:13:20.123456789Z" } };
	static const char *const bad[] = { "", "now", "2023-02-29T00:00:00Z",
		"2024-13-01T00:00:00Z", "2024-01-01", "2024-01-01T24:00:00Z",
		"2024-01-01T00:00:00", "9999-01-01T00:00:00Z", "-5",
		"2024-01-01T00:00:00+25:00", "17e8", "12.5.6" };
	struct arena a = { 0 };
	int64_t ns;

	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		EXPECT(when_parse(str_of(good[i].text), &ns) &&
			str_is(when_print(&a, ns), good[i].utc),
		    "%s: %s", good[i].text, when_print(&a, ns).at);
	unit_table("times that are read");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		EXPECT(!when_parse(str_of(bad[i]), &ns), "%s", bad[i]);
	unit_table("what is no time");
	for (int64_t t = INT64_C(-9000000000) * WHEN_SECOND;
	     t < INT64_C(9000000000) * WHEN_SECOND;
	     t += INT64_C(7777777) * WHEN_SECOND + 123456789)
		EXPECT(when_parse(when_print(&a, t), &ns) && ns == t, "%lld", (long long)t);
	unit_table("print and parse are inverse");
	CHECK(when_duration(STR("250ms"), &ns) && ns == 250000000);
	CHECK(when_duration(STR("1.5h"), &ns) && ns == 5400 * WHEN_SECOND);
	CHECK(when_duration(STR("3"), &ns) && ns == 3 * WHEN_SECOND);
	CHECK(!when_duration(STR("h"), &ns) && !when_duration(STR("5 m"), &ns) &&
	    !when_duration(STR("99999999w"), &ns));
	arena_free(&a);
}

static bool
near(double x, double want, double within)
{
	return fabs(x - want) <= within;
}

static void
intervals(void)
{
	static const struct {
		int64_t x, n;
		double low, high;
	} wilson[] = { { 17, 20, 0.6395811353, 0.9476312541 }, { 5, 5, 0.5655175352, 1 },
		{ 0, 10, 0, 0.2775327999 }, { 850, 1000, 0.8265313416, 0.8707899275 } };
	static const struct {
		struct pairs2 t;
		double d, low, high;
	} newcombe[] = { { { 36, 12, 2, 0 }, 0.2, 0.0569295840, 0.3404276030 },
		{ { 20, 10, 2, 8 }, 0.2, 0.0314886075, 0.3525946288 },
		{ { 54, 0, 0, 2 }, 0, -0.0685529876, 0.0685529876 } };

	for (size_t i = 0; i < sizeof wilson / sizeof *wilson; i++) {
		struct interval w = stat_wilson(wilson[i].x, wilson[i].n);
		EXPECT(near(w.low, wilson[i].low, 1e-10) && near(w.high, wilson[i].high, 1e-10),
		    "%.10f..%.10f", w.low, w.high);
	}
	unit_table("Wilson");
	for (size_t i = 0; i < sizeof newcombe / sizeof *newcombe; i++) {
		struct interval w = stat_newcombe(newcombe[i].t);
		EXPECT(near(w.low, newcombe[i].low, 1e-10) &&
			near(w.high, newcombe[i].high, 1e-10),
		    "%.10f..%.10f", w.low, w.high);
	}
	unit_table("Newcombe");
}

static void
tests(void)
{
	static const struct {
		int64_t b, c;
		double exact, midp;
	} mcnemar[] = { { 10, 2, 0.03857421875, 0.0224609375 }, { 6, 0, 0.03125, 0.015625 },
		{ 40, 25, 0.08168153394, 0.06401750414 }, { 5, 5, 1, 0.75390625 },
		{ 90, 48, 0.00044058492, -1 }, { 35, 78, 6.445381e-05, -1 },
		{ 40, 309, 1.2393492e-52, -1 }, { 20, 8, 0.03569813817739487, -1 },
		{ 12, 8, 0.5034446716308594, -1 }, { 0, 0, 1, 1 } };
	static const struct {
		double disc, delta, n;
	} power[] = { { .10, .02, 1959.86 }, { .10, .05, 311.59 }, { .20, .05, 625.55 },
		{ .30, .05, 939.50 } };

	for (size_t i = 0; i < sizeof mcnemar / sizeof *mcnemar; i++) {
		double exact = stat_mcnemar(mcnemar[i].b, mcnemar[i].c),
		       midp = stat_mcnemar_midp(mcnemar[i].b, mcnemar[i].c);
		EXPECT(near(exact / mcnemar[i].exact, 1, 1e-6), "%zu: %.12g", i, exact);
		EXPECT(mcnemar[i].midp < 0 || near(midp, mcnemar[i].midp, 1e-10), "%zu: %.12g",
		    i, midp);
	}
	unit_table("McNemar, exact and mid-p");
	for (size_t i = 0; i < sizeof power / sizeof *power; i++)
		EXPECT(near(stat_mcnemar_n(power[i].disc, power[i].delta), power[i].n, 0.005),
		    "%zu: %f", i, stat_mcnemar_n(power[i].disc, power[i].delta));
	unit_table("pairs needed (Connor)");
	CHECK(isnan(stat_mcnemar_n(0.1, 0)) && isnan(stat_mcnemar_n(0, 0.1)));
}

static void
patterns(void)
{
	char why[160], wild[64];
	size_t start, end;
	struct pattern *p = pattern_new(STR("\\d+"), why);

	CHECK(p != NULL && pattern_find(p, STR("ab 12 3"), 0, &start, &end) == PATTERN_YES &&
	    start == 3 && end == 5);
	CHECK(pattern_find(p, STR("ab 12 3"), 5, &start, &end) == PATTERN_YES && start == 6);
	CHECK(pattern_find(p, STR("\xff\xfe 7"), 0, &start, &end) == PATTERN_YES && start == 3);
	CHECK(pattern_find(p, (str){ 0 }, 0, &start, &end) == PATTERN_NO);
	pattern_free(p);
	CHECK(pattern_new(STR("("), why) == NULL && str_ends(str_of(why), "at 2"));
	memset(wild, 'a', sizeof wild);
	p = pattern_new(STR("^(a+)+$"), why);
	wild[63] = '!';
	CHECK(pattern_find(p, (str){ wild, 64 }, 0, &start, &end) == PATTERN_LIMIT);
	pattern_free(p);
}

int
main(void)
{
	struct arena a = { 0 };

	times();
	intervals();
	tests();
	CHECK(str_is(hash_hex(&a, STR("abc")),
	    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
	CHECK(str_is(hash_hex(&a, (str){ 0 }),
	    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
	CHECK(hash_short(STR("abc")) == 0xba7816bf8f01cfea);
	/* RFC 4231, case 2 */
	CHECK(str_is(hash_keyed(&a, STR("Jefe"), STR("what do ya want for nothing?")),
	    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
	patterns();
	uint64_t state = 42; /* by another implementation */
	CHECK(random_next(&state) == UINT64_C(13679457532755275413) &&
	    random_next(&state) == UINT64_C(2949826092126892291) &&
	    random_next(&state) == UINT64_C(5139283748462763858));
	double u = random_unit(&state);
	CHECK(u >= 0 && u < 1);
	arena_free(&a);
	return unit_done();
}
