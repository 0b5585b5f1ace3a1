/* window.c - sliding windows by number. */
#include "ledger/window.h"

#include <string.h>

const char window_tables[] =
    "CREATE TABLE IF NOT EXISTS counter(name TEXT PRIMARY KEY, id INTEGER NOT NULL UNIQUE,"
    " n INTEGER NOT NULL, last INTEGER NOT NULL, tail BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS block(id INTEGER NOT NULL, at INTEGER NOT NULL,"
    " last INTEGER NOT NULL, times BLOB NOT NULL, PRIMARY KEY(id, at)) WITHOUT ROWID;";

static int64_t
in_tail(const struct window *w)
{
	return w->n % WINDOW_BLOCK;
}

static void
copy_times(struct sqlite3_stmt *s, int column, int64_t times[WINDOW_BLOCK])
{
	str bytes = sql_bytes(s, column);

	if (bytes.len > 0)
		memcpy(times, bytes.at,
		    bytes.len < sizeof(int64_t) * WINDOW_BLOCK ?
			bytes.len :
			sizeof(int64_t) * WINDOW_BLOCK);
}

static str
times_bytes(const int64_t *times, int64_t n)
{
	return (str){ (const char *)times, sizeof *times * (size_t)n };
}

static void
load(struct ledger *l, str name, struct window *w)
{
	struct sqlite3_stmt *s =
	    sql_ask(&l->sql, "SELECT id, n, last, tail FROM counter WHERE name = ?", "s", name);

	if (!sql_row(&l->sql, s))
		return;
	w->id = sql_int(s, 0);
	w->n = sql_int(s, 1);
	w->last = sql_int(s, 2);
	copy_times(s, 3, w->tail);
}

struct window *
window_find(struct ledger *l, str name)
{
	l->windows.size = sizeof(struct window);
	size_t known = table_count(&l->windows);
	struct window *w = table_put(&l->windows, name);

	if (table_count(&l->windows) > known)
		load(l, name, w);
	return w;
}

void
window_forget(struct ledger *l)
{
	table_free(&l->windows);
	l->windows = (struct table){ 0 };
}

/* The block of that number, from 1. */
static bool
load_block(struct ledger *l, struct window *w, int64_t at)
{
	if (w->block_at == at)
		return true;
	struct sqlite3_stmt *s = sql_ask(
	    &l->sql, "SELECT times FROM block WHERE id = ? AND at = ?", "ii", w->id, at);
	if (!sql_row(&l->sql, s))
		return false;
	copy_times(s, 0, w->block);
	w->block_at = at;
	return true;
}

bool
window_nth(struct ledger *l, struct window *w, int64_t back, int64_t *t)
{
	int64_t index = w->n - back; /* from 0 */

	if (back < 1 || index < 0)
		return false;
	if (back <= in_tail(w)) {
		*t = w->tail[in_tail(w) - back];
		return true;
	}
	if (!load_block(l, w, index / WINDOW_BLOCK + 1))
		return false;
	*t = w->block[index % WINDOW_BLOCK];
	return true;
}

int64_t
window_count(struct ledger *l, struct window *w, int64_t since)
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

static void
store(struct ledger *l, str name, struct window *w)
{
	str tail = times_bytes(w->tail, in_tail(w));

	if (w->id == 0)
		sql_do(&l->sql,
		    "INSERT INTO counter SELECT ?, coalesce(max(id), 0) + 1, ?, ?, ? FROM "
		    "counter",
		    "siib", name, w->n, w->last, tail);
	else
		sql_do(&l->sql, "UPDATE counter SET n = ?, last = ?, tail = ? WHERE name = ?",
		    "iibs", w->n, w->last, tail, name);
}

void
window_flush(struct ledger *l)
{
	for (size_t i = 0; i < table_count(&l->windows); i++) {
		struct window *w = table_at(&l->windows, i);
		if (w->changed)
			store(l, table_key(&l->windows, i), w);
		w->changed = false;
	}
}

/* Blocks are kept by number: a new counter gets its own before the first of them. */
static void
give_id(struct ledger *l, str name, struct window *w)
{
	if (w->id > 0)
		return;
	struct window empty = { .n = 0 };
	store(l, name, &empty);
	load(l, name, &empty);
	w->id = empty.id;
}

