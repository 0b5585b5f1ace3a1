/* csv.c - rows of cells. */
#include "io/csv.h"

#include <string.h>

#define CHUNK ((size_t)64 << 10)

/* More text behind what is there: 1, 0 at the end, BYTES_BAD. */
static ssize_t
more(struct csv *c)
{
	if (c->ended)
		return 0;
	if (c->start > 0)
		memmove(c->text.at, c->text.at + c->start, c->text.len - c->start);
	c->text.len -= c->start;
	c->start = 0;
	buf_reserve(&c->text, CHUNK);
	ssize_t n = bytes_read(c->bytes, c->text.at + c->text.len, CHUNK);
	if (n > 0)
		c->text.len += (size_t)n;
	c->ended = n == 0;
	return n > 0 ? 1 : n;
}

/* Where the row that starts at c->start ends, its line end included; quotes open and close
 * wherever they stand.  Fills the text as far as is needed. */
static ssize_t
row_end(struct csv *c, size_t *length)
{
	bool quoted = false;
	size_t i = 0;

	for (;;) {
		for (; c->start + i < c->text.len; i++) {
			char byte = c->text.at[c->start + i];
			quoted ^= byte == '"';
			if (byte == '\n' && !quoted) {
				*length = i + 1;
				return 1;
			}
		}
		ssize_t n = i > CSV_MAX_ROW ? 0 : more(c);
		if (n < 0)
			return n;
		if (n == 0) {
			*length = i;
			if (quoted)
				c->why = i > CSV_MAX_ROW ? "a row longer than 16 MiB" :
							   "a quote that never closes";
			return i > 0;
		}
	}
}

static enum csv_step
bad(struct csv *c, const char *why)
{
	c->why = why;
	return CSV_BAD;
}

/* A cell in quotes, doubled ones made single, in place: *at moves behind it. */
static bool
quoted_cell(struct csv *c, char **at, char *end, str *cell)
{
	char *from = ++*at, *to = from;

	for (;; ++*at) {
		if (*at >= end)
			return false;
		if (**at == '"') {
			if (*at + 1 >= end || (*at)[1] != '"')
				break;
			++*at;
		}
		*to++ = **at;
	}
	*cell = (str){ from, (size_t)(to - from) };
	++*at;
	return *at == end || **at == c->separator;
}

static enum csv_step
take_apart(struct csv *c, char *at, char *end, size_t *count)
{
	for (*count = 0;; at++) {
		if (*count == CSV_MAX_CELLS)
			return bad(c, "more than 1000 cells in a row");
		str *cell = &c->cells[(*count)++];
		if (at < end && *at == '"') {
			if (!quoted_cell(c, &at, end, cell))
				return bad(c, "text behind a closing quote");
		} else {
			char *from = at;
			while (at < end && *at != c->separator && *at != '"')
				at++;
			if (at < end && *at == '"')
				return bad(c, "a quote inside a cell without quotes");
			*cell = (str){ from, (size_t)(at - from) };
		}
		if (at >= end)
			return CSV_ROW;
	}
}

static char
separator_of(str row)
{
	static const char separators[] = ",;\t";

	for (const char *s = separators; *s != '\0'; s++)
		if (str_find(row, *s) < row.len)
			return *s;
	return ',';
}

static void
keep_header(struct csv *c, size_t count)
{
	str *names = ARENA_ARRAY(&c->names, str, count + 1);

	for (size_t i = 0; i < count; i++)
		names[i] = arena_keep(&c->names, str_trim(c->cells[i]));
	c->header = names;
	c->columns = count;
}

static str
without_bom(str row)
{
	bool has = str_starts(row, "\xef\xbb\xbf");

	return has ? (str){ row.at + 3, row.len - 3 } : row;
}

enum csv_step
csv_next(struct csv *c)
{
	for (;;) {
		size_t length, count;
		c->why = NULL;
		c->line = c->lines + 1;
		ssize_t got = row_end(c, &length);
		if (got < 0)
			return CSV_BROKEN;
		if (got == 0)
			return CSV_END;
		str row = { c->text.at + c->start, length };
		c->start += length;
		for (size_t i = 0; i < row.len; i++)
			c->lines += row.at[i] == '\n';
		if (c->why != NULL)
			return CSV_BAD;
		while (row.len > 0 && strchr("\r\n", row.at[row.len - 1]) != NULL)
			row.len--;
		row = c->begun ? row : without_bom(row);
		if (str_trim(row).len == 0)
			continue;
		if (!c->begun) {
			c->begun = true;
			c->separator = separator_of(row);
		}
		char *at = c->text.at + (row.at - c->text.at);
		if (take_apart(c, at, at + row.len, &count) == CSV_BAD)
			return CSV_BAD;
		if (c->header == NULL) {
			keep_header(c, count);
			continue;
		}
		return count == c->columns ? CSV_ROW :
					     bad(c, "not as many cells as the header has");
	}
}

void
csv_free(struct csv *c)
{
	buf_free(&c->text);
	arena_free(&c->names);
}
