/* fields.h - nobody's logs look like ours: which path of a record feeds which field.
 *
 * A tool names the fields it wants ("id", "model.requested"); each is looked for under
 * its own name unless the user mapped it: --map FIELD=PATH, --map @FILE (a line each),
 * $INFERUTILS_MAP (the same, blanks between).  A mapping for a field that this tool does
 * not read is a usage error.  Foreign times are read by data/when. */
#ifndef FIELDS_H
#define FIELDS_H

#include "io/scan.h"

/* names ends in NULL; maps are the --map arguments.  Ends with EXIT_USAGE on a bad one.
 * Lives in the arena. */
struct fields *fields_new(
    struct arena *, const char *const *names, const char *const *maps, size_t count);

size_t fields_count(const struct fields *);

/* Read a record: values[fields_count] in the order of the names.  Made text lives in rec.
 * False when the record is not JSON. */
bool fields_read(struct fields *, struct arena *rec, str record, int depth,
    struct scan_value *values, struct doc_error *);

/* One line per field on standard error: the path that feeds it, found, missing. */
void fields_show(const struct fields *);

/* Was this field mapped by the user? */
bool fields_mapped(const struct fields *, size_t index);

#endif
