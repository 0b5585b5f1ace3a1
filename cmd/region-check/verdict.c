/* verdict.c - a hop against the policy. */
#include "verdict.h"

#include <string.h>
#include <strings.h>

const char *const verdict_names[] = { "ok", "violation", "unknown" };
const char *const evidence_names[] = { "provider", "product", "address", "label", "none" };

#define SHOWN_COUNTRIES 4

/* No connection, so no bytes. */
static bool
never_connected(str error)
{
	static const char *const words[] = { "ECONNREFUSED", "ENOTFOUND", "EHOSTUNREACH",
		"ENETUNREACH", "EAI_AGAIN", "connection refused", "connection_refused" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_is(error, words[i]))
			return true;
	return false;
}

/* An answer proves that something was sent, whatever the count says. */
static bool
sent_nothing(const struct hop *h)
{
	if (h->answered)
		return false;
	return h->bytes == 0 || (h->bytes == NO_NUMBER && never_connected(h->error));
}

static bool
compare(const struct exemption *e, str text)
{
	double a, b;
	bool numbers = str_real(text, &a) && str_real(e->value, &b);
	int order = numbers ? (a > b) - (a < b) : str_cmp(text, e->value);

	switch (e->op) {
	case IS: return order == 0;
	case IS_NOT: return order != 0;
	case LESS: return numbers && order < 0;
	case LESS_OR_IS: return numbers && order <= 0;
	case MORE: return numbers && order > 0;
	case MORE_OR_IS: return numbers && order >= 0;
	}
	return false;
}

/* One that asks for what the hop does not say does not apply. */
static bool
exempt(struct arena *a, const struct policy *p, const struct hop *h)
{
	for (size_t i = 0; i < p->exemption_count; i++) {
		const struct exemption *e = &p->exemptions[i];
		if (!str_eq(e->hop, h->kind))
			continue;
		str text = hop_field(a, h, e->field);
		if (text.len > 0 && compare(e, text))
			return true;
	}
	return false;
}

static bool
starts_with(str s, const char *prefix)
{
	size_t n = strlen(prefix);

	return s.len >= n && strncasecmp(s.at, prefix, n) == 0;
}

/* What a hop says of its place, looked up. */
struct clues {
	str host;
	struct place address, label, model; /* model: the region that its id names */
};

static struct clues
clues_of(struct arena *a, const struct places *t, const struct hop *h)
{
	struct clues c = { .host = places_url_host(a, h->url),
		.model = places_model_region(a, t, h->model) };

	if (h->url.len > 0)
		c.address = places_host(a, t, h->url);
	if (h->region.len > 0)
		c.label = places_region(a, t, h->region);
	if (str_search(h->url, "/locations/global") < h->url.len)
		c.address = (struct place){ .known = true, .anywhere = true, .name = c.host };
	return c;
}

static bool
holds(const struct place *p, str country)
{
	for (size_t i = 0; i < p->count; i++)
		if (str_eq(p->countries[i], country))
			return true;
	return false;
}

/* Do label and address name different places? */
static bool
contradict(const struct place *label, const struct place *address)
{
	if (!label->known || !address->known || address->anywhere)
		return false;
	return !holds(address, label->countries[0]) ||
	    (address->count == 1 && !str_eq(address->name, label->name));
}

static bool
is_bedrock(const struct hop *h, str host)
{
	bool provider = h->provider.len == 0 || starts_with(h->provider, "bedrock") ||
	    starts_with(h->provider, "aws") || starts_with(h->provider, "amazon");
	bool address = h->url.len == 0 || str_ends(host, ".amazonaws.com") ||
	    str_ends(host, ".amazonaws.com.cn");

	return hop_is_attempt(h->kind) && provider && address;
}

static bool
is_azure(const struct hop *h, str host)
{
	return starts_with(h->provider, "azure") || str_ends(host, ".azure.com") ||
	    str_ends(host, ".cognitive.microsoft.com") ||
	    (h->provider.len == 0 && h->sku.len > 0);
}

static bool
is_anthropic(const struct hop *h, str host)
{
	return hop_is_attempt(h->kind) &&
	    (starts_with(h->provider, "anthropic") || str_is(host, "api.anthropic.com"));
}

/* The inference profile that the model, or the path of the address, names. */
static struct place
profile_of(struct arena *a, const struct places *t, const struct hop *h)
{
	size_t at = str_search(h->url, "/model/");
	struct place p = places_profile(a, t, h->model);

	if (!p.known && at < h->url.len) {
		str rest = str_from(h->url, at + sizeof "/model/" - 1);
		p = places_profile(a, t, str_cut(&rest, '/'));
	}
	return p;
}

