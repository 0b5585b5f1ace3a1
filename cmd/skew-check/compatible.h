/* compatible.h - which prompt goes with which schema, tools, model and release.
 *
 * The file holds {"incompatible":[{PART:VALUE,...,"why":TEXT},...]} for what must not meet,
 * and {"requires":[{"if":{PART:VALUE},"then":{PART:VALUE}},...]} for what must; a PART is
 * one of compatible_parts[], a VALUE a text or an array of them, of which any will do; a
 * star at its end stands for the rest.  A part that a record does not have fits no VALUE:
 * unknown is not a conflict. */
#ifndef COMPATIBLE_H
#define COMPATIBLE_H

#include "base/arena.h"

struct rules;

extern const char *const compatible_parts[];

/* Ends with EXIT_USAGE, naming the place, when the file is none. */
const struct rules *compatible_read(struct arena *, const char *file);

/* parts: by compatible_parts[].  False: why says what does not fit. */
bool compatible_fits(struct arena *, const struct rules *, const str *parts, str *why);

#endif
