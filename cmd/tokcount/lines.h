/* lines.h - lines of files that are no JSON by themselves: partial states. */
#ifndef LINES_H
#define LINES_H

#include <stdint.h>
#include <stdio.h>

#include "base/str.h"

struct lines {
	char **files;
	const char *name;
	FILE *now;
	char *text;
	size_t room;
	uint64_t line;
	int status; /* of files that could not be read */
};

struct lines lines_open(char **files); /* none: standard input */
bool lines_next(struct lines *, str *line);
void lines_close(struct lines *);

#endif
