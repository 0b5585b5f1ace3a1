/* ledger.h - decisions that survive a crash, shared by processes.
 *
 * A folder holds all of it: ledger.db (SQLite, WAL), decisions.ndjson (the audit log, see
 * audit.h), suspended/ (see suspend.h), key (of the tokens), lock and sync.  Every change is
 * one transaction: ledger_begin(), work on ->sql, ledger_commit().  When commit answers NULL,
 * what was decided survives kill -9, and with LEDGER_FULL, where ->must was set, a power loss
 * too: that a mail was refused, or has left, is soon on the disk, and waits for nobody.
 *
 * Many processes that commit at once share the wait for the disk: SQLite commits without
 * waiting, and one fdatasync() of the WAL, outside of the lock, stands for all commits before
 * it (group commit).  A network file system will not do. */
#ifndef LEDGER_H
#define LEDGER_H

#include <sys/types.h>

#include "base/table.h"
#include "io/chain.h"
#include "ledger/sql.h"

enum ledger_durability { LEDGER_FULL, LEDGER_PROCESS };

struct ledger {
	struct sql sql;
	const char *dir; /* borrowed; NULL: in memory, nothing is kept */
	int dir_fd, lock_fd, wal_fd, log_fd;
	ino_t db_inode, switch_inode; /* what is at those names must stay the same */
	enum ledger_durability durability;
	struct ledger_sync *sync;  /* shared by all processes */
	struct chain head, before; /* of the audit log, with and without what is added now */
	struct buf lines;          /* what this transaction adds to it */
	int64_t log_seq; /* of the next line to be written to the file, as far as known */
	int64_t log_size;
	bool inside;
	bool must;            /* set by who changes what a power loss must not undo */
	struct table windows; /* counters that this transaction knows, see window.h */
	char key[65];         /* of the tokens: 64 hexadecimal digits */
	char why[200];
};

/* tables: CREATE TABLE IF NOT EXISTS ... of the caller.  NULL, or why not; in any case
 * ledger_close() is due.  dir NULL: in memory. */
const char *ledger_open(
    struct ledger *, const char *dir, enum ledger_durability, const char *tables);
const char *ledger_begin(struct ledger *);
const char *ledger_commit(struct ledger *); /* after a failure nothing of it holds */
void ledger_abandon(struct ledger *);       /* the transaction never was */
/* Is a file or folder of it (by its name there) still the one with that inode? */
bool ledger_same(const struct ledger *, const char *name, ino_t);
/* Fill one in memory with what is in another. */
const char *ledger_copy(struct ledger *to, struct ledger *from);
void ledger_close(struct ledger *);

/* A text of the ledger's own, "" when there is none. */
str ledger_note(struct ledger *, struct arena *, str name);
void ledger_set_note(struct ledger *, str name, str value);

#endif
