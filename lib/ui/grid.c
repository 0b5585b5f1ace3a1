/* grid.c - a table on standard output. */
#include "ui/grid.h"

#include <stdio.h>
#include <string.h>

#include "ui/term.h"

void
grid_cell(struct grid *g, str s)
{
	if (g->count == g->room) {
		g->room = g->room * 2 + 64;
		str *more = ARENA_ARRAY(g->arena, str, g->room);
		if (g->count > 0)
			memcpy(more, g->cells, g->count * sizeof *more);
		g->cells = more;
	}
	g->cells[g->count++] = s;
}

void
grid_text(struct grid *g, const char *text)
{
	grid_cell(g, str_of(text));
}

void
grid_int(struct grid *g, int64_t n)
{
	grid_cell(g, arena_printf(g->arena, "%lld", (long long)n));
}

/* Columns that a reader sees: characters, not bytes. */
static size_t
width(str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += (s.at[i] & 0xc0) != 0x80;
	return n;
}

static void
put_cell(str s, size_t wide, bool left, bool last)
{
	int pad = (int)(wide - width(s));

	if (!left)
		printf("%*s", pad, "");
	term_put(s);
	if (left && !last)
		printf("%*s", pad, "");
	fputs(last ? "\n" : "  ", stdout);
}

void
grid_print(const struct grid *g)
{
	size_t wide[GRID_COLUMNS] = { 0 };

	for (size_t i = 0; i < g->count; i++)
		if (width(g->cells[i]) > wide[i % g->columns])
			wide[i % g->columns] = width(g->cells[i]);
	for (size_t i = 0; i < g->count; i++) {
		size_t c = i % g->columns;
		put_cell(g->cells[i], wide[c], g->left[c], c + 1 == g->columns);
	}
}
