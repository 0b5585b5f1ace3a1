/* part.h - partial aggregates as lines: a key, a tab, and a state as a JSON object.
 *
 * The first letter of a key is the kind of line, a bar follows.  A state begins with the
 * version of the form and the shape, a hash of what must be the same for parts to be added.
 * Its whole numbers are listed by name and place in a struct. */
#ifndef PART_H
#define PART_H

#include <stddef.h>

#include "base/example.h"
#include "io/doc.h"
#include "io/emit.h"
#include "io/fold.h"

struct part_member { /* an int64_t */
	const char *name;
	size_t at;
};
#define PART_MEMBER(type, name)                                                                \
	{                                                                                      \
#name, offsetof(struct type, name)                                             \
	}
#define PART_END                                                                               \
	{                                                                                      \
		NULL, 0                                                                        \
	}

void part_emit(struct buf *, const void *state, const struct part_member *);
/* All of them must be there and whole numbers. */
bool part_parse(void *state, const struct part_member *, const struct doc *);

/* Are all of them counts, none too large for a thousand of them to be added? */
#define PART_MOST (INT64_MAX / 1024)
bool part_counts(const void *state, const struct part_member *);

/* What must be the same for parts to be added, as 16 digits of a hash: head, parts (NULL is
 * ""), and how fields are mapped. */
str part_shape(struct arena *, str head, const char *const *parts, size_t count,
    const struct in_options *);

/* What stood in the input of all parts. */
struct part_counters {
	int64_t records, bad, outside, timeless;
};
extern const struct part_member part_counter_members[];
struct part_counters part_counted(const struct folded *);
void part_count(struct part_counters *, const struct part_counters *more);

/* All lines of the operands through read(), which tells what is wrong with one (else NULL):
 * that is reported.  The status so far: 0, 3 or 4. */
int part_merge(const struct in_options *, char **operands,
    const char *(*read)(void *context, str line), void *context);
/* More bad lines in all of them than --max-bad allows?  Says so: 0 or 3. */
int part_status(const struct in_options *, const struct part_counters *);

/* A line is begun, its state filled, and written to standard output. */
struct part_line {
	str shape;
	struct buf line, state;
};
void part_begin(struct part_line *, char kind, str key);
void part_finish(struct part_line *);
void part_free(struct part_line *);

/* A line taken apart; NULL, or why it is none of this version and shape. */
struct part_read {
	char kind;
	str key;
	const struct doc *state;
};
const char *part_take(struct arena *, str line, str shape, struct part_read *);

/* Has the key (see base/key.h) so many parts?  Its last part, taken off as it was. */
bool part_has(str key, size_t parts);
bool part_last(struct arena *, str *key, str *value);

void part_emit_examples(struct buf *, const struct examples *);
void part_parse_examples(struct examples *, struct arena *, const struct doc *);

#endif
