/* dec - exact money.  The cases of ../shared are Python's decimal and fractions; random ones
 * are checked against properties that do not come from the code under test. */
#include <stdlib.h>

#include "base/mem.h"
#include "data/dec.h"
#include "data/random.h"
#include "unit.h"

static void
reading(void)
{
	static const struct {
		const char *text, *exact;
		enum dec_read how;
	} cases[] = {
		{ "0", "0", DEC_EXACT },
		{ "-0.0", "0", DEC_EXACT },
		{ "1.10", "1.1", DEC_EXACT },
		{ "9007199254740993", "9007199254740993", DEC_EXACT },
		{ "1E-7", "0.0000001", DEC_EXACT },
		{ "35.2E-7", "0.00000352", DEC_EXACT },
		{ "5.46875e-07", "0.000000546875", DEC_EXACT },
		{ "3.0001999999999996e-07", "0.00000030002", DEC_ROUNDED },
		{ ".5", "0.5", DEC_EXACT },
		{ "5.", "5", DEC_EXACT },
		{ "+2", "2", DEC_EXACT },
		{ "0.0000000000000000005", "0", DEC_ROUNDED },
		{ "0.0000000000000000015", "0.000000000000000002", DEC_ROUNDED },
		{ "0.00000000000000000050000000000000000000000000000000000000001",
		    "0.000000000000000001", DEC_ROUNDED },
		{ "1e-400", "0", DEC_ROUNDED },
		{ "0e999999999", "0", DEC_EXACT },
		{ "170141183460469231731", "170141183460469231731", DEC_EXACT },
		{ "-170141183460469231731.687303715884105727",
		    "-170141183460469231731.687303715884105727", DEC_EXACT },
		{ "170141183460469231731.687303715884105728", "", DEC_RANGE },
		{ "1e21", "", DEC_RANGE },
		{ "1e999999999999", "", DEC_RANGE },
		{ "99999999999999999999999999999999999999999999", "", DEC_RANGE },
		{ "0.1000000000000000000000000000000000000000000000000", "0.1", DEC_EXACT },
	};
	static const char *const none[] = { "", "-", ".", "1,234.56", "1.2.3", "0x10", "1e",
		"1e+", "e5", " 1", "1 ", "$1", "NaN", "inf", "1_000", "1e5x", "--1" };
	struct arena a = { 0 };
	dec d;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		enum dec_read how = dec_parse(str_of(cases[i].text), &d);
		EXPECT(how == cases[i].how, "%s: %d", cases[i].text, how);
		if (how < DEC_NONE)
			EXPECT(str_is(dec_exact(&a, d), cases[i].exact), "%s: %s",
			    cases[i].text, dec_exact(&a, d).at);
	}
	unit_table("numbers that are read");
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		EXPECT(dec_parse(str_of(none[i]), &d) == DEC_NONE, "%s", none[i]);
	unit_table("what is no decimal number");
	arena_free(&a);
}

static void
rounding(void)
{
	static const struct {
		const char *text, *two, *six;
	} cases[] = {
		{ "0.125", "0.12", "0.125000" },
		{ "0.135", "0.14", "0.135000" },
		{ "-0.125", "-0.12", "-0.125000" },
		{ "-0.135", "-0.14", "-0.135000" },
		{ "2.5", "2.50", "2.500000" },
		{ "0.0000005", "0.00", "0.000000" },
		{ "0.0000015", "0.00", "0.000002" },
		{ "-0.0000015", "0.00", "-0.000002" },
		{ "0.995", "1.00", "0.995000" },
		{ "0.12500000000000001", "0.13", "0.125000" },
	};
	struct arena a = { 0 };
	dec d = 0;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		dec_parse(str_of(cases[i].text), &d);
		EXPECT(str_is(dec_print(&a, d, 2), cases[i].two) &&
			str_is(dec_print(&a, d, 6), cases[i].six),
		    "%s: %s %s", cases[i].text, dec_print(&a, d, 2).at, dec_print(&a, d, 6).at);
	}
	unit_table("half-even, once");
	CHECK(dec_parse(STR("3.5"), &d) == DEC_EXACT && str_is(dec_print(&a, d, 0), "4"));
	CHECK(dec_parse(STR("2.5"), &d) == DEC_EXACT && str_is(dec_print(&a, d, 0), "2"));
	arena_free(&a);
}

