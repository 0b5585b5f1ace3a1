/* rules.h - named patterns from a file, and text with what they match replaced.
 *
 * A line each: NAME, blanks, a PCRE2 pattern to the end of the line; # begins a comment
 * line.  NAME is letters, digits, - and _. */
#ifndef RULES_H
#define RULES_H

#include "base/arena.h"
#include "base/buf.h"

struct rules;

struct rules *rules_read(struct arena *, const char *option, const char *file); /* or dies */

/* What stands in for a match; written by the caller of rules_apply(). */
typedef void rules_stand_in(void *context, struct buf *, str name, str match);

/* Append text to out with every match replaced: the leftmost first, of several that begin
 * there the first rule's.  Where a pattern needs too much work all of the text is one
 * match of that rule.  hits[rule] grows by the replacements made; returns how many. */
size_t rules_apply(const struct rules *, struct buf *out, str text, rules_stand_in *replacement,
    void *context, uint32_t *hits);

size_t rules_count(const struct rules *);
str rules_name(const struct rules *, size_t rule);
void rules_free(struct rules *);

#endif
