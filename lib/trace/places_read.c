/* places_read.c - a table of places from a file, over the one that is built in. */
#include "trace/places_table.h"

#include <ctype.h>
#include <string.h>

#include "data/hash.h"
#include "data/when.h"
#include "io/in.h"

/* The text of regions.json, as it is. */
extern const char places_builtin[];
__asm__(".pushsection .rodata\n"
	".global places_builtin\n"
	"places_builtin:\n"
	".incbin \"lib/trace/regions.json\"\n"
	".byte 0\n"
	".popsection\n");

bool
places_is_country(str s)
{
	static const char codes[] =
	    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL "
	    "BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV "
	    "CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD "
	    "GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM "
	    "IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK "
	    "LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW "
	    "MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR "
	    "PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS "
	    "ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY "
	    "UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW ";

	for (size_t i = 0; s.len == 2 && i + 2 < sizeof codes; i += 3)
		if (codes[i] == s.at[0] && codes[i + 1] == s.at[1])
			return true;
	return false;
}

/* Names are looked up in lower case and without blanks. */
static bool
is_plain_name(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (isupper((unsigned char)s.at[i]) || s.at[i] == ' ')
			return false;
	return s.len > 0;
}

/* At most one star, at one end; hosts and profiles are looked up in lower case. */
static bool
is_pattern(str s, bool folds)
{
	size_t star = str_find(s, '*');

	if (star < s.len && star != 0 && star != s.len - 1)
		return false;
	if (star < s.len && str_find(str_from(s, star + 1), '*') + star + 1 < s.len)
		return false;
	return s.len > 0 && (folds || is_plain_name(s));
}

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
		str name = doc_text(doc_get(one, pattern));
		bool alone = (str_search(name, "{region}") < name.len && places == NULL) ||
		    doc_true(doc_get(one, "regional"));
		const char *bad = !is_pattern(name, strcmp(pattern, "sku") == 0) ?
		    "names nothing, or a pattern with a star in its middle, or capitals" :
		    zones != NULL ? check_words(zones) :
		    alone         ? NULL :
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
check_regions(struct arena *a, const struct doc *table, str *why)
{
	const struct doc *clouds = doc_get(table, "regions"), *areas = doc_get(table, "areas");

	if ((clouds != NULL && doc_kind(clouds) != KIND_OBJECT) ||
	    (areas != NULL && doc_kind(areas) != KIND_OBJECT)) {
		*why = STR(".regions, .areas: not an object");
		return false;
	}
	DOC_EACH (cloud, clouds) {
		if (doc_kind(cloud) != KIND_OBJECT) {
			*why =
			    arena_printf(a, ".regions.%.*s: not an object", STR_F(cloud->key));
			return false;
		}
		DOC_EACH (region, cloud) {
			bool name = is_plain_name(region->key);
			if (name && places_is_country(doc_text(region)))
				continue;
			*why = arena_printf(a, ".regions.%.*s.%.*s: %s", STR_F(cloud->key),
			    STR_F(region->key),
			    name ? "no country of two letters" :
				   "a name has neither capitals nor blanks");
			return false;
		}
	}
	DOC_EACH (area, areas) {
		bool bad = check_words(area) != NULL;
		DOC_EACH (country, area)
			bad = bad || !places_is_country(doc_text(country));
		if (bad) {
			*why = arena_printf(
			    a, ".areas.%.*s: no list of countries", STR_F(area->key));
			return false;
		}
	}
	return true;
}

static bool
check_members(struct arena *a, const struct doc *table, str *why)
{
	static const char *const names[] = { "record", "v", "date", "source", "areas",
		"regions", "hosts", "profiles", "skus", NULL };

	const struct doc *other = doc_stranger(table, names);
	if (other != NULL)
		*why = arena_printf(a, ".%.*s: is not known", STR_F(other->key));
	return other == NULL;
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
	if (!check_members(p->arena, d, why) || !check_regions(p->arena, d, why) ||
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
