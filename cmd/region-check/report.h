/* report.h - what was decided, as findings and in words. */
#ifndef REPORT_H
#define REPORT_H

#include "tally.h"
#include "trace/finding.h"

struct span { /* of time, ns */
	int64_t from, until, n;
};

struct row { /* a group, taken apart */
	const struct group *group;
	str parts[G_PARTS];
	enum verdict verdict;
	const struct class *class;
	struct span *spans; /* times at which it happened, parted by --gap; of what is not ok */
	size_t span_count;
};

struct report {
	struct arena *arena;
	const struct plan *plan;
	const struct tally *tally;
	struct row *rows; /* violations, unknowns, then ok; by number */
	size_t row_count;
	int64_t traces_violation, traces_unknown; /* unknown: and no violation */
	int64_t evidence[EVIDENCES];              /* hops by what their place is known from */
	struct finding *findings;
	size_t finding_count;
	int status; /* 0, 1 or 6 */
};

struct report report_of(struct arena *, const struct plan *, const struct tally *);
/* What an unknown hop of that class (NULL: none) comes to: 0, 1 or 6. */
int report_unknown_status(const struct class *);

void report_text(const struct report *);
void report_json(const struct report *);

/* The cost of isolation: cache and latency, as logged. */
void isolation_text(struct arena *, const struct plan *, const struct tally *);
void isolation_json(struct arena *, const struct plan *, const struct tally *);

/* Findings and totals into the hash-chained file of --evidence: 0 or EXIT_SYSTEM. */
struct part_counters;
int evidence_write(const struct report *, const struct part_counters *);
/* --verify: 0 or 1, said on standard output; EXIT_SYSTEM when it cannot be read. */
int evidence_verify(const char *file);

str say_time(struct arena *, int64_t ns);
str say_share(struct arena *, int64_t n, int64_t of); /* "14 of 32 (43.8 %)" */

#endif