/* A geography that was asked for; a word that nobody knows may mean anything. */
static struct place
geography(struct arena *a, const struct places *t, str word)
{
	static const struct {
		const char *word, *place;
	} of[] = { { "us", "US" }, { "eu", "EU" }, { "uk", "UK" } };

	for (size_t i = 0; i < sizeof of / sizeof *of; i++)
		if (word.len == 2 && starts_with(word, of[i].word))
			return places_word(a, t, str_of(of[i].place));
	return (struct place){ .known = true, .anywhere = true, .name = word };
}

/* Azure: the region is the resource's; its sku says whether it also runs there. */
static void
find_azure(struct arena *a, const struct places *t, const struct hop *h,
    const struct place *base, struct judged *j)
{
	struct place p = h->sku.len > 0 ? places_sku(a, t, STR("azure"), h->sku, base->name) :
					  (struct place){ 0 };

	j->no_sku = !p.known;
	if (p.known && !(p.count == 1 && str_eq(p.name, base->name)))
		j->evidence = EVIDENCE_PRODUCT;
	if (p.known)
		j->place = p;
	else
		j->place = (struct place){ .name = base->name };
}

/* Where it is sent, by the address or else the label; and where it then runs. */
static void
find_place(struct arena *a, const struct places *t, const struct hop *h, struct judged *j)
{
	struct clues c = clues_of(a, t, h);
	bool address = c.address.known, bedrock = is_bedrock(h, c.host);
	struct place base = address ? c.address :
	    c.label.known           ? c.label :
	    bedrock                 ? c.model :
				      (struct place){ 0 };

	j->address = c.address.name;
	j->evidence = address ? EVIDENCE_ADDRESS : base.known ? EVIDENCE_LABEL : EVIDENCE_NONE;
	if (str_is(h->evidence, "provider") && h->region.len > 0) {
		j->place = c.label;
		j->evidence = EVIDENCE_PROVIDER;
		return;
	}
	j->mismatch = contradict(&c.label, &c.address);
	j->place = base;
	j->source = base;
	if (bedrock && c.model.known)
		j->named = c.model;
	if (!base.known)
		j->place.name = h->region.len > 0 ? h->region : c.address.name;
	struct place product = bedrock ? profile_of(a, t, h) : (struct place){ 0 };
	if (h->geo.len > 0 && is_anthropic(h, c.host))
		product = geography(a, t, h->geo);
	if (product.known) {
		j->place = product;
		j->evidence = EVIDENCE_PRODUCT;
	} else if (is_azure(h, c.host)) {
		find_azure(a, t, h, &base, j);
	}
}

static str
say_countries(struct arena *a, const struct place *p)
{
	str text = { 0 };

	if (p->anywhere)
		return STR("anywhere");
	for (size_t i = 0; i < p->count && i < SHOWN_COUNTRIES; i++)
		text = arena_printf(
		    a, "%.*s%s%.*s", STR_F(text), i > 0 ? ", " : "", STR_F(p->countries[i]));
	if (p->count > SHOWN_COUNTRIES)
		text = arena_printf(
		    a, "%.*s and %zu more", STR_F(text), p->count - SHOWN_COUNTRIES);
	return text;
}

static void
conclude(struct judged *j, enum verdict v, const char *reason, str message)
{
	j->verdict = v;
	j->reason = reason;
	j->message = message;
}

/* Of all the countries where it may be: how many the classes allow. */
static size_t
allowed(const struct class *c, const struct class *more, const struct place *p,
    const struct places *t)
{
	size_t n = 0;

	for (size_t i = 0; i < p->count; i++)
		n += policy_allows(c, t, p->countries[i]) &&
		    (more == NULL || policy_allows(more, t, p->countries[i]));
	return n;
}

/* Of the two classes the one that forbids the place. */
static const struct class *
who_forbids(const struct class *c, const struct class *more, const struct place *p,
    const struct places *t)
{
	return more != NULL && allowed(c, NULL, p, t) > 0 ? more : c;
}

/* It is sent there before it runs anywhere: none of the places is allowed? */
static bool
forbidden(struct arena *a, const struct places *t, const struct class *more, struct judged *j,
    const struct place *p)
{
	if (!p->known || p->anywhere || p->count == 0 || allowed(j->class, more, p, t) > 0)
		return false;
	j->class = who_forbids(j->class, more, p, t);
	j->place = *p;
	j->countries = say_countries(a, p);
	conclude(j, VERDICT_VIOLATION, "outside",
	    arena_printf(a, "%.*s (%.*s) is outside %.*s", STR_F(p->name), STR_F(j->countries),
		STR_F(j->class->name)));
	return true;
}

