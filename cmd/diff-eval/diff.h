/* diff.h - two answers to the same request, compared; and what all pairs add up to.
 *
 * A side is one answer (recorded, of the baseline, of the candidate) boiled down to one
 * value per measure.  A pair is two sides.  Pairs are summed into groups: one for each arm,
 * and one for each slice of the arm that decides. */
#ifndef DIFF_H
#define DIFF_H

#include <math.h>

#include "base/table.h"
#include "data/cluster.h"
#include "data/evidence.h"
#include "data/stat.h"
#include "jsonschema.h"
#include "trace/price_use.h"
#include "trace/trace.h"

/* ---- What is measured ---- */

enum measure_kind {
	M_ALL,       /* no check fails; the fixed first six */
	M_COMPLETED, /* the same, over pairs where both answered */
	M_STATUS,
	M_WHOLE,
	M_ARGUMENTS,
	M_NO_REFUSAL,
	M_SCHEMA, /* asked for by --check */
	M_REGEX,
	M_CONTAINS,
	M_MAX_LENGTH,
	M_FIELD,
	M_OUTCOME,
	M_SCORE,
	M_FILTER,
	M_COMMAND,
	M_COST, /* told, but nothing is decided by them */
	M_LATENCY,
	M_INPUT,
	M_OUTPUT,
};

struct measure {
	enum measure_kind kind;
	const char *name; /* "status", "regex:^ok" */
	const char *unit; /* of a number; NULL: none */
	bool asked;       /* by --check */
	bool number;      /* numbers were seen: no part of "all checks" */
	const struct doc *schema;
	struct pattern *pattern;
	str text;      /* M_CONTAINS, M_SCORE */
	int64_t limit; /* M_MAX_LENGTH */
	struct path path;
	size_t column; /* M_FIELD: which of the side's fields */
	struct peer *peer;
};

#define MEASURES 96
struct measures {
	struct measure of[MEASURES];
	size_t count;
	bool defaults; /* the four default checks count */
	size_t fields;
	const char *field_paths[MEASURES];
	bool data;  /* some check reads fields: records need not be traces */
	bool peers; /* some check needs whole answers */
	const struct price_book *prices; /* for sides that have usage, and no cost */
};

/* measure.c: dies on a bad --check. */
void measures_new(
    struct measures *, struct arena *, const struct in_list *checks, const struct price_book *);
void measures_free(struct measures *);
bool measure_decides(const struct measures *, size_t); /* a check, not only information */
/* What it says about one side: 0, 1, any number; NAN unknown; INFINITY not applicable. */
struct side;
struct source;
void measure_side(struct measures *, struct arena *, const struct source *,
    const struct answer *, struct side *);

/* ---- One answer ---- */

/* The fields of an answer: at the top of a record, in its candidate, in baseline[k]. */
enum side_column {
	S_API,
	S_MODEL,
	S_RESPONSE,
	S_STATUS,
	S_DONE,
	S_ERROR,
	S_INPUT,
	S_OUTPUT,
	S_TOTAL,
	S_COST,
	S_OK,
	S_RESOLVED,
	S_FAILED,
	S_SCORES,
	SIDE_COLUMNS
};
extern const char *const side_columns[]; /* the fields of --check=field follow */

struct source {
	const struct scan_value *v; /* by side_column */
	str tools, format;          /* of the request */
	bool foreign;               /* no record of ours: only its fields are looked at */
};

struct side {
	bool present;          /* there is an answer */
	uint64_t text, folded; /* hashes: as it is; after NFC and folding of blanks */
	uint64_t written, ordered, multiset; /* of the calls: text, canonical, order apart */
	size_t calls;
	double *values;                   /* by measure */
	str fault;                        /* why a check fails, in words */
	str excerpt, call_text;           /* the beginnings, for the report */
	str whole, whole_calls, response; /* kept only for checks of whole pairs */
};

/* answer.c: lives in the arena.  excerpt: bytes kept of the text. */
void side_read(
    struct measures *, struct arena *, const struct source *, size_t excerpt, struct side *);
void side_keep(struct arena *, const struct measures *, struct side *);

/* calls.c: does each call fit the request's tools?  *fault says what does not. */
enum outcome arguments_check(
    struct arena *, const struct answer *, const struct doc *tools, str *fault);

