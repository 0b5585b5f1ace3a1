/* sheet.h - small tables of named cells from files: CSV with a header, or JSON records.
 *
 * JSON may be a record a line, one array of records, or (keyed) one object with a member for
 * each row: {"acme": {"reviews": 3}} or {"acme": 3}.  Numbers keep their text. */
#ifndef SHEET_H
#define SHEET_H

#include "io/csv.h"
#include "io/doc.h"

struct sheet_cell {
	str name, text; /* text: of a string what it stands for, else as it is; null is empty */
};

struct sheet_row {
	const struct sheet_cell *cells;
	size_t count;
	str key; /* keyed: the member's name */
	bool keyed;
	uint64_t line;
};

struct sheet;

/* Ends the program with EXIT_SYSTEM when the file cannot be opened.  option: for messages.
 * wants_keys: one object may be a row for each member, unless it has a member of that
 * name. */
struct sheet *sheet_open(const char *option, const char *file, const char *wants_keys);

/* The next row, borrowed; bad ones are reported and counted. */
bool sheet_next(struct sheet *, struct sheet_row *);
void sheet_reject(struct sheet *, const struct sheet_row *, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
int sheet_close(struct sheet *); /* 0, 3 or 4 */

/* A cell by name: letter case, blanks, '_' and '-' do not count.  Empty: not there. */
str sheet_cell(const struct sheet_row *, const char *name);
bool sheet_same_name(str name, const char *wanted);

#endif