static void
sums(void)
{
	static const char *const terms[] = { "0.1", "0.2", "12345678901.123456789012", "1e-12",
		"9007199254740993" };
	struct arena a = { 0 };
	dec sum = 0, d = 0;

	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
		CHECK(dec_parse(str_of(terms[i]), &d) == DEC_EXACT && dec_add(&sum, d));
	CHECK(str_is(dec_exact(&a, sum), "9007211600419894.423456789013"));
	d = DEC_MAX;
	CHECK(!dec_add(&d, 1) && d == DEC_MAX && !dec_times(&d, 2) && d == DEC_MAX);
	d = -DEC_MAX;
	CHECK(!dec_sub(&d, 1) && d == -DEC_MAX && dec_times(&d, -1) && d == DEC_MAX);
	CHECK(str_is(dec_ratio(&a, 1, 3, 4), "0.3333") &&
	    str_is(dec_ratio(&a, -2, 3, 2), "-0.67") && dec_ratio(&a, 1, 0, 2).len == 0);
	CHECK(dec_muldiv(DEC_MAX, DEC_MAX, DEC_MAX, &d) && d == DEC_MAX &&
	    !dec_muldiv(DEC_MAX, 3, 2, &d) && !dec_muldiv(1, 1, 0, &d));
	CHECK(dec_muldiv(5, 1, 2, &d) && d == 2 && dec_muldiv(7, 1, -2, &d) && d == -4);
	CHECK(dec_cross(DEC_MAX, DEC_MAX, DEC_MAX, DEC_MAX - 1) == 1 &&
	    dec_cross(-3, 2, -2, 3) == 0 && dec_cross(-3, 3, -2, 3) == -1 &&
	    dec_cross(0, 5, 1, -1) == 1);
	arena_free(&a);
}

/* Of random lines, weights and signs: the parts sum to the line, none is a unit away from
 * its share, and the order of the parts changes nothing. */
static void
allocation(void)
{
	uint64_t state = 7;
	enum { N = 9 };
	dec weights[N], parts[N], turned[N], other[N];
	str keys[N], names[N];
	char text[N][2];

	for (int round = 0; round < 20000; round++) {
		size_t n = 1 + random_next(&state) % N;
		int places = (int)(random_next(&state) % 19);
		dec amount = (dec)random_next(&state) * (dec)(random_next(&state) % 1000003),
		    sum = 0, total = 0, unit = 1;
		amount = random_next(&state) % 2 ? amount : -amount;
		for (int i = places; i < DEC_PLACES; i++)
			unit *= 10;
		for (size_t i = 0; i < n; i++) {
			text[i][0] = (char)('a' + i);
			keys[i] = (str){ text[i], 1 };
			weights[i] = random_next(&state) % 4 == 0 ?
			    0 :
			    (dec)(random_next(&state) >> (random_next(&state) % 64));
			total += weights[i];
		}
		bool ok = dec_allocate(amount, places, weights, keys, n, parts);
		EXPECT(ok == (total > 0), "round %d", round);
		for (size_t i = 0; i < n; i++) {
			sum += parts[i];
			names[n - 1 - i] = keys[i];
			turned[n - 1 - i] = weights[i];
			dec share;
			if (ok && dec_muldiv(amount, weights[i], total, &share))
				EXPECT(parts[i] - share <= unit + unit / 2 + 1 &&
					share - parts[i] <= unit + unit / 2 + 1,
				    "round %d part %zu", round, i);
		}
		EXPECT(sum == (ok ? dec_round(amount, places) : 0), "round %d", round);
		dec_allocate(amount, places, turned, names, n, other);
		for (size_t i = 0; i < n; i++)
			EXPECT(other[n - 1 - i] == parts[i], "round %d part %zu", round, i);
	}
	unit_table("parts sum to the line, in any order");
}

/* Printing and reading are inverse, and rounding is what the remainder says. */
static void
random_values(void)
{
	struct arena a = { 0 };
	uint64_t state = 3;
	dec back;

	for (int i = 0; i < 20000; i++) {
		dec d = (dec)(random_next(&state) >> 2) *
		    (dec)(random_next(&state) >> (random_next(&state) % 64));
		d = random_next(&state) % 2 ? d : -d;
		EXPECT(dec_parse(dec_exact(&a, d), &back) == DEC_EXACT && back == d, "%s",
		    dec_exact(&a, d).at);
		int places = (int)(random_next(&state) % 19);
		EXPECT(dec_parse(dec_print(&a, d, places), &back) == DEC_EXACT &&
			back == dec_round(d, places),
		    "%s to %d", dec_exact(&a, d).at, places);
		arena_reset(&a);
	}
	unit_table("print and parse are inverse");
	arena_free(&a);
}

int
main(void)
{
	reading();
	rounding();
	sums();
	allocation();
	random_values();
	return unit_done();
}
