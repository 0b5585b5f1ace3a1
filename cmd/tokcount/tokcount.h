/* tokcount.h - what the parts of tokcount share: options, open vocabularies, counts. */
#ifndef TOKCOUNT_H
#define TOKCOUNT_H

#include "base/table.h"
#include "io/in.h"
#include "token/count.h"
#include "token/vocab.h"

enum { TEXT, JSON };

struct options {
	const char *model, *vocab, *field, *as;
	struct vocab_options where;
	struct count_options count;
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

/* One vocabulary in use. */
struct coder {
	const char *name;
	struct vocab vocab;
	struct counter *counter;
	bool unknown;    /* nobody knows a vocabulary for that model */
	bool closed;     /* a stand-in for a tokenizer that is not public */
	const char *why; /* it cannot be used: why not */
	int status;      /* and the status that this ends with */
};

struct coders {
	struct arena arena;
	const struct options *o;
	struct table names;     /* struct coder * by model name */
	struct table encodings; /* struct coder * by encoding, or file */
};

/* The vocabulary of a model or encoding; never NULL, see why. */
struct coder *coder_for(struct coders *, str model);
/* The one that the options name, or the default; ends the program if it is not there. */
struct coder *coder_default(struct coders *);
/* Ends the program with the coder's why, if there is one. */
void coder_need(const struct coder *);
void coders_free(struct coders *);

/* Count a text; ends the program where --special=error or --invalid=error says so (false
 * where the caller is to report a bad record: *why). */
bool count_text(struct coder *, str text, uint64_t *count, struct ids *, const char **why);

/* text.c: like wc.  Status. */
int text_run(struct coders *, char **files);
/* decode.c: ids to text; and texts cut to a number of tokens. */
int decode_run(struct coders *, char **files);
int truncate_run(struct coders *, char **files);
/* install.c */
int install_run(const struct options *, char **files);
int where_run(const struct options *);
/* records.c */
int records_run(struct coders *, char **files);
/* drift.c */
int drift_run(struct coders *, char **files);
int drift_merge(struct coders *, char **files);
/* compare.c */
int compare_run(struct coders *, char **files);

/* tokens, estimate, low, high, n: members of an open object. */
void emit_amount(struct buf *, struct amount);

/* One count as a line of text or JSON. */
void print_count(
    const struct options *, const struct coder *, const char *name, struct amount, str verdict);

#endif
