/* price_litellm.c - LiteLLM's model_prices_and_context_window.json, as it is.
 *
 * A member's name is taken apart: a stem says what is counted, suffixes say for which
 * prompts, tier or lifetime: cache_creation_input_token_cost_above_1hr_above_200k_tokens.
 * Steps are strict, but for xAI's.  What is not understood is noted. */
#include <stdio.h>
#include <string.h>

#include "trace/price_build.h"

struct key {
	enum used class;
	enum price_tier tier;
	int64_t above;
};

static const struct {
	const char *stem;
	enum used class;
} stems[] = {
	/* where one is the beginning of another, the longer comes first */
	{ "input_cost_per_token_cache_hit", USED_CACHE_READ },
	{ "input_cost_per_token", USED_INPUT },
	{ "output_cost_per_token", USED_OUTPUT },
	{ "output_cost_per_reasoning_token", USED_REASONING },
	{ "cache_read_input_token_cost", USED_CACHE_READ },
	{ "cache_creation_input_token_cost", USED_CACHE_WRITE },
	{ "input_cost_per_audio_token", USED_AUDIO_IN },
	{ "output_cost_per_audio_token", USED_AUDIO_OUT },
	{ "input_cost_per_image_token", USED_IMAGE_IN },
	{ "output_cost_per_image_token", USED_IMAGE_OUT },
	{ "input_cost_per_image", USED_PICTURE_IN },
	{ "output_cost_per_image", USED_PICTURE_OUT },
	{ "input_cost_per_second", USED_SECOND_IN },
	{ "output_cost_per_second", USED_SECOND_OUT },
	{ "input_cost_per_character", USED_CHARACTER_IN },
	{ "output_cost_per_character", USED_CHARACTER_OUT },
	{ "input_cost_per_request", USED_REQUEST },
	{ "input_cost_per_query", USED_REQUEST },
	{ "ocr_cost_per_page", USED_PAGE },
	{ "input_cost_per_pixel", USED_PIXEL_IN },
	{ "output_cost_per_pixel", USED_PIXEL_OUT },
};

static const char *
stem_of(const char *name, struct key *k)
{
	for (size_t i = 0; i < sizeof stems / sizeof *stems; i++) {
		size_t n = strlen(stems[i].stem);
		if (strncmp(name, stems[i].stem, n) == 0 &&
		    (name[n] == '\0' || name[n] == '_')) {
			*k = (struct key){ stems[i].class, TIER_STANDARD, -1 };
			return name + n;
		}
	}
	return NULL;
}

/* "_above_200k_tokens" */
static bool
step_of(const char **rest, struct key *k)
{
	int64_t thousands = 0;
	const char *at = *rest;

	if (strncmp(at, "_above_", 7) != 0)
		return false;
	for (at += 7; *at >= '0' && *at <= '9' && thousands < 1000000; at++)
		thousands = thousands * 10 + (*at - '0');
	if (thousands == 0 || strncmp(at, "k_tokens", 8) != 0)
		return false;
	k->above = thousands * 1000;
	*rest = at + 8;
	return true;
}

static bool
suffix(const char **rest, const char *word)
{
	size_t n = strlen(word);

	if (strncmp(*rest, word, n) != 0 || ((*rest)[n] != '\0' && (*rest)[n] != '_'))
		return false;
	*rest += n;
	return true;
}

static bool
key_of(const char *name, struct key *k)
{
	const char *rest = stem_of(name, k);

	while (rest != NULL && *rest != '\0') {
		if (k->class == USED_CACHE_WRITE && suffix(&rest, "_above_1hr"))
			k->class = USED_CACHE_WRITE_1H;
		else if (suffix(&rest, "_batches"))
			k->tier = TIER_BATCH;
		else if (suffix(&rest, "_flex"))
			k->tier = TIER_FLEX;
		else if (suffix(&rest, "_priority"))
			k->tier = TIER_PRIORITY;
		else if (!step_of(&rest, k))
			return false;
	}
	return rest != NULL;
}

