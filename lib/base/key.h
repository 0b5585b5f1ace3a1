/* key.h - the key of a group: a value for each dimension of --by, one text.
 *
 * Values are parted by '|'.  In them a bar, a backslash and control characters are escaped
 * (\p, \\, \xHH); `\?` stands for a value that a record does not have.  So keys hold no tab
 * and no line end, and equal keys are equal texts. */
#ifndef KEY_H
#define KEY_H

#include "base/arena.h"
#include "base/buf.h"

#define KEY_UNKNOWN "\\?"

void key_begin(struct buf *); /* no value yet */
void key_add(struct buf *, str value, bool first);
void key_add_unknown(struct buf *, bool first);

/* The value of one dimension as it was; *known tells whether there was one. */
str key_value(struct arena *, str key, size_t dimension, bool *known);

#endif
