/* report.h - the report, for people and for programs. */
#ifndef REPORT_H
#define REPORT_H

#include "lines.h"
#include "partial.h"
#include "result.h"

/* What the report needs beside the result. */
struct facts {
	const struct counters *counters;
	const struct lines *lines;
	str *missing; /* of --expect-surfaces, those that no line has */
	size_t missing_count;
	int64_t now; /* ns */
};

void report_text(const struct result *, const struct facts *);
void report_json(const struct result *, const struct facts *);
void report_prom(const struct result *);

/* Shared by the forms: calls without a price by kind and why, most calls first. */
struct miss {
	str model, tier;
	enum price_found state;
	struct usage_sum sum;
};
size_t report_misses(struct arena *, const struct tally *, struct miss **);

/* Classes that were priced by another class's rate, though they were used. */
struct assumption {
	str model;
	enum used class;
	int64_t count;
};
size_t report_assumptions(struct arena *, const struct tally *, struct assumption **);

/* An amount as --places and --exact say. */
str report_money(struct arena *, const struct plan *, dec);

/* Is a margin only an upper bound, since some cost is not known? */
bool report_at_most(const struct result *, const struct facts *);

/* A share in percent with so many decimals; empty when there is nothing to divide by. */
str report_percent(struct arena *, dec part, dec whole, int places);

/* Older than 90 days: so many; 0: it is not, or does not say. */
int64_t report_book_age(const struct price_book *, int64_t now);

/* A group's name for people: its values, with a comma. */
str report_name(struct arena *, const struct plan *, str key);

#endif
