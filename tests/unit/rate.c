/* rate - shares over places and time, change points, quantiles: scipy's figures, and the
 * published ones; with the cases of ../shared beside them where they are. */
#include "data/rate.h"
#include "data/quantile.h"
#include "data/when.h"
#include "io/in.h"
#include "unit.h"

/* Equal to so many digits; 0 and NaN are themselves. */
static bool
near(double a, double b)
{
	return fabs(a - b) <= 1e-9 * fmax(1e-300, fmax(fabs(a), fabs(b))) ||
	    fabs(a - b) < 1e-14;
}

static void
differences(void)
{
	static const struct {
		struct share a, b;
		double z, p, low, high;
	} of[] = {
		{ { 640, 16000 }, { 1130, 113000 }, 30.530500656752608, 1.0263781703795803e-204,
		    0.027012155265492648, 0.033198486923389628 },
		{ { 3, 10 }, { 0, 10 }, 1.8786728732554483, 0.060289173990602164,
		    -0.037592434579050649, 0.60322185253885463 },
		{ { 0, 50 }, { 0, 60 }, 0, 1, -0.060171852142089886, 0.071347599133358738 },
		{ { 25, 1000 }, { 25, 1000 }, 0, 1, -0.014134028400571817,
		    0.014134028400571817 },
	};

	for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
		struct contrast c = rate_difference(of[i].a, of[i].b);
		EXPECT(near(c.z, of[i].z) && near(c.p, of[i].p), "%zu: z %.17g p %.17g", i, c.z,
		    c.p);
		EXPECT(near(c.low, of[i].low) && near(c.high, of[i].high), "%zu: %.17g %.17g",
		    i, c.low, c.high);
	}
	unit_table("two shares");
}

static void
in_differences(void)
{
	static const struct {
		struct before_after treated, control;
		double did, se, low, high, z, p;
	} of[] = {
		{ { { 160, 16000 }, { 640, 16000 } }, { { 1130, 113000 }, { 1140, 113000 } },
		    0.029911504424778759, 0.0017873831859404807, 0.026408297753762959,
		    0.03341471109579456, 16.734802397192745, 7.3099316655749887e-63 },
		{ { { 200, 10000 }, { 300, 10000 } }, { { 400, 20000 }, { 600, 20000 } }, 0,
		    0.0027027763503479157, -0.0052973443049485255, 0.0052973443049485255, 0,
		    1 },
		{ { { 500, 10000 }, { 500, 10000 } }, { { 100, 10000 }, { 100, 10000 } }, 0,
		    0.0033882148692194834, -0.0066407791155532764, 0.0066407791155532764, 0,
		    1 },
		{ { { 2, 40 }, { 9, 38 } }, { { 3, 50 }, { 4, 55 } }, 0.17411483253588514,
		    0.091094291971269989, -0.004426698924980238, 0.35265636399675049,
		    1.9113692940365441, 0.055957139818315856 },
	};

	for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
		struct contrast c = rate_did(of[i].treated, of[i].control);
		EXPECT(near(c.estimate, of[i].did) && near(c.se, of[i].se), "%zu: %.17g %.17g",
		    i, c.estimate, c.se);
		EXPECT(fabs(c.low - of[i].low) < 1e-9 && fabs(c.high - of[i].high) < 1e-9,
		    "%zu: %.17g %.17g", i, c.low, c.high);
		EXPECT(
		    near(c.z, of[i].z) && near(c.p, of[i].p), "%zu: %.17g %.17g", i, c.z, c.p);
	}
	unit_table("difference in differences");
}

