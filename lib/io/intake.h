/* intake.h - one thread's way from the text of a record to its fields.
 *
 * A record is validated and projected on the fields that the tool asked for; --since and
 * --until leave records out.  The options and the fields are shared and not changed; what
 * a reader counts is its own, and readers of several threads are added up in the end. */
#ifndef INTAKE_H
#define INTAKE_H

#include "io/in.h"

struct intake {
	const struct in_options *o;
	const struct fields *fields;
	struct scanner *scanner;
	struct arena rec, *lent; /* lent: instead of rec, for a while */
	int64_t since, until;    /* ns; INT64_MIN, INT64_MAX: unbounded */
	bool deferred;           /* the tool asks intake_inside() itself */
	uint64_t good, outside, timeless, read;
	uint64_t *found; /* by field */
};

/* The bounds as they stand in the options.  Ends with EXIT_USAGE on a bad one. */
struct intake *intake_new(const struct in_options *, const struct fields *);
void intake_free(struct intake *);
void intake_add(struct intake *, const struct intake *more); /* its counts */

enum intake_step { INTAKE_GOOD, INTAKE_OUTSIDE, INTAKE_BAD };
#define INTAKE_WHY   200
#define INTAKE_SHOWN 5

/* What is known of a text beside its bytes. */
struct intake_text {
	str text;
	size_t slack; /* so many bytes behind it can be read (they are not looked at) */
	bool line;    /* it holds no line end */
	bool whole;   /* it is not cut off at the end of a file */
};

/* rec keeps its file and line; all else is set.  BAD: why[INTAKE_WHY] says what is wrong. */
enum intake_step intake_take(
    struct intake *, const struct intake_text *, struct rec *, char *why);

/* Is a record of that time (empty: unknown, counted and left out) inside the bounds? */
bool intake_inside(struct intake *, str time);

static inline struct arena *
intake_arena(struct intake *i) /* lives as long as the record */
{
	return i->lent != NULL ? i->lent : &i->rec;
}

static inline str
intake_text(struct intake *i, const struct rec *rec, size_t field)
{
	const struct scan_value *v = &rec->values[field];

	if (v->kind == KIND_NULL)
		return (str){ 0 };
	return scan_text(&i->rec, v);
}

/* A bad line: counted, the first INTAKE_SHOWN are reported; with --strict the program ends. */
void intake_bad(
    const struct in_options *, uint64_t *bad, const char *file, uint64_t line, const char *why);

/* More bad lines than --max-bad allows, of so many records? */
bool intake_too_many(const struct in_options *, uint64_t bad, uint64_t total);

/* What counts as bad and what was left out, in the end: 0 or 3. */
int intake_status(const struct intake *, uint64_t bad);

#endif
