/* shape.h - the shapes of records: what stands between their values.
 *
 * Records of one log have few shapes: the same keys in the same order, other values.  A
 * shape is a chain of literals, each followed by a value; shapes that begin alike share the
 * beginning, so all of them form a tree.  A record that follows a known shape is read by
 * comparing the literals and passing over the values: no key is looked up.
 *
 * A tree belongs to one thread and one set of wanted paths. */
#ifndef SHAPE_H
#define SHAPE_H

#include "io/scan_trie.h"

#define SHAPE_MAX_STEPS 512  /* values of a record that is learnt */
#define SHAPE_MAX_NODES 2048 /* of the tree */
#define SHAPE_PAD       64   /* bytes behind each literal that can be read */

/* A wanted object or array that begins or ends inside a literal. */
struct shape_mark {
	const struct scan_node *wanted;
	uint32_t offset; /* in the literal: of its first byte, or behind its last */
	bool ends;
	enum kind kind;
};

struct shape {
	const char *literal; /* SHAPE_PAD bytes behind it can be read */
	uint32_t len;        /* at least 1 */
	bool last;           /* behind the last value: the record ends with the literal */
	bool opaque;         /* the value is an object or array that is passed over as one */
	int depth;           /* of that value */
	const struct scan_node *wanted; /* the value goes to these slots; NULL: nowhere */
	const struct shape_mark *marks;
	size_t mark_count;
	struct shape *next;  /* behind the value; last: NULL */
	struct shape *other; /* another literal that may stand here */
	/* How long the value was the last time, and how often in a row it was: where it always
	 * is, the processor need not wait for its end to look at what stands behind it. */
	uint32_t guess, run;
	const size_t *slots; /* last: all that the shape fills */
	size_t slot_count;
};

struct shapes {
	struct arena arena;
	struct shape root; /* only its next counts */
	size_t nodes;
};

/* What a walk over a record notes, to be learnt. */
struct shape_step {
	const char *from, *end; /* of a value; of a mark from is its place */
	const struct scan_node *wanted;
	enum shape_what { STEP_VALUE, STEP_OPAQUE, STEP_BEGIN, STEP_END } what;
	int depth;
	enum kind kind;
};

/* Add the record to the tree; what does not fit is not learnt. */
void shapes_learn(struct shapes *, str record, const struct shape_step *, size_t count);
void shapes_free(struct shapes *);

#endif