static void
judge_unknown(struct arena *a, const struct hop *h, struct judged *j)
{
	str name = j->place.name;

	if (j->no_sku)
		conclude(j, VERDICT_UNKNOWN, "no-sku",
		    arena_printf(a,
			"%.*s is where the resource is; %s (Standard, DataZone, Global) nobody "
			"knows where it runs",
			STR_F(name.len > 0 ? name : STR("?")),
			h->sku.len > 0 ? "its sku is not in the table, so" :
					 "without its sku"));
	else if (name.len > 0)
		conclude(j, VERDICT_UNKNOWN, "unlisted",
		    arena_printf(
			a, "%.*s is not in the table of regions and hosts", STR_F(name)));
	else
		conclude(j, VERDICT_UNKNOWN, "no-place", STR("neither region nor address"));
}

static void
judge_set(struct arena *a, const struct places *t, const struct class *more, struct judged *j)
{
	const struct place *p = &j->place;
	size_t n = allowed(j->class, more, p, t);

	if (n == p->count)
		conclude(j, VERDICT_OK, "inside",
		    arena_printf(a, "%.*s (%.*s) is inside %.*s", STR_F(p->name),
			STR_F(j->countries), STR_F(j->class->name)));
	else if (!forbidden(a, t, more, j, p))
		conclude(j, VERDICT_UNKNOWN, "set",
		    arena_printf(a, "%.*s may run in %.*s, of which %.*s does not allow all",
			STR_F(p->name), STR_F(j->countries), STR_F(j->class->name)));
	if (p->note.len > 0)
		j->message = arena_printf(a, "%.*s; %.*s", STR_F(j->message), STR_F(p->note));
}

static void
judge_place(struct arena *a, const struct places *t, const struct hop *h,
    const struct class *more, struct judged *j)
{
	if (forbidden(a, t, more, j, &j->source) || forbidden(a, t, more, j, &j->named))
		return;
	if (!j->place.known)
		judge_unknown(a, h, j);
	else if (j->place.anywhere)
		conclude(j, VERDICT_UNKNOWN, "global",
		    arena_printf(a,
			"%.*s may be served from anywhere: it says nothing about "
			"place",
			STR_F(j->place.name)));
	else
		judge_set(a, t, more, j);
	/* Of two classes the one that is stricter about what nobody knows. */
	if (j->verdict == VERDICT_UNKNOWN && more != NULL &&
	    more->on_unknown < j->class->on_unknown)
		j->class = more;
}

/* What can be said without looking at the place; false: it has to be. */
static bool
judge_otherwise(struct arena *a, const struct policy *policy, const struct hop *h,
    const struct class *more, struct judged *j)
{
	if (sent_nothing(h))
		conclude(j, VERDICT_OK, "no-transfer", STR("no bytes were sent"));
	else if (h->country.len == 0)
		conclude(j, VERDICT_UNKNOWN, "no-subject",
		    STR("the subject's country is not known: no class can be chosen"));
	else if (j->class == NULL)
		conclude(j, VERDICT_UNKNOWN, "no-class",
		    arena_printf(a, "the policy has no class for subjects of '%.*s'",
			STR_F(h->country)));
	else if (h->data_class.len > 0 && policy->data_class != NULL && more == NULL) {
		conclude(j, VERDICT_UNKNOWN, "no-data-class",
		    arena_printf(a, "the policy has no class for data of class '%.*s'",
			STR_F(h->data_class)));
		j->class = NULL;
	} else if (j->class->anywhere && (more == NULL || more->anywhere))
		conclude(j, VERDICT_OK, "any",
		    arena_printf(a, "%.*s may be processed anywhere", STR_F(j->class->name)));
	else if (!policy_covers(policy, h->kind))
		conclude(j, VERDICT_UNKNOWN, "not-covered",
		    arena_printf(
			a, "the policy does not say whether %.*s hops count", STR_F(h->kind)));
	else if (exempt(a, policy, h))
		conclude(j, VERDICT_OK, "exempt",
		    arena_printf(a, "the policy exempts this %.*s", STR_F(h->kind)));
	else
		return false;
	return true;
}

struct judged
verdict_of(
    struct arena *a, const struct policy *policy, const struct places *t, const struct hop *h)
{
	struct judged j = { .class = policy_subject(policy, h->country) };
	const struct class *more = policy_data_class(policy, h->data_class);

	find_place(a, t, h, &j);
	j.countries = say_countries(a, &j.place);
	if (!judge_otherwise(a, policy, h, more, &j))
		judge_place(a, t, h, more, &j);
	return j;
}
