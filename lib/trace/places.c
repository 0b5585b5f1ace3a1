/* places.c - regions, addresses and profiles, by the table. */
#include "trace/places.h"

#include <ctype.h>
#include <string.h>

#include "base/table.h"
#include "data/hash.h"
#include "data/when.h"
#include "io/doc.h"
#include "io/in.h"

/* The text of regions.json, as it is. */
extern const char places_builtin[];
__asm__(".pushsection .rodata\n"
	".global places_builtin\n"
	"places_builtin:\n"
	".incbin \"lib/trace/regions.json\"\n"
	".byte 0\n"
	".popsection\n");

#define SOURCES 2 /* the user's own table, and the built-in one */

struct places {
	struct arena *arena;
	const struct doc *of[SOURCES]; /* the first that knows something says it */
	size_t count;
	int64_t date;
	str source, digest;
};

static const char *
check_words(const struct doc *list)
{
	if (doc_kind(list) != KIND_ARRAY || list->count == 0)
		return "no list of places";
	DOC_EACH (word, list)
		if (doc_text(word).len == 0)
			return "a place that is no name";
	return NULL;
}

static str
fault(struct arena *a, const char *list, size_t index, const char *why)
{
	return arena_printf(a, ".%s[%zu]: %s", list, index, why);
}

/* A list of objects, each with a pattern and places. */
static bool
check_list(
    struct arena *a, const struct doc *table, const char *list, const char *pattern, str *why)
{
	const struct doc *of = doc_get(table, list);
	size_t i = 0;

	if (of != NULL && doc_kind(of) != KIND_ARRAY) {
		*why = arena_printf(a, ".%s: not a list", list);
		return false;
	}
	DOC_EACH (one, of) {
		const struct doc *places = doc_get(one, "places"),
				 *zones = doc_get(one, "zones");
		bool region = strstr(arena_string(a, doc_text(doc_get(one, pattern))),
				  "{region}") != NULL;
		const char *bad = doc_text(doc_get(one, pattern)).len == 0 ? "names nothing" :
		    zones != NULL            ? check_words(zones) :
		    region && places == NULL ? NULL :
					       check_words(places);
		if (bad != NULL) {
			*why = fault(a, list, i, bad);
			return false;
		}
		i++;
	}
	return true;
}

static bool
is_country(str s)
{
	return s.len == 2 && isupper((unsigned char)s.at[0]) && isupper((unsigned char)s.at[1]);
}

static bool
check_regions(struct arena *a, const struct doc *table, str *why)
{
	DOC_EACH (cloud, doc_get(table, "regions"))
		DOC_EACH (region, cloud)
			if (!is_country(doc_text(region))) {
				*why = arena_printf(a,
				    ".regions.%.*s.%.*s: no country of two letters",
				    STR_F(cloud->key), STR_F(region->key));
				return false;
			}
	DOC_EACH (area, doc_get(table, "areas"))
		if (check_words(area) != NULL) {
			*why = arena_printf(
			    a, ".areas.%.*s: no list of countries", STR_F(area->key));
			return false;
		}
	return true;
}

static bool
add_table(struct places *p, str text, str *why)
{
	struct doc_error error;
	const struct doc *d = doc_parse(p->arena, text, 0, &error);
	int64_t version, date;

	if (d == NULL) {
		*why = arena_printf(p->arena, "byte %zu: %s", error.offset + 1, error.why);
		return false;
	}
	if (!doc_is(doc_get(d, "record"), "regions") || !doc_int(doc_get(d, "v"), &version) ||
	    version != 1) {
		*why = STR("no table of regions: {\"record\":\"regions\",\"v\":1,...}");
		return false;
	}
	if (!when_date(doc_text(doc_get(d, "date")), &date)) {
		*why = STR(".date: no date like 2026-06-17");
		return false;
	}
	if (!check_regions(p->arena, d, why) ||
	    !check_list(p->arena, d, "hosts", "host", why) ||
	    !check_list(p->arena, d, "profiles", "profile", why) ||
	    !check_list(p->arena, d, "skus", "sku", why))
		return false;
	p->of[p->count++] = d;
	if (p->count == 1 || date > p->date)
		p->date = date;
	str source = doc_text(doc_get(d, "source"));
	p->source = p->count == 1 ?
	    source :
	    arena_printf(p->arena, "%.*s; %.*s", STR_F(p->source), STR_F(source));
	return true;
}

