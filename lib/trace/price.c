/* price.c - the price book: found, looked up, applied. */
#include "trace/price.h"

#include <fnmatch.h>
#include <string.h>

const char *const price_tiers[TIERS] = { "standard", "batch", "flex", "priority" };

const char *const price_states[PRICE_STATES] = {
	"priced",
	"model is not in the price book",
	"no price at that time",
	"several providers have the model: name one",
	"no price for this service tier or prompt size",
	"no price for something that was used",
	"amount is too large",
};

enum price_tier
price_tier_named(str name)
{
	static const struct {
		const char *name;
		enum price_tier tier;
	} names[] = {
		{ "", TIER_STANDARD },
		{ "default", TIER_STANDARD },
		{ "standard", TIER_STANDARD },
		{ "standard_only", TIER_STANDARD },
		{ "auto", TIER_STANDARD },
		{ "on_demand", TIER_STANDARD },
		{ "batch", TIER_BATCH },
		{ "batches", TIER_BATCH },
		{ "flex", TIER_FLEX },
		{ "priority", TIER_PRIORITY },
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_is(name, names[i].name))
			return names[i].tier;
	return TIERS;
}

static bool
holds(const struct price *p, int64_t time)
{
	return time == PRICE_ANY_TIME || (time >= p->from && time < p->until);
}

/* Is this a price of another provider? */
static bool
foreign(const struct price *p, str provider)
{
	return provider.len > 0 && p->provider.len > 0 && !str_eq(p->provider, provider);
}

/* One of a chain: by provider if that is known, and by time. */
static enum price_found
choose(const struct price *chain, str provider, int64_t time, const struct price **found)
{
	enum price_found state = PRICE_NO_MODEL;
	bool several = false; /* times, or providers */

	*found = NULL;
	for (const struct price *p = chain; p != NULL; p = p->next) {
		if (foreign(p, provider))
			continue;
		if (!holds(p, time)) {
			state = state == PRICE_NO_MODEL ? PRICE_NO_TIME : state;
			continue;
		}
		several |= *found != NULL;
		if (*found != NULL && !str_eq((*found)->provider, p->provider))
			return PRICE_AMBIGUOUS;
		*found = p;
		state = PRICE_FOUND;
	}
	return several ? PRICE_NO_TIME : state;
}

static bool
matches(const struct price *p, str model)
{
	char glob[256], name[256];

	if (p->model.len >= sizeof glob || model.len >= sizeof name)
		return false;
	memcpy(glob, p->model.at, p->model.len);
	glob[p->model.len] = '\0';
	memcpy(name, model.at, model.len);
	name[model.len] = '\0';
	return memchr(name, '\0', model.len) == NULL && fnmatch(glob, name, 0) == 0;
}

/* The provider's longest pattern that matches, as a chain of its own. */
static const struct price *
pattern_for(const struct price_book *b, str provider, str model)
{
	const struct price *best = NULL;

	for (size_t i = 0; i < b->count; i++) {
		const struct price *p = &b->entries[i];
		if (p->pattern && !foreign(p, provider) &&
		    (best == NULL || p->model.len > best->model.len) && matches(p, model))
			best = p;
	}
	if (best == NULL)
		return NULL;
	struct price **first = table_find(&b->models, best->model);
	return first != NULL ? *first : NULL;
}

static enum price_found
find_name(const struct price_book *b, str provider, str model, int64_t time,
    const struct price **found)
{
	struct price **chain = table_find(&b->models, model);
	enum price_found state = choose(chain != NULL ? *chain : NULL, provider, time, found);

	if (state != PRICE_NO_MODEL)
		return state;
	return choose(pattern_for(b, provider, model), provider, time, found);
}

enum price_found
price_find(const struct price_book *b, str provider, str model, int64_t time,
    const struct price **found)
{
	char full[512];
	enum price_found state = find_name(b, provider, model, time, found);
	str rest = model, head = str_cut(&rest, '/');

	if (state != PRICE_NO_MODEL)
		return state;
	if (provider.len > 0 && provider.len + model.len + 1 < sizeof full) {
		memcpy(full, provider.at, provider.len);
		full[provider.len] = '/';
		memcpy(full + provider.len + 1, model.at, model.len);
		state = find_name(
		    b, provider, (str){ full, provider.len + 1 + model.len }, time, found);
	}
	if (state == PRICE_NO_MODEL && rest.at != NULL && rest.len > 0)
		state = find_name(b, head, rest, time, found);
	return state;
}

static bool
is_for(const struct price_card *c, int64_t prompt)
{
	return prompt > c->above || (c->inclusive && prompt == c->above);
}

const struct price_card *
price_card(const struct price *p, enum price_tier tier, int64_t prompt)
{
	const struct price_cards *cards = &p->tiers[tier], *standard = &p->tiers[TIER_STANDARD];
	const struct price_card *best = NULL;
	int64_t above = -1;

	for (size_t i = 0; i < cards->count; i++)
		if (is_for(&cards->of[i], prompt))
			best = &cards->of[i];
	for (size_t i = 0; tier != TIER_STANDARD && i < standard->count; i++)
		if (is_for(&standard->of[i], prompt))
			above = standard->of[i].above;
	return best != NULL && best->above >= above ? best : NULL;
}

struct price_factor
price_factor(const struct price *p, str region)
{
	for (size_t i = 0; i < p->factor_count; i++)
		if (str_eq(p->factors[i].region, region))
			return p->factors[i];
	return (struct price_factor){ .num = DEC_ONE, .den = DEC_ONE };
}

void
price_card_seal(struct price_card *c)
{
	c->free = 0;
	c->narrow = true;
	for (int i = 0; i < USED_CLASSES; i++) {
		c->free |= (uint32_t)(c->rates[i] == 0) << i;
		c->narrow &= c->rates[i] == (int64_t)c->rates[i];
	}
}

/* Counts are at most 2^40: a few dozen products with 64 bits stay far below the limit. */
static dec
narrow_amount(const struct price_card *c, const struct used_counts *used)
{
	dec total = 0;

	for (uint32_t left = used->any & ~c->free; left != 0; left &= left - 1) {
		int i = __builtin_ctz(left);
		total += (dec)(int64_t)c->rates[i] * used->n[i];
	}
	return total;
}

enum price_found
price_apply(const struct price_card *c, const struct used_counts *used, dec *amount, dec *parts)
{
	dec total = *amount, part;

	if ((used->any & ~(c->given | c->assumed)) != 0)
		return PRICE_NO_CLASS;
	if (c->narrow && parts == NULL)
		return dec_add(amount, narrow_amount(c, used)) ? PRICE_FOUND : PRICE_OVERFLOW;
	for (uint32_t left = used->any & ~c->free; left != 0; left &= left - 1) {
		int i = __builtin_ctz(left);
		part = c->rates[i];
		if (!dec_times(&part, used->n[i]) || !dec_add(&total, part) ||
		    (parts != NULL && !dec_add(&parts[i], part)))
			return PRICE_OVERFLOW;
	}
	*amount = total;
	return PRICE_FOUND;
}
