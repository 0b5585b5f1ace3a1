/* rating.c - which price each kind of call has, looked up once. */
#include "rating.h"

#include <string.h>

#include "base/key.h"
#include "data/when.h"
#include "tally.h"
#include "trace/dialect.h"

/* The price of a kind of call, by the name that answered or the one that was asked for. */
static enum price_found
find(
    const struct price_book *b, const struct call_kind *k, int64_t time, const struct price **p)
{
	const str models[] = { k->model, k->asked };
	enum price_found state = PRICE_NO_MODEL;

	for (size_t i = 0; i < 2 && state == PRICE_NO_MODEL; i++) {
		if (models[i].len == 0)
			continue;
		str provider = k->provider.len > 0 ? k->provider : rating_provider(k->api);
		state = price_find(b, provider, models[i], time, p);
		if (state == PRICE_NO_MODEL && k->provider.len == 0 && provider.len > 0)
			state = price_find(b, (str){ 0 }, models[i], time, p);
	}
	return state;
}

/* The cards of a tier, times the factor of the region. */
static bool
scale(struct ratings *rs, struct rating *r, struct price_factor f)
{
	const struct price_cards *cards = &r->price->tiers[r->tier];

	r->count = cards->count;
	r->cards = ARENA_ARRAY(&rs->arena, struct price_card, cards->count + 1);
	for (size_t i = 0; i < cards->count; i++) {
		r->cards[i] = cards->of[i];
		for (int c = 0; c < USED_CLASSES; c++)
			if (!dec_muldiv(
				r->cards[i].rates[c], f.num, f.den, &r->cards[i].rates[c]))
				return false;
		price_card_seal(&r->cards[i]);
	}
	return true;
}

/* state and r->price are known. */
static void
finish(struct ratings *rs, struct rating *r, const struct call_kind *k, enum price_found state)
{
	r->tier = price_tier_named(k->tier);
	r->state = state;
	if (r->state != PRICE_FOUND)
		r->price = NULL;
	else if (r->tier == TIERS)
		r->state = PRICE_NO_TIER;
	else if (!scale(rs, r, price_factor(r->price, k->region)))
		r->state = PRICE_OVERFLOW;
	r->sums = ARENA_ARRAY(&rs->arena, struct usage_sum, r->count + RATING_LOST);
}

static void
fill(struct ratings *rs, struct rating *r, const struct call_kind *k, int64_t time)
{
	finish(rs, r, k, find(rs->book, k, time, &r->price));
}

/* Has the model a price that does not hold for ever? */
static bool
depends_on_time(const struct ratings *rs, const struct call_kind *k)
{
	const struct price *p = NULL;
	enum price_found state = find(rs->book, k, PRICE_ANY_TIME, &p);

	return state == PRICE_NO_TIME || state == PRICE_AMBIGUOUS ||
	    (state == PRICE_FOUND && (p->from != INT64_MIN || p->until != INT64_MAX));
}

static void
write_key(struct buf *b, const struct call_kind *k)
{
	key_begin(b);
	key_add(b, k->provider, true);
	key_add(b, k->model, false);
	key_add(b, k->tier, false);
	key_add(b, k->region, false);
	key_add(b, k->provider.len > 0 ? STR("") : k->api, false);
	key_add(b, k->asked, false);
}

/* Which of a model's prices: its place in the book. */
static void
write_price(struct ratings *rs, const struct call_kind *k, int64_t time)
{
	const struct price *p = NULL;
	enum price_found state = find(rs->book, k, time, &p);

	buf_byte(&rs->key, '|');
	if (time == PRICE_ANY_TIME)
		buf_byte(&rs->key, 'u');
	else if (state == PRICE_FOUND)
		buf_int(&rs->key, (int64_t)p->line);
	else
		buf_byte(&rs->key, state == PRICE_AMBIGUOUS ? 'a' : 'n');
}

/* The rating of a key, made if need be: not filled then. */
static struct rating *
put(struct ratings *rs, str key)
{
	rs->table.size = sizeof(struct rating *);
	struct rating **r = table_put(&rs->table, key);
	if (*r == NULL)
		*r = ARENA_NEW(&rs->arena, struct rating);
	return *r;
}

struct rating *
ratings_at(const struct ratings *rs, size_t i)
{
	return *(struct rating *const *)table_at(&rs->table, i);
}

static struct recent_kind *
recent(struct ratings *rs, str model)
{
	uint64_t hash = 0;

	if (model.len >= sizeof hash) /* names differ at their ends */
		memcpy(&hash, model.at + model.len - sizeof hash, sizeof hash);
	hash = (hash ^ model.len) * UINT64_C(0x9e3779b97f4a7c15) >> 32;
	return &rs->recent[hash % RATING_RECENT];
}

static bool
same_kind(const struct call_kind *a, const struct call_kind *b)
{
	return str_eq(a->model, b->model) && str_eq(a->api, b->api) &&
	    str_eq(a->provider, b->provider) && str_eq(a->asked, b->asked) &&
	    str_eq(a->tier, b->tier) && str_eq(a->region, b->region);
}

