/* counted.h - a record's request, counted by its own model. */
#ifndef COUNTED_H
#define COUNTED_H

#include "gate.h"
#include "meter/terms.h"
#include "trace/trace.h"

enum {
	C_INPUT = TRACE_FIELDS, /* usage.input: all prompt tokens that were billed */
	C_CANDIDATE_COUNT,
	C_CANDIDATE_MODEL, /* as it was asked for */
	C_CANDIDATE_API,
	C_MODEL, /* a model in other logs */
	COUNTED_FIELDS
};

#define COUNTED_NAMES                                                                          \
	TRACE_NAMES, "usage.input", "candidate.count", "candidate.model.requested",            \
	    "candidate.api", "model"

struct counted {
	struct coder *coder;
	str model; /* as requested; -m if that is given */
	int64_t tokens;
	enum content content;
	struct terms terms;
};

/* NULL, or why the record cannot be counted. */
const char *counted_request(
    const struct options *, struct coders *, struct in *, struct rec *, struct counted *);
/* The same request as another model gets it: its candidate's. */
const char *counted_candidate(struct coders *, struct in *, struct rec *, struct counted *);

/* The same with the coder that is set already; the model too, if it is not empty. */
const char *counted_by(struct in *, struct rec *, struct counted *);

/* token_terms, an object. */
void counted_terms(struct buf *, const struct counted *);

/* What is printed in the end, where records are not passed on. */
struct summary;

struct summary *summary_new(const struct options *);
void summary_add(
    struct summary *, const struct rec *, const struct counted *, const struct verdict *);
int summary_print(struct summary *); /* status */
void summary_free(struct summary *);

#endif
