/* result.h - what the tally says in the end: rows in a stable order, tasks, shared lines,
 * margins.  Only the parts of shared lines are rounded here; all else is exact until it is
 * printed. */
#ifndef RESULT_H
#define RESULT_H

#include "tally.h"

struct figures;
struct line;

/* The tasks of a group, or of all. */
struct task_stat {
	int64_t tasks, resolved, unresolved, incomplete; /* incomplete: a lower bound */
	dec p50, p95, p99;                               /* nearest rank; exact */
	dec total, top; /* top: of the 2 % that cost most, at least one */
	int64_t top_count;
};

struct row {
	str key;
	const struct group *group;
	const struct task_stat *tasks; /* never NULL */
	dec shared;                    /* parts of shared lines */
	dec *parts;                    /* by line; NULL where there are no lines */
	dec revenue;                   /* if has_revenue */
	bool has_revenue;
};

struct result {
	const struct plan *plan;
	struct arena *arena;
	struct row *rows; /* by falling cost with shares, then by key */
	size_t count;
	struct row total; /* of all rows; its tasks are counted once each */
	struct group total_group;
	struct task_stat total_tasks;
	struct line *lines;
	size_t line_count;
	dec unallocated;
	const struct tally *tally;
};

struct result result_of(struct arena *, const struct plan *, struct tally *,
    const struct figures *, struct line *lines, size_t line_count);

#endif
