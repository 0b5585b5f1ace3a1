/* sheet.c - rows of named cells. */
#include "sheet.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"

#define MAX_JSON ((size_t)256 << 20)

struct sheet {
	const char *option, *file, *wants_keys;
	struct bytes *bytes;
	struct csv csv; /* its text holds what was read, JSON too */
	bool json, keyed;
	str rest;               /* JSON: lines not read yet */
	uint64_t line;          /* of the rest */
	const struct doc *next; /* of an array or a keyed object */
	struct arena whole, row;
	struct sheet_cell *cells;
	size_t room;
	int status;
};

static void
broken(struct sheet *s)
{
	warn("%s: %s: %s", s->option, s->file, bytes_why(s->bytes));
	s->status = err_worse(s->status, bytes_system(s->bytes) ? EXIT_SYSTEM : EXIT_DATA);
}

static void
report(struct sheet *s, uint64_t line, const char *why)
{
	warn("%s: %s:%llu: %s", s->option, s->file, (unsigned long long)line, why);
	s->status = err_worse(s->status, EXIT_DATA);
}

/* Read on until that much is there, or all. */
static void
fill(struct sheet *s, size_t enough)
{
	struct buf *b = &s->csv.text;

	while (b->len < enough) {
		buf_reserve(b, 65536);
		ssize_t n = bytes_read(s->bytes, b->at + b->len, 65536);
		if (n < 0)
			broken(s);
		if (n <= 0) {
			s->csv.ended = true;
			return;
		}
		b->len += (size_t)n;
	}
}

/* An array, an object whose members are rows, or a record a line. */
static void
begin_json(struct sheet *s)
{
	fill(s, MAX_JSON);
	if (!s->csv.ended)
		die(EXIT_DATA, "%s: %s: more than 256 MiB of JSON", s->option, s->file);
	s->json = true;
	s->rest = buf_str(&s->csv.text);
	const struct doc *d = doc_read(&s->whole, s->rest);
	bool rows = doc_kind(d) == KIND_OBJECT && s->wants_keys != NULL &&
	    doc_get(d, s->wants_keys) == NULL;
	if (doc_kind(d) != KIND_ARRAY && doc_kind(d) != KIND_OBJECT)
		return;
	s->rest = (str){ 0 };
	s->keyed = rows;
	s->next = rows || d->kind == KIND_ARRAY ? d->child : d;
}

struct sheet *
sheet_open(const char *option, const char *file, const char *wants_keys)
{
	struct sheet *s = mem_new(sizeof *s);
	int fd = strcmp(file, "-") == 0 ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		die(EXIT_SYSTEM, "%s: %s: %s", option, file, strerror(errno));
	*s = (struct sheet){ .option = option, .file = file, .wants_keys = wants_keys };
	s->csv.bytes = s->bytes = bytes_open(fd, file);
	if (bytes_next(s->bytes) < 0) {
		broken(s);
		s->csv.ended = true;
		return s;
	}
	fill(s, 1);
	str head = str_trim(buf_str(&s->csv.text));
	while (head.len == 0 && !s->csv.ended) {
		fill(s, s->csv.text.len + 1);
		head = str_trim(buf_str(&s->csv.text));
	}
	if (head.len > 0 && (head.at[0] == '{' || head.at[0] == '['))
		begin_json(s);
	return s;
}

static void
room_for(struct sheet *s, size_t n)
{
	if (n <= s->room)
		return;
	s->room = n + 16;
	s->cells = mem_grow(s->cells, s->room, sizeof *s->cells);
}

static struct sheet_cell
cell_of(const struct doc *d)
{
	struct sheet_cell c = { d->key, d->raw };

	if (d->kind == KIND_STRING)
		c.text = d->text;
	else if (d->kind == KIND_NULL)
		c.text = (str){ 0 };
	return c;
}

static void
row_of(struct sheet *s, const struct doc *d, struct sheet_row *row)
{
	size_t n = 0;

	*row = (struct sheet_row){ .line = s->line, .keyed = s->keyed };
	if (s->keyed)
		row->key = d->key;
	room_for(s, d->kind == KIND_OBJECT ? d->count : 1);
	if (d->kind == KIND_OBJECT)
		DOC_EACH (m, d)
			s->cells[n++] = cell_of(m);
	else
		s->cells[n++] = (struct sheet_cell){ { 0 }, cell_of(d).text };
	row->cells = s->cells;
	row->count = n;
}

static bool
next_line(struct sheet *s, struct sheet_row *row)
{
	struct doc_error error;
	char why[200];

	while (s->rest.len > 0) {
		str line = str_trim(str_cut(&s->rest, '\n'));
		s->line++;
		arena_reset(&s->row);
		if (line.len == 0)
			continue;
		const struct doc *d = doc_parse(&s->row, line, 0, &error);
		if (d != NULL && d->kind == KIND_OBJECT) {
			row_of(s, d, row);
			return true;
		}
		snprintf(why, sizeof why, "byte %zu: %s", d == NULL ? error.offset + 1 : 1,
		    d == NULL ? error.why : "not an object");
		report(s, s->line, why);
	}
	return false;
}

static bool
next_csv(struct sheet *s, struct sheet_row *row)
{
	for (;;) {
		switch (csv_next(&s->csv)) {
		case CSV_END: return false;
		case CSV_BROKEN: broken(s); return false;
		case CSV_BAD: report(s, s->csv.line, s->csv.why); break;
		case CSV_ROW:
			room_for(s, s->csv.columns);
			for (size_t i = 0; i < s->csv.columns; i++)
				s->cells[i] = (struct sheet_cell){ s->csv.header[i],
					str_trim(s->csv.cells[i]) };
			*row = (struct sheet_row){
				.cells = s->cells, .count = s->csv.columns, .line = s->csv.line
			};
			return true;
		}
	}
}

bool
sheet_next(struct sheet *s, struct sheet_row *row)
{
	if (!s->json)
		return s->csv.text.len > 0 && next_csv(s, row);
	if (s->next == NULL)
		return next_line(s, row);
	const struct doc *d = s->next;
	s->line++;
	s->next = d->next;
	row_of(s, d, row);
	return true;
}

void
sheet_reject(struct sheet *s, const struct sheet_row *row, const char *fmt, ...)
{
	char why[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why, sizeof why, fmt, ap);
	va_end(ap);
	report(s, row->line, why);
}

int
sheet_close(struct sheet *s)
{
	int status = s->status;

	csv_free(&s->csv);
	bytes_close(s->bytes);
	arena_free(&s->whole);
	arena_free(&s->row);
	free(s->cells);
	free(s);
	return status;
}

static char
folded(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool
sheet_same_name(str name, const char *wanted)
{
	size_t i = 0;

	for (const char *w = wanted;; i++) {
		while (i < name.len && strchr(" _-", name.at[i]) != NULL)
			i++;
		while (*w != '\0' && strchr(" _-", *w) != NULL)
			w++;
		if (i == name.len || *w == '\0')
			return i == name.len && *w == '\0';
		if (folded(name.at[i]) != folded(*w++))
			return false;
	}
}

str
sheet_cell(const struct sheet_row *row, const char *name)
{
	for (size_t i = 0; i < row->count; i++)
		if (sheet_same_name(row->cells[i].name, name))
			return row->cells[i].text;
	return (str){ 0 };
}
