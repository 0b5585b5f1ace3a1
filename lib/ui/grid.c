/* grid.c - a table on standard output. */
#include "ui/grid.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
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

/* Text without what could move the cursor, padded on one side. */
static void
add_cell(struct buf *line, str s, size_t wide, bool left)
{
	size_t pad = wide - width(s);

	for (size_t i = 0; !left && i < pad; i++)
		buf_byte(line, ' ');
	buf_add(line, s);
	for (size_t i = 0; left && i < pad; i++)
		buf_byte(line, ' ');
}

static void
print_line(struct buf *line)
{
	while (line->len > 0 && line->at[line->len - 1] == ' ')
		line->len--;
	term_put(buf_str(line));
	putchar('\n');
	buf_reset(line);
}

void
grid_print(const struct grid *g)
{
	size_t wide[GRID_COLUMNS] = { 0 };
	struct buf line = { 0 };

	for (size_t i = 0; i < g->count; i++)
		if (width(g->cells[i]) > wide[i % g->columns])
			wide[i % g->columns] = width(g->cells[i]);
	for (size_t i = 0; i < g->count; i++) {
		size_t c = i % g->columns;
		add_cell(&line, g->cells[i], wide[c], g->left[c]);
		if (c + 1 == g->columns)
			print_line(&line);
		else
			buf_text(&line, "  ");
	}
	buf_free(&line);
}
