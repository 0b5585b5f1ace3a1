/* figures.h - numbers that other systems know of the groups: revenue, resolved tasks, what
 * drives shared costs. */
#ifndef FIGURES_H
#define FIGURES_H

#include "cogs.h"

struct figures {
	struct table of;     /* dec, by "measure\tkey" */
	struct table totals; /* dec, by measure */
	struct table keys;   /* char, by key: all groups that any file names */
	struct table tasks;  /* char, by task: 1 resolved, 0 not */
	int status;
};

/* Rows with a column for each dimension of --by and columns of numbers; an object
 * {"KEY": {"measure": number}} or {"KEY": number}; or, for one total, the number itself.
 * measure: the name of a number that has none; what else a file says is read as well. */
void figures_read(struct figures *, const struct plan *, const char *option, const char *file,
    const char *measure);

bool figures_has(const struct figures *, const char *measure);
bool figures_get(const struct figures *, str measure, str key, dec *value);
void figures_free(struct figures *);

#endif