/* The rating of this kind at any time. */
static struct rating *
of_kind(struct ratings *rs, const struct call_kind *k)
{
	struct recent_kind *seen = recent(rs, k->model);
	struct arena *a = &rs->arena;

	if (seen->kind.model.len > 0 && same_kind(&seen->kind, k))
		return seen->rating;
	write_key(&rs->key, k);
	size_t known = table_count(&rs->table);
	struct rating *r = put(rs, buf_str(&rs->key));
	if (r->sums == NULL) {
		r->by_time = depends_on_time(rs, k);
		fill(rs, r, k, PRICE_ANY_TIME);
	}
	if (known == table_count(&rs->table) && seen->kind.model.len > 0)
		return r; /* two kinds that share a place: the first one keeps it */
	seen->kind = (struct call_kind){ arena_keep(a, k->provider), arena_keep(a, k->api),
		arena_keep(a, k->model), arena_keep(a, k->asked), arena_keep(a, k->tier),
		arena_keep(a, k->region), { 0 } };
	seen->rating = r;
	return r;
}

struct rating *
rating_of(struct ratings *rs, const struct call_kind *k, const char **why)
{
	int64_t time = PRICE_ANY_TIME;
	struct rating *r = of_kind(rs, k);

	if (!r->by_time)
		return r;
	if (k->time.len > 0 && !when_parse(k->time, &time)) {
		*why = "time: neither RFC 3339 nor an epoch";
		return NULL;
	}
	write_key(&rs->key, k);
	write_price(rs, k, time);
	r = put(rs, buf_str(&rs->key));
	if (r->sums == NULL)
		fill(rs, r, k, time);
	return r;
}

str
rating_provider(str api)
{
	const struct dialect *d = dialect_named(api);

	return d != NULL ? str_of(d->provider) : (str){ 0 };
}

/* False when a sum would not fit. */
static bool
sum(struct usage_sum *s, const struct used_counts *used)
{
	for (uint32_t left = used->any; left != 0; left &= left - 1) {
		int i = __builtin_ctz(left);
		if (__builtin_add_overflow(s->n[i], used->n[i], &s->n[i]))
			return false;
	}
	s->calls++;
	return true;
}

enum price_found
rating_apply(struct rating *r, const struct used_counts *used, dec *amount)
{
	const struct price_card *c = NULL;
	enum price_found state = r->state;
	size_t at = r->count;

	*amount = 0;
	if (state == PRICE_FOUND)
		c = price_card(r->price, r->tier, used->prompt);
	if (c != NULL) {
		size_t card = (size_t)(c - r->price->tiers[r->tier].of);
		state = price_apply(&r->cards[card], used, amount, NULL);
		at = state == PRICE_FOUND ? card : r->count + 1;
	} else if (state == PRICE_FOUND) {
		state = PRICE_NO_TIER;
	}
	return sum(&r->sums[at], used) ? state : PRICE_OVERFLOW;
}

void
rating_add(struct rating *r, size_t n, const struct usage_sum *from)
{
	struct usage_sum *into = &r->sums[n];

	for (int i = 0; i < USED_CLASSES; i++)
		tally_count(&into->n[i], from->n[i]);
	tally_count(&into->calls, from->calls);
}

/* What stands behind the kind: the place of a price in the book, "u" for no time, "n" for no
 * price at its time, "a" for those of several providers; or nothing, where the time does not
 * matter. */
struct rating *
rating_restore(struct ratings *rs, str key)
{
	struct arena *a = &rs->arena;
	struct call_kind k = { 0 };
	str *const parts[] = { &k.provider, &k.model, &k.tier, &k.region, &k.api, &k.asked };
	str rest = key;
	int64_t line;
	bool known;

	for (size_t i = 0; i < 6; i++) {
		if (rest.at == NULL)
			return NULL;
		*parts[i] = key_value(a, str_cut(&rest, '|'), 0, &known);
	}
	struct rating *r = put(rs, key);
	if (r->sums != NULL)
		return r;
	r->by_time = rest.at == NULL && depends_on_time(rs, &k);
	if (rest.at == NULL || str_is(rest, "u")) {
		fill(rs, r, &k, PRICE_ANY_TIME);
	} else if (str_int(rest, &line) && line >= 1 && (size_t)line <= rs->book->count) {
		r->price = &rs->book->entries[line - 1];
		finish(rs, r, &k, PRICE_FOUND);
	} else {
		finish(rs, r, &k, str_is(rest, "a") ? PRICE_AMBIGUOUS : PRICE_NO_TIME);
	}
	return r;
}

void
ratings_join(struct ratings *rs, struct ratings *from)
{
	for (size_t i = 0; i < table_count(&from->table); i++) {
		const struct rating *f = ratings_at(from, i);
		struct rating *r = put(rs, table_key(&from->table, i));
		if (r->sums == NULL) {
			*r = *f;
			r->cards = ARENA_ARRAY(&rs->arena, struct price_card, f->count + 1);
			for (size_t c = 0; c < f->count; c++)
				r->cards[c] = f->cards[c];
			r->sums =
			    ARENA_ARRAY(&rs->arena, struct usage_sum, f->count + RATING_LOST);
		}
		for (size_t c = 0; c < f->count + RATING_LOST; c++)
			rating_add(r, c, &f->sums[c]);
	}
}

void
ratings_free(struct ratings *rs)
{
	table_free(&rs->table);
	arena_free(&rs->arena);
	buf_free(&rs->key);
}

bool
rating_amount(const struct rating *r, enum used class, dec *amount)
{
	*amount = 0;
	for (size_t i = 0; i < r->count; i++) {
		dec part = r->cards[i].rates[class];
		if (!dec_times(&part, r->sums[i].n[class]) || !dec_add(amount, part))
			return false;
	}
	return true;
}
