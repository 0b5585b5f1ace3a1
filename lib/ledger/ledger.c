/* ledger.c - decisions that survive a crash. */
#include "ledger/ledger.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "ledger/audit.h"
#include "ledger/suspend.h"
#include "ledger/window.h"

#define LOCK_SECONDS 5
#define TRIES        20
#define VERSION_HERE "1"
#define DATABASE     "ledger.db"

/* How far the commits have come, by the number of the next line of the audit log, and how
 * much of them is on the disk; good for one boot. */
struct ledger_sync {
	char boot[40];
	_Atomic int64_t committed, synced;
};

static const char note_tables[] = "CREATE TABLE IF NOT EXISTS note(name TEXT PRIMARY KEY,"
				  " value TEXT NOT NULL) WITHOUT ROWID;";

static const char *
fail(struct ledger *l, const char *what, const char *why)
{
	if (l->why[0] == '\0')
		snprintf(
		    l->why, sizeof l->why, "%s%s%s", what, what[0] != '\0' ? ": " : "", why);
	return l->why;
}

static void
ring(int signal)
{
	(void)signal;
}

/* The first try costs nothing; a process that was stopped while it holds the lock must not
 * stop all others for good. */
static bool
lock(int fd)
{
	for (int i = 0; i < TRIES; i++) {
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			return true;
		sched_yield(); /* who holds it does so for microseconds */
	}
	const struct sigaction wake = { .sa_handler = ring };
	struct sigaction before;
	sigaction(SIGALRM, &wake, &before);
	setitimer(ITIMER_REAL, &(struct itimerval){ .it_value.tv_sec = LOCK_SECONDS }, NULL);
	bool got = flock(fd, LOCK_EX) == 0;
	setitimer(ITIMER_REAL, &(struct itimerval){ 0 }, NULL);
	sigaction(SIGALRM, &before, NULL);
	return got;
}

str
ledger_note(struct ledger *l, struct arena *a, str name)
{
	struct sqlite3_stmt *s =
	    sql_ask(&l->sql, "SELECT value FROM note WHERE name = ?", "s", name);

	return sql_row(&l->sql, s) ? sql_keep(a, s, 0) : STR("");
}

void
ledger_set_note(struct ledger *l, str name, str value)
{
	sql_do(&l->sql, "INSERT OR REPLACE INTO note VALUES(?, ?)", "ss", name, value);
}

static const char *
boot_id(char boot[40])
{
	int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, boot, 36) : -1;

	if (fd >= 0)
		close(fd);
	return n == 36 ? NULL : "the kernel does not tell its boot id";
}

