/* mail.c - windows beside a plain list, quiet hours beside a walk minute by minute, addresses,
 * likeness, tokens. */
#include <stdlib.h>

#include "../../lib/mail/gate_time.c"
#include "data/random.h"
#include "mail/token.h"
#include "unit.h"

#define OPS 6000

static int64_t list[OPS];
static int64_t listed;

static int64_t
young(int64_t since)
{
	int64_t n = 0;

	for (int64_t i = 0; i < listed; i++)
		n += list[i] > since;
	return n;
}

static void
add(struct ledger *l, int64_t t, int64_t n)
{
	window_add(l, STR("w"), t, n);
	if (listed > 0 && t < list[listed - 1])
		t = list[listed - 1];
	while (n-- > 0)
		list[listed++] = t;
}

/* One of the newest, by its time: the newest of that time goes. */
static void
take_one(struct ledger *l, uint64_t *seed)
{
	int64_t back = (int64_t)random_below(seed, listed < 60 ? (uint64_t)listed : 60);
	int64_t k = listed - 1 - back, t = list[k];

	while (k + 1 < listed && list[k + 1] == t)
		k++;
	window_take_back(l, STR("w"), t);
	memmove(list + k, list + k + 1, sizeof *list * (size_t)(listed - 1 - k));
	listed--;
}

static void
windows(void)
{
	struct ledger l;
	uint64_t seed = 7;
	int64_t now = 1000, t;

	ledger_open(&l, NULL, LEDGER_PROCESS, store_tables);
	ledger_begin(&l);
	for (int i = 0; i < OPS && listed < OPS - 8; i++) {
		now += (int64_t)random_below(&seed, 20);
		if (random_below(&seed, 3) > 0 || listed == 0)
			add(&l, now - (int64_t)random_below(&seed, 8),
			    1 + (int64_t)random_below(&seed, 3));
		else
			take_one(&l, &seed);
		if (i % 7 == 0) { /* as at the end of a transaction */
			window_flush(&l);
			window_forget(&l);
		}
		struct window *w = window_find(&l, STR("w"));
		int64_t back = 1 + (int64_t)random_below(&seed, (uint64_t)listed + 2);
		bool is = window_nth(&l, w, back, &t);
		EXPECT(w->n == listed, "%lld, not %lld", (long long)w->n, (long long)listed);
		EXPECT(listed == 0 || w->last == list[listed - 1], "last");
		EXPECT(is == (back <= listed) && (!is || t == list[listed - back]), "back %lld",
		    (long long)back);
		int64_t since = now - (int64_t)random_below(&seed, 2000);
		EXPECT(window_count(&l, w, since) == young(since), "count");
	}
	unit_table("a window is a list of times");
	window_rewind(&l, now / 2);
	for (int64_t i = 0; i < listed; i++)
		list[i] = list[i] > now / 2 ? now / 2 : list[i];
	struct window *w = window_find(&l, STR("w"));
	for (int64_t i = 1; i <= listed; i++)
		EXPECT(window_nth(&l, w, i, &t) && t == list[listed - i], "%lld", (long long)i);
	unit_table("a clock that ran ahead");
	CHECK(l.sql.why[0] == '\0' && listed > 1000);
	ledger_close(&l);
}

/* The first minute that is not quiet, found on foot. */
static int64_t
on_foot(const struct policy *p, int64_t now)
{
	int64_t t = now - now % (WHEN_SECOND * 60);

	for (int i = 0; i < 60 * 40; i++, t += WHEN_SECOND * 60) {
		int64_t minute;
		local_day(t > now ? t : now, &minute);
		bool quiet = p->quiet_from <= p->quiet_to ?
		    minute >= p->quiet_from && minute < p->quiet_to :
		    minute >= p->quiet_from || minute < p->quiet_to;
		if (!quiet)
			return t > now ? t : 0;
	}
	return -1;
}

static void
quiet(void)
{
	static const char *const zones[] = { "America/New_York", "Europe/Berlin",
		"Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "America/St_Johns",
		"UTC" };
	uint64_t seed = 11;

	for (int i = 0; i < 4000; i++) {
		struct policy p = { .quiet_from = 60 * (int64_t)random_below(&seed, 24),
			.quiet_to = 60 * (3 + (int64_t)random_below(&seed, 21)) };
		int64_t now =
		    (INT64_C(1767225600) + (int64_t)random_below(&seed, 86400 * 366)) *
		    WHEN_SECOND;
		const char *zone = zones[i % 7];
		zone_open(zone);
		int64_t is = quiet_until(&p, now), want = on_foot(&p, now);
		EXPECT(is == want, "%s %lld-%lld at %lld: %lld, not %lld", zone,
		    (long long)p.quiet_from, (long long)p.quiet_to,
		    (long long)(now / WHEN_SECOND), (long long)(is / WHEN_SECOND),
		    (long long)(want / WHEN_SECOND));
	}
	zone_open("UTC");
	unit_table("quiet hours end when a walk by minutes says");
}

