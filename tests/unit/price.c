/* price - the rules of price books, on numbers worked out by hand. */
#include "data/when.h"
#include "trace/price_use.h"
#include "unit.h"

static struct arena a;

static struct price_book *
read(const char *text)
{
	str why = { 0 };
	struct price_book *b = price_read(&a, STR("book"), str_of(text), &why);

	if (b == NULL)
		printf("# %.*s\n", STR_F(why));
	return b;
}

static struct used_counts
used(int64_t input, int64_t cached, int64_t written, int64_t hour, int64_t output)
{
	struct used_counts c;
	const struct usage u = { input, output, cached, written, hour, -1 };

	CHECK(price_counts(&u, &c));
	return c;
}

/* In 10^-12 of the currency; -1 where there is no price, -2 and lower: why there is none. */
static int64_t
cost(const struct price_book *b, const char *provider, const char *model, enum price_tier tier,
    int64_t time, struct used_counts c)
{
	const struct price *p = NULL;
	enum price_found state = price_find(b, str_of(provider), str_of(model), time, &p);
	dec amount = 0;

	if (state != PRICE_FOUND)
		return -1 - (int64_t)state;
	const struct price_card *card = price_card(p, tier, c.prompt);
	if (card == NULL || price_apply(card, &c, &amount, NULL) != PRICE_FOUND)
		return -1;
	return (int64_t)(amount / 1000000);
}

/* LiteLLM's spelling of everything: tiers are strict but for xAI's, the whole prompt decides,
 * a missing cache price is the input price, 0 is free. */
static void
litellm(void)
{
	struct price_book *b = read(
	    "{\"sample_spec\":{\"input_cost_per_token\":9},"
	    "\"c\":{\"litellm_provider\":\"anthropic\",\"input_cost_per_token\":3e-06,"
	    "\"output_cost_per_token\":1.5e-05,\"cache_read_input_token_cost\":3e-07,"
	    "\"cache_creation_input_token_cost\":3.75e-06,"
	    "\"cache_creation_input_token_cost_above_1hr\":6e-06,"
	    "\"input_cost_per_token_above_200k_tokens\":6e-06,"
	    "\"output_cost_per_token_above_200k_tokens\":2.25e-05,"
	    "\"cache_read_input_token_cost_above_200k_tokens\":6e-07,"
	    "\"cache_creation_input_token_cost_above_200k_tokens\":7.5e-06,"
	    "\"cache_creation_input_token_cost_above_1hr_above_200k_tokens\":1.2e-05},"
	    "\"xai/g\":{\"litellm_provider\":\"xai\",\"input_cost_per_token\":2e-06,"
	    "\"output_cost_per_token\":1e-05,\"input_cost_per_token_above_128k_tokens\":4e-06,"
	    "\"output_cost_per_token_above_128k_tokens\":2e-05},"
	    "\"o\":{\"litellm_provider\":\"openai\",\"input_cost_per_token\":1e-06,"
	    "\"output_cost_per_token\":4e-06,\"input_cost_per_token_batches\":5e-07,"
	    "\"output_cost_per_token_batches\":2e-06,\"cache_read_input_token_cost\":0},"
	    "\"m\":{\"litellm_provider\":\"x\",\"input_cost_per_token\":1e-06},"
	    "\"x/m\":{\"litellm_provider\":\"x\",\"input_cost_per_token\":2e-06},"
	    "\"y/m\":{\"litellm_provider\":\"y\",\"input_cost_per_token\":3e-06},"
	    "\"t\":{\"litellm_provider\":\"d\",\"tiered_pricing\":[{\"range\":[0,32000.0],"
	    "\"input_cost_per_token\":1e-6,\"output_cost_per_token\":2e-6},{\"range\":[32000.0,"
	    "128000],"
	    "\"input_cost_per_token\":3e-6,\"output_cost_per_token\":4e-6}]}}");
	const int64_t any = PRICE_ANY_TIME;

	CHECK(b != NULL && b->count == 7);
	CHECK(cost(b, "", "c", TIER_STANDARD, any, used(200000, 200000, 0, 0, 7)) ==
	    60000000000 + 105000000);
	CHECK(cost(b, "", "c", TIER_STANDARD, any, used(200001, 200000, 0, 0, 7)) ==
	    6000000 + 120000000000 + 157500000);
	CHECK(cost(b, "", "c", TIER_STANDARD, any, used(35270, 0, 19810, 10000, 10370)) ==
	    15460 * INT64_C(3000000) + 9810 * INT64_C(3750000) + 10000 * INT64_C(6000000) +
		10370 * INT64_C(15000000));
	CHECK(cost(b, "xai", "g", TIER_STANDARD, any, used(127999, 0, 0, 0, 1)) ==
	    127999 * INT64_C(2000000) + 10000000);
	CHECK(cost(b, "xai", "g", TIER_STANDARD, any, used(128000, 0, 0, 0, 1)) ==
	    128000 * INT64_C(4000000) + 20000000);
	CHECK(cost(b, "", "xai/g", TIER_STANDARD, any, used(10, 6, 3, 0, 0)) == 20000000);
	CHECK(cost(b, "", "o", TIER_STANDARD, any, used(10, 10, 0, 0, 1)) == 4000000);
	CHECK(cost(b, "", "o", TIER_BATCH, any, used(10, 10, 0, 0, 1)) == 5000000 + 2000000);
	CHECK(cost(b, "", "o", TIER_PRIORITY, any, used(10, 0, 0, 0, 1)) == -1);
	CHECK(cost(b, "", "m", TIER_STANDARD, any, used(1, 0, 0, 0, 0)) == 1000000);
	CHECK(cost(b, "y", "m", TIER_STANDARD, any, used(1, 0, 0, 0, 0)) == 3000000);
	CHECK(cost(b, "", "m", TIER_STANDARD, any, used(1, 0, 0, 0, 1)) == -1);
	CHECK(cost(b, "", "nobody's", TIER_STANDARD, any, used(1, 0, 0, 0, 0)) ==
	    -1 - PRICE_NO_MODEL);
	CHECK(cost(b, "", "t", TIER_STANDARD, any, used(32000, 0, 0, 0, 0)) == 32000000000);
	CHECK(cost(b, "", "t", TIER_STANDARD, any, used(32001, 0, 0, 0, 0)) == 96003000000);
	price_free(b);
}

