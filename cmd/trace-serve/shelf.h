/* shelf.h - recorded requests and their answers, found again.
 *
 * Keys in order: the request as its dialect spells it (canonical JSON less model, stream
 * and stream_options), then its neutral view.  Under a key the answers are told apart by
 * model: the one requested, else the one that answered, else the only one there is. */
#ifndef SHELF_H
#define SHELF_H

#include "base/map.h"
#include "trace/trace.h"

struct book { /* one recorded answer */
	str id, requested, answered;
	const struct dialect *dialect;
	str response; /* plain JSON */
	int64_t status;
	bool broken;   /* its stream broke off */
	str error;     /* it failed although the status was 200: the message */
	int64_t input; /* tokens of the request, as the provider counted; -1 unknown */
	uint64_t served;
	uint64_t *marks; /* of the items of its view */
	size_t mark_count;
	struct book *next[2]; /* under the same key: spelled, neutral */
};

struct shelf {
	struct arena arena;
	struct map keys[2], models;
	struct book **first[2], **last[2]; /* by slot of the key */
	size_t room[2];
	struct book **books;
	size_t count, book_room;
};

enum shelf_hit { SHELF_HIT, SHELF_AMBIGUOUS, SHELF_MISS };

/* One record's answer; all of it is copied. */
void shelf_add(
    struct shelf *, const struct dialect *, const struct doc *request, const struct book *);

enum {
	SHELF_STRICT = 1,     /* several different answers are SHELF_AMBIGUOUS */
	SHELF_FIRST = 2,      /* always the first of several */
	SHELF_ANY_DIALECT = 4 /* an answer in another dialect will do */
};

/* The answer to be served next for this request; on a miss `nearest` explains.  The caller
 * counts in `served` what it does serve. */
enum shelf_hit shelf_find(struct shelf *, struct arena *, const struct dialect *,
    const struct doc *request, int flags, struct book **, str *nearest);

/* Say on standard error which requests have several different answers; how many. */
size_t shelf_ambiguous(const struct shelf *, const char *what_happens);

void shelf_free(struct shelf *);

#endif