/* ---- A pair ---- */

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

/* RECORD: recorded against candidate, for want of a baseline.  EXCESS: does the candidate
 * give the baseline's answer as often as the baseline itself does? */
enum arm { DIFFERENCE, RECORD, FIDELITY, NOISE, EXCESS, ARMS };
extern const char *const arm_names[];

#define DIMS 17
struct where {
	size_t slots[DIMS]; /* in the slices, one for each dimension */
	uint64_t cluster;
	bool session; /* the cluster has a name: pairs of it may come at any time */
};

struct pair {
	str id, session, request;
	struct side *old, *new;
	struct where where;
	enum arm arm;
	enum level level;
	size_t worst; /* the measure that regressed, of those that decide; 0: none did */
	bool foreign; /* no records of ours: there are values, but no answers */
	bool excused; /* the recorded side holds no answer: nothing to compare */
};

/* compare.c: the level; the values of checks on pairs; "all checks"; what regressed. */
void pair_compare(struct measures *, struct arena *, struct pair *);
bool pair_same(const struct side *, const struct side *); /* the same answer */

/* ---- Sums ---- */

struct tally {
	struct pairs2 table; /* of values 0 and 1; first: only the candidate passes */
	int64_t n, unknown;
	double old_sum, new_sum, squares; /* squares: of the differences */
	double low, high;                 /* of all values, and 0 */
	bool plain;                       /* every value was 0 or 1 */
};

struct group {
	int64_t records, compared, levels[LEVELS];
	struct tally *tallies; /* by measure; NULL: no pair yet */
	struct clusters clusters;
	bool sessions; /* some pairs belong to named clusters */
};

struct worst {
	str id, session, fault, was, now, was_calls, now_calls;
	enum level level;
	size_t measure; /* that regressed; 0: none did */
	uint64_t order; /* smaller is shown first among equals; 0: an empty place */
};

/* What decides, as fixed by the options. */
struct policy {
	double margin, min_agree, detect; /* shares; min_agree < 0: not asked for */
	bool allow_partial, fail_slice, sequential;
	int64_t seed, show, max_keys;
	const char *labels;
};

/* The dimensions, and the values that were seen; shared by all candidates. */
struct slices {
	size_t dims;
	str names[DIMS];
	struct table values; /* "dim=value": the dimension's number */
	int64_t most;
};
/* slices.c */
size_t slices_slot(struct slices *, size_t dim, str value);
str slices_name(const struct slices *, size_t slot); /* "locale=fr" */
size_t slices_dim(const struct slices *, size_t slot);
str slices_value(const struct slices *, size_t slot);

struct totals {
	struct arena arena;
	const char *file; /* NEW; NULL: there is but one file */
	struct measures *measures;
	struct slices *slices;
	const struct policy *policy;
	struct group arms[ARMS];
	struct group *groups[2]; /* of DIFFERENCE and RECORD, by slot */
	size_t group_room;
	struct table reasons; /* why records were not compared: int64_t */
	struct map old_models, new_models;
	struct worst *worst; /* shelves by what is wrong, policy->show places each */
	struct run run;      /* of replay */
	int64_t records, run_lines, replayed, duplicates;
	struct sequence *sequence; /* NULL: not asked for */
	struct labels *labels;     /* NULL: not asked for */
	struct bias {
		int64_t n, swapped, first, second;
	} bias; /* of a judge */
};

void totals_new(struct totals *, struct measures *, struct slices *, const struct policy *);
void totals_add(struct totals *, struct pair *);
void totals_excess(struct totals *, const struct where *, bool noise, bool difference);
void totals_skip(struct totals *, str reason, enum level, const struct where *);
bool totals_settled(const struct totals *); /* --sequential: no more pairs are needed */
void totals_free(struct totals *);
const struct worst *totals_worst(const struct totals *, size_t n); /* NULL beyond the last */
/* NULL: no record of that arm lies there, or no record knows its dimension. */
struct group *totals_group(const struct totals *, enum arm, size_t slot);

