/* data - times, hashes, statistics.  The statistics were computed with scipy 1.x and
 * statsmodels; Newcombe's tables are those of his paper (1998, table II). */
#include "data/cluster.h"
#include "data/evidence.h"
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

/* Five real migrations over 1,390 items: from the counts to every printed figure. */
static void
migrations(void)
{
	static const struct {
		int64_t old, new, lost, won; /* items right before, after */
		double p, unpaired, paired, low, high;
	} of[] = {
		{ 1198, 1156, 90, 48, 0.00044058492, .013657, .008415, -.046956, -.013687 },
		{ 1156, 1199, 35, 78, 6.445381e-05, .013643, .007605, .016002, .046137 },
		{ 1174, 1199, 40, 65, 0.018740915, .013410, .007359, .003476, .032670 },
		{ 1199, 1146, 95, 42, 6.9197843e-06, .013767, .008361, -.054789, -.021734 },
		{ 811, 1080, 40, 309, 1.2393492e-52, .017313, .012402, .169055, .217709 },
	};

	for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
		double n = 1390, a = (double)of[i].old / n, b = (double)of[i].new / n;
		struct pairs2 t = { of[i].old - of[i].lost, of[i].won, of[i].lost,
			1390 - of[i].old - of[i].won };
		struct interval w = stat_newcombe(t);
		struct clusters c = { .width = 1, .limit = 4096 };
		for (int64_t k = 0; k < 1390; k++) {
			double d = k < of[i].lost ? -1 : k < of[i].lost + of[i].won ? 1 : 0;
			clusters_add(&c, (uint64_t)k, &d);
		}
		struct spread s = clusters_spread(&c, 0);
		double unpaired = sqrt((a * (1 - a) + b * (1 - b)) / n);
		EXPECT(near(stat_mcnemar(of[i].lost, of[i].won) / of[i].p, 1, 1e-7), "%zu", i);
		EXPECT(near(w.low, of[i].low, 5e-7) && near(w.high, of[i].high, 5e-7),
		    "%zu: %f %f", i, w.low, w.high);
		EXPECT(near(s.se_cr1, of[i].paired, 5e-7), "%zu: %f", i, s.se_cr1);
		EXPECT(near(unpaired, of[i].unpaired, 1e-5), "%zu: %f", i, unpaired);
		EXPECT(i != 2 ||
			(near((b - a) / unpaired, 1.34, .005) &&
			    near(s.mean / s.se_cr1, 2.44, .005)),
		    "pairing decides");
		clusters_free(&c);
	}
	unit_table("real migrations");
}

static void
by_cluster(void)
{
	static const double values[] = { 1, 1, 0, 0, 0, 1, 0, 1, 1 },
			    d[] = { 1, 0, 0, -1, 0, 1, 1, 0, 0, 0, 1, 0 };
	static const uint64_t of[] = { 1, 1, 1, 2, 2, 3, 3, 3, 3 };
	struct clusters c = { .width = 1, .limit = 4096 }, many = { .width = 2, .limit = 64 };
	struct clusters trials = { .width = 1, .limit = 4096 };

	for (size_t i = 0; i < 9; i++)
		clusters_add(&c, of[i], &values[i]);
	struct spread s = clusters_spread(&c, 0);
	CHECK(near(s.mean, 0.5555555556, 1e-10) && near(s.se_cr0, 0.1551827789, 1e-10) &&
	    s.clusters == 3 && s.most == 4);
	clusters_free(&c);
	c = (struct clusters){ .width = 1, .limit = 4096 };
	for (uint64_t i = 0; i < 12; i++)
		clusters_add(&c, i, &d[i]);
	struct resampled r;
	clusters_resample(&c, &(bool){ true }, 42, &r);
	CHECK(near(r.low, -0.0833333333, 1e-10) && near(r.high, 0.5833333333, 1e-10) &&
	    near(r.mean, 0.2497750000, 1e-10) && near(r.below, 0.1150, 1e-10));
	/* more clusters than rows: nothing is lost, and the order is of no account */
	for (uint64_t i = 0; i < 1000; i++)
		clusters_add(&many, i, (double[]){ (double)(i % 7), i % 2 ? NAN : 1 });
	struct spread x = clusters_spread(&many, 0), y = clusters_spread(&many, 1);
	CHECK(many.folded && x.n == 1000 && y.n == 500 && x.clusters == 64);
	for (uint64_t i = 1000; i-- > 0;)
		clusters_add(&trials, i * 7919, (double[]){ (double)(i % 7) });
	struct resampled two[2] = { 0 }, one[2] = { 0 }; /* together or alone: the same draws */
	clusters_resample(&many, (bool[]){ true, true }, 7, two);
	clusters_resample(&many, (bool[]){ false, true }, 7, one);
	CHECK(two[1].low == one[1].low && two[1].high == one[1].high && one[0].high == 0);
	CHECK(near(clusters_spread(&trials, 0).se_cr1, x.se_cr1, 0.3 * x.se_cr1));
	clusters_free(&c);
	clusters_free(&many);
	clusters_free(&trials);
}

