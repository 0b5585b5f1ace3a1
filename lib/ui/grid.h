/* grid.h - a table on standard output: cells are gathered, then the columns get the widths
 * that they need.
 *
 * Cells are borrowed until grid_print().  Text in them cannot move the cursor (term_put). */
#ifndef GRID_H
#define GRID_H

#include "base/arena.h"

#define GRID_COLUMNS 24

struct grid {
	struct arena *arena; /* set these two, all else zero */
	size_t columns;
	bool left[GRID_COLUMNS]; /* aligned to the left: words, not numbers */
	str *cells;
	size_t count, room;
};

void grid_cell(struct grid *, str);
void grid_text(struct grid *, const char *);
void grid_int(struct grid *, int64_t);
void grid_print(const struct grid *);

#endif
