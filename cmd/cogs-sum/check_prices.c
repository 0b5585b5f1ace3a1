/* check_prices.c - what looks wrong in a price book. */
#include "check_prices.h"

#include <stdio.h>

#include "data/when.h"
#include "ui/term.h"

struct checking {
	const struct price_book *book;
	struct arena arena;
	int64_t overlaps, gaps, suspicious, rounded, unused;
};

static void
head(struct checking *c, const struct price *p, const char *what)
{
	printf("%s: ", what);
	if (p->provider.len > 0) {
		term_put(p->provider);
		fputs(" ", stdout);
	}
	term_put(p->model);
	fputs(": ", stdout);
	arena_reset(&c->arena);
}

/* Two entries of one model one after the other. */
static void
pair(struct checking *c, const struct price *p, const struct price *next)
{
	if (!str_eq(p->model, next->model) || !str_eq(p->provider, next->provider))
		return;
	if (price_overlaps(p, next)) {
		c->overlaps++;
		head(c, next, "overlap");
		printf("entries %zu and %zu hold at the same time\n", p->line, next->line);
	} else if (next->from > p->until) {
		c->gaps++;
		head(c, next, "gap");
		printf("no price from %s to %s\n", when_print(&c->arena, p->until).at,
		    when_print(&c->arena, next->from).at);
	}
}

static bool
given(const struct price_card *c, enum used class)
{
	return (c->given >> class & 1) != 0;
}

static void
compare(struct checking *c, const struct price *p, const struct price_card *card,
    enum price_tier tier, enum used less, enum used more, const char *why)
{
	if (!given(card, less) || !given(card, more) || card->rates[less] <= card->rates[more])
		return;
	c->suspicious++;
	head(c, p, "suspicious");
	printf("%s: %s at %s: %s, %s\n", price_tiers[tier], used_names[less],
	    dec_exact(&c->arena, card->rates[less]).at, why,
	    dec_exact(&c->arena, card->rates[more]).at);
}

/* Thousand dollars for a million tokens, and more: a price per thousand or per million. */
static void
check_size(struct checking *c, const struct price *p, const struct price_card *card)
{
	for (int i = 0; i < USED_TOKENS; i++)
		if (given(card, (enum used)i) && card->rates[i] >= DEC_ONE / 1000) {
			c->suspicious++;
			head(c, p, "suspicious");
			printf("%s: %s for one token: is it a price for a thousand or a "
			       "million?\n",
			    used_names[i], dec_exact(&c->arena, card->rates[i]).at);
		}
}

static void
check_free(struct checking *c, const struct price *p, const struct price_card *card)
{
	if (given(card, USED_INPUT) && given(card, USED_OUTPUT) &&
	    card->rates[USED_INPUT] == 0 && card->rates[USED_OUTPUT] > 0) {
		c->suspicious++;
		head(c, p, "suspicious");
		puts("input is free, output is not");
	}
}

static void
check_card(struct checking *c, const struct price *p, const struct price_card *card,
    enum price_tier tier)
{
	compare(c, p, card, tier, USED_CACHE_READ, USED_INPUT, "more than fresh input");
	compare(c, p, card, tier, USED_CACHE_WRITE, USED_CACHE_WRITE_1H,
	    "more than a write that stays an hour");
	check_size(c, p, card);
	check_free(c, p, card);
}

/* Tiers that are sold as cheaper and are not. */
static void
check_tier(struct checking *c, const struct price *p, enum price_tier tier, bool cheaper)
{
	const struct price_cards *one = &p->tiers[tier], *standard = &p->tiers[TIER_STANDARD];

	if (one->count == 0 || standard->count == 0)
		return;
	for (int i = USED_INPUT; i <= USED_OUTPUT; i += USED_OUTPUT - USED_INPUT) {
		const struct price_card *a = &one->of[0], *b = &standard->of[0];
		if (!given(a, (enum used)i) || !given(b, (enum used)i))
			continue;
		if (cheaper ? a->rates[i] > b->rates[i] : a->rates[i] < b->rates[i]) {
			c->suspicious++;
			head(c, p, "suspicious");
			printf("%s %s is %s than standard\n", price_tiers[tier], used_names[i],
			    cheaper ? "dearer" : "cheaper");
		}
	}
}

static void
check_entry(struct checking *c, const struct price *p)
{
	for (int t = 0; t < TIERS; t++)
		for (size_t i = 0; i < p->tiers[t].count; i++)
			check_card(c, p, &p->tiers[t].of[i], (enum price_tier)t);
	check_tier(c, p, TIER_BATCH, true);
	check_tier(c, p, TIER_FLEX, true);
	check_tier(c, p, TIER_PRIORITY, false);
}

static void
print_notes(struct checking *c)
{
	for (size_t i = 0; i < c->book->note_count; i++) {
		const struct price_note *n = &c->book->notes[i];
		c->rounded += n->rounded;
		c->unused += !n->rounded;
		fputs(n->rounded ? "rounded: " : "not used: ", stdout);
		term_put(n->entry);
		fputs(": ", stdout);
		term_put(n->key);
		fputs(": ", stdout);
		term_put((str){ n->value.at, n->value.len < 80 ? n->value.len : 80 });
		putchar('\n');
	}
}

int
check_prices(const struct price_book *book)
{
	struct checking c = { .book = book };

	for (size_t i = 1; i < book->count; i++)
		pair(&c, book->sorted[i - 1], book->sorted[i]);
	for (size_t i = 0; i < book->count; i++)
		check_entry(&c, book->sorted[i]);
	print_notes(&c);
	term_put(book->name);
	printf(": %zu entries", book->count);
	if (book->date != INT64_MIN)
		printf(" of %.10s", when_print(&c.arena, book->date).at);
	printf(", %lld overlaps, %lld gaps, %lld suspicious, %lld rounded to 18 decimals, %lld "
	       "members not used\n",
	    (long long)c.overlaps, (long long)c.gaps, (long long)c.suspicious,
	    (long long)c.rounded, (long long)c.unused);
	arena_free(&c.arena);
	return c.overlaps + c.gaps + c.suspicious > 0 ? EXIT_NO : EXIT_YES;
}
