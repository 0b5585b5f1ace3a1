/* edit.h - JSON changed in place: all that is not meant stays as it stood, byte by byte.
 *
 * Unknown members, key order, blanks and the spelling of numbers pass through. */
#ifndef EDIT_H
#define EDIT_H

#include "io/doc.h"
#include "io/path.h"

struct edit {
	const char *key;
	str json; /* the value's text; empty: this edit does nothing */
};

/* Write the object `record` with the members set: one that exists is replaced where it
 * stands (duplicates too), a new one is put last.  Returns how many were replaced. */
size_t edit_object(struct buf *out, str record, const struct edit *, size_t count);

/* *result is the text of `root` with the value at path replaced, or added where only its
 * parent (or nothing of it) exists; it lives in the arena.  False when that cannot be:
 * *why tells. */
bool edit_path(struct arena *, const struct doc *root, const struct path *, str json,
    str *result, const char **why);

/* A body as it goes into a record: each CR and LF outside strings becomes one space, so
 * the length stays.  The text must be JSON. */
void edit_flatten(struct buf *out, str json);

#endif
