/* suspend.c - the kill switch. */
#include "ledger/suspend.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool
suspend_name(str s)
{
	if (s.len == 0 || s.len > 64 || s.at[0] == '.')
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_",
			s.at[i]) == NULL)
			return false;
	return true;
}

static void
path_of(char path[100], const char *agent)
{
	snprintf(path, 100, SUSPEND_DIR "/%.64s", agent);
}

static bool
is_set(const struct ledger *l, const char *agent)
{
	char path[100];

	path_of(path, agent);
	return faccessat(l->dir_fd, path, F_OK, 0) == 0 || errno != ENOENT;
}

const char *
suspended(const struct ledger *l, const char *agent, bool exempt)
{
	if (l->dir == NULL)
		return NULL;
	if (!ledger_same(l, SUSPEND_DIR, l->switch_inode))
		return SUSPEND_ALL; /* the folder is not there any more, and nobody can be asked
				     */
	if (!exempt && is_set(l, SUSPEND_ALL))
		return SUSPEND_ALL;
	return is_set(l, agent) ? agent : NULL;
}

/* Behind the first byte it holds already; the text is for people. */
const char *
suspend_set(const struct ledger *l, const char *agent, str text)
{
	char path[100];

	path_of(path, agent);
	int fd = openat(l->dir_fd, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return strerror(errno);
	bool written = write(fd, text.at, text.len) == (ssize_t)text.len && fsync(fd) == 0;
	close(fd);
	int dir = openat(l->dir_fd, SUSPEND_DIR, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	written = dir >= 0 && fsync(dir) == 0 && written;
	if (dir >= 0)
		close(dir);
	return written ? NULL : "it holds now, but may not survive a power loss";
}

const char *
suspend_lift(const struct ledger *l, const char *agent, bool *was)
{
	char path[100];

	path_of(path, agent);
	*was = unlinkat(l->dir_fd, path, 0) == 0;
	return *was || errno == ENOENT ? NULL : strerror(errno);
}