static void
names_and_times(void)
{
	struct price_book *b =
	    read("{\"prices\":1,\"currency\":\"EUR\",\"models\":["
		 "{\"model\":\"a\",\"until\":\"2026-01-01\",\"input\":1},"
		 "{\"model\":\"a\",\"from\":\"2026-01-01\",\"input\":2},"
		 "{\"model\":\"a-*\",\"input\":3},{\"model\":\"a-2026*\",\"input\":4},"
		 "{\"model\":\"a-20260101\",\"input\":5},"
		 "{\"provider\":\"p\",\"model\":\"b\",\"input\":6},"
		 "{\"provider\":\"q\",\"model\":\"b\",\"per\":1000,\"input\":\"0.007\"}]}");
	const struct used_counts one = used(1, 0, 0, 0, 0);
	int64_t border = 0;

	when_date(STR("2026-01-01"), &border);
	CHECK(b != NULL && str_is(b->currency, "EUR"));
	CHECK(cost(b, "", "a", TIER_STANDARD, border - 1, one) == 1000000);
	CHECK(cost(b, "", "a", TIER_STANDARD, border, one) == 2000000);
	CHECK(cost(b, "", "a", TIER_STANDARD, PRICE_ANY_TIME, one) == -1 - PRICE_NO_TIME);
	CHECK(cost(b, "", "a-1", TIER_STANDARD, PRICE_ANY_TIME, one) == 3000000);
	CHECK(cost(b, "", "a-20260202", TIER_STANDARD, PRICE_ANY_TIME, one) == 4000000);
	CHECK(cost(b, "", "a-20260101", TIER_STANDARD, PRICE_ANY_TIME, one) == 5000000);
	CHECK(cost(b, "", "b", TIER_STANDARD, PRICE_ANY_TIME, one) == -1 - PRICE_AMBIGUOUS);
	CHECK(cost(b, "p", "b", TIER_STANDARD, PRICE_ANY_TIME, one) == 6000000);
	CHECK(cost(b, "", "q/b", TIER_STANDARD, PRICE_ANY_TIME, one) == 7000000);
	CHECK(cost(b, "r", "b", TIER_STANDARD, PRICE_ANY_TIME, one) == -1 - PRICE_NO_MODEL);
	price_free(b);
}

static void
usages(void)
{
	struct used_counts c;

	CHECK(!price_counts(&(struct usage)USAGE_NONE, &c));
	CHECK(!price_counts(&(struct usage){ 10, 1, 11, -1, -1, -1 }, &c));
	CHECK(!price_counts(&(struct usage){ 10, 1, -1, 3, 4, -1 }, &c));
	CHECK(!price_counts(&(struct usage){ 10, 1, -1, -1, -1, 2 }, &c));
	CHECK(price_counts(&(struct usage){ 10, -1, 4, 3, 1, -1 }, &c) &&
	    c.n[USED_INPUT] == 3 && c.n[USED_CACHE_WRITE] == 2 &&
	    c.n[USED_CACHE_WRITE_1H] == 1 && c.prompt == 10);
}

int
main(void)
{
	litellm();
	names_and_times();
	usages();
	arena_free(&a);
	return unit_done();
}