/* sequence.c: --sequential, in the order in which pairs come. */
struct sequence *sequence_new(const struct policy *);
void sequence_add(struct sequence *, const struct measures *, const struct pair *);
void sequence_end(struct sequence *); /* no more pairs will come */
struct sequence_end {
	bool worse, safe; /* beyond doubt: a loss beyond the margin; none such */
	double e_worse, e_safe;
	int64_t units, late; /* late: pairs of sessions that were closed already */
	bool unfit;          /* values outside 0..1 */
};
struct sequence_end sequence_result(const struct sequence *);
void sequence_free(struct sequence *);

/* labels.c: people's words about some of the pairs. */
struct corrected {
	int64_t labelled, n;
	double kappa, baseline, candidate, diff;
	struct interval of_baseline, of_candidate, of_diff;
	size_t measure;
};
struct labels *labels_read(struct arena *, const char *file);
void labels_add(struct labels *, const struct measures *, const struct pair *);
struct corrected labels_result(const struct labels *);
void labels_free(struct labels *);
size_t labels_measure(const struct measures *); /* whose errors they correct */

/* ---- The decision ---- */

enum verdict { VERDICT_PASS, VERDICT_FAIL, VERDICT_INCONCLUSIVE, VERDICT_NOT_COMPARABLE };
extern const char *const verdict_names[];

struct estimate {
	int64_t n, unknown, clusters;
	bool share;                 /* of answers; else a mean of numbers */
	double baseline, candidate; /* shares or means; NaN when n is 0 */
	double diff, p, p_holm, p_mcnemar, se, e;
	struct interval ci;
	int64_t regressed, improved;
	double margin; /* in the measure's own unit */
	double disc;   /* share of discordant pairs */
	double deff;   /* design effect: variance over that of independent pairs */
	const char *method;
	enum verdict verdict;
	int64_t more, detect; /* pairs still needed; pairs to find policy->detect */
};

/* estimate.c */
struct estimate estimate_of(const struct totals *, const struct group *, size_t measure);
/* Of all measures at once, which draws the numbers together; information: also those that
 * decide nothing. */
void estimate_all(
    const struct totals *, const struct group *, bool information, struct estimate *);

struct flip { /* a slice whose difference has the other sign */
	size_t slot;
	bool certain; /* its interval excludes 0 */
};

#define FLIPS 8
struct decision {
	enum arm arm;   /* that decides */
	size_t measure; /* the first that decides */
	enum verdict verdict;
	struct estimate *of;        /* by measure, of the arm that decides */
	struct estimate arms[ARMS]; /* of "all checks" */
	struct estimate *slices;    /* by slot * measures + measure */
	size_t slots;
	int64_t compared, agree, slice_failed;
	struct interval agreement;
	int64_t more;
	const char *because; /* what kept it from passing, NULL: nothing */
	double coverage;
	struct flip flips[FLIPS];
	size_t flip_count;
	struct corrected corrected;
};

/* verdict.c: all candidates together, for Holm. */
void decide(struct arena *, const struct totals *, size_t count, struct decision *);
int64_t agreeing(const struct group *);

/* ---- Reports ---- */

struct report {
	const struct totals *t;
	const struct decision *d;
	const struct policy *p;
	bool bodies, details; /* details: differences word by word */
};
void report_text(const struct report *, bool several); /* candidates */
void report_forest(const struct report *);             /* report_forest.c */
void report_worst(const struct report *);              /* report_worst.c */
void report_points(double share);                      /* "+2.1" */
/* report_notes.c: a sentence for the head line; how it was found; and what else there is to
 * say, one sentence each (names in them come from records), the count. */
#define NOTES 32
size_t report_notes(const struct report *, struct arena *, str notes[NOTES]);
const char *report_advice(const struct report *);
const char *report_method(const char *method);
/* "+2.1 [-0.3, +4.5]", in points or in the number's own unit. */
const char *report_range(const struct estimate *, char text[80]);
/* Slots of slices in the order they are shown: the worst first; the count. */
size_t report_slices(const struct report *, size_t *order, size_t room);
void report_markdown(const struct report *);
void report_pair(struct buf *, const struct totals *, const struct pair *); /* a diff record */
void report_json(const struct report *);
void report_junit(const struct report *, size_t count, struct buf *);
void report_html(const struct report *, size_t count, struct buf *);

#endif
