/* fields.h - nobody's logs look like ours: which path of a record feeds which field.
 *
 * A tool names the fields it wants ("id", "model.requested"); each is looked for under
 * its own name unless the user mapped it: --map FIELD=PATH, --map @FILE (a line each),
 * $INFERUTILS_MAP (the same, blanks between).  A mapping for a field that this tool does
 * not read is a usage error.  Foreign times are read by data/when.  Once made it is
 * read-only: threads may share it. */
#ifndef FIELDS_H
#define FIELDS_H

#include "io/scan.h"

/* names ends in NULL; maps are the --map arguments.  Ends with EXIT_USAGE on a bad one.
 * Lives in the arena. */
struct fields *fields_new(
    struct arena *, const char *const *names, const char *const *maps, size_t count);

size_t fields_count(const struct fields *);
const char *fields_name(const struct fields *, size_t index);
const struct scan *fields_scan(const struct fields *); /* values by the order of the names */

/* Where a path goes on inside strings that hold JSON, follow it: made text lives in rec. */
void fields_enter(const struct fields *, struct arena *rec, struct scan_value *values);

/* One line per field on standard error: the path that feeds it, in how many of the records
 * it was found and in how many it was missing. */
void fields_show(const struct fields *, const uint64_t *found, uint64_t records);

/* Was this field mapped by the user? */
bool fields_mapped(const struct fields *, size_t index);

#endif
