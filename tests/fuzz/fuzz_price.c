/* fuzz_price - a price book of either form is read or refused; what is read can be looked up,
 * and what is said of it is consistent. */
#include <assert.h>

#include "trace/price.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	str why = { 0 };
	struct price_book *b =
	    price_read(&a, STR("fuzz"), (str){ (const char *)data, size }, &why);

	assert((b == NULL) == (why.len > 0));
	for (size_t i = 0; b != NULL && i < b->count && i < 100; i++) {
		const struct price *p = &b->entries[i], *found = NULL;
		int64_t time = p->from != INT64_MIN ? p->from : p->until - 1;
		enum price_found state = price_find(b, p->provider, p->model, time, &found);
		assert(
		    state == PRICE_FOUND || state == PRICE_NO_TIME || state == PRICE_AMBIGUOUS);
		struct used_counts used = { .prompt = 1000, .any = 1 << USED_INPUT };
		used.n[USED_INPUT] = 1000;
		dec amount = 0;
		for (int t = 0; t < TIERS; t++) {
			const struct price_card *c =
			    price_card(p, (enum price_tier)t, used.prompt);
			if (c != NULL && price_apply(c, &used, &amount, NULL) == PRICE_FOUND)
				assert(amount >= 0);
		}
	}
	if (b != NULL)
		price_free(b);
	arena_free(&a);
	return 0;
}
