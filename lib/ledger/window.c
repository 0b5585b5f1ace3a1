/* window.c - sliding windows by number. */
#include "ledger/window.h"

#include <sqlite3.h>

const char window_tables[] =
    "CREATE TABLE IF NOT EXISTS counter(name TEXT PRIMARY KEY, id INTEGER NOT NULL UNIQUE,"
    " n INTEGER NOT NULL, last INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS entry(id INTEGER NOT NULL, n INTEGER NOT NULL,"
    " t INTEGER NOT NULL, PRIMARY KEY(id, n)) WITHOUT ROWID;";

bool
window_find(struct ledger *l, str name, struct window *w)
{
	struct sqlite3_stmt *s =
	    sql_ask(&l->sql, "SELECT id, n, last FROM counter WHERE name = ?", "s", name);

	*w = (struct window){ 0 };
	if (!sql_row(&l->sql, s))
		return false;
	*w = (struct window){ sql_int(s, 0), sql_int(s, 1), sql_int(s, 2) };
	return true;
}

static bool
entry(struct ledger *l, int64_t id, int64_t n, int64_t *t)
{
	struct sqlite3_stmt *s =
	    sql_ask(&l->sql, "SELECT t FROM entry WHERE id = ? AND n = ?", "ii", id, n);

	if (!sql_row(&l->sql, s))
		return false;
	*t = sql_int(s, 0);
	return true;
}

bool
window_nth(struct ledger *l, const struct window *w, int64_t back, int64_t *t)
{
	return back >= 1 && back <= w->n && entry(l, w->id, w->n - back + 1, t);
}

int64_t
window_count(struct ledger *l, const struct window *w, int64_t since)
{
	int64_t young = 0, old = w->n, t; /* so many are younger; so many at most */

	while (young < old) {
		int64_t middle = young + (old - young + 1) / 2;
		if (window_nth(l, w, middle, &t) && t > since)
			young = middle;
		else
			old = middle - 1;
	}
	return young;
}

static struct window
counter(struct ledger *l, str name)
{
	struct window w;

	if (window_find(l, name, &w))
		return w;
	sql_do(&l->sql,
	    "INSERT INTO counter SELECT ?, coalesce(max(id), 0) + 1, 0, 0 FROM counter", "s",
	    name);
	window_find(l, name, &w);
	return w;
}

void
window_add(struct ledger *l, str name, int64_t t, int64_t how_many)
{
	struct window w = counter(l, name);

	if (w.n > 0 && t < w.last)
		t = w.last;
	for (int64_t i = 0; i < how_many && l->sql.why[0] == '\0'; i++)
		sql_do(&l->sql, "INSERT INTO entry VALUES(?, ?, ?)", "iii", w.id, ++w.n, t);
	sql_do(&l->sql, "UPDATE counter SET n = ?, last = ? WHERE name = ?", "iis", w.n, t, name);
}

/* The ones behind it move up by one: few, since what is taken back is young. */
void
window_take_back(struct ledger *l, str name, int64_t t)
{
	struct window w;
	int64_t at, back = 1, next = t;

	if (!window_find(l, name, &w))
		return;
	while (window_nth(l, &w, back, &at) && at > t)
		back++;
	if (!window_nth(l, &w, back, &at))
		return;
	for (; back > 1 && window_nth(l, &w, back - 1, &next); back--)
		sql_do(&l->sql, "UPDATE entry SET t = ? WHERE id = ? AND n = ?", "iii", next,
		    w.id, w.n - back + 1);
	sql_do(&l->sql, "DELETE FROM entry WHERE id = ? AND n = ?", "ii", w.id, w.n);
	sql_do(&l->sql,
	    "UPDATE counter SET n = n - 1, last = coalesce((SELECT t FROM entry WHERE id = ?1 "
	    "AND n = ?2 - 1), 0) WHERE id = ?1",
	    "ii", w.id, w.n);
}

void
window_prune(struct ledger *l, int64_t before)
{
	sql_do(&l->sql, "DELETE FROM entry WHERE t < ?", "i", before);
	sql_do(&l->sql, "DELETE FROM counter WHERE last < ?", "i", before);
}

void
window_rewind(struct ledger *l, int64_t now)
{
	sql_do(&l->sql, "UPDATE entry SET t = ?1 WHERE t > ?1", "i", now);
	sql_do(&l->sql, "UPDATE counter SET last = ?1 WHERE last > ?1", "i", now);
}
