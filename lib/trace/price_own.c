/* price_own.c - our own form of price book: see inferutils-records(5).
 *
 * {"prices":1, "currency":"USD", "date":"2026-08-06", "models":[{"provider":"acme",
 *  "model":"a-1", "from":"2026-01-01", "until":"2026-07-01", "input":"3", "output":"15",
 *  "above":[{"prompt":200000, "input":"6"}], "batch":{"input":"1.5"},
 * "regions":{"eu":"11/10"}}]}
 *
 * Prices of tokens are for a million unless "per" says otherwise, all others for one. */
#include <stdio.h>
#include <string.h>

#include "data/when.h"
#include "trace/price_build.h"

#define MILLION 1000000

struct reading {
	struct arena *arena;
	struct price_book *book;
	struct price_draft *draft;
	str entry;
	int64_t per; /* tokens */
	char *why;
	size_t room;
};

static bool
wrong(struct reading *r, str key, const char *what)
{
	snprintf(r->why, r->room, "models[%zu] (%.*s): %.*s: %s", r->book->count,
	    STR_F(r->entry), STR_F(key), what);
	return false;
}

/* The members of a card; what is no rate is left to the caller through `others`. */
static bool
rates(struct reading *r, enum price_tier tier, struct price_card *c, const struct doc *d,
    bool (*others)(struct reading *, enum price_tier, const struct doc *))
{
	DOC_EACH (m, d) {
		int class = used_named(m->key);
		if (class < 0) {
			if (!others(r, tier, m))
				return false;
			continue;
		}
		const char *why = price_rate(r->arena, r->book, c, (enum used) class, r->entry,
		    m->key, m, class < USED_TOKENS ? r->per : 1);
		if (why != NULL)
			return wrong(r, m->key, why);
	}
	return true;
}

static bool
of_a_step(struct reading *r, enum price_tier tier, const struct doc *m)
{
	(void)tier;
	return str_is(m->key, "prompt") || str_is(m->key, "inclusive") ||
	    wrong(r, m->key, "is not known here");
}

/* "above": [{"prompt":200000, "inclusive":true, ...rates}, ...] */
static bool
steps(struct reading *r, enum price_tier tier, const struct doc *list)
{
	if (doc_kind(list) != KIND_ARRAY)
		return wrong(r, STR("above"), "is no array");
	DOC_EACH (step, list) {
		int64_t above;
		if (!doc_int(doc_get(step, "prompt"), &above) || above < 0)
			return wrong(r, STR("above"), "without \"prompt\", a number of tokens");
		struct price_card *c = price_draft_card(
		    r->draft, tier, above, doc_true(doc_get(step, "inclusive")));
		if (!rates(r, tier, c, step, of_a_step))
			return false;
	}
	return true;
}

static bool
of_a_tier(struct reading *r, enum price_tier tier, const struct doc *m)
{
	if (str_is(m->key, "above"))
		return steps(r, tier, m);
	return wrong(r, m->key, "is not known here");
}

static bool
of_a_model(struct reading *r, enum price_tier tier, const struct doc *m)
{
	static const char *const known[] = { "provider", "model", "from", "until", "per",
		"regions", "source", NULL };

	for (const char *const *k = known; *k != NULL; k++)
		if (str_is(m->key, *k))
			return true;
	if (str_is(m->key, "above"))
		return steps(r, tier, m);
	for (int t = TIER_BATCH; t < TIERS; t++)
		if (str_is(m->key, price_tiers[t]))
			return rates(r, (enum price_tier)t,
			    price_draft_card(r->draft, (enum price_tier)t, -1, false), m,
			    of_a_tier);
	return wrong(r, m->key, "is not known here");
}

/* "1.1" or "11/10" */
static bool
fraction(const struct doc *d, struct price_factor *f)
{
	str den = doc_text(d), num = str_cut(&den, '/');

	f->den = DEC_ONE;
	if (den.at == NULL)
		return price_number(d, &f->num) && f->num > 0;
	return dec_parse(num, &f->num) < DEC_NONE && dec_parse(den, &f->den) < DEC_NONE &&
	    f->num > 0 && f->den > 0;
}

static bool
regions(struct reading *r, struct price *p, const struct doc *d)
{
	p->factors = ARENA_ARRAY(
	    r->arena, struct price_factor, doc_kind(d) == KIND_OBJECT ? d->count + 1 : 1);
	DOC_EACH (m, d) {
		struct price_factor *f = &p->factors[p->factor_count++];
		f->region = m->key;
		if (!fraction(m, f))
			return wrong(
			    r, STR("regions"), "a factor is a number or a fraction above 0");
	}
	return true;
}

static bool
bound(struct reading *r, const struct doc *model, const char *key, int64_t *ns)
{
	const struct doc *d = doc_get(model, key);

	return doc_null(d) || when_date(doc_text(d), ns) ||
	    wrong(r, str_of(key), "is no date or time");
}

static bool
add_name(struct reading *r, const struct doc *name, struct price *p)
{
	p->model = doc_text(name);
	p->pattern = strpbrk(arena_string(r->arena, p->model), "*?[") != NULL;
	if (p->model.len == 0)
		return wrong(r, STR("model"), "is no name");
	price_add(r->arena, r->book, *p, r->draft);
	return true;
}

/* One entry, or one for each name of a list. */
static bool
add_names(struct reading *r, const struct doc *names, struct price *p)
{
	if (names->kind != KIND_ARRAY)
		return add_name(r, names, p);
	DOC_EACH (name, names)
		if (!add_name(r, name, p))
			return false;
	return true;
}

static bool
one_model(struct reading *r, const struct doc *m)
{
	const struct doc *names = doc_get(m, "model");
	struct price p = { .from = INT64_MIN, .until = INT64_MAX };

	if (doc_null(names))
		return wrong(r, STR("model"), "is missing");
	*r->draft = (struct price_draft){ 0 };
	r->per = MILLION;
	r->entry = doc_text(names->kind == KIND_ARRAY ? names->child : names);
	p.provider = doc_text(doc_get(m, "provider"));
	const struct doc *per = doc_get(m, "per");
	if (per != NULL && (!doc_int(per, &r->per) || r->per < 1))
		return wrong(r, STR("per"), "is no number of tokens");
	if (!bound(r, m, "from", &p.from) || !bound(r, m, "until", &p.until))
		return false;
	if (p.from >= p.until)
		return wrong(r, STR("until"), "is not after from");
	if (!regions(r, &p, doc_get(m, "regions")) ||
	    !rates(r, TIER_STANDARD, price_draft_card(r->draft, TIER_STANDARD, -1, false), m,
		of_a_model))
		return false;
	return add_names(r, names, &p);
}

const char *
price_read_own(struct arena *a, struct price_book *b, const struct doc *d)
{
	struct reading r = {
		.arena = a, .book = b, .draft = ARENA_NEW(a, struct price_draft), .room = 400
	};
	const struct doc *models = doc_get(d, "models"), *date = doc_get(d, "date");
	str currency = doc_text(doc_get(d, "currency"));

	r.why = arena_bytes(a, r.room);
	if (currency.len != 3)
		return "currency: is no code like \"USD\"";
	b->currency = currency;
	if (!doc_null(date) && !when_date(doc_text(date), &b->date))
		return "date: is no date";
	if (doc_kind(models) != KIND_ARRAY)
		return "models: is no array";
	DOC_EACH (m, models)
		if (!one_model(&r, m))
			return r.why;
	return NULL;
}
