/* tally.h - hops by what was decided of them.
 *
 * Whole numbers, smallest and largest values only: parts of the input can be added in any
 * order.  Memory grows with kinds of findings, with the minutes and the traces of those that
 * are not ok, and with regions and paths; not with records. */
#ifndef TALLY_H
#define TALLY_H

#include "base/example.h"
#include "base/table.h"
#include "data/quantile.h"
#include "region.h"

/* Key of a group, by base/key.h, in this order. */
enum group_part {
	G_VERDICT,
	G_REASON,
	G_COUNTRY,
	G_CLASS,
	G_KIND,
	G_PLACE,
	G_COUNTRIES,
	G_MESSAGE,
	G_EVIDENCE,
	G_PARTS
};
struct group {
	int64_t n, failed;        /* hops; of them with an answer that was an error, or none */
	int64_t first, last;      /* ns; of those with a time */
	struct examples examples; /* traces */
	/* Of the first example: which attempt, and what it followed. */
	int64_t attempt, after_status;
	str after_region;
};

/* A label and an address that name different places: key label, address, country. */
struct mismatch {
	int64_t n, first, last;
	struct examples examples;
};

/* What a trace came to: of those that are not all ok. */
struct trace {
	bool violation, unknown;
};

/* Tokens by region, for the cost of isolation. */
struct tokens {
	int64_t calls, known, input, cache_read, cache_write;
};

/* Latency by the regions that a call went through. */
struct journey {
	int64_t n;
	struct quantiles ttft, total; /* ms */
};

struct tally {
	const struct plan *plan;
	struct table groups, mismatches, traces, tokens, paths;
	struct table minutes; /* int64_t: hops of a group (its slot) and a minute */
	struct arena kept;
	struct buf key, part;
	int64_t records, hops, verdicts[VERDICTS], with_violation; /* records */
};

struct fold tally_fold(const struct plan *);
void *tally_start(const void *plan);
const char *tally_each(void *, struct intake *, const struct rec *);
void tally_join(void *into, void *given); /* the other is given up */
void tally_free(struct tally *);

struct group *tally_group(struct tally *, str key);
void tally_group_add(struct tally *, struct group *, const struct group *more);
int64_t *tally_minute(struct tally *, size_t group, int64_t minute);
struct mismatch *tally_mismatch(struct tally *, str key);
void tally_mismatch_add(struct tally *, struct mismatch *, const struct mismatch *more);
struct trace *tally_trace(struct tally *, str id);
struct tokens *tally_tokens(struct tally *, str region);
void tally_tokens_add(struct tokens *, const struct tokens *more);
struct journey *tally_path(struct tally *, str key);
void tally_path_add(struct journey *, const struct journey *more);

#endif
