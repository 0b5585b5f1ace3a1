/* tally.h - what is gathered from the records: groups, tasks, ratings; all of it exact, so
 * that parts of the input can be added in any order. */
#ifndef TALLY_H
#define TALLY_H

#include "rating.h"

/* One value of --by. */
struct group {
	dec cost;          /* of the calls that were priced */
	dec retry, failed; /* the parts of it that went to attempts after the first, and to
			    * calls that failed */
	int64_t calls, priced, retries, failures;
	int64_t input, output, cache_read, cache_write; /* tokens; input is the whole prompt */
	int64_t unpriced, unknown; /* calls: with usage but no price; without usage */
};

/* One task in one group. */
struct task {
	dec cost;
	int64_t calls;
	bool resolved, unresolved; /* some record says so */
	bool incomplete;           /* some of its calls have no price */
};

/* An addition that waits, see defer.h: how far the memory of its key has been fetched. */
struct expected {
	struct buf key;
	uint64_t hash;
	size_t slot;
};
struct pending {
	struct expected group, task;
	bool has_task;
	struct group add;
	struct task add_task;
};
#define DEFER_QUEUE 16 /* a power of two */

struct tally {
	const struct plan *plan;
	struct table groups; /* struct group by key */
	struct table tasks;  /* struct task by the group's key, a tab, and the task */
	struct ratings ratings;
	struct tally *before; /* of the period to compare with; NULL: none is */
	int64_t outside;      /* calls in neither period */
	int64_t cached;       /* answered by a cache of the product's own: they cost nothing */
	int64_t no_task;      /* calls that name no task */
	struct pending queue[DEFER_QUEUE];
	uint64_t queued, added;
	int64_t quarter, offset; /* of an hour: the last one looked up, and the zone's offset */
};

struct fold tally_fold(const struct plan *); /* its shared is the plan */

/* What one record costs, beside any sum.  NULL, or why it cannot be used. */
struct cost {
	bool usage; /* it says what was used */
	enum price_found state;
	dec amount;
};
const char *tally_price(struct tally *, struct intake *, const struct rec *, struct cost *);

/* Add what another has; it is given up. */
void tally_join(void *into, void *from);
void tally_join_group(struct group *, const struct group *);
void tally_join_task(struct task *, const struct task *);
void tally_free(struct tally *);

/* By key and its map_hash(), made if need be; ends the program beyond --max-keys. */
struct group *tally_group(struct tally *, str key, uint64_t hash);
struct task *tally_task(struct tally *, str key, uint64_t hash);

/* Sums that cannot be held end the program. */
static inline void
tally_add(dec *sum, dec more)
{
	if (!dec_add(sum, more))
		die(EXIT_DATA, "an amount is larger than can be held");
}

static inline void
tally_count(int64_t *sum, int64_t more)
{
	if (__builtin_add_overflow(*sum, more, sum))
		die(EXIT_DATA, "more than can be counted");
}

#endif