static void
strata(void)
{
	static const struct {
		struct stratum of[3];
		double ratio, chi2, p, corrected, p_corrected;
	} of[] = {
		{ { { 30, 970, 60, 940 }, { 50, 950, 100, 900 }, { 10, 990, 20, 980 } },
		    0.47976878612716761, 31.842477876106194, 1.6719591968639812e-08,
		    31.138798426745332, 2.4022158885569537e-08 },
		{ { { 81, 6, 234, 36 }, { 192, 71, 55, 25 } }, 1.44684662494262,
		    2.4338555155761319, 0.11874052970979973, 2.0912568500936053,
		    0.14814414859008493 },
		{ { { 20, 980, 20, 980 }, { 90, 910, 90, 910 } }, 1, 0, 1, 0, 1 },
	};

	for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
		struct odds o = rate_mantel_haenszel(of[i].of, 3);
		EXPECT(near(o.ratio, of[i].ratio), "%zu: %.17g", i, o.ratio);
		EXPECT(near(o.chi2, of[i].chi2) && near(o.p, of[i].p), "%zu: %.17g %.17g", i,
		    o.chi2, o.p);
		EXPECT(near(o.chi2_corrected, of[i].corrected) &&
			near(o.p_corrected, of[i].p_corrected),
		    "%zu: %.17g %.17g", i, o.chi2_corrected, o.p_corrected);
	}
	unit_table("Mantel-Haenszel");
	struct odds none = rate_mantel_haenszel(NULL, 0);
	CHECK(isnan(none.ratio) && isnan(none.chi2));
	/* Robins, Breslow, Greenland, computed apart from this */
	struct odds o = rate_mantel_haenszel(of[0].of, 3);
	CHECK(
	    fabs(o.low - 0.369956014437356) < 1e-9 && fabs(o.high - 0.622176905251832) < 1e-9);
}

/* 300 observations at 1 %, then 200 at 8 %: where the failures are. */
static void
change(void)
{
	static const int failed[] = { 300, 303, 310, 316, 317, 320, 329, 333, 348, 355, 357,
		365, 367, 378, 454, 469, 487, 488, 489 };
	struct cusum c = cusum_start(0.01, 0.04, 5), many = c, quiet = c;
	size_t k = 0;

	for (int i = 0; i < 500; i++) {
		bool x = k < sizeof failed / sizeof *failed && failed[k] == i;
		k += x;
		cusum_take(&c, (struct share){ x, 1 });
	}
	CHECK(c.alarm == 316 && c.onset == 300);
	CHECK(near(c.most, 21.077639229263021) && near(c.sum, 20.769922642595475));
	for (int i = 0; i < 50; i++)
		cusum_take(&quiet, (struct share){ 0, 1 });
	CHECK(quiet.alarm < 0 && quiet.onset < 0 && quiet.most <= 0);
	/* several at once */
	cusum_take(&many, (struct share){ 0, 100 });
	CHECK(many.sum <= 0 && many.zero == 100);
	CHECK(cusum_take(&many, (struct share){ 8, 10 }) && many.alarm == 109 &&
	    many.onset == 100);
	CHECK(!cusum_take(&many, (struct share){ 8, 10 }));
}

/* A line of a case file: 0 where the folder is not there. */
static int
each_case(const char *file, void (*check)(const struct doc *))
{
	struct arena a = { 0 };
	str text = { 0 };
	int n = 0;

	if (in_file(&a, arena_printf(&a, "../shared/cases/skew-slice/%s", file).at, &text) ==
	    NULL)
		while (text.len > 0) {
			str line = str_cut(&text, '\n');
			const struct doc *d = line.len > 0 ? doc_read(&a, line) : NULL;
			if (d != NULL)
				check(d);
			n += d != NULL;
		}
	arena_free(&a);
	return n;
}

static double
real(const struct doc *d, const char *name)
{
	double x = 0;

	doc_real(doc_get(d, name), &x);
	return x;
}

static int64_t
whole(const struct doc *d, const char *name)
{
	int64_t n = 0;

	doc_int(doc_get(d, name), &n);
	return n;
}

static void
wilson_case(const struct doc *d)
{
	struct interval i = stat_wilson(whole(d, "x"), whole(d, "n"));

	EXPECT(real(d, "alpha") != 0.05 ||
		(fabs(i.low - real(d, "lo")) < 1e-9 && fabs(i.high - real(d, "hi")) < 1e-9),
	    "%.*s", STR_F(d->raw));
}

static void
difference_case(const struct doc *d)
{
	struct contrast c = rate_difference((struct share){ whole(d, "x1"), whole(d, "n1") },
	    (struct share){ whole(d, "x2"), whole(d, "n2") });

	EXPECT(near(c.z, real(d, "z_pooled")) && fabs(c.low - real(d, "newcombe_lo")) < 1e-9 &&
		fabs(c.high - real(d, "newcombe_hi")) < 1e-9,
	    "%.*s", STR_F(d->raw));
}

