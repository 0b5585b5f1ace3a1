/* token.c - the tokenizer against slower ones that cannot be wrong: PCRE2 for the scanner,
 * merging pair by pair for the encoder, on random text and random vocabularies. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "token/bpe.h"
#include "token/count.h"
#include "token/patterns.h"
#include "token/split.h"
#include "unit.h"

static uint64_t seed = 1;

static uint32_t
random_below(uint32_t n)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((seed >> 33) % n);
}

/* Characters that the patterns tell apart, in all the ways they can stand together. */
static bool ascii; /* so that whole blocks are of it */

static void
random_char(struct buf *b)
{
	static const char *const some[] = { "a", "b", "Z", "Q", "s", "t", "re", "'", "'s",
		"'LL", "\xc5\xbf", "0", "7", "12", " ", " ", "  ", "\n", "\r\n", "\t", "\v",
		"/", ".", "(", "_", "\xc3\xa9", "\xc3\x89", "\xc7\x85", "\xca\xb0",
		"\xe3\x81\x82", "\xe7\x8c\xab", "\xcc\x81", "\xd9\xa1", "\xc2\xb2", "\xc2\xa0",
		"\xe2\x80\xa8", "\xe3\x80\x80", "\xf0\x9f\x98\x80", "\xe2\x80\x8d",
		"\xef\xbb\xbf", "\xe1\xa0\x8e", "\xc2\x85", "\xf0\x9d\x9f\x98", "\xe0\xb8\x81",
		"\xef\xbf\xbd", "The", "word", "HTTP" };
	char bytes[4];
	uint32_t code = 0;
	if (ascii || random_below(8) > 0) {
		static const char *const plain[] = { "a", "b", "Z", "Q", "s", "t", "re", "'",
			"'s", "'LL", "don't", "0", "7", "12", "1234", " ", " ", "  ", "    ",
			"\n", "\r\n", "\n\n", "\t", "\v", "/", ".", "(", "_", "!=", "The",
			"word", "HTTP", "fooBar", "\n    " };
		if (ascii && random_below(64) > 0) {
			buf_text(b, plain[random_below(sizeof plain / sizeof *plain)]);
			return;
		}
		buf_text(b, some[random_below(sizeof some / sizeof *some)]);
		return;
	}
	if (random_below(4) > 0)
		code = random_below(random_below(2) ? 0x3000 : 0x110000 - 0x800);
	code += code >= 0xd800 ? 0x800 : 0; /* no surrogates */
	buf_add(b, (str){ bytes, utf8_encode(code, bytes) });
}

static void
random_text(struct buf *b, uint32_t longest)
{
	uint32_t n = random_below(longest);
	ascii = random_below(2) > 0;
	n *= ascii ? 4 : 1;
	buf_reset(b);
	while (n-- > 0) {
		size_t from = b->len;
		random_char(b);
		char copy[8];
		size_t len = b->len - from;
		memcpy(copy, b->at + from, len);
		for (uint32_t again = random_below(12) == 0 ? random_below(40) : 0;
		     again-- > 0;)
			buf_add(b, (str){ copy, len });
	}
}

static size_t
all_pieces(const struct splitter *s, str text, uint32_t *ends, size_t room)
{
	size_t at = 0, n = 0, k;
	while ((k = split_next(s, text, &at, ends + n, room - n)) > 0)
		n += k;
	return n;
}

#define ROOM 16384
#define WAYS 4

static void
same_pieces(struct splitter *const s[WAYS], str text)
{
	static uint32_t ends[WAYS][ROOM];
	size_t n[WAYS];
	for (unsigned i = 0; i < WAYS; i++)
		n[i] = all_pieces(s[i], text, ends[i], ROOM);
	for (unsigned i = 1; i < WAYS; i++)
		EXPECT(n[i] == n[0] && memcmp(ends[i], ends[0], n[0] * sizeof(uint32_t)) == 0,
		    "way %u: %zu pieces, not %zu: '%.*s'", i, n[i], n[0], (int)text.len,
		    text.at);
}

