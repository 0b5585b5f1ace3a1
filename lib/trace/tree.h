/* tree.h - a JSON value that grows: what a stream of deltas is put together into.
 *
 * Nodes live in the arena given; what they take from a doc is borrowed, so the text of
 * the events must live as long (sse data is copied by the stream reader).  Scalars keep
 * their spelling; a string that gets more text becomes a list of pieces.  A hostile
 * stream cannot make it grow without end: an object that is merged into takes at most
 * TREE_MEMBERS members, an array numbers below TREE_ENTRIES. */
#ifndef TREE_H
#define TREE_H

#include "io/doc.h"

#define TREE_MEMBERS 1000
#define TREE_ENTRIES 1024

struct tree {
	enum kind kind;
	str key;
	str raw; /* scalars; strings that were never added to */
	struct piece *text, **text_end;
	struct tree *child, *last, *next;
	size_t count;
	int64_t index; /* for the reader's own numbering */
};

struct tree *tree_new(struct arena *, enum kind);         /* an empty object, array or string */
struct tree *tree_of(struct arena *, const struct doc *); /* a deep copy */
struct tree *tree_get(const struct tree *, const char *key);
void tree_set(struct tree *object, str key, struct tree *value); /* replaces */
/* The array or object under that key, made (in place of anything else) if need be. */
struct tree *tree_array_in(struct arena *, struct tree *object, const char *key);
struct tree *tree_object_in(struct arena *, struct tree *object, const char *key);
/* The entry of an array with that number, made in its place if need be.  NULL when the
 * number is beyond all sense. */
struct tree *tree_entry(struct arena *, struct tree *array, int64_t index);
void tree_push(struct tree *array, struct tree *value);
void tree_append(struct arena *, struct tree *, str text); /* to a string */

/* Set the member, unless the value is null and the member is there already. */
void tree_take(struct arena *, struct tree *object, const struct doc *member);

/* The same, but objects go into objects member by member. */
void tree_merge(struct arena *, struct tree *object, const struct doc *member);

/* Add to the string member of that name; made if there is none (or a null). */
void tree_append_to(struct arena *, struct tree *object, str key, str text);

str tree_text(struct arena *, const struct tree *);
void tree_write(struct buf *, const struct tree *);

#endif
