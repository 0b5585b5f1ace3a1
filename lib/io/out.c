/* out.c - records on standard output. */
#include "io/out.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/err.h"

void
out_line(str record)
{
	fwrite(record.at, 1, record.len, stdout);
	putchar('\n');
	if (ferror(stdout)) /* nobody reads on: do not work on */
		err_flush();
}

static bool
write_all(int fd, str bytes)
{
	while (bytes.len > 0) {
		ssize_t n = write(fd, bytes.at, bytes.len);
		if (n < 0 && errno != EINTR)
			return false;
		bytes = str_from(bytes, n > 0 ? (size_t)n : 0);
	}
	return true;
}

static const char *
in_place(const char *name, str bytes)
{
	int fd = open(name, O_WRONLY | O_CLOEXEC);
	const char *why = fd < 0 || !write_all(fd, bytes) ? strerror(errno) : NULL;

	if (fd >= 0)
		close(fd);
	return why;
}

const char *
out_file(const char *name, str bytes)
{
	struct arena a = { 0 };
	struct stat s;
	const char *why = NULL;

	if (stat(name, &s) == 0 && !S_ISREG(s.st_mode))
		return in_place(name, bytes);
	char *beside = (char *)(uintptr_t)arena_printf(&a, "%s.XXXXXX", name).at;
	mode_t mask = umask(0);
	umask(mask);
	int fd = mkostemp(beside, O_CLOEXEC);
	if (fd < 0 || !write_all(fd, bytes) || fchmod(fd, 0666 & ~mask) != 0 ||
	    fsync(fd) != 0 || rename(beside, name) != 0) {
		why = strerror(errno);
		if (fd >= 0)
			unlink(beside);
	}
	if (fd >= 0)
		close(fd);
	arena_free(&a);
	return why;
}