/* Every pattern of the table: PCRE2, the ground truth, and the fast ones. */
static void
scanners(uint32_t cases)
{
	static struct unicode unicode;
	struct buf text = { 0 };
	char why[160];
	const char *pattern;
	unicode_fill(&unicode);
	for (size_t i = 0; (pattern = split_known(i)) != NULL; i++) {
		const struct scheme *scheme = split_scheme(str_of(pattern));
		struct splitter *made[WAYS] = { split_pattern(str_of(pattern), why),
			split_scan(scheme, &unicode, SPLIT_SCALAR),
			split_scan(scheme, &unicode, SPLIT_BASE),
			split_scan(scheme, &unicode, SPLIT_BEST) };
		EXPECT(made[0] != NULL, "%s: %s", pattern, why);
		for (uint32_t k = 0; k < cases; k++) {
			random_text(&text, k % 16 == 0 ? 200 : 40);
			same_pieces(made, buf_str(&text));
		}
		for (unsigned k = 0; k < WAYS; k++)
			split_free(made[k]);
	}
	buf_free(&text);
	unit_table("the scanner splits as PCRE2 does, in all of its ways");
}

/* Patterns that PCRE2 would read otherwise than the engines they are written for. */
static void
patterns(void)
{
	static const struct {
		const char *pattern, *text, *pieces;
	} cases[] = {
		{ PATTERN_KIMI, "ab\u6f22\u5b57cd \u00e9X1234 \u6f22",
		    "ab|\u6f22\u5b57|cd| \u00e9|X|123|4| |\u6f22" },
		{ "\\p{L}+", "1a\U000323afb\U000323b02", "1|a\U000323afb|\U000323b02" },
		{ "\\P{L}+", "a\U0001613912", "a|\U0001613912" },
		{ "[^\\p{N}]+", "a\U00016139b", "a|\U00016139|b" },
		{ "\\p{Han}+", "\U0002ebf0\u3005\u3001", "\U0002ebf0\u3005|\u3001" },
		{ "\\s", "a\u180eb\u2028", "a\u180eb|\u2028" },
		{ "\\w+", "\u00b2 a_", "\u00b2| |a_" },
	};
	char why[160];
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		str text = str_of(cases[i].text);
		struct splitter *s = split_pattern(str_of(cases[i].pattern), why);
		uint32_t ends[64] = { 0 };
		struct buf got = { 0 };
		size_t n = s != NULL ? all_pieces(s, text, ends, 64) : 0;
		for (size_t k = 0, from = 0; k < n; from = ends[k++]) {
			if (k > 0)
				buf_byte(&got, '|');
			buf_add(&got, (str){ text.at + from, ends[k] - from });
		}
		EXPECT(str_is(buf_str(&got), cases[i].pieces), "%s: '%.*s'", cases[i].pattern,
		    (int)got.len, got.at);
		buf_free(&got);
		split_free(s);
	}
	unit_table("patterns mean what their own engines take them for");
}

/* Tokens of a random vocabulary over few letters, so that all merges meet. */
static void
random_recipe(struct recipe *r, struct arena *a, uint32_t tokens)
{
	static const char letters[] = "abc\xc3\xa9\xe3\x81\x82 \0";
	*r = (struct recipe){ .arena = a, .unknown = -1, .byte_level = true };
	for (uint32_t i = 0; i < 256; i++) {
		char *byte = arena_bytes(a, 1);
		*byte = (char)i;
		recipe_piece(r, i, (str){ byte, 1 }, 0, PIECE_NORMAL);
	}
	for (uint32_t i = 0; i < tokens; i++) {
		size_t len = 2 + random_below(6);
		char *text = arena_bytes(a, len);
		for (size_t k = 0; k < len; k++)
			text[k] = letters[random_below(sizeof letters - 1)];
		for (size_t k = 0; k < r->piece_count; k++)
			if (str_eq(r->pieces[k].text, (str){ text, len }))
				len = 0;
		if (len > 0)
			recipe_piece(r, r->piece_count, (str){ text, len }, 0, PIECE_NORMAL);
	}
	r->whole_first = random_below(2);
}

static uint32_t
rank_of(const struct recipe *r, str text)
{
	for (uint32_t i = 0; i < r->piece_count; i++)
		if (str_eq(r->pieces[i].text, text))
			return i;
	return UINT32_MAX;
}

/* Merge the pair of the lowest rank, the leftmost of equals, until none is left. */
static size_t
naive(const struct recipe *r, str text, uint32_t *ids)
{
	size_t ends[256], n = 0;
	if (r->whole_first && rank_of(r, text) != UINT32_MAX) {
		ids[0] = rank_of(r, text);
		return 1;
	}
	for (n = 0; n < text.len; n++)
		ends[n] = n + 1;
	for (;;) {
		uint32_t best = UINT32_MAX;
		size_t where = 0;
		for (size_t i = 0; i + 1 < n; i++) {
			size_t from = i > 0 ? ends[i - 1] : 0;
			uint32_t rank = rank_of(r, (str){ text.at + from, ends[i + 1] - from });
			if (rank < best) {
				best = rank;
				where = i;
			}
		}
		if (best == UINT32_MAX)
			break;
		memmove(&ends[where], &ends[where + 1], (n - where - 1) * sizeof *ends);
		n--;
	}
	for (size_t i = 0; i < n; i++) {
		size_t from = i > 0 ? ends[i - 1] : 0;
		ids[i] = rank_of(r, (str){ text.at + from, ends[i] - from });
	}
	return n;
}

