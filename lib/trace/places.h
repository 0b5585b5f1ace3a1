/* places.h - where on earth a region, an address or an inference profile is.
 *
 * The table is data with a source and a date (regions.json, built in; ours to replace or to
 * add to).  Its names: cloud regions and their countries; legal areas and theirs (EU, EEA, UK
 * and CH are apart); host names, in which {region} stands for one of the regions; inference
 * profiles and products by the set of places where they may run.  What is made for an answer
 * lives in the arena given with the question; the table itself is read-only: threads may
 * share it.  A place in a list is a
 * region, an area, a country (two letters), or "*": anywhere. */
#ifndef PLACES_H
#define PLACES_H

#include "base/arena.h"

struct places;

/* Where something may be.  Of several countries it is in one, nobody says which. */
struct place {
	bool known;    /* false: the table says nothing about it */
	bool anywhere; /* it may be in any country */
	str name;      /* region, area or profile, as the table calls it */
	const str *countries;
	size_t count;
	str note; /* of the table, on this; may be empty */
};

/* The built-in table, and over it what `file` says (NULL: nothing): its regions, areas and
 * products come first.  NULL: why says what is wrong. */
struct places *places_load(struct arena *, const char *file, str *why);

int64_t places_date(const struct places *); /* ns; of the newest table in use */
str places_source(const struct places *);
str places_digest(const struct places *); /* SHA-256 of all that was read, in hex */

struct place places_region(struct arena *, const struct places *, str name);
/* A region, an area, a country or "*", in words of a policy or a table. */
struct place places_word(struct arena *, const struct places *, str word);
/* The host of a URL (or a host alone).  One that is not in the table is not known, however
 * much its name sounds like a region. */
struct place places_host(struct arena *, const struct places *, str url);
/* A model id, if it is an inference profile: of Bedrock, with or without what LiteLLM or an
 * ARN puts before it. */
struct place places_profile(struct arena *, const struct places *, str model);
/* A provider's product (an empty provider: anybody's), by the region of the resource: known
 * only where the table has it.  A zonal one whose zone is not known may be anywhere; a
 * regional one is in its region. */
struct place places_sku(
    struct arena *, const struct places *, str provider, str sku, str region);

/* The region that a model id names before its last part: bedrock/REGION/..., an ARN. */
struct place places_model_region(struct arena *, const struct places *, str model);

bool places_is_country(str); /* a code of ISO 3166-1 alpha-2 */
bool places_in_area(const struct places *, str country, str area);
bool places_is_area(const struct places *, str word);
str places_url_host(struct arena *, str url); /* lower case, no port, no user; may be empty */

#endif
