/* making.h - what view.c and points.c share while a view is made. */
#ifndef MAKING_H
#define MAKING_H

#include "view.h"

/* A series with its key taken apart. */
struct parts {
	str kind, name, region, hash, label;
	bool has_hash, has_label, eval;
	int64_t first; /* bucket of its first record */
	size_t artifact, version, meant, claimed;
	bool ambiguous; /* a label alone, which several contents have had */
};

struct making {
	struct arena *arena;
	const struct tally *tally;
	struct parts *series;
	size_t count;
	size_t *of, *begin;     /* series by artifact: begin[i] .. begin[i + 1] of them */
	struct table artifacts; /* of nothing, by kind and name */
	struct view view;
};

/* Texts in order: for qsort() and bsearch(), and the place of one, NO_VERSION if it is none. */
int making_by_text(const void *, const void *);
size_t making_find(const str *of, size_t n, str what);

/* All cells as points of regions and of evaluations; by time, with the versions they stand
 * for, which are numbered by first sight.  index: of the artifact. */
void points_fill(struct making *);
void points_settle(struct making *, size_t index);
/* What each label means now. */
void meanings_make(struct making *, size_t index);

#endif
