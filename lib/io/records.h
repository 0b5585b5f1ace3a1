/* records.h - bytes cut into records: lines, the elements of one big array, or whole
 * documents that span lines.
 *
 * The first byte of a member decides: [ begins an array, read element by element; a {
 * whose first line stops outside a string begins a document; anything else is NDJSON.
 * The text of a record is borrowed until the next call.  Memory holds one record, never
 * more than max_line (a line) or max_document (an element, a document) bytes; what is
 * longer is passed over and reported. */
#ifndef RECORDS_H
#define RECORDS_H

#include "base/buf.h"
#include "io/bytes.h"

enum records_step {
	RECORDS_ONE,    /* text is a record */
	RECORDS_END,    /* the member has ended */
	RECORDS_WAIT,   /* nothing there yet; see bytes_patient() */
	RECORDS_BAD,    /* why; the record at line, offset is lost, reading goes on */
	RECORDS_BROKEN, /* the bytes cannot be read on, see bytes_why() */
};

struct records {
	size_t max_line, max_document;
	struct bytes *bytes; /* set these three, all else zero, to begin a member */

	str text;        /* RECORDS_ONE */
	const char *why; /* RECORDS_BAD; static */
	uint64_t line;   /* where the record starts, from 1 */
	bool lost;       /* RECORDS_BAD: nobody can say how many records were lost */

	enum { RECORDS_FRESH, RECORDS_LINES, RECORDS_VALUES, RECORDS_ARRAY } mode;
	enum { EXPECT_FIRST, EXPECT_VALUE, EXPECT_COMMA } expect; /* inside an array */
	char *at;
	size_t start, len, room;
	uint64_t next_line;
	size_t looked;   /* bytes from start already searched */
	struct buf open; /* the brackets that are open there */
	bool in_string, escaped, skipping, ended, whole, marked;
};

enum records_step records_next(struct records *);
/* Many records at once, for threads: where the member is lines, as many whole ones as make
 * up about `enough` bytes; their memory (len of room bytes) is exchanged for that of the
 * caller.  RECORDS_ONE with lines false: one record, see records_next().
 * `line` counts from the last block on. */
struct records_block {
	char *at;
	size_t len, room;
	bool lines, whole; /* whole: the last line has its end */
	uint64_t passed;   /* lines before it that were in no block: skipped, or in an array */
};
enum records_step records_block(struct records *, struct records_block *, size_t enough);

void records_begin(struct records *, struct bytes *); /* next member, memory kept */
/* So many bytes behind the text of the record can be read (behind that of a block: at least
 * RECORDS_PAD). */
#define RECORDS_PAD ((size_t)64)
size_t records_slack(const struct records *);
void records_free(struct records *);

#endif
