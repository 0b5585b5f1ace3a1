/* tokcount.h - what the parts of tokcount share: options and counts. */
#ifndef TOKCOUNT_H
#define TOKCOUNT_H

#include "io/in.h"
#include "meter/coders.h"

enum { TEXT, JSON };

struct options {
	struct coders_options by;
	const char *field, *as;
	const char *install, *where_is, *from, *calibration, *compare, *local, *prices;
	int special, invalid, end, format, inconclusive;
	int64_t jobs, truncate, max, reserve, max_keys;
	bool requests, each, ids, decode, drift, require, partial, merge;
	struct in_options in;
};

/* What is known of the tokens of a text. */
struct amount {
	int64_t tokens;       /* -1: only estimated */
	int64_t estimate;     /* with a calibration, else -1 */
	int64_t low, high, n; /* the 5th and 95th percentile, of n requests */
};

/* text.c: like wc.  Status. */
int text_run(const struct options *, struct coders *, char **files);
/* decode.c: ids to text; and texts cut to a number of tokens. */
int decode_run(const struct options *, struct coders *, char **files);
int truncate_run(const struct options *, struct coders *, char **files);
/* install.c */
int install_run(const struct options *, char **files);
int where_run(const struct options *);
/* records.c */
int records_run(const struct options *, struct coders *, char **files);
/* drift.c */
int drift_run(const struct options *, struct coders *, char **files);
int drift_merge(const struct options *, struct coders *, char **files);
/* compare.c */
int compare_run(const struct options *, struct coders *, char **files);

/* tokens, estimate, low, high, n: members of an open object. */
void emit_amount(struct buf *, struct amount);

/* One count as a line of text or JSON. */
void print_count(
    const struct options *, const struct coder *, const char *name, struct amount, str verdict);

#endif