static const char *
open_sync(struct ledger *l)
{
	char boot[40] = "";
	int fd = openat(l->dir_fd, "sync", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	const char *why = boot_id(boot);

	if (why != NULL || fd < 0 || ftruncate(fd, sizeof *l->sync) != 0)
		return why != NULL ? why : strerror(errno);
	void *at = mmap(NULL, sizeof *l->sync, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	if (at == MAP_FAILED)
		return strerror(errno);
	l->sync = at;
	if (memcmp(l->sync->boot, boot, sizeof boot) != 0) {
		l->sync->committed = l->sync->synced = 0;
		memcpy(l->sync->boot, boot, sizeof boot);
	}
	return NULL;
}

/* Under the lock: one process makes all of it. */
static void
make_tables(struct ledger *l, const char *tables)
{
	struct arena a = { 0 };

	sql_script(&l->sql, note_tables);
	sql_script(&l->sql, window_tables);
	sql_script(&l->sql, audit_tables);
	sql_script(&l->sql, tables);
	str version = ledger_note(l, &a, STR("version"));
	if (version.len > 0 && !str_is(version, VERSION_HERE))
		sql_fail(&l->sql, "of version %.*s, not of " VERSION_HERE, STR_F(version));
	str key = ledger_note(l, &a, STR("key"));
	if (version.len == 0 && l->sql.why[0] == '\0') {
		unsigned char random[32];
		if (getrandom(random, sizeof random, 0) != sizeof random)
			sql_fail(&l->sql, "no random bytes");
		for (size_t i = 0; i < sizeof random; i++)
			snprintf(l->key + 2 * i, 3, "%02x", random[i]);
		ledger_set_note(l, STR("key"), str_of(l->key));
		ledger_set_note(l, STR("version"), STR(VERSION_HERE));
	} else {
		snprintf(l->key, sizeof l->key, "%.*s", STR_F(key));
	}
	arena_free(&a);
}

static const char *
open_folder(struct ledger *l)
{
	if (mkdir(l->dir, 0700) != 0 && errno != EEXIST)
		return strerror(errno);
	l->dir_fd = open(l->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (l->dir_fd < 0 || (mkdirat(l->dir_fd, SUSPEND_DIR, 0700) != 0 && errno != EEXIST))
		return strerror(errno);
	l->lock_fd = openat(l->dir_fd, "lock", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (l->lock_fd < 0)
		return strerror(errno);
	return lock(l->lock_fd) ? NULL : "its lock is held by another process";
}

static ino_t
inode(const struct ledger *l, const char *name)
{
	char path[4096];
	struct stat st;

	snprintf(path, sizeof path, "%s/%s", l->dir, name);
	return stat(path, &st) == 0 ? st.st_ino : 0;
}

bool
ledger_same(const struct ledger *l, const char *name, ino_t number)
{
	return inode(l, name) == number;
}

static const char *
open_database(struct ledger *l, const char *tables)
{
	char path[4096];

	if ((size_t)snprintf(path, sizeof path, "%s/" DATABASE, l->dir) >= sizeof path - 8)
		return "its name is too long";
	mode_t mask = umask(077);
	sql_open(&l->sql, path);
	sql_script(&l->sql,
	    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA trusted_schema=OFF;"
	    "PRAGMA wal_autocheckpoint=2000; PRAGMA journal_size_limit=67108864;"
	    "PRAGMA cache_size=-16384; BEGIN IMMEDIATE");
	make_tables(l, tables);
	sql_script(&l->sql, "COMMIT");
	umask(mask);
	if (l->sql.why[0] != '\0')
		return l->sql.why;
	l->db_inode = inode(l, DATABASE);
	l->switch_inode = inode(l, SUSPEND_DIR);
	l->wal_fd = openat(l->dir_fd, DATABASE "-wal", O_RDWR | O_CLOEXEC);
	return l->wal_fd < 0 ? strerror(errno) : NULL;
}

static const char *
open_memory(struct ledger *l, const char *tables)
{
	sql_open(&l->sql, ":memory:");
	make_tables(l, tables);
	return l->sql.why[0] != '\0' ? fail(l, "ledger in memory", l->sql.why) : NULL;
}

const char *
ledger_open(
    struct ledger *l, const char *dir, enum ledger_durability durability, const char *tables)
{
	*l = (struct ledger){ .dir = dir,
		.dir_fd = -1,
		.lock_fd = -1,
		.wal_fd = -1,
		.log_fd = -1,
		.durability = durability };
	if (dir == NULL)
		return open_memory(l, tables);
	const char *why = open_folder(l);
	if (why != NULL)
		return fail(l, dir, why);
	if ((why = open_sync(l)) == NULL && (why = open_database(l, tables)) == NULL &&
	    (why = audit_open(l)) != NULL)
		fail(l, AUDIT_FILE, why);
	flock(l->lock_fd, LOCK_UN);
	return why == NULL ? NULL : fail(l, dir, why);
}

const char *
ledger_begin(struct ledger *l)
{
	l->why[0] = l->sql.why[0] = '\0';
	sql_rest(&l->sql);
	if (l->dir != NULL && !lock(l->lock_fd))
		return fail(l, l->dir, "its lock is held by another process");
	if (l->dir != NULL && !ledger_same(l, DATABASE, l->db_inode)) {
		flock(l->lock_fd, LOCK_UN);
		return fail(l, l->dir, "the ledger was removed or replaced");
	}
	sql_script(&l->sql, "BEGIN IMMEDIATE");
	audit_begin(l);
	l->inside = true;
	l->must = false;
	if (l->sql.why[0] == '\0')
		return NULL;
	fail(l, "ledger", l->sql.why);
	ledger_abandon(l);
	return l->why;
}

static void
leave(struct ledger *l)
{
	window_forget(l);
	l->inside = false;
	if (l->dir != NULL)
		flock(l->lock_fd, LOCK_UN);
}

void
ledger_abandon(struct ledger *l)
{
	if (!l->inside)
		return;
	sql_rest(&l->sql);
	if (!sqlite3_get_autocommit(l->sql.db))
		sqlite3_exec(l->sql.db, "ROLLBACK", NULL, NULL, NULL);
	buf_reset(&l->lines);
	l->head = l->before;
	leave(l);
}

/* Whoever waits for the disk waits for all that were committed before. */
static const char *
make_durable(struct ledger *l, int64_t seq)
{
	const char *why = NULL;

	if (l->durability == LEDGER_PROCESS || l->sync->synced >= seq)
		return NULL;
	if (!lock(l->wal_fd))
		return "another process holds the disk";
	if (l->sync->synced < seq) {
		int64_t all = l->sync->committed;
		if (fdatasync(l->wal_fd) != 0)
			why = strerror(errno);
		else
			l->sync->synced = all;
	}
	flock(l->wal_fd, LOCK_UN);
	return why;
}

static const char *
commit(struct ledger *l)
{
	window_flush(l);
	audit_commit(l);
	sql_rest(&l->sql);
	sql_script(&l->sql, "COMMIT");
	if (l->sql.why[0] == '\0')
		return NULL;
	fail(l, "ledger", l->sql.why);
	ledger_abandon(l);
	return l->why;
}

const char *
ledger_commit(struct ledger *l)
{
	const char *why = commit(l);

	if (why != NULL)
		return why;
	if (l->dir == NULL) {
		leave(l);
		return NULL;
	}
	if (l->head.seq > l->sync->committed)
		l->sync->committed = l->head.seq;
	why = audit_flush(l);
	leave(l);
	if (why != NULL)
		return fail(l, AUDIT_FILE, why);
	why = l->must ? make_durable(l, l->head.seq) : NULL;
	return why == NULL ? NULL : fail(l, "ledger", why);
}

const char *
ledger_copy(struct ledger *to, struct ledger *from)
{
	sqlite3_backup *b = sqlite3_backup_init(to->sql.db, "main", from->sql.db, "main");
	int code = b != NULL ? sqlite3_backup_step(b, -1) : SQLITE_ERROR;

	if (b != NULL)
		sqlite3_backup_finish(b);
	memcpy(to->key, from->key, sizeof to->key);
	return code == SQLITE_DONE ? NULL : fail(to, "copy", sqlite3_errstr(code));
}

void
ledger_close(struct ledger *l)
{
	int fds[] = { l->dir_fd, l->lock_fd, l->wal_fd, l->log_fd };

	ledger_abandon(l);
	sql_close(&l->sql);
	for (size_t i = 0; i < sizeof fds / sizeof *fds; i++)
		if (fds[i] >= 0)
			close(fds[i]);
	if (l->sync != NULL)
		munmap(l->sync, sizeof *l->sync);
	buf_free(&l->lines);
	l->sync = NULL;
	l->dir_fd = l->lock_fd = l->wal_fd = l->log_fd = -1;
}
