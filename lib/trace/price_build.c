/* price_build.c - entries of a price book, put together and completed. */
#include "trace/price_build.h"

#include <string.h>

#include "base/mem.h"

struct price_card *
price_draft_card(struct price_draft *d, enum price_tier tier, int64_t above, bool inclusive)
{
	for (size_t i = 0; i < d->count[tier]; i++)
		if (d->cards[tier][i].above == above)
			return &d->cards[tier][i];
	if (d->count[tier] == PRICE_CARDS)
		return NULL;
	struct price_card *c = &d->cards[tier][d->count[tier]++];
	*c = (struct price_card){ .above = above, .inclusive = inclusive };
	return c;
}

bool
price_number(const struct doc *d, dec *value)
{
	bool number = doc_kind(d) == KIND_NUMBER;

	return (number || doc_kind(d) == KIND_STRING) &&
	    dec_parse(number ? d->raw : d->text, value) < DEC_NONE;
}

void
price_note(struct arena *a, struct price_book *b, str entry, str key, str value, bool rounded)
{
	if ((b->note_count & (b->note_count - 1)) == 0) { /* full: twice the room */
		struct price_note *more =
		    ARENA_ARRAY(a, struct price_note, b->note_count * 2 + 1);
		for (size_t i = 0; i < b->note_count; i++)
			more[i] = b->notes[i];
		b->notes = more;
	}
	b->notes[b->note_count++] = (struct price_note){ entry, key, value, rounded };
}

/* A digit string of more than 18 decimals, and what is left of a division, are rounded. */
const char *
price_rate(struct arena *a, struct price_book *b, struct price_card *c, enum used class,
    str entry, str key, const struct doc *value, int64_t per)
{
	dec whole, rate, back;
	bool number = doc_kind(value) == KIND_NUMBER;
	str text = number ? value->raw : doc_text(value);

	if (!number && doc_kind(value) != KIND_STRING)
		return "is no number";
	enum dec_read how = dec_parse(text, &whole);
	if (how == DEC_NONE)
		return "is no decimal number";
	if (how == DEC_RANGE)
		return "is too large";
	if (whole < 0)
		return "is negative";
	if (c == NULL)
		return "is for one size of prompt more than are read";
	dec_muldiv(whole, 1, per, &rate);
	back = rate;
	if (how == DEC_ROUNDED || !dec_times(&back, per) || back != whole)
		price_note(a, b, entry, key, text, true);
	c->rates[class] = rate;
	c->given |= UINT32_C(1) << class;
	return NULL;
}

/* Of a class that the card does not price. */
static void
assume(struct price_card *c, enum used class, const struct price_card *from, enum used as)
{
	if (((c->given | c->assumed) >> class & 1) != 0 ||
	    ((from->given | from->assumed) >> as & 1) == 0)
		return;
	c->rates[class] = from->rates[as];
	c->assumed |= UINT32_C(1) << class;
}

/* What a card does not say: input and output come from the smaller card of its tier, what
 * is no token from the standard one; then the rules of price.h. */
static void
complete(struct price_card *c, const struct price_card *smaller, const struct price_card *base)
{
	static const struct {
		enum used class, as;
	} rules[] = {
		{ USED_CACHE_READ, USED_INPUT },
		{ USED_CACHE_WRITE, USED_INPUT },
		{ USED_CACHE_WRITE_1H, USED_CACHE_WRITE },
		{ USED_REASONING, USED_OUTPUT },
		{ USED_AUDIO_IN, USED_INPUT },
		{ USED_IMAGE_IN, USED_INPUT },
	};

	if (smaller != NULL) {
		assume(c, USED_INPUT, smaller, USED_INPUT);
		assume(c, USED_OUTPUT, smaller, USED_OUTPUT);
		assume(c, USED_AUDIO_OUT, smaller, USED_AUDIO_OUT);
		assume(c, USED_IMAGE_OUT, smaller, USED_IMAGE_OUT);
	}
	for (int i = USED_TOKENS; base != NULL && i < USED_CLASSES; i++)
		assume(c, (enum used)i, base, (enum used)i);
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		assume(c, rules[i].class, c, rules[i].as);
	if ((c->given >> USED_REQUEST & 1) == 0)
		c->assumed |= UINT32_C(1) << USED_REQUEST; /* no fee: 0 */
	price_card_seal(c);
}

static void
sort_cards(struct price_card *cards, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k > 0 && cards[k].above < cards[k - 1].above; k--) {
			struct price_card one = cards[k];
			cards[k] = cards[k - 1];
			cards[k - 1] = one;
		}
}

static void
finish(struct arena *a, struct price *p, struct price_draft *d)
{
	for (int t = 0; t < TIERS; t++) {
		const struct price_cards *standard = &p->tiers[TIER_STANDARD];
		size_t n = d->count[t];
		sort_cards(d->cards[t], n);
		for (size_t i = 0; i < n; i++)
			complete(&d->cards[t][i], i > 0 ? &d->cards[t][i - 1] : NULL,
			    i > 0                   ? &d->cards[t][0] :
				standard->count > 0 ? &standard->of[0] :
						      NULL);
		p->tiers[t].of = ARENA_ARRAY(a, struct price_card, n + 1);
		memcpy(p->tiers[t].of, d->cards[t], n * sizeof *d->cards[t]);
		p->tiers[t].count = n;
	}
}

void
price_add(struct arena *a, struct price_book *b, struct price p, struct price_draft *d)
{
	finish(a, &p, d);
	p.line = b->count + 1;
	if ((b->count & (b->count - 1)) == 0) {
		struct price *more = ARENA_ARRAY(a, struct price, b->count * 2 + 1);
		if (b->count > 0)
			memcpy(more, b->entries, b->count * sizeof *more);
		b->entries = more;
	}
	b->entries[b->count++] = p;
}