static void
distributions(void)
{
	double p[] = { .041, .001, .008, NAN, .039, .042, .06, .074, .205 };
	static const double holm[] = { .234, .008, .056, NAN, .234, .234, .234, .234, .234 };

	stat_holm(p, 9);
	for (size_t i = 0; i < 9; i++)
		EXPECT(isnan(holm[i]) ? isnan(p[i]) : near(p[i], holm[i], 1e-12), "%zu: %g", i,
		    p[i]);
	unit_table("Holm");
	CHECK(near(stat_t_quantile(1), 12.706204736432095, 1e-9) &&
	    near(stat_t_quantile(10), 2.2281388519649385, 1e-10) &&
	    near(stat_t_quantile(1389), 1.9616733471, 1e-9));
	CHECK(near(stat_t_p(2, 10), 0.07338803477074, 1e-12) && near(stat_t_p(0, 5), 1, 1e-12));
	CHECK(near(stat_beta(2, 3, 0.4), 0.5248, 1e-12) &&
	    near(stat_beta(0.5, 0.5, 0.25), 1.0 / 3, 1e-12));
	CHECK(near(stat_paired_n(1.0 / 9, 1.0 / 6, 1.0 / 6, 1, .03), 3875.99, .005) &&
	    near(stat_paired_n(1.0 / 9, 1.0 / 6, 1.0 / 6, 10, .03), 1259.70, .005));
	CHECK(near(stat_kappa((int64_t[]){ 40, 9, 6, 45 }, 2), 0.6995192308, 1e-10) &&
	    isnan(stat_kappa((int64_t[]){ 7, 0, 0, 0 }, 2)));
	struct pairs2 t = { 36, 12, 2, 0 };
	struct interval narrow = stat_newcombe(t), wide = stat_newcombe_of(t, 25);
	CHECK(wide.low < narrow.low && wide.high > narrow.high);
}

static void
evidence(void)
{
	static const struct {
		int64_t s, f;
		double log, one;
	} of[] = { { 10, 2, 1.4111298751, 8.1323274 }, { 6, 0, 2.6698289883, 28.782666 },
		{ 40, 25, -0.5705071892, 1.0954463 }, { 121, 59, 8.0758412535, 6431.6533 } };

	for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
		struct bet bet = { .up = true };
		double one = evidence_one_sided(of[i].s, of[i].f);
		for (int64_t k = 0; k < of[i].s + of[i].f; k++)
			bet_take(&bet, k < of[i].s ? 1 : -1, 1, 1);
		EXPECT(near(evidence_two_sided(of[i].s, of[i].f), of[i].log, 1e-10), "%zu", i);
		EXPECT(near(one / of[i].one, 1, 1e-7), "%zu: %.9g", i, one);
		EXPECT(near(bet_value(&bet) / one, 1, 0.01), "%zu: %g", i, bet_value(&bet));
	}
	unit_table("e-values");
	CHECK(near(evidence_half_width(100, .1, .5, .05), 0.1828197436, 1e-10) &&
	    near(evidence_half_width(1390, .1, .35, .05), 0.0286567454, 1e-10));
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
	migrations();
	by_cluster();
	distributions();
	evidence();
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
