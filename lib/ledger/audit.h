/* audit.h - the log of decisions: a chained file (io/chain.h) that the ledger vouches for.
 *
 * A line is part of the transaction that decides, and is kept in the ledger until the file
 * holds it: so a line for each decision, in their order, whatever dies in between. */
#ifndef AUDIT_H
#define AUDIT_H

#include "ledger/ledger.h"

/* Add a line to this transaction; members as of chain_line().  Its number. */
int64_t audit_add(struct ledger *, str members);

/* For ledger.c, all under its lock: the file is opened and compared with the ledger; what is
 * committed is written to it.  NULL, or why not. */
const char *audit_open(struct ledger *);
const char *audit_flush(struct ledger *);
void audit_begin(struct ledger *);
void audit_commit(struct ledger *);

/* The whole file and what the ledger says of its end: NULL, with the head in *at, or what is
 * wrong (see chain_verify()). */
const char *audit_verify(struct ledger *, struct chain *at);

#define AUDIT_FILE "decisions.ndjson"
extern const char audit_tables[];

#endif
