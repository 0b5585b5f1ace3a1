/* journal_line.h - one line of a journal, read.
 *
 * A journal is NDJSON that only grows: a head {"journal":TOOL,"v":1,"to":URL}, then
 * {"sent":N} before a call goes out and {"done":N,"id","sample","baseline","request_sha256",
 * "answer":{...}} when its answer is there, N being the call's number.  A line that a crash
 * cut off is dropped.  Failures are not kept: they are asked again. */
#ifndef JOURNAL_LINE_H
#define JOURNAL_LINE_H

#include "io/doc.h"

#define JOURNAL_CALLS INT64_C(100000000)

struct journal_line {
	enum { JOURNAL_HEAD, JOURNAL_SENT, JOURNAL_DONE } is;
	int64_t number;
	str tool, to;           /* HEAD */
	str id, sha256, answer; /* DONE; the answer is JSON */
};

/* NULL, or why this is no line of a journal; slices live in the arena or the text. */
const char *journal_parse(struct arena *, str text, struct journal_line *);

#endif
