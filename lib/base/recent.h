/* recent.h - what was seen lately: string keys to values, within a bounded look-back.
 *
 * Two generations of a map: when the young one is full it becomes the old one, and what
 * was old is forgotten.  So memory is flat, and at least the last `generation` keys are
 * known.  Values are structs of one size, zeroed at first; a pointer to one is good until
 * the next recent_put().  What a
 * value points to in recent_arena() is to be put there anew with every recent_put(). */
#ifndef RECENT_H
#define RECENT_H

#include "base/arena.h"

struct recent;

struct recent *recent_new(size_t value_size, size_t generation);
void *recent_get(const struct recent *, str key); /* NULL: not known */
void *recent_put(struct recent *, str key);       /* its value, made if need be */
struct arena *recent_arena(struct recent *);      /* lives as long as what was just put */
void recent_free(struct recent *);

#endif
