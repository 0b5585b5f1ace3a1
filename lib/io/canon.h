/* canon.h - one text for all spellings of the same JSON value.
 *
 * Object keys sorted by their bytes (of duplicates the last), no blanks, the shortest
 * escapes, numbers by exact decimal value: 1, 1.0 and 10e-1 are one; nothing goes
 * through a double.  This is our own form for comparing and hashing (RFC 8785 would
 * merge numbers that differ beyond double precision). */
#ifndef CANON_H
#define CANON_H

#include "io/doc.h"

void canon(struct buf *, struct arena *, const struct doc *); /* NULL gives null */

/* The same less some members of the outermost object; `less` ends in NULL. */
void canon_less(struct buf *, struct arena *, const struct doc *, const char *const *less);

/* The canonical text of a JSON text; of anything else the text itself. */
str canon_text(struct arena *, str json);

#endif
