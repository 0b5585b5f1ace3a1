/* base - slices, buffers, arenas, the map, UTF-8, statuses. */
#include "base/arena.h"
#include "base/map.h"
#include "base/recent.h"
#include "base/table.h"
#include "base/utf8.h"
#include "unit.h"

static void
strings(void)
{
	str rest = STR("a,bb,,c"), s = STR("  x \r\n");
	int64_t n;
	double x;

	CHECK(str_is(str_cut(&rest, ','), "a") && str_is(rest, "bb,,c"));
	CHECK(str_is(str_cut(&rest, ','), "bb") && str_is(str_cut(&rest, ','), ""));
	CHECK(str_is(str_cut(&rest, ','), "c") && rest.at == NULL);
	CHECK(str_is(str_trim(s), "x") && str_is(str_trim(STR(" \n")), ""));
	CHECK(str_cmp(STR("a"), STR("ab")) < 0 && str_cmp(STR("b"), STR("ab")) > 0);
	CHECK(str_find(STR("abc"), 'z') == 3 && str_search(STR("abcbc"), "bc") == 1);
	CHECK(str_int(STR("-9223372036854775808"), &n) && n == INT64_MIN);
	CHECK(str_int(STR("9223372036854775807"), &n) && n == INT64_MAX);
	CHECK(!str_int(STR("9223372036854775808"), &n) && !str_int(STR(""), &n));
	CHECK(!str_int(STR("-"), &n) && !str_int(STR("1x"), &n));
	CHECK(str_real(STR("1.5e3"), &x) && x == 1500 && !str_real(STR("1e400"), &x));
}

static void
growing(void)
{
	struct buf b = { 0 };
	struct arena a = { 0 };

	for (int i = 0; i < 1000; i++)
		buf_printf(&b, "%d,", i);
	CHECK(b.len == 3890 && str_starts(buf_str(&b), "0,1,2,"));
	buf_reset(&b);
	buf_int(&b, INT64_MIN);
	CHECK(str_is(buf_str(&b), "-9223372036854775808"));
	buf_free(&b);

	char *big = arena_alloc(&a, 1 << 20), *small = arena_alloc(&a, 1);
	CHECK(big != NULL && small != NULL && ((uintptr_t)arena_alloc(&a, 8) & 15) == 0);
	str kept = arena_keep(&a, STR("abc"));
	CHECK(kept.at[3] == '\0' && str_is(kept, "abc"));
	CHECK(str_is(arena_printf(&a, "%d-%s", 7, "x"), "7-x"));
	arena_reset(&a);
	CHECK(a.used == 0);
	arena_free(&a);
}

static void
mapping(void)
{
	struct map m = { 0 };
	char key[32];

	for (size_t i = 0; i < 20000; i++) {
		snprintf(key, sizeof key, "key %zu", i);
		EXPECT(map_slot(&m, str_of(key)) == i, "new key %zu", i);
	}
	for (size_t i = 0; i < 20000; i++) {
		snprintf(key, sizeof key, "key %zu", i);
		EXPECT(map_find(&m, str_of(key)) == i && str_is(map_key(&m, i), key), "key %zu",
		    i);
	}
	unit_table("20,000 keys keep their slots");
	CHECK(map_find(&m, STR("none")) == MAP_NONE && m.count == 20000);
	CHECK(map_slot(&m, STR("")) == 20000 && map_slot(&m, (str){ 0 }) == 20000);
	map_free(&m);
}

/* The fast way over text against one character after the other, on bytes that are likely
 * to be wrong: leads, tails and the limits of both. */
static void
validity(void)
{
	static const unsigned char bytes[] = { 'a', 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf,
		0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf4, 0xf5, 0xff };
	uint32_t seed = 1;

	for (unsigned k = 0; k < 200000; k++) {
		char text[12];
		size_t n, slow = 0;
		for (unsigned i = 0; i < sizeof text; i++) {
			seed = seed * 1664525 + 1013904223;
			text[i] = (char)bytes[(seed >> 16) % sizeof bytes];
		}
		while (slow < sizeof text &&
		    (n = utf8_length((str){ text + slow, sizeof text - slow })) > 0)
			slow += n;
		EXPECT(utf8_valid((str){ text, sizeof text }) == slow, "case %u", k);
	}
	for (uint32_t c = 0; c < 0x110000; c++) {
		char text[8];
		size_t n = utf8_encode(c, text);
		EXPECT(utf8_valid((str){ text, n }) == n, "U+%04X", c);
		memset(text + n, 'x', sizeof text - n);
		EXPECT(utf8_valid((str){ text, sizeof text }) == sizeof text, "U+%04X x", c);
	}
	unit_table("utf8: whole texts as their characters");
}