static void
sketch_case(const struct doc *d)
{
	struct quantiles q = { 0 }, halves[2] = { { 0 }, { 0 } };
	double alpha = real(d, "alpha"), x = 0, p = 0;
	size_t i = 0;

	DOC_EACH (v, doc_get(d, "values")) {
		doc_real(v, &x);
		quantile_add(&q, alpha, x);
		quantile_add(&halves[i++ % 2], alpha, x);
	}
	quantile_join(&halves[0], &halves[1]);
	const struct doc *bins = doc_get(d, "bins");
	EXPECT(bins->count == q.count && q.count == halves[0].count, "%zu bins", q.count);
	for (size_t k = 0; k < q.count; k++) {
		char name[32];
		snprintf(name, sizeof name, "%lld", (long long)q.bins[k].index);
		EXPECT(whole(bins, name) == q.bins[k].count &&
			halves[0].bins[k].count == q.bins[k].count,
		    "bin %s", name);
	}
	DOC_EACH (one, doc_get(d, "quantiles")) {
		str_real(one->key, &p);
		x = real(one, "est");
		EXPECT(near(quantile_of(&q, alpha, p), x), "%.*s: %.17g", STR_F(one->key),
		    quantile_of(&q, alpha, p));
	}
	quantile_free(&q);
	quantile_free(&halves[0]);
	quantile_free(&halves[1]);
}

static void
cases(void)
{
	each_case("wilson.ndjson", wilson_case);
	unit_table("cases: Wilson");
	each_case("two_proportion.ndjson", difference_case);
	unit_table("cases: two shares");
	each_case("ddsketch.ndjson", sketch_case);
	unit_table("cases: DDSketch");
}

/* Within 1 % of the exact one, at any rank; values of 0 have a bin of their own. */
static void
quantiles(void)
{
	struct quantiles q = { 0 };

	CHECK(isnan(quantile_of(&q, 0.01, 0.5)));
	for (int i = 1; i <= 1000; i++)
		quantile_add(&q, 0.01, i);
	for (int i = 1; i <= 1000; i++) {
		double x = quantile_of(&q, 0.01, (i - 1) / 999.0);
		EXPECT(
		    fabs(x - i) <= 0.0101 * i || fabs(x - i + 1) <= 0.0101 * i, "%d: %g", i, x);
	}
	unit_table("quantiles within 1 %");
	for (int i = 0; i < 1000; i++)
		quantile_add(&q, 0.01, 0);
	CHECK(quantile_of(&q, 0.01, 0.4) == 0 && q.n == 2000);
	quantile_free(&q);
}

/* The fast way and the plain one give the same times. */
static void
times(void)
{
	static const char *const of[] = { "2026-01-01T06:00:00Z", "2026-01-01T06:00:59.999Z",
		"2026-01-01T06:00:60Z", "2026-01-01T06:00:5Z", "2026-01-01T06:00:07.123456789Z",
		"2026-01-01T06:00:07.1234567891Z", "2026-01-01T06:00:07.Z",
		"2026-01-01T06:00:07+01:00", "2026-01-01T06:00:0xZ",
		"2026-01-01T06:00:07.12a4Z", "2026-01-01T06:00Z", "2026-01-01T06:01:00Z",
		"2026-01-01T06:61:00Z", "1767247200", "2026-01-01T06:00:08z",
		"2262-04-11T23:47:16.854775807Z", "2262-04-11T23:47:17Z",
		"2262-04-11T23:47:16Z" };
	struct when_memo memo = { 0 };

	for (size_t round = 0; round < 2; round++)
		for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
			int64_t a = 0, b = 0;
			bool plain = when_parse(str_of(of[i]), &a);
			bool fast = when_parse_near(&memo, str_of(of[i]), &b);
			EXPECT(plain == fast && (!plain || a == b), "%s", of[i]);
		}
	unit_table("times near each other");
}

int
main(void)
{
	differences();
	in_differences();
	strata();
	change();
	cases();
	quantiles();
	times();
	return unit_done();
}
