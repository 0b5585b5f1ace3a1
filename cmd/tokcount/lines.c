/* lines.c - getline(3) over several files. */
#include "lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

static void
open_next(struct lines *l)
{
	l->name = *l->files++;
	l->line = 0;
	l->now = strcmp(l->name, "-") == 0 ? stdin : fopen(l->name, "re");
	if (l->now == NULL) {
		warn("%s: %s", l->name, strerror(errno));
		l->status = EXIT_SYSTEM;
	}
}

struct lines
lines_open(char **files)
{
	static char *standard[] = { NULL, NULL };
	struct lines l = { .files = files, .status = EXIT_YES };
	if (*files == NULL) {
		standard[0] = (char *)(uintptr_t) "-";
		l.files = standard;
	}
	return l;
}

bool
lines_next(struct lines *l, str *line)
{
	for (;;) {
		while (l->now == NULL) {
			if (*l->files == NULL)
				return false;
			open_next(l);
		}
		ssize_t n = getline(&l->text, &l->room, l->now);
		if (n > 0) {
			l->line++;
			*line = str_trim((str){ l->text, (size_t)n });
			return true;
		}
		if (ferror(l->now)) {
			warn("%s: %s", l->name, strerror(errno));
			l->status = EXIT_SYSTEM;
		}
		if (l->now != stdin)
			fclose(l->now);
		l->now = NULL;
	}
}

void
lines_close(struct lines *l)
{
	free(l->text);
}
