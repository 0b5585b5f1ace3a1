/* verdict.c - a hop against the policy. */
#include "verdict.h"

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
	if (h->status > 0)
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
same_place(const struct place *a, const struct place *b)
{
	return a->count == 1 && b->count == 1 && str_eq(a->countries[0], b->countries[0]) &&
	    (str_eq(a->name, b->name) || a->name.len == 0 || b->name.len == 0);
}

/* A product whose place the table knows: an inference profile, a global or zonal deployment,
 * a geography that was asked for. */
static bool
of_product(struct arena *a, const struct places *t, const struct hop *h, struct judged *j)
{
	struct place p = places_profile(a, t, h->model);

	if (!p.known && h->sku.len > 0)
		p = places_sku(a, t, h->provider, h->sku, h->region);
	if (!p.known && h->geo.len > 0) {
		str word = str_is(h->geo, "us") ? STR("US") :
		    str_is(h->geo, "eu")        ? STR("EU") :
		    str_is(h->geo, "global")    ? STR("*") :
						  h->geo;
		p = places_word(a, t, word);
	}
	if (!p.known)
		return false;
	j->place = p;
	j->evidence = EVIDENCE_PRODUCT;
	return true;
}

/* Azure: whether it is Standard, zonal or global decides, and the region is the resource's. */
static bool
needs_sku(const struct hop *h, str host)
{
	bool azure = h->provider.len >= 5 && strncasecmp(h->provider.at, "azure", 5) == 0;

	return h->sku.len == 0 && (azure || str_ends(host, ".azure.com"));
}

static void
find_place(struct arena *a, const struct places *t, const struct hop *h, struct judged *j)
{
	struct place label =
	    h->region.len > 0 ? places_region(a, t, h->region) : (struct place){ 0 };
	struct place address = h->url.len > 0 ? places_host(a, t, h->url) : (struct place){ 0 };
	bool provider = str_is(h->evidence, "provider") && label.known;

	j->mismatch = !provider && label.known && address.known && !address.anywhere &&
	    address.count == 1 && !same_place(&label, &address);
	j->address = address.name;
	j->evidence = EVIDENCE_NONE;
	if (provider) {
		j->place = label;
		j->evidence = EVIDENCE_PROVIDER;
	} else if (of_product(a, t, h, j)) {
		return;
	} else if (address.known) {
		j->place = address;
		j->evidence = EVIDENCE_ADDRESS;
	} else if (label.known && !needs_sku(h, address.name)) {
		j->place = label;
		j->evidence = EVIDENCE_LABEL;
	} else {
		j->place.name = h->region.len > 0 ? h->region : address.name;
		j->no_sku = label.known;
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
allowed(const struct judged *j, const struct class *more, const struct places *t)
{
	size_t n = 0;

	for (size_t i = 0; i < j->place.count; i++)
		n += policy_allows(j->class, t, j->place.countries[i]) &&
		    (more == NULL || policy_allows(more, t, j->place.countries[i]));
	return n;
}

static void
judge_place(struct arena *a, const struct places *t, const struct class *more, struct judged *j)
{
	const struct place *p = &j->place;
	str class = j->class->name;

	if (!p->known) {
		bool sku = j->no_sku;
		conclude(j, VERDICT_UNKNOWN,
		    sku                 ? "no-sku" :
			p->name.len > 0 ? "unlisted" :
					  "no-place",
		    sku ? arena_printf(a,
			      "%.*s is where the resource is; without its sku (Standard, "
			      "DataZone, Global) nobody knows where it runs",
			      STR_F(p->name)) :
			p->name.len > 0 ?
			  arena_printf(a, "%.*s is not in the table of regions and hosts",
			      STR_F(p->name)) :
			  STR("neither region nor address"));
		return;
	}
	if (p->anywhere) {
		conclude(j, VERDICT_UNKNOWN, "global",
		    arena_printf(a,
			"%.*s may be served from anywhere: it says nothing about "
			"place",
			STR_F(p->name)));
		return;
	}
	size_t n = allowed(j, more, t);
	if (n == p->count)
		conclude(j, VERDICT_OK, "inside",
		    arena_printf(a, "%.*s (%.*s) is inside %.*s", STR_F(p->name),
			STR_F(j->countries), STR_F(class)));
	else if (n == 0)
		conclude(j, VERDICT_VIOLATION, "outside",
		    arena_printf(a, "%.*s (%.*s) is outside %.*s", STR_F(p->name),
			STR_F(j->countries), STR_F(class)));
	else
		conclude(j, VERDICT_UNKNOWN, "set",
		    arena_printf(a, "%.*s may run in %.*s, of which %.*s does not allow all",
			STR_F(p->name), STR_F(j->countries), STR_F(class)));
	if (p->note.len > 0)
		j->message = arena_printf(a, "%.*s; %.*s", STR_F(j->message), STR_F(p->note));
}

struct judged
verdict_of(
    struct arena *a, const struct policy *policy, const struct places *t, const struct hop *h)
{
	struct judged j = { .class = policy_subject(policy, h->country) };
	const struct class *more = policy_data_class(policy, h->data_class);

	find_place(a, t, h, &j);
	j.countries = say_countries(a, &j.place);
	if (sent_nothing(h))
		conclude(&j, VERDICT_OK, "no-transfer", STR("no bytes were sent"));
	else if (h->country.len == 0)
		conclude(&j, VERDICT_UNKNOWN, "no-subject",
		    STR("the subject's country is not known: no class can be chosen"));
	else if (j.class == NULL)
		conclude(&j, VERDICT_UNKNOWN, "no-class",
		    arena_printf(
			a, "the policy has no class for subjects of %.*s", STR_F(h->country)));
	else if (h->data_class.len > 0 && policy->data_class != NULL && more == NULL)
		conclude(&j, VERDICT_UNKNOWN, "no-data-class",
		    arena_printf(a, "the policy has no class for data of class %.*s",
			STR_F(h->data_class)));
	else if (j.class->anywhere && (more == NULL || more->anywhere))
		conclude(&j, VERDICT_OK, "any",
		    arena_printf(a, "%.*s may be processed anywhere", STR_F(j.class->name)));
	else if (!policy_covers(policy, h->kind))
		conclude(&j, VERDICT_UNKNOWN, "not-covered",
		    arena_printf(
			a, "the policy does not say whether %.*s hops count", STR_F(h->kind)));
	else if (exempt(a, policy, h))
		conclude(&j, VERDICT_OK, "exempt",
		    arena_printf(a, "the policy exempts this %.*s", STR_F(h->kind)));
	else
		judge_place(a, t, more, &j);
	return j;
}
