/* fold.h - an aggregator, run over all records by one thread or by several.
 *
 * What a tool gathers is a state; each thread has one of its own, and they are joined in the
 * end.  Joining must not depend on order, so that the result is the same for any number of
 * threads; bad lines are reported in the order of the input in any case.  Input that is no
 * lines (an array, a document) is read by one thread. */
#ifndef FOLD_H
#define FOLD_H

#include "io/intake.h"

struct fold {
	const char *const *names; /* as for in_open() */
	void *(*start)(const void *shared);
	/* One record, borrowed.  NULL, or why it cannot be used: a bad line like any other. */
	const char *(*each)(void *state, struct intake *, const struct rec *);
	void (*finish)(
	    void *state); /* after its last record, before it is joined; NULL: nothing */
	void (*join)(void *into, void *from); /* from is given up */
};

/* All operands, by so many threads.  The joined state, to be freed by the tool, and the
 * status so far: 0, 3 or 4. */
struct folded {
	void *state;
	int status;
	uint64_t records, bad;      /* good ones, bad lines */
	uint64_t outside, timeless; /* left out by --since and --until */
	uint64_t duplicates;        /* records in which a wanted key stood twice */
	uint64_t surrogates;        /* in which a wanted string has half a surrogate pair */
};
struct folded fold_run(const struct fold *, const struct in_options *, char **operands,
    int64_t jobs, const void *shared);

#endif
