/* report.h - all that was found, before it is written in one form or another. */
#ifndef REPORT_H
#define REPORT_H

#include "outcome.h"
#include "trace/finding.h"

struct found {
	struct finding finding;
	str group; /* an alarm of its own: what belongs to one alarm has the same text */
	bool open; /* it holds now */
};

/* A part of a whole. */
struct part {
	int64_t n, of;
};

struct coverage { /* of the target, now */
	struct part regions, requests, tenants;
	int64_t since;   /* requests and tenants: from then on */
	size_t *missing; /* places that serve something else */
	size_t missing_count;
};

struct standing { /* of an artifact */
	struct windows windows;
	struct effect *effects; /* by window */
	struct own_rate *own;
	size_t own_count;
	struct coverage coverage;
	int64_t sessions, mixed_sessions; /* of all; served by two versions */
};

struct report {
	struct arena *arena;
	const struct plan *plan;
	const struct tally *tally;
	struct view view;
	struct standing *of; /* by artifact */
	/* Of the tally's slots of names, and of names and versions: the prompt's place in the
	 * view, and its version. */
	size_t *artifact_of, *prompt_of, *version_of;
	str *regions; /* of --regions */
	size_t region_count;
	struct found *found;
	size_t count, room;
	int status; /* 0, 1 or 6 */
	bool per_request;
	struct own_hashes hashes;
};

/* Everything from a tally.  Lives in the arena; borrows the tally. */
struct report report_of(struct arena *, const struct plan *, const struct tally *);

/* --regions: names, one a line or a JSON array; ends with EXIT_USAGE when it is none. */
str *report_regions(struct arena *, const char *file, size_t *count);

/* Add one; the group is the artifact's or the region's. */
struct found *report_add(struct report *, const char *rule, const char *severity);

void report_text(const struct report *);
void report_json(const struct report *);
void report_prom(const struct report *);
void report_line(str text); /* as a terminal may have it */
str report_found_text(const struct report *, const struct found *); /* one line, no newline */

/* Words for a reader: "2026-01-01 06:00:03" (UTC), "6h 1m", "3.2 %", a list of regions. */
str say_time(struct arena *, int64_t ns);
str say_clock(struct arena *, int64_t ns); /* the time of the day alone */
str say_span(struct arena *, int64_t ns);
str say_percent(struct arena *, struct share);
str say_places(struct arena *, const struct artifact *, const size_t *, size_t count);
str say_artifact(struct arena *, const struct artifact *);

#endif