struct reading {
	struct arena *arena;
	struct price_book *book;
	struct price_draft draft;
	struct price price;
	bool inclusive;
	const char *why;
};

static void
one_rate(struct reading *r, const struct doc *m, const struct key *k)
{
	struct price_card *c = price_draft_card(&r->draft, k->tier, k->above, r->inclusive);
	const char *why =
	    price_rate(r->arena, r->book, c, k->class, r->price.model, m->key, m, 1);

	if (why != NULL && r->why == NULL)
		r->why = arena_printf(
		    r->arena, "%.*s: %.*s: %s", STR_F(r->price.model), STR_F(m->key), why)
			     .at;
}

/* [{"range":[32000,128000], "input_cost_per_token":...}, ...]: above the range's start. */
static void
tiered(struct reading *r, const struct doc *list)
{
	DOC_EACH (step, list) {
		int64_t from = 0;
		struct key k;
		doc_int(doc_item(doc_get(step, "range"), 0), &from);
		DOC_EACH (m, step)
			if (key_of(arena_string(r->arena, m->key), &k)) {
				k.above = from > 0 ? from : -1;
				one_rate(r, m, &k);
			}
	}
}

static void
factor(struct reading *r, str region, const struct doc *m)
{
	struct price_factor *f = &r->price.factors[r->price.factor_count];

	f->region = region;
	f->den = DEC_ONE;
	if (price_number(m, &f->num) && f->num > 0)
		r->price.factor_count++;
	else
		price_note(r->arena, r->book, r->price.model, m->key, m->raw, false);
}

/* Searches cost the same for every size of context at nearly all providers. */
static void
search(struct reading *r, const struct doc *m)
{
	const struct doc *fee = doc_get(m, "search_context_size_medium");
	struct key k = { USED_SEARCH, TIER_STANDARD, -1 };

	if (fee != NULL)
		one_rate(r, fee, &k);
}

static bool
money(str key)
{
	return str_search(key, "cost") < key.len || str_search(key, "multiplier") < key.len;
}

static void
member(struct reading *r, const struct doc *m)
{
	static const char uplift[] = "regional_processing_uplift_multiplier_";
	struct key k;

	if (str_is(m->key, "tiered_pricing"))
		tiered(r, m);
	else if (str_is(m->key, "search_context_cost_per_query"))
		search(r, m);
	else if (str_starts(m->key, uplift))
		factor(r, str_from(m->key, sizeof uplift - 1), m);
	else if (str_is(m->key, "provider_specific_entry"))
		DOC_EACH (f, m)
			factor(r, f->key, f);
	else if (m->kind == KIND_NULL || !money(m->key))
		return;
	else if (key_of(arena_string(r->arena, m->key), &k))
		one_rate(r, m, &k);
	else
		price_note(r->arena, r->book, r->price.model, m->key, m->raw, false);
}

static const char *
one_entry(struct arena *a, struct price_book *b, const struct doc *d)
{
	struct reading r = { .arena = a, .book = b };
	size_t factors = d->count;

	r.price = (struct price){ .model = d->key,
		.provider = doc_text(doc_get(d, "litellm_provider")),
		.from = INT64_MIN,
		.until = INT64_MAX };
	r.inclusive = str_is(r.price.provider, "xai");
	DOC_EACH (m, d)
		factors += m->count;
	r.price.factors = ARENA_ARRAY(a, struct price_factor, factors + 1);
	price_draft_card(&r.draft, TIER_STANDARD, -1, false);
	DOC_EACH (m, d)
		member(&r, m);
	if (r.why == NULL)
		price_add(a, b, r.price, &r.draft);
	return r.why;
}

const char *
price_read_litellm(struct arena *a, struct price_book *b, const struct doc *d)
{
	b->currency = STR("USD");
	DOC_EACH (entry, d) {
		if (entry->kind != KIND_OBJECT || str_is(entry->key, "sample_spec"))
			continue;
		const char *why = one_entry(a, b, entry);
		if (why != NULL)
			return why;
	}
	return NULL;
}
