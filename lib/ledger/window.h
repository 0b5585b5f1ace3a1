/* window.h - how many in the last hour, told exactly and at once, however many there are.
 *
 * A counter has a name; each thing counted gets the next number and its time.  So "are there
 * fewer than N in (t - w, t]" is one look-up: the N-th newest must be no younger than t - w.
 * Times of one counter never go back: what is counted with an earlier time than the one
 * before it gets that one's (a clock that was set back does not free a limit).  All inside a
 * transaction of the ledger.
 *
 * The newest times stand in the counter's own row, the others in blocks: what changes is
 * written page by page, and few pages are to change.  Within a transaction a counter is read
 * once, and written once, at its end. */
#ifndef WINDOW_H
#define WINDOW_H

#include "ledger/ledger.h"

#define WINDOW_BLOCK 64

struct window {
	int64_t id, n;               /* n: counted so far; id 0: never was one */
	int64_t last;                /* the time of the newest, ns */
	int64_t tail[WINDOW_BLOCK];  /* the newest n % WINDOW_BLOCK of them, in order */
	int64_t block[WINDOW_BLOCK]; /* the one looked at last, and its number, from 1 */
	int64_t block_at;
	bool changed;
};

/* The counter of that name, good until the end of the transaction or the next call of this:
 * one that never was has n 0. */
struct window *window_find(struct ledger *, str name);
/* The time of the back-th newest (1: the newest); false: there are not so many, or it is
 * older than what is kept. */
bool window_nth(struct ledger *, struct window *, int64_t back, int64_t *t);
/* How many are younger than `since`. */
int64_t window_count(struct ledger *, struct window *, int64_t since);
void window_add(struct ledger *, str name, int64_t t, int64_t how_many);
/* The newest of that time is not counted any more. */
void window_take_back(struct ledger *, str name, int64_t t);
/* Forget what is older; counters only after so long. */
void window_prune(struct ledger *, int64_t before, int64_t counters_before);
/* A clock ran ahead: what lies behind `now` is of now. */
void window_rewind(struct ledger *, int64_t now);

/* For ledger.c: what changed is written; what is known is forgotten. */
void window_flush(struct ledger *);
void window_forget(struct ledger *);

extern const char window_tables[];

#endif
