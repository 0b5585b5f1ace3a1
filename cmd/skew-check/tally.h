/* tally.h - what is gathered from the records: who served what, where, and when.
 *
 * Whole numbers, smallest and largest values only: parts of the input can be added in any
 * order.  Keys are those of base/key.h.  Memory grows with regions, versions and time
 * (a cell for each bucket), with tenants and sessions, not with records. */
#ifndef TALLY_H
#define TALLY_H

#include "skew.h"

/* An artifact, region, content hash, label and kind of traffic: key of a series, with its
 * parts in this order. */
enum series_part { PART_KIND, PART_NAME, PART_REGION, PART_HASH, PART_LABEL, PART_TRAFFIC };
struct series {
	int64_t n;
	uint32_t artifact, version; /* slots of its name, and of name and version */
	int64_t bucket; /* the one its last record fell into, and where that cell lies */
	size_t cell;
};

/* One bucket of a series.  What the slots hold does not exceed 255: beyond that they only
 * say where the most is. */
struct cell {
	uint32_t series; /* slot in the table of series */
	int64_t bucket;  /* time / --bucket, rounded down */
	int64_t n, known, failed;
	struct example example;
	uint8_t seen[SLOTS], bad[SLOTS];
};

/* A tenant by artifact and version: when it was last served that.  The key is the slot of
 * the version (4 bytes) and the tenant. */
struct tenant {
	int64_t last;
};

/* A session by artifact (again its slot and the name): whether it has seen one version.  Hashes
 * of them: smallest and largest differ when there were several. */
struct session {
	uint64_t hash_low, hash_high;   /* of content; low is above high when there is none */
	uint64_t label_low, label_high; /* of records without a content hash */
};

/* Things that were used together: prompt, schema, tools, model, release, region. */
#define COMBO_PARTS 8
struct combo {
	int64_t n, first, last;
	struct examples examples;
};

/* The texts of the fields that make a series, as they stood in a record, and which one that
 * was: most records are of a few series, and need no key made. */
#define LATELY         1024 /* a power of two; two of them are one place for what falls there */
#define LATELY_TEXT    320
#define LATELY_PARTS   6
#define TENANTS_LATELY 4096
struct lately {
	uint32_t slot; /* of the series, + 1; 0: empty */
	uint16_t len[LATELY_PARTS];
	char text[LATELY_TEXT];
};

struct tally {
	const struct plan *plan;
	struct table series, cells, tenants, sessions, combos;
	struct map artifacts, versions; /* names; names and versions: keys of base/key.h */
	struct lately *lately;          /* LATELY of them */
	struct when_memo minute;
	int64_t bucket, bucket_from; /* of the last record, and its start */
	struct {
		uint32_t version, slot; /* slot of the tenant, + 1 */
		str name;               /* kept by the table */
	} tenant_lately[TENANTS_LATELY];
	struct arena kept; /* ids of examples */
	struct buf key, part, name;
	int64_t added;                /* records in all cells */
	int64_t records, first, last; /* with an artifact, a region and a time */
	int64_t no_artifact, no_region, no_time, later, other_traffic, no_version;
};

/* Smallest and largest values so far, and counts that end at 255. */
#define LOWER(a, b)  ((a) = (b) < (a) ? (b) : (a))
#define HIGHER(a, b) ((a) = (b) > (a) ? (b) : (a))
static inline uint8_t
tally_capped(unsigned a, unsigned b)
{
	return (uint8_t)(a + b > UINT8_MAX ? UINT8_MAX : a + b);
}

struct fold tally_fold(const struct plan *); /* its shared is the plan */
/* For who reads records one by one: as the fold does. */
void *tally_start(const void *plan);
const char *tally_each(void *, struct intake *, const struct rec *);
void tally_join(void *into, void *given); /* the other is given up */
void tally_free(struct tally *);

/* Made if need be; these end the program beyond --max-keys. */
size_t tally_series(struct tally *, str key);
struct cell *tally_cell(struct tally *, size_t series, int64_t bucket);
void tally_cell_add(struct tally *, struct cell *, const struct cell *more);
struct tenant *tally_tenant(struct tally *, uint32_t version, str name);
struct session *tally_session(struct tally *, uint32_t artifact, str name);
/* The parts of such a key. */
str tally_named(str key, uint32_t *slot);
void tally_session_add(struct session *, const struct session *more);
struct combo *tally_combo(struct tally *, str key);
void tally_combo_add(struct tally *, struct combo *, const struct combo *more);

/* Is the hash of prompts one per request?  Hashes that only one record has are more than
 * 5 % of the records that have one, and more than a handful. */
struct own_hashes {
	int64_t own, records;
	bool per_request;
};
struct own_hashes tally_own_hashes(const struct tally *);

#endif