/* Every place that a list names has to be known to one of the tables. */
static bool
check_all_words(struct places *p, str *why)
{
	static const char *const lists[] = { "hosts", "profiles", "skus" };

	for (size_t i = 0; i < p->count; i++)
		for (size_t k = 0; k < sizeof lists / sizeof *lists; k++)
			DOC_EACH (one, doc_get(p->of[i], lists[k])) {
				const struct doc *zones = doc_get(one, "zones");
				const struct doc *of =
				    zones != NULL ? zones : doc_get(one, "places");
				DOC_EACH (word, of) {
					if (places_word(p->arena, p, doc_text(word)).known)
						continue;
					*why = arena_printf(p->arena,
					    ".%s: '%.*s' is no region, area or country",
					    lists[k], STR_F(doc_text(word)));
					return false;
				}
			}
	return true;
}

struct places *
places_load(struct arena *a, const char *file, str *why)
{
	struct places *p = ARENA_NEW(a, struct places);
	str text = { 0 }, all = str_of(places_builtin);

	p->arena = a;
	if (file != NULL) {
		const char *bad = in_file(a, file, &text);
		if (bad != NULL) {
			*why = str_of(bad);
			return NULL;
		}
		if (!add_table(p, text, why))
			return NULL;
		char *both = arena_bytes(a, text.len + all.len);
		memcpy(both, text.at, text.len);
		memcpy(both + text.len, all.at, all.len);
		all = (str){ both, text.len + all.len };
	}
	if (!add_table(p, str_of(places_builtin), why) || !check_all_words(p, why))
		return NULL;
	p->digest = hash_hex(a, all);
	return p;
}

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

/* The country of a region; "France Central" is francecentral. */
static str
country_of(const struct places *p, str region)
{
	char name[64];
	size_t n = 0;

	for (size_t i = 0; i < region.len && n < sizeof name; i++)
		if (region.at[i] != ' ')
			name[n++] = (char)tolower((unsigned char)region.at[i]);
	for (size_t i = 0; i < p->count; i++)
		DOC_EACH (cloud, doc_get(p->of[i], "regions")) {
			str country = doc_text(doc_find(cloud, (str){ name, n }));
			if (country.len > 0)
				return country;
		}
	return STR("");
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
	str country = country_of(p, name);

	return country.len > 0 ? one_country(a, name, country) : (struct place){ .name = name };
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
	return is_country(word) ? one_country(a, word, word) : places_region(a, p, word);
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

str
places_url_host(struct arena *a, str url)
{
	size_t scheme = str_search(url, "://");
	str host = scheme < url.len ? str_from(url, scheme + 3) : url;
	char *text = arena_bytes(a, host.len + 1);
	size_t n = 0, end = 0;

	while (end < host.len && host.at[end] != '/' && host.at[end] != '?' &&
	    host.at[end] != '#' && host.at[end] != '\\')
		end++;
	host.len = end;
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

/* What stands before the profile's own name. */
static str
without_prefix(str model)
{
	static const char *const prefixes[] = { "bedrock/", "converse/", "invoke/" };

	if (str_starts(model, "arn:")) {
		size_t slash = str_find(model, '/');
		return str_from(model, slash + (slash < model.len));
	}
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (str_starts(model, prefixes[i]))
			model = str_from(model, strlen(prefixes[i]));
	return model;
}

struct place
places_profile(struct arena *a, const struct places *p, str model)
{
	model = lower(a, without_prefix(model));
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
			if (zones != NULL)
				return zone_of(a, p, sku, zones, region);
			return place_of_words(
			    a, p, sku, doc_get(one, "places"), doc_text(doc_get(one, "note")));
		}
	return (struct place){ .name = sku };
}
