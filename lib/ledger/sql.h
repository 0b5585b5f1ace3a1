/* sql.h - SQLite with the least of ceremony: statements are named by their text.
 *
 * A statement is prepared once and kept; its text must be a literal (it is told apart by its
 * address).  The first failure is remembered: from then on every call does nothing, and
 * sql_why() says what it was, so a transaction is checked once, before it is committed. */
#ifndef SQL_H
#define SQL_H

#include "base/arena.h"

struct sqlite3;
struct sqlite3_stmt;

#define SQL_KEPT 96

struct sql {
	struct sqlite3 *db;
	struct {
		const char *text;
		struct sqlite3_stmt *statement;
	} kept[SQL_KEPT];
	size_t count;
	char why[160]; /* empty: all is well */
};

/* A file, or ":memory:". */
void sql_open(struct sql *, const char *file);
void sql_close(struct sql *);

/* types: a letter for each ?: i an int64_t, s a str, b a str of any bytes, n nothing. sql_row()
 * is false behind the last row and after a failure; sql_do() runs to the end. */
struct sqlite3_stmt *sql_ask(struct sql *, const char *text, const char *types, ...);
bool sql_row(struct sql *, struct sqlite3_stmt *);
void sql_do(struct sql *, const char *text, const char *types, ...);
/* No statement is half way: one that is keeps its view of the database beyond the end of the
 * transaction. */
void sql_rest(struct sql *);
void sql_script(struct sql *, const char *text); /* several, without values */

int64_t sql_int(struct sqlite3_stmt *, int column);
str sql_text(struct sqlite3_stmt *, int column); /* borrowed until the next row */
str sql_bytes(struct sqlite3_stmt *, int column);
str sql_keep(struct arena *, struct sqlite3_stmt *, int column);

void sql_fail(struct sql *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
