/* view.h - the tally made legible: artifacts, their versions, and what each region served.
 *
 * A version is what its content hash says; where no record of the artifact has one, what
 * its label says.  A label is a claim (claims.h).  All of it lives in an arena and borrows
 * the tally. */
#ifndef VIEW_H
#define VIEW_H

#include "tally.h"

#define NO_VERSION SIZE_MAX

struct version {
	str id;    /* the hash, or the label */
	str label; /* that most records of it carry; may be empty */
	str own;   /* the one that it had first (claims.h) */
	str name; /* what people call it: the label, with some of the hash if that is not enough
		   */
	bool hashed;
	bool canary;      /* declared beforehand: never skew */
	int64_t n, first; /* records; bucket of the first one */
};

/* A cell with what it stands for; NO_VERSION: it says nothing. */
struct point {
	int64_t bucket;
	size_t version; /* its content */
	size_t meant;   /* what its label stands for, else the same */
	size_t
	    claimed; /* that too, if the content has another label of its own, else version */
	str label;
	bool hashed;
	bool guessed; /* a label alone that has meant several contents: what was served near by
		       */
	const struct cell *cell;
};

/* What a label means now.  A region that has the newest content it had, or that has come back
 * from newer to older, has a say; most of them decide.  One that never had the newest lags. */
struct meaning {
	str label;
	size_t version;
};

/* A stretch in which a region served one version, up to some stray records. */
struct run {
	size_t version;
	int64_t from, to; /* first and last bucket with records */
	int64_t n, of;    /* records of the version, and all */
	bool clear;       /* four of five records are of it */
	bool undecided;   /* a mixture: nobody can say which version it is */
};

/* A stretch in which several versions were served at once (mixture.h). */
struct mixture {
	size_t first, last;    /* its buckets, by their place among those with records */
	int64_t from, to;      /* and they themselves */
	size_t rival, version; /* the most frequent, as mixture.h and as the artifact count */
	int64_t n, of;         /* records of it, and all */
	bool undecided;
};

/* From one version to the next.  Times in ns. */
struct flip {
	size_t place, from, to;
	int64_t at;        /* the best guess */
	int64_t low, high; /* it happened in between, if times are right within --clock-error */
	int64_t stragglers, last_straggler, early;
	bool border; /* where a mixture begins or ends: no time is better than another */
};

/* Without records for so long that nobody knows what was served meanwhile (view_pause()); ns.
 */
struct gap {
	int64_t from, until;
};

struct place { /* a region */
	str region;
	struct point *points; /* production, by bucket */
	size_t point_count;
	struct run *runs;
	size_t run_count;
	struct mixture *mixtures;
	size_t mixture_count;
	struct flip *flips;
	size_t flip_count;
	struct gap *gaps;
	size_t gap_count;
	int64_t first, last; /* ns: start of its first, end of its last slot */
	int64_t n;
	size_t now;    /* what most of its last records were, by content; NO_VERSION: none */
	size_t latest; /* and the very last one */
	int64_t latest_since; /* ns: since when, without a bucket in which others prevail */
	size_t settled;       /* the version of its last run; NO_VERSION: none, or a mixture */
	bool silent, undecided; /* now */
	bool retired;           /* it is silent, and --regions does not expect it */
};

struct artifact {
	str kind, name;
	struct version *versions; /* by first sight */
	size_t version_count;
	struct meaning *meanings; /* by label */
	size_t meaning_count;
	struct place *places; /* by name */
	size_t place_count;
	struct point *evals; /* evaluation traffic, by region and bucket */
	size_t eval_count;
	int64_t n, without_hash, unknown; /* records: with a label only; with neither */
	int64_t first, last;              /* ns */
};

struct view {
	struct artifact *artifacts;
	size_t count;
	int64_t now; /* the point in time that "now" means: --now, else the last record */
};

/* canaries: as --canary gives them. */
struct view view_of(struct arena *, const struct tally *, const struct in_list *canaries);

/* Where a point belongs in place and time. */
str view_region(struct arena *, const struct tally *, const struct cell *);
/* A hash without its algorithm, cut to a few digits. */
str view_short(str hash);
/* Of n records from first to last (ns): a pause that is longer (ns) than --grace, and than
 * chance explains at their rate, leaves it unknown what was served meanwhile. */
int64_t view_pause(const struct plan *, int64_t n, int64_t first, int64_t last);
/* The start of a cell's first slot with records, and the end of its last; ns. */
struct edges {
	int64_t first, last;
};
struct edges view_edges(const struct cell *, int64_t width);
/* A version as people give it: what the label means now, else its name, or its hash (or a
 * beginning of 6 or more digits); NO_VERSION. */
size_t view_version(const struct artifact *, str word);
bool view_is(const struct artifact *, str word); /* its name, or its kind */

/* Is that version what the region serves now, alone, as far as the last records say? */
static inline bool
view_serves(const struct place *p, size_t version)
{
	return version != NO_VERSION && p->now == version && p->settled == version &&
	    !p->silent;
}

/* For a gate that looks again and again, and would wait for chance: SURE records of it in a
 * row, or as good, since the region changed to it. */
#define SURE 11
bool view_surely(const struct place *, size_t version);

/* Does its label stand for other content elsewhere? */
static inline bool
view_relabelled(const struct point *p)
{
	return p->meant != p->version;
}

#endif
