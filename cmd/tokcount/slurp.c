/* slurp.c - whole files. */
#include "slurp.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "io/bytes.h"

#define PART 65536

static int
slurp_member(
    struct bytes *in, void (*take)(void *context, const char *name, str text), void *context)
{
	struct buf text = { 0 };
	ssize_t n;
	do {
		buf_reserve(&text, PART);
		n = bytes_read(in, text.at + text.len, PART);
		text.len += n > 0 ? (size_t)n : 0;
	} while (n > 0);
	if (n == BYTES_BAD)
		warn("%s: %s", bytes_name(in), bytes_why(in));
	else
		take(context, bytes_name(in), buf_str(&text));
	buf_free(&text);
	return n != BYTES_BAD ? EXIT_YES : bytes_system(in) ? EXIT_SYSTEM : EXIT_DATA;
}

static int
slurp_file(
    const char *file, void (*take)(void *context, const char *name, str text), void *context)
{
	bool standard = strcmp(file, "-") == 0;
	int fd = standard ? 0 : open(file, O_RDONLY | O_CLOEXEC), status = EXIT_YES;
	if (fd < 0) {
		warn("%s: %s", file, strerror(errno));
		return EXIT_SYSTEM;
	}
	struct bytes *in = bytes_open(fd, standard ? "standard input" : file);
	ssize_t n;
	while ((n = bytes_next(in)) == 1)
		status = err_worse(status, slurp_member(in, take, context));
	if (n == BYTES_BAD) {
		warn("%s: %s", bytes_name(in), bytes_why(in));
		status = err_worse(status, bytes_system(in) ? EXIT_SYSTEM : EXIT_DATA);
	}
	bytes_close(in);
	return status;
}

int
slurp_files(
    char **files, void (*take)(void *context, const char *name, str text), void *context)
{
	int status = EXIT_YES;
	if (*files == NULL)
		return slurp_file("-", take, context);
	for (; *files != NULL; files++)
		status = err_worse(status, slurp_file(*files, take, context));
	return status;
}
