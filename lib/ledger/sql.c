/* sql.c - SQLite. */
#include "ledger/sql.h"

#include <limits.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>

#define BUSY_MS 5000

void
sql_fail(struct sql *q, const char *fmt, ...)
{
	va_list ap;

	if (q->why[0] != '\0')
		return;
	va_start(ap, fmt);
	vsnprintf(q->why, sizeof q->why, fmt, ap);
	va_end(ap);
}

static bool
check(struct sql *q, int code)
{
	if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE)
		sql_fail(q, "%s", q->db != NULL ? sqlite3_errmsg(q->db) : sqlite3_errstr(code));
	return q->why[0] == '\0';
}

void
sql_open(struct sql *q, const char *file)
{
	*q = (struct sql){ 0 };
	check(q,
	    sqlite3_open_v2(file, &q->db,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOFOLLOW |
		    SQLITE_OPEN_NOMUTEX,
		NULL));
	if (q->why[0] == '\0')
		sqlite3_busy_timeout(q->db, BUSY_MS);
}

void
sql_close(struct sql *q)
{
	for (size_t i = 0; i < q->count; i++)
		sqlite3_finalize(q->kept[i].statement);
	sqlite3_close(q->db);
	*q = (struct sql){ 0 };
}

static struct sqlite3_stmt *
prepared(struct sql *q, const char *text)
{
	struct sqlite3_stmt *s = NULL;

	for (size_t i = 0; i < q->count; i++)
		if (q->kept[i].text == text) {
			sqlite3_reset(q->kept[i].statement);
			return q->kept[i].statement;
		}
	if (q->count == SQL_KEPT)
		sql_fail(q, "too many statements");
	else if (check(q,
		     sqlite3_prepare_v3(
			 q->db, text, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL))) {
		q->kept[q->count].text = text;
		q->kept[q->count++].statement = s;
	}
	return s;
}

static int
bind(struct sqlite3_stmt *s, int n, str v, bool bytes)
{
	const char *at = v.at != NULL ? v.at : "";

	return bytes ? sqlite3_bind_blob(s, n, at, (int)v.len, SQLITE_STATIC) :
		       sqlite3_bind_text(s, n, at, (int)v.len, SQLITE_STATIC);
}

static struct sqlite3_stmt *
ask(struct sql *q, const char *text, const char *types, va_list ap)
{
	struct sqlite3_stmt *s = q->why[0] == '\0' ? prepared(q, text) : NULL;
	int code = SQLITE_OK, n = 1;

	for (const char *t = types; *t != '\0' && s != NULL && code == SQLITE_OK; t++, n++)
		if (*t == 'i') {
			code = sqlite3_bind_int64(s, n, va_arg(ap, int64_t));
		} else if (*t == 's' || *t == 'b') {
			str v = va_arg(ap, str);
			code = v.len > INT_MAX ? SQLITE_TOOBIG : bind(s, n, v, *t == 'b');
		} else {
			code = sqlite3_bind_null(s, n);
		}
	return check(q, code) ? s : NULL;
}

struct sqlite3_stmt *
sql_ask(struct sql *q, const char *text, const char *types, ...)
{
	va_list ap;

	va_start(ap, types);
	struct sqlite3_stmt *s = ask(q, text, types, ap);
	va_end(ap);
	return s;
}

bool
sql_row(struct sql *q, struct sqlite3_stmt *s)
{
	if (s == NULL || q->why[0] != '\0')
		return false;
	int code = sqlite3_step(s);
	if (code == SQLITE_ROW)
		return true;
	check(q, code);
	sqlite3_reset(s);
	return false;
}

void
sql_do(struct sql *q, const char *text, const char *types, ...)
{
	va_list ap;

	va_start(ap, types);
	struct sqlite3_stmt *s = ask(q, text, types, ap);
	va_end(ap);
	while (sql_row(q, s))
		;
}

void
sql_rest(struct sql *q)
{
	for (size_t i = 0; i < q->count; i++)
		if (sqlite3_stmt_busy(q->kept[i].statement))
			sqlite3_reset(q->kept[i].statement);
}

void
sql_script(struct sql *q, const char *text)
{
	if (q->why[0] == '\0')
		check(q, sqlite3_exec(q->db, text, NULL, NULL, NULL));
}

int64_t
sql_int(struct sqlite3_stmt *s, int column)
{
	return sqlite3_column_int64(s, column);
}

str
sql_text(struct sqlite3_stmt *s, int column)
{
	const char *at = (const char *)sqlite3_column_text(s, column);
	int len = sqlite3_column_bytes(s, column);

	return (str){ at, at != NULL ? (size_t)len : 0 };
}

str
sql_bytes(struct sqlite3_stmt *s, int column)
{
	const char *at = sqlite3_column_blob(s, column);
	int len = sqlite3_column_bytes(s, column);

	return (str){ at, at != NULL ? (size_t)len : 0 };
}

str
sql_keep(struct arena *a, struct sqlite3_stmt *s, int column)
{
	return arena_keep(a, sql_text(s, column));
}
