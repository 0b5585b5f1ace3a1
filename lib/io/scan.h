/* scan.h - the projecting scanner: some fields of each of many records.
 *
 * The wanted paths are compiled once.  scan_read() then passes over a record in one go,
 * validates all of it, builds nothing, and hands back the text of each wanted value as a
 * slice of the record (its offset is raw.at minus the record's start).  Of duplicate keys
 * the last wins, as in jansson.  A path that a record does not have gives KIND_NONE.
 * Compiled paths are read-only: threads may share them. */
#ifndef SCAN_H
#define SCAN_H

#include "io/doc.h"
#include "io/path.h"

struct scan_value {
	enum kind kind;
	str raw;
	bool plain;   /* a string known to have no escapes; false: nobody looked */
	bool counted; /* a number of 1 to 8 digits and nothing else, and whole is it */
	int32_t whole;
};

/* Paths without |fromjson; they and the result live in the arena. */
const struct scan *scan_new(struct arena *, const struct path *paths, size_t count);

/* Fill values[count]; false and an error when the record is not one JSON value. */
bool scan_read(
    const struct scan *, str record, int depth, struct scan_value *values, struct doc_error *);

/* One thread's use of compiled paths: it remembers the shapes of records it has seen, and
 * is faster where they repeat.  Its answers are those of scan_read(). */
struct scanner;
struct scanner *scanner_new(const struct scan *);
void scanner_free(struct scanner *);

/* The values by path, borrowed until the next call; NULL and an error when the record is
 * not one JSON value.  slack: so many bytes behind the record can be read; with 64 or more
 * the fast ways are taken. */
struct scan_value *scanner_read(
    struct scanner *, str record, size_t slack, int depth, struct doc_error *);

/* What was seen so far: records in which a wanted key came more than once (the last
 * counts), or in which a wanted string has half a surrogate pair (it becomes U+FFFD). */
uint64_t scanner_duplicates(const struct scanner *);
uint64_t scanner_surrogates(const struct scanner *);

/* What a string value stands for; the raw text of any other value; empty if none. */
static inline str
scan_text(struct arena *a, const struct scan_value *v)
{
	if (v->kind != KIND_STRING)
		return v->raw;
	str inner = { v->raw.at + 1, v->raw.len - 2 };
	return v->plain ? inner : lex_text(a, inner);
}

#endif
