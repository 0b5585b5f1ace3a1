/* pattern.h - regular expressions (PCRE2) that hostile text cannot make run for ever.
 *
 * Subjects are UTF-8; bytes that are none match nothing.  A match that needs too much work
 * is given up: PATTERN_LIMIT is neither yes nor no. */
#ifndef PATTERN_H
#define PATTERN_H

#include "base/str.h"

enum pattern_hit { PATTERN_NO, PATTERN_YES, PATTERN_LIMIT };

struct pattern;

/* NULL: it does not compile; why[] says what and where. */
struct pattern *pattern_new(str text, char why[160]);
enum pattern_hit pattern_find(
    const struct pattern *, str subject, size_t from, size_t *start, size_t *end);
void pattern_free(struct pattern *);

#endif
