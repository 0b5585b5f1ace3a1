/* places.c - regions, addresses and profiles, by the table. */
#include "trace/places.h"

#include <ctype.h>
#include <string.h>

#include "trace/places_table.h"

int64_t
places_date(const struct places *p)
{
	return p->date;
}

str
places_source(const struct places *p)
{
	return p->source;
}

str
places_digest(const struct places *p)
{
	return p->digest;
}

static const struct doc *
area_of(const struct places *p, str name)
{
	for (size_t i = 0; i < p->count; i++) {
		const struct doc *area = doc_find(doc_get(p->of[i], "areas"), name);
		if (area != NULL)
			return area;
	}
	return NULL;
}

bool
places_is_area(const struct places *p, str word)
{
	return area_of(p, word) != NULL;
}

bool
places_in_area(const struct places *p, str country, str area)
{
	const struct doc *of = area_of(p, area);

	DOC_EACH (one, of)
		if (str_eq(doc_text(one), country))
			return true;
	return false;
}

/* The country of a region, by the name in the table; "France Central" is francecentral. */
static const struct doc *
region_of(const struct places *p, str region)
{
	char name[64];
	size_t n = 0;

	for (size_t i = 0; i < region.len && n < sizeof name; i++)
		if (region.at[i] != ' ')
			name[n++] = (char)tolower((unsigned char)region.at[i]);
	for (size_t i = 0; i < p->count; i++)
		DOC_EACH (cloud, doc_get(p->of[i], "regions")) {
			const struct doc *found = doc_find(cloud, (str){ name, n });
			if (found != NULL)
				return found;
		}
	return NULL;
}

static str
country_of(const struct places *p, str region)
{
	return doc_text(region_of(p, region));
}

static struct place
one_country(struct arena *a, str name, str country)
{
	str *of = ARENA_NEW(a, str);

	*of = country;
	return (struct place){ .known = true, .name = name, .countries = of, .count = 1 };
}

struct place
places_region(struct arena *a, const struct places *p, str name)
{
	const struct doc *found = region_of(p, name);

	return found != NULL ? one_country(a, found->key, doc_text(found)) :
			       (struct place){ .name = name };
}

struct place
places_word(struct arena *a, const struct places *p, str word)
{
	const struct doc *area = area_of(p, word);
	struct place place = { .known = true, .name = word };

	if (str_is(word, "*")) {
		place.anywhere = true;
		return place;
	}
	if (area != NULL) {
		str *of = ARENA_ARRAY(a, str, area->count + 1);
		DOC_EACH (one, area)
			of[place.count++] = doc_text(one);
		place.countries = of;
		return place;
	}
	return places_is_country(word) ? one_country(a, word, word) : places_region(a, p, word);
}

/* All that a list of words may mean. */
static struct place
place_of_words(
    struct arena *a, const struct places *p, str name, const struct doc *words, str note)
{
	struct place all = { .known = true, .name = name, .note = note };
	size_t room = 0;

	DOC_EACH (word, words)
		room += places_word(a, p, doc_text(word)).count;
	str *of = ARENA_ARRAY(a, str, room + 1);
	DOC_EACH (word, words) {
		struct place one = places_word(a, p, doc_text(word));
		all.anywhere |= one.anywhere;
		for (size_t i = 0; i < one.count; i++) {
			size_t k = 0;
			while (k < all.count && !str_eq(of[k], one.countries[i]))
				k++;
			if (k == all.count)
				of[all.count++] = one.countries[i];
		}
	}
	all.countries = of;
	return all;
}

/* A pattern with at most one star at either end. */
static bool
fits(str pattern, str text)
{
	bool open = str_ends(pattern, "*"), front = str_starts(pattern, "*");

	pattern.len -= open && pattern.len > 0;
	if (front && pattern.len > 0) {
		pattern = str_from(pattern, 1);
		return text.len > pattern.len &&
		    str_eq(str_from(text, text.len - pattern.len), pattern);
	}
	return open ?
	    text.len >= pattern.len && str_eq((str){ text.at, pattern.len }, pattern) :
	    str_eq(text, pattern);
}

/* "*.{region}.amazonaws.com" against a host: the region in it, or nothing. */
static str
region_in_host(const struct places *p, str pattern, str host)
{
	size_t at = str_search(pattern, "{region}");
	str before = { pattern.at, at }, after = str_from(pattern, at + sizeof "{region}" - 1);
	bool open = str_starts(before, "*.");

	before = open ? str_from(before, 2) : before;
	if (host.len <= after.len || !str_eq(str_from(host, host.len - after.len), after))
		return STR("");
	host.len -= after.len;
	for (size_t i = 0; i < host.len; i++) {
		str rest = str_from(host, i);
		bool starts = i == 0 ? !open : open && host.at[i - 1] == '.';
		if (!starts || rest.len <= before.len ||
		    !str_eq((str){ rest.at, before.len }, before))
			continue;
		str region = str_from(rest, before.len);
		if (country_of(p, region).len > 0)
			return region;
	}
	return STR("");
}