static void
addresses(void)
{
	static const struct {
		const char *text, *canonical; /* NULL: refused */
	} cases[] = { { "A.b+c@Example.COM.", "a.b@example.com" },
		{ "\"a.b\"@example.com", "a.b@example.com" },
		{ "A.B@googlemail.com", "ab@gmail.com" }, { "+x@gmail.com", "+x@gmail.com" },
		{ "x <a@b.test>", "a@b.test" }, { "a@\xc3\x9c.example", "a@xn--tda.example" },
		{ "a@xn--tda.example", "a@xn--tda.example" }, { "a@b", NULL },
		{ "a@[127.0.0.1]", NULL }, { "a b@c.test", NULL }, { "\"a b\"@c.test", NULL },
		{ "a@b.test,c@d.test", NULL }, { "a@b.test c@d.test", NULL },
		{ "<a@b.test> x", NULL }, { "a(b)@c.test", NULL }, { "a@-b.test", NULL },
		{ ".a@b.test", NULL }, { "a..b@c.test", NULL }, { "a!b@c.test", NULL },
		{ "\xe2\x80\xaa"
		  "a@b.test",
		    NULL },
		{ "\xff@b.test", NULL }, { "", NULL }, { "@", NULL }, { "<>", NULL },
		{ "a@b.test\n", NULL } };
	const struct canonical all = { true, true, true };
	struct arena a = { 0 };

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct address m;
		bool good = address_read(&a, str_of(cases[i].text), &all, &m) == NULL;
		EXPECT(good == (cases[i].canonical != NULL) &&
			(!good || str_is(m.canonical, cases[i].canonical)),
		    "%s: %.*s", cases[i].text, STR_F(m.canonical));
	}
	unit_table("addresses");
	arena_free(&a);
}

static int
apart(const char *a, const char *b)
{
	struct mail x = { .text = str_of(a) }, y = { .text = str_of(b) };

	return __builtin_popcountll(mail_likeness(&x) ^ mail_likeness(&y));
}

static void
likeness(void)
{
	const char *one =
	    "Hello Dana, thank you for your question about the invoice of May. We "
	    "looked into it with the team and found that the amount is right. The "
	    "difference comes from the new tax rate, which holds since the first. "
	    "If anything else is unclear, just answer to this mail, best wishes.";
	const char *two =
	    "Hello Dana, thank you for your question about the invoice of May. We "
	    "looked into it with the team and found that the amount is right. The "
	    "difference comes from the new tax rate, which holds since the first. "
	    "If anything else is unclear, just answer to this mail, best regards.";
	const char *other =
	    "The server rack in the second room has lost one of its two power "
	    "supplies at noon. A new one is on its way and will be put in tonight, "
	    "nobody needs to do anything, and no service is affected by that.";

	CHECK(apart(one, one) == 0);
	CHECK(apart(one, two) <= 8);
	CHECK(apart(one, other) >= 16);
	CHECK(apart("Order 4711 is here", "order 8822 IS here!") == 0);
}

static void
tokens(void)
{
	struct ledger l, m;
	struct arena a = { 0 };
	uint64_t seed = 3;

	ledger_open(&l, NULL, LEDGER_PROCESS, store_tables);
	ledger_open(&m, NULL, LEDGER_PROCESS, store_tables);
	for (int i = 0; i < 1000; i++) {
		int64_t seq = 1 + (int64_t)random_below(&seed, INT64_C(1) << (1 + i % 50));
		str t = token_make(&a, &l, seq);
		str text = arena_printf(&a, "b+%.*s@a.test", STR_F(t));
		EXPECT(token_read(&l, t) == seq, "%lld", (long long)seq);
		EXPECT(str_eq(token_in(text), t), "%.*s", STR_F(text));
		EXPECT(token_read(&m, t) == 0, "another ledger's");
		char *forged = arena_bytes(&a, t.len);
		memcpy(forged, t.at, t.len);
		size_t at = 3 + (size_t)random_below(&seed, t.len - 3);
		forged[at] = forged[at] == '7' ? '8' : '7';
		EXPECT(token_read(&l, (str){ forged, t.len }) == 0, "%.*s", (int)t.len, forged);
	}
	unit_table("tokens");
	ledger_close(&l);
	ledger_close(&m);
	arena_free(&a);
}

int
main(void)
{
	windows();
	quiet();
	addresses();
	likeness();
	tokens();
	return unit_done();
}