static void
unicode(void)
{
	static const struct {
		str bytes;
		size_t valid;
	} cases[] = { { STR_INIT("abc"), 3 }, { STR_INIT("\xc3\xa9"), 2 },
		{ STR_INIT("\xc0\x80"), 0 }, { STR_INIT("\xe2\x82\xac!"), 4 },
		{ STR_INIT("\xed\xa0\x80"), 0 }, { STR_INIT("\xf0\x9f\x98\x80"), 4 },
		{ STR_INIT("\xf4\x90\x80\x80"), 0 }, { STR_INIT("a\xe2\x82"), 1 },
		{ STR_INIT("\xe0\x80\x80"), 0 }, { STR_INIT("\xf0\x8f\xbf\xbf"), 0 },
		{ STR_INIT("x\x80"), 1 }, { STR_INIT("\xff"), 0 } };
	char out[4];

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		EXPECT(utf8_valid(cases[i].bytes) == cases[i].valid, "case %zu", i);
	unit_table("what is well-formed (Unicode table 3-7)");
	for (uint32_t c = 0; c < 0x110000; c++) {
		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		size_t n = utf8_encode(c, out);
		EXPECT(utf8_length((str){ out, n }) == n, "U+%04X", c);
	}
	unit_table("every scalar value encodes to a well-formed character");
	CHECK(utf8_count(STR("a\xc3\xa9\xf0\x9f\x98\x80")) == 3 && utf8_count((str){ 0 }) == 0);
	CHECK(utf8_encode(0xd800, out) == 3 && memcmp(out, "\xef\xbf\xbd", 3) == 0);
	CHECK(utf8_prefix(STR("a\xc3\xa9"), 2).len == 1 && utf8_prefix(STR("ab"), 9).len == 2);
}

static void
statuses(void)
{
	static const int order[] = { 2, 4, 5, 1, 3, 6, 0 };

	for (int i = 0; i < 7; i++)
		for (int k = i; k < 7; k++)
			EXPECT(err_worse(order[i], order[k]) == order[i] &&
				err_worse(order[k], order[i]) == order[i],
			    "%d and %d", order[i], order[k]);
	unit_table("of two statuses the one that counts");
}

/* Memory is bounded, yet the last so many keys are known, with their values. */
static void
remembering(void)
{
	struct recent *r = recent_new(sizeof(int), 100);
	struct table t = { .size = sizeof(int) };
	struct arena a = { 0 };

	for (int i = 0; i < 1000; i++) {
		int *value = recent_put(r, arena_printf(&a, "%d", i));
		EXPECT(*value == 0, "%d is not new", i);
		*value = i + 1;
		for (int k = i > 99 ? i - 99 : 0; k <= i; k++) {
			value = recent_get(r, arena_printf(&a, "%d", k));
			EXPECT(value != NULL && *value == k + 1, "%d forgotten at %d", k, i);
		}
		*(int *)table_put(&t, arena_printf(&a, "%d", i)) = i;
	}
	EXPECT(recent_get(r, STR("1")) == NULL, "never forgets");
	++*(int *)recent_put(r, STR("850")); /* from the old generation */
	EXPECT(*(int *)recent_get(r, STR("850")) == 852, "a value is lost on its way");
	unit_table("recent: bounded, and the last are known");
	for (size_t i = 0; i < 1000; i++)
		EXPECT(*(int *)table_at(&t, i) == (int)i &&
			table_find(&t, table_key(&t, i)) == table_at(&t, i),
		    "%zu", i);
	EXPECT(table_count(&t) == 1000 && table_find(&t, STR("x")) == NULL, "count");
	unit_table("table: values by key, in order of first sight");
	recent_free(r);
	table_free(&t);
	arena_free(&a);
}

int
main(void)
{
	strings();
	remembering();
	growing();
	mapping();
	unicode();
	validity();
	statuses();
	return unit_done();
}
