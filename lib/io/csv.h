/* csv.h - rows of cells (RFC 4180), however long the file is.
 *
 * The first row is the header; what parts the cells (comma, semicolon or tab) is what parts
 * its names.  Cells in quotes may hold anything, line ends too.  CRLF and a byte order mark
 * are accepted.  Refused, with the line: a quote inside a cell without quotes, text behind a
 * closing quote, a quote that never closes, a row with more or fewer cells than the header. */
#ifndef CSV_H
#define CSV_H

#include "base/buf.h"
#include "io/bytes.h"

#define CSV_MAX_CELLS 1000
#define CSV_MAX_ROW   ((size_t)16 << 20)

struct csv {
	struct bytes *bytes; /* set this, all else zero; not closed here */
	const str *header;   /* names, once the first row is read */
	size_t columns;
	uint64_t line; /* where the row starts, from 1 */
	const char *why;

	struct buf text; /* what was read and not handed out; rows are taken apart in place */
	size_t start, lines;
	char separator;
	bool ended, begun;
	struct arena names;
	str cells[CSV_MAX_CELLS];
};

enum csv_step {
	CSV_ROW, /* cells[columns], borrowed until the next call */
	CSV_END,
	CSV_BAD,    /* why; this row is passed over */
	CSV_BROKEN, /* the bytes cannot be read on, see bytes_why() */
};
enum csv_step csv_next(struct csv *);
void csv_free(struct csv *);

#endif
