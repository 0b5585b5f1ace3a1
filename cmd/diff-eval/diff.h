/* diff.h - two answers to the same request, compared; and what all pairs add up to. */
#ifndef DIFF_H
#define DIFF_H

#include "base/map.h"
#include "data/stat.h"
#include "trace/trace.h"

/* The checks that a record decides by itself; CHECK_ALL holds when no other one fails. */
enum check { CHECK_ALL, CHECK_STATUS, CHECK_WHOLE, CHECK_ARGUMENTS, CHECK_NO_REFUSAL, CHECKS };
extern const char *const check_names[];

enum outcome { UNKNOWN, PASS, FAIL };

/* One answer, boiled down to what comparing and showing it needs. */
struct side {
	bool present;          /* there is an answer */
	uint64_t text, folded; /* hashes: as it is; after NFC and folding of blanks */
	uint64_t written, ordered, multiset; /* of the calls: text, canonical, order apart */
	size_t calls;
	enum outcome checks[CHECKS];
	str fault;              /* why a check fails, in words */
	str excerpt, call_text; /* the beginnings, for the report */
};

enum level {
	IDENTICAL,
	SAME_ARGUMENTS,
	SAME_CALLS,
	SAME_TEXT,
	DIFFERENT,
	LOST,
	NO_BASELINE,
	SKIPPED,
	UNPAIRED,
	LEVELS
};
extern const char *const level_names[];

struct pair {
	str id, session;
	const struct side *old, *new;
	enum level level;
	enum check worst; /* the check that regressed, CHECKS: none did */
};

/* answer.c: read the answer out of a record.  Lives in the arena. */
struct answer_source {
	str api, response, tools, error;
	const struct scan_value *status, *done;
};
void side_read(struct arena *, const struct answer_source *, struct side *);

/* arguments.c: does each call fit the request's tools?  *fault says what does not. */
enum outcome arguments_check(
    struct arena *, const struct answer *, const struct doc *tools, str *fault);

/* compare.c */
void pair_compare(struct pair *);

struct tally {
	struct pairs2 table; /* both, first: only the candidate passes, second: only
			      * the baseline, neither */
	int64_t unknown;
};

struct worst {
	str id, session, fault, was, now;
	enum level level;
	enum check check;
	uint64_t order; /* smaller is shown first among equals */
};
#define WORST 3

struct totals {
	struct arena arena;
	int64_t records; /* read, of whatever became of them */
	int64_t levels[LEVELS];
	struct tally checks[CHECKS];
	struct map reasons; /* why records were skipped, counted */
	int64_t *reason_counts;
	size_t reason_room;
	struct map old_models, new_models;
	struct worst worst[CHECKS + 2][WORST]; /* by what is wrong, see totals_add */
	struct run run;
	int64_t run_lines, replayed;
	int64_t duplicates;
};

void totals_add(struct totals *, const struct pair *);
void totals_skip(struct totals *, str reason, enum level);
void totals_free(struct totals *);
const struct worst *totals_worst(const struct totals *, size_t n); /* NULL beyond the last */

/* verdict.c */
enum verdict { VERDICT_PASS, VERDICT_FAIL, VERDICT_INCONCLUSIVE };
extern const char *const verdict_names[];

struct policy {
	double margin, min_agree; /* shares; min_agree < 0: not asked for */
	bool allow_partial;
};

struct check_result {
	int64_t n, unknown, regressed, improved;
	double baseline, candidate, difference, p; /* shares; NaN when n is 0 */
	struct interval interval;                  /* of candidate minus baseline */
	enum verdict verdict;
};

struct decision {
	enum verdict verdict;
	struct check_result checks[CHECKS];
	int64_t compared, agree; /* pairs with a baseline; of these the same answer */
	struct interval agreement;
	int64_t more;        /* pairs still needed; 0: unknown or none */
	const char *because; /* what else kept it from passing, NULL: nothing */
	double coverage;
};
void decide(const struct totals *, const struct policy *, struct decision *);

/* report_*.c */
void report_text(
    const struct totals *, const struct policy *, const struct decision *, bool bodies);
void report_markdown(
    const struct totals *, const struct policy *, const struct decision *, bool bodies);
void report_pair(struct buf *, const struct pair *); /* one diff record */
void report_json(const struct totals *, const struct policy *, const struct decision *);

#endif