/* What stands behind "scheme://" or "//" at the very start. */
static str
without_scheme(str url)
{
	size_t n = 0;

	while (n < url.len && (isalnum((unsigned char)url.at[n]) || strchr("+-.", url.at[n])))
		n++;
	if (n > 0 && str_starts(str_from(url, n), "://"))
		return str_from(url, n + 3);
	return str_starts(url, "//") ? str_from(url, 2) : url;
}

/* Parsers do not agree on what a backslash or a blank means there: then there is no host. */
str
places_url_host(struct arena *a, str url)
{
	str host = without_scheme(str_trim(url));
	char *text = arena_bytes(a, host.len + 1);
	size_t n = 0, end = 0;

	while (
	    end < host.len && host.at[end] != '/' && host.at[end] != '?' && host.at[end] != '#')
		end++;
	host.len = end;
	for (size_t i = 0; i < host.len; i++)
		if (host.at[i] == '\\' || (unsigned char)host.at[i] <= ' ')
			return STR("");
	for (size_t i = host.len; i-- > 0;)
		if (host.at[i] == '@') {
			host = str_from(host, i + 1);
			break;
		}
	for (size_t i = 0; i < host.len && host.at[i] != ':'; i++)
		text[n++] = (char)tolower((unsigned char)host.at[i]);
	while (n > 0 && text[n - 1] == '.')
		n--;
	return (str){ text, n };
}

struct place
places_host(struct arena *a, const struct places *p, str url)
{
	str host = places_url_host(a, url);

	for (size_t i = 0; i < p->count && host.len > 0; i++)
		DOC_EACH (one, doc_get(p->of[i], "hosts")) {
			str pattern = doc_text(doc_get(one, "host"));
			if (str_search(pattern, "{region}") < pattern.len) {
				str region = region_in_host(p, pattern, host);
				if (region.len > 0)
					return places_region(a, p, region);
			} else if (fits(pattern, host)) {
				return place_of_words(a, p, host, doc_get(one, "places"),
				    doc_text(doc_get(one, "note")));
			}
		}
	return (struct place){ .name = host };
}

static str
lower(struct arena *a, str text)
{
	char *of = arena_bytes(a, text.len + 1);

	for (size_t i = 0; i < text.len; i++)
		of[i] = (char)tolower((unsigned char)text.at[i]);
	return (str){ of, text.len };
}

/* Whatever stands before the profile's own name: providers, regions, an ARN. */
static str
without_prefix(str model)
{
	for (size_t i = model.len; i-- > 0;)
		if (model.at[i] == '/')
			return str_from(model, i + 1);
	return model;
}

struct place
places_model_region(struct arena *a, const struct places *p, str model)
{
	bool arn = str_search(model, "arn:") < model.len;

	for (str rest = model; rest.len > 0;) {
		size_t n = 0;
		while (n < rest.len && rest.at[n] != '/' && !(arn && rest.at[n] == ':'))
			n++;
		struct place one = places_region(a, p, (str){ rest.at, n });
		if (one.known && n < rest.len)
			return one;
		rest = str_from(rest, n + 1);
	}
	return (struct place){ 0 };
}

struct place
places_profile(struct arena *a, const struct places *p, str model)
{
	model = lower(a, model);
	if (str_search(model, "application-inference-profile/") < model.len)
		return (struct place){ .known = true, .anywhere = true, .name = model };
	model = without_prefix(model);
	for (size_t i = 0; i < p->count; i++)
		DOC_EACH (one, doc_get(p->of[i], "profiles")) {
			str pattern = doc_text(doc_get(one, "profile"));
			if (fits(pattern, model))
				return place_of_words(a, p, model, doc_get(one, "places"),
				    doc_text(doc_get(one, "note")));
		}
	return (struct place){ .name = model };
}

/* Of the zones the one that the country of the resource is in. */
static struct place
zone_of(struct arena *a, const struct places *p, str sku, const struct doc *zones, str region)
{
	str country = country_of(p, region);

	DOC_EACH (zone, zones) {
		struct place all = places_word(a, p, doc_text(zone));
		for (size_t i = 0; i < all.count; i++)
			if (str_eq(all.countries[i], country)) {
				all.name =
				    arena_printf(a, "%.*s of %.*s", STR_F(sku), STR_F(region));
				return all;
			}
	}
	return (struct place){ .known = true,
		.anywhere = true,
		.name = arena_printf(a, "%.*s of %.*s", STR_F(sku),
		    STR_F(region.len > 0 ? region : STR("no region"))) };
}

struct place
places_sku(struct arena *a, const struct places *p, str provider, str sku, str region)
{
	for (size_t i = 0; i < p->count; i++)
		DOC_EACH (one, doc_get(p->of[i], "skus")) {
			str of = doc_text(doc_get(one, "provider"));
			bool other = provider.len > 0 &&
			    !str_starts(lower(a, provider), arena_string(a, of));
			if (other ||
			    !fits(lower(a, doc_text(doc_get(one, "sku"))), lower(a, sku)))
				continue;
			const struct doc *zones = doc_get(one, "zones");
			if (doc_true(doc_get(one, "regional")))
				return places_region(a, p, region);
			if (zones != NULL)
				return zone_of(a, p, sku, zones, region);
			return place_of_words(
			    a, p, sku, doc_get(one, "places"), doc_text(doc_get(one, "note")));
		}
	return (struct place){ .name = sku };
}
