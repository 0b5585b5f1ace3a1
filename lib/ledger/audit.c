/* audit.c - the log of decisions. */
#include "ledger/audit.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PRUNE_LINES 2048

const char audit_tables[] =
    "CREATE TABLE IF NOT EXISTS outbox(seq INTEGER PRIMARY KEY, n INTEGER NOT NULL,"
    " lines TEXT NOT NULL);";

/* The last lines stay in the ledger, whatever the file holds: what the very last one hashes to
 * is the head.  Where it is the one that was added here last, that is known. */
static void
read_head(struct ledger *l, struct chain *head)
{
	struct sqlite3_stmt *s =
	    sql_ask(&l->sql, "SELECT seq, n, lines FROM outbox ORDER BY seq DESC LIMIT 1", "");

	if (!sql_row(&l->sql, s)) {
		chain_last(-1, 0, head);
		return;
	}
	int64_t next = sql_int(s, 0) + sql_int(s, 1);
	str lines = sql_text(s, 2);
	if (next == head->seq || lines.len == 0)
		return;
	const char *end = memrchr(lines.at, '\n', lines.len - 1);
	chain_after(head, next - 1,
	    end != NULL ? str_from(lines, (size_t)(end + 1 - lines.at)) : lines);
}

void
audit_begin(struct ledger *l)
{
	if (l->dir != NULL || l->head.seq == 0)
		read_head(l, &l->head);
	buf_reset(&l->lines);
	l->before = l->head;
}

int64_t
audit_add(struct ledger *l, str members)
{
	chain_line(&l->head, members, &l->lines);
	return l->head.seq - 1;
}

/* A row for each transaction; those whose lines are in the file go, but for the last. */
void
audit_commit(struct ledger *l)
{
	if (l->head.seq == l->before.seq || l->dir == NULL)
		return;
	sql_do(&l->sql, "INSERT INTO outbox VALUES(?, ?, ?)", "iis", l->before.seq,
	    l->head.seq - l->before.seq, buf_str(&l->lines));
	if (l->head.seq / PRUNE_LINES != l->before.seq / PRUNE_LINES && l->log_fd >= 0 &&
	    (l->durability == LEDGER_PROCESS || fdatasync(l->log_fd) == 0))
		sql_do(&l->sql, "DELETE FROM outbox WHERE seq + n < ?", "i", l->log_seq);
}

/* The lines of the ledger from `seq` on, one behind the other. */
static const char *
lines_from(struct ledger *l, int64_t seq, struct buf *all)
{
	struct sqlite3_stmt *s = sql_ask(&l->sql,
	    "SELECT seq, n, lines FROM outbox WHERE seq + n > ? ORDER BY seq", "i", seq);

	while (sql_row(&l->sql, s)) {
		int64_t at = sql_int(s, 0);
		str lines = sql_text(s, 2);
		if (at > seq)
			return "it lacks lines that the ledger does not have any more";
		for (; at < seq; at++) /* those are there already */
			str_cut(&lines, '\n');
		buf_add(all, lines);
		seq = sql_int(s, 0) + sql_int(s, 1);
	}
	l->log_seq = seq;
	return NULL;
}

/* A process died while it wrote: the half line that it left must be the beginning of what the
 * ledger has. */
static const char *
cut_half(struct ledger *l, int64_t whole, int64_t size, str lines)
{
	struct arena a = { 0 };
	char *at = arena_bytes(&a, (size_t)(size - whole));
	str half = { at, (size_t)(size - whole) };
	const char *why = NULL;

	if (pread(l->log_fd, at, half.len, whole) != size - whole)
		why = "changed while it was read";
	else if (lines.len < half.len || !str_eq((str){ lines.at, half.len }, half))
		why = "its last line is cut off, and is not what the ledger has";
	else if (ftruncate(l->log_fd, whole) != 0)
		why = strerror(errno);
	arena_free(&a);
	return why;
}

/* What others have written meanwhile is looked at, what is missing comes from the ledger. */
static const char *
catch_up(struct ledger *l, int64_t size)
{
	struct chain at;
	struct buf missing = { 0 };
	int64_t whole = chain_whole(l->log_fd, size);
	const char *why = whole < 0 ? "cannot be read" : chain_last(l->log_fd, whole, &at);

	if (why == NULL)
		why = lines_from(l, at.seq, &missing);
	if (why == NULL && whole < size)
		why = cut_half(l, whole, size, buf_str(&missing));
	if (why == NULL && l->sql.why[0] == '\0')
		why = chain_write(l->log_fd, buf_str(&missing));
	l->log_size = whole + (int64_t)missing.len;
	buf_free(&missing);
	return why;
}

static const char *
write_lines(struct ledger *l)
{
	struct stat st;

	if (fstat(l->log_fd, &st) != 0)
		return strerror(errno);
	if (st.st_size != l->log_size || l->log_seq != l->before.seq)
		return catch_up(l, st.st_size);
	const char *why = chain_write(l->log_fd, buf_str(&l->lines));
	if (why == NULL) {
		l->log_seq = l->head.seq;
		l->log_size += (int64_t)l->lines.len;
	}
	return why;
}

const char *
audit_flush(struct ledger *l)
{
	if (l->log_fd < 0 || l->lines.len == 0)
		return NULL;
	const char *why = write_lines(l);
	buf_reset(&l->lines);
	return why;
}

/* Does the file end where the ledger says, when both are at rest? */
static const char *
compare(struct ledger *l)
{
	struct chain head = { 0 }, file;
	struct stat st;

	read_head(l, &head);
	if (fstat(l->log_fd, &st) != 0)
		return strerror(errno);
	const char *why = catch_up(l, st.st_size);
	if (why == NULL)
		why = chain_last(l->log_fd, l->log_size, &file);
	if (why == NULL && (file.seq != head.seq || strcmp(file.prev, head.prev) != 0))
		why = "it does not end where the ledger says: cut off, or changed";
	return why;
}

const char *
audit_open(struct ledger *l)
{
	l->log_fd = openat(
	    l->dir_fd, AUDIT_FILE, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	return l->log_fd < 0 ? strerror(errno) : compare(l);
}

const char *
audit_verify(struct ledger *l, struct chain *at)
{
	char path[4096];
	struct chain head = { 0 };

	snprintf(path, sizeof path, "%s/" AUDIT_FILE, l->dir);
	const char *why = chain_verify(path, at);
	read_head(l, &head);
	if (why == NULL && (at->seq != head.seq || strcmp(at->prev, head.prev) != 0))
		why = "the file does not end where the ledger says";
	return why;
}
