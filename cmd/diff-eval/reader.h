/* reader.h - records on their way to pairs: which columns are read, and sides made of them. */
#ifndef READER_H
#define READER_H

#include "diff.h"

enum {
	C_ID = IN_FIELDS,
	C_SESSION,
	C_KEY,
	C_CLUSTER,
	C_CANDIDATE,
	C_SKIPPED,
	C_MODE,
	C_SAMPLE,
	C_BASELINE,
	C_REQUEST,
	C_RESULTS, /* tools[]: results this request brings */
	C_GAPS,
	C_TOOLS,
	C_FUNCTIONS,
	C_FORMAT, /* of the answer: the request's JSON Schema, by dialect */
	C_TEXT_FORMAT,
	C_OUTPUT_FORMAT,
	C_OUTPUT_CONFIG,
	C_OWN /* then the own side's columns, the candidate's, the slices' */
};

/* The options that say how records are read. */
struct reading {
	struct in_options in;
	const char *key, *candidate, *cluster, *slices;
	bool pairs; /* a diff record for each pair */
};

struct reader {
	struct arena arena;
	struct measures *measures;
	struct slices *slices;
	const struct policy *policy;
	struct reading o; /* --key is a mapping like any other */
	const char **names;
	size_t candidate, slice; /* where these columns begin */
	size_t excerpt;
	struct buf line, held; /* held: diff records until it is sure that there are pairs */
	bool holding;
};

/* reader.c */
void reader_new(struct reader *, const struct reading *);
void reader_free(struct reader *);
bool reader_replayed(const struct rec *);
/* A record of ours, or any other where --check reads fields; run records are summed up. */
bool reader_takes(struct reader *, struct totals *, struct in *, struct rec *);
void reader_model(struct map *, struct in *, const struct rec *, size_t side);
void reader_own(struct reader *, struct in *, const struct rec *, struct side *);
void reader_candidate(struct reader *, struct in *, const struct rec *, struct side *);
void reader_baseline(
    struct reader *, struct in *, const struct rec *, const struct doc *, struct side *);
/* uses: the answer makes calls. */
void reader_where(struct reader *, struct in *, const struct rec *, bool uses, struct where *);
void reader_add(
    struct reader *, struct totals *, struct in *, const struct rec *, struct pair *);

/* replayed.c: one file, each record against its own candidate.  The status. */
int compare_replayed(struct reader *, struct totals *, char **operands);

/* files.c: OLD against each NEW; totals[] for each.  The status; EXIT_USAGE: they have
 * nothing to do with one another, which was said. */
int compare_files(struct reader *, struct totals *, char **files);

/* overlap.c: which fields would pair these two files, on standard error. */
void overlap_report(
    const struct reading *, char *old, char *new, int64_t paired, int64_t least);

#endif
