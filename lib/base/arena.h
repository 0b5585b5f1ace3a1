/* arena.h - memory that lives as long as one record, or as long as the run.
 *
 * Nothing taken from an arena is freed by itself; arena_reset() ends the era of all of
 * it (the largest block is kept for the next era), arena_free() gives it back.  A zeroed
 * struct is an empty arena.  Running out of memory ends the program with EXIT_SYSTEM,
 * so no caller checks.  Not for use by two threads at once. */
#ifndef ARENA_H
#define ARENA_H

#include "base/str.h"

struct arena {
	struct arena_block *block; /* the one in use; older ones behind it */
	size_t used;
};

void *arena_alloc(struct arena *, size_t size); /* zeroed, aligned for any object */
char *arena_bytes(struct arena *, size_t size); /* not zeroed */
str arena_keep(struct arena *, str);            /* a copy, followed by a NUL */
const char *arena_string(struct arena *, str);  /* the same as a C string */
str arena_printf(struct arena *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void arena_reset(struct arena *);
void arena_free(struct arena *);

#define ARENA_NEW(a, type)      ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, n) ((type *)arena_alloc((a), sizeof(type) * (n)))

#endif