static void
random_letters(struct buf *b)
{
	static const char *const letters[] = { "a", "b", "c", "\xc3\xa9", "\xe3\x81\x82", " " };
	buf_reset(b);
	for (uint32_t n = random_below(24); n-- > 0;)
		buf_text(b, letters[random_below(6)]);
}

static void
encoders(uint32_t vocabularies, uint32_t texts)
{
	struct buf text = { 0 };
	uint32_t irregular = 0;
	for (uint32_t v = 0; v < vocabularies; v++) {
		struct arena a = { 0 };
		struct recipe r;
		struct buf bytes = { 0 };
		struct hash none = { { 0 } };
		struct image im;
		struct count_options slow = { .scalar = true }, fast = { .scalar = false };
		char why[160];
		random_recipe(&r, &a, 1 + random_below(40));
		EXPECT(image_compile(&r, &none, &bytes) == NULL, "%u: it does not compile", v);
		EXPECT(image_use(&im, bytes.at, bytes.len), "%u: it cannot be used", v);
		irregular += !im.facts.regular;
		struct counter *c[2] = { counter_new(&im, &slow, why),
			counter_new(&im, &fast, why) };
		for (uint32_t k = 0; k < texts; k++) {
			uint32_t want[256];
			struct ids got = { 0 };
			uint64_t count = 0, count_slow = 0, count_ids = 0;
			random_letters(&text);
			size_t n = naive(&r, buf_str(&text), want);
			counter_run(c[0], buf_str(&text), TEXT_WHOLE, &count_slow, NULL);
			counter_run(c[1], buf_str(&text), TEXT_WHOLE, &count, NULL);
			counter_run(c[1], buf_str(&text), TEXT_WHOLE, &count_ids, &got);
			EXPECT(count == n && count_slow == n && got.count == n &&
				(n == 0 || memcmp(got.at, want, n * sizeof *want) == 0),
			    "vocabulary %u: %zu tokens, not %lu or %lu: '%.*s'", v, n,
			    (unsigned long)count, (unsigned long)count_slow, (int)text.len,
			    text.at != NULL ? text.at : "");
			free(got.at);
		}
		counter_free(c[0]);
		counter_free(c[1]);
		recipe_free(&r);
		buf_free(&bytes);
		arena_free(&a);
	}
	EXPECT(irregular > 0 && irregular < vocabularies, "%u irregular ones", irregular);
	buf_free(&text);
	unit_table("encoding is merging the lowest rank first, by any way, in any vocabulary");
}

/* A damaged image is refused. */
static void
damage(void)
{
	struct arena a = { 0 };
	struct recipe r;
	struct buf bytes = { 0 };
	struct hash none = { { 0 } };
	struct image im;
	random_recipe(&r, &a, 20);
	EXPECT(image_compile(&r, &none, &bytes) == NULL, "%s", "it compiles");
	for (uint32_t i = 0; i < 200; i++) {
		size_t at = random_below((uint32_t)bytes.len);
		bytes.at[at] ^= 1;
		EXPECT(!image_use(&im, bytes.at, bytes.len), "%s", "one bit is noticed");
		bytes.at[at] ^= 1;
	}
	EXPECT(!image_use(&im, bytes.at, bytes.len - 1), "%s", "and a byte that is missing");
	EXPECT(image_use(&im, bytes.at, bytes.len), "%s", "whole it is good");
	recipe_free(&r);
	buf_free(&bytes);
	arena_free(&a);
	unit_table("a damaged vocabulary is refused");
}

/* TOKEN_CASES=n: so many thousand cases of each kind. */
int
main(void)
{
	const char *more = getenv("TOKEN_CASES");
	uint32_t thousands = more != NULL ? (uint32_t)atoi(more) : 2;
	seed = more != NULL ? thousands * UINT64_C(7919) : 1;
	patterns();
	scanners(thousands * 1000);
	encoders(thousands * 50, 100);
	damage();
	return unit_done();
}