static void
put_block(struct ledger *l, int64_t id, int64_t at, const int64_t times[WINDOW_BLOCK])
{
	sql_do(&l->sql, "INSERT OR REPLACE INTO block VALUES(?, ?, ?, ?)", "iiib", id, at,
	    times[WINDOW_BLOCK - 1], times_bytes(times, WINDOW_BLOCK));
}

void
window_add(struct ledger *l, str name, int64_t t, int64_t how_many)
{
	struct window *w = window_find(l, name);

	if (w->n > 0 && t < w->last)
		t = w->last;
	for (int64_t i = 0; i < how_many && l->sql.why[0] == '\0'; i++) {
		w->tail[in_tail(w)] = t;
		w->n++;
		if (in_tail(w) != 0)
			continue;
		give_id(l, name, w);
		put_block(l, w->id, w->n / WINDOW_BLOCK, w->tail);
	}
	w->last = t;
	w->changed = true;
}

/* The newest block, when nothing stands behind it, is the tail again. */
static bool
reopen_block(struct ledger *l, struct window *w)
{
	if (!load_block(l, w, w->n / WINDOW_BLOCK))
		return false;
	memcpy(w->tail, w->block, sizeof w->tail);
	sql_do(&l->sql, "DELETE FROM block WHERE id = ? AND at = ?", "ii", w->id, w->block_at);
	w->block_at = 0;
	return true;
}

/* What is taken back is young: it stands in the tail, or in the block before it.  Those behind
 * it move up by one. */
void
window_take_back(struct ledger *l, str name, int64_t t)
{
	struct window *w = window_find(l, name);
	int64_t both[2 * WINDOW_BLOCK], old = 0, n, k;

	if (w->n == 0 || (in_tail(w) == 0 && !reopen_block(l, w)))
		return;
	n = in_tail(w) > 0 ? in_tail(w) : WINDOW_BLOCK;
	if (w->n > n && load_block(l, w, (w->n - n) / WINDOW_BLOCK)) {
		memcpy(both, w->block, sizeof w->block);
		old = WINDOW_BLOCK;
	}
	memcpy(both + old, w->tail, sizeof *both * (size_t)n);
	for (k = old + n - 1; k > 0 && both[k] > t; k--)
		;
	memmove(both + k, both + k + 1, sizeof *both * (size_t)(old + n - 1 - k));
	if (k < old)
		put_block(l, w->id, w->block_at, both);
	memcpy(w->tail, both + old, sizeof *both * (size_t)(n - 1));
	w->block_at = 0;
	w->n--;
	w->last = old + n > 1 ? both[old + n - 2] : 0;
	w->changed = true;
}

void
window_prune(struct ledger *l, int64_t before, int64_t counters_before)
{
	window_flush(l);
	window_forget(l);
	sql_do(&l->sql, "DELETE FROM block WHERE last < ?", "i", before);
	sql_do(&l->sql, "DELETE FROM counter WHERE last < ?", "i", counters_before);
}

static void
clamp(int64_t *times, int64_t n, int64_t now)
{
	for (int64_t i = 0; i < n; i++)
		if (times[i] > now)
			times[i] = now;
}

void
window_rewind(struct ledger *l, int64_t now)
{
	struct window w = { 0 };
	struct sqlite3_stmt *s;

	window_flush(l);
	while (sql_row(&l->sql,
	    s = sql_ask(
		&l->sql, "SELECT name FROM counter WHERE last > ? LIMIT 1", "i", now))) {
		struct window *late = window_find(l, sql_text(s, 0));
		clamp(late->tail, in_tail(late), now);
		late->last = now;
		late->changed = true;
		window_flush(l);
	}
	while (sql_row(&l->sql,
	    s = sql_ask(
		&l->sql, "SELECT id, at, times FROM block WHERE last > ? LIMIT 1", "i", now))) {
		int64_t id = sql_int(s, 0), at = sql_int(s, 1);
		copy_times(s, 2, w.block);
		clamp(w.block, WINDOW_BLOCK, now);
		put_block(l, id, at, w.block);
	}
	window_forget(l);
}
