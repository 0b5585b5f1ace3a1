/* policy_part.h - pieces of a policy, for policy_read.c: a reader that knows where it is. */
#ifndef POLICY_PART_H
#define POLICY_PART_H

#include "io/doc.h"
#include "mail/policy.h"

struct reading {
	struct arena *arena;
	str text; /* of the whole file */
	struct policy *p;
	const char *path; /* of what is read now */
	const struct doc *here;
	str why; /* the first error */
};

/* at: whose line is told; NULL: that of what is read now. */
void part_fail(struct reading *, const struct doc *at, const char *name, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* Into an object (or nothing), whose members are known (NULL: any); its error comes back. */
struct reading part_enter(
    const struct reading *, const char *name, const struct doc *, const char *const *known);
void part_leave(struct reading *, const struct reading *inner);

int part_word(struct reading *, const struct doc *, const char *const *words, const char *name);
int64_t part_int(struct reading *, const struct doc *, const char *name, int64_t least,
    int64_t most, int64_t usual);
double part_share(struct reading *, const struct doc *, const char *name, double usual);
bool part_flag(struct reading *, const struct doc *, const char *name, bool usual);
void part_names(struct reading *, const struct doc *, const char *name, struct names *);
void part_domains(struct reading *, const struct doc *, const char *name, struct names *);
/* Canonical addresses, or @domain. */
void part_addresses(struct reading *, const struct doc *, const char *name, struct names *);
void part_limits(struct reading *, const struct doc *, const char *name, struct limits *);
/* The same, of one recipient: no more than POLICY_PAST. */
void part_recipient_limits(
    struct reading *, const struct doc *, const char *name, struct limits *);

int names_cmp(const void *, const void *); /* for qsort() */

void part_warmups(struct reading *, const struct doc *);
void part_dedupe(struct reading *, const struct doc *);
void part_quiet(struct reading *, const struct doc *);
void part_breaker(struct reading *, const struct doc *);
void part_headers(struct reading *, const struct doc *);

#endif
