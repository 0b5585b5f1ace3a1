/* claims.h - labels, and the contents that were served under them.
 *
 * A content's own label is the first that it had, of those that at least one of twenty of its
 * records carry.  And a label is a claim, it stands for one content: of those whose own it is,
 * and that at least one of twenty of its records have, the first; if there is none, the one
 * that most of its records have.  So a region that
 * falls back to older content under a new label changes nothing, and a label that is given
 * to other content goes on to stand for the first, whatever was counted since. */
#ifndef CLAIMS_H
#define CLAIMS_H

#include "base/table.h"

struct claim {
	str label, hash;
	int64_t n, first; /* records, and the bucket of the first one */
	bool own;  /* of the labels that one of twenty records of the hash have, the first */
	bool most; /* no other label has more records of the hash */
};

struct claims {
	struct claim *of; /* by label and first sight */
	size_t count;
	struct table sums; /* while it is made */
};

void claims_add(struct claims *, str label, str hash, int64_t n, int64_t first);
void claims_settle(struct arena *, struct claims *);
/* The content that a label stands for; empty: no record says.  *several: more than one content
 * is its own, so that the label alone does not say which. */
str claims_content(const struct claims *, str label, bool *several);
/* The label that most records of the hash carry, and its own; empty: it has none. */
void claims_labels(const struct claims *, str hash, str *most, str *own);

#endif
