/* pairs.h - the records of OLD, waiting for their partners in NEW.
 *
 * They are kept by key, boiled down, in memory.  Where a key repeats, the first of OLD
 * meets the first of NEW, and so on. */
#ifndef PAIRS_H
#define PAIRS_H

#include "diff.h"

struct waiting {
	struct side *side; /* NULL: there is none */
	str session;
	struct where where;
	bool taken, excused, nameless;
};

struct pairs {
	struct table of;   /* "key\nordinal": struct waiting */
	struct table seen; /* key: how often it has come in the file at hand */
	struct arena arena;
};

struct waiting *pairs_put(struct pairs *, str key);
struct waiting *pairs_take(struct pairs *, str key); /* NULL: no partner is left */
int64_t pairs_repeated(const struct pairs *);        /* of OLD, before pairs_again() */
void pairs_again(struct pairs *);                    /* a new file begins */
void pairs_free(struct pairs *);

#endif
