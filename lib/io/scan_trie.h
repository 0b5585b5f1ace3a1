/* scan_trie.h - wanted paths as a trie, for the files of the scanner. */
#ifndef SCAN_TRIE_H
#define SCAN_TRIE_H

#include "io/scan.h"

#define SCAN_BUCKETS 16

struct scan_node {
	struct path_step step;
	struct scan_node *child, *next;       /* all children */
	struct scan_node *keys[SCAN_BUCKETS]; /* those by key, by scan_bucket() */
	struct scan_node *chain;              /* the next one in the same bucket */
	size_t *slots, slot_count;            /* the wanted values that end here */
};

struct scan {
	struct scan_node root;
	size_t count;
};

static inline unsigned
scan_bucket(str key)
{
	if (key.len == 0)
		return 0;
	unsigned first = (unsigned char)key.at[0], last = (unsigned char)key.at[key.len - 1];

	return ((unsigned)key.len * 5 + first + last * 3) % SCAN_BUCKETS;
}

/* The child of that key; NULL: nothing wanted is there. */
static inline const struct scan_node *
scan_key(const struct scan_node *n, str key)
{
	const struct scan_node *c = n->keys[scan_bucket(key)];

	while (c != NULL && !str_eq(c->step.key, key))
		c = c->chain;
	return c;
}

/* The same for the inside of a string literal that has escapes. */
const struct scan_node *scan_key_escaped(const struct scan_node *, str inner);
const struct scan_node *scan_index(const struct scan_node *, int64_t index);

/* Forget all values below and at n: a duplicate key replaces all that the earlier one held.
 * Were there any? */
bool scan_clear(const struct scan_node *, struct scan_value *values);

/* scan_read() that also tells whether a wanted key came again. */
bool scan_read_counting(const struct scan *, str record, int depth, struct scan_value *,
    struct doc_error *, bool *duplicate);

#endif
