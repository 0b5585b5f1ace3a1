/* scan_level.h - the ways to read a record, by what the processor can do.
 *
 * Each is the same text, scan_fast.h, compiled for other instructions.  They look at up to
 * 64 bytes behind the record, and accept and find what scan_read() does; a record that they
 * refuse is read again by it, which knows why. */
#ifndef SCAN_LEVEL_H
#define SCAN_LEVEL_H

#include "io/shape.h"

enum scan_level { SCAN_PLAIN, SCAN_SSE2, SCAN_AVX2, SCAN_AVX512 };

/* A record being read: what the fast ways need of a scanner. */
struct scan_pass {
	const char *end; /* of the record */
	int max_depth;
	struct scan_value *values;
	bool duplicate; /* a wanted key came again */
	bool escaped;   /* a wanted string has escapes */
	/* To be learnt from; NULL: nobody does. */
	struct shape_step *steps;
	size_t step_count;
};

struct scan_way {
	/* By the shapes: the last one that was followed; NULL: the record has none of them. */
	const struct shape *(*match)(struct scan_pass *, struct shapes *, str record);
	/* By its keys: values must be empty. */
	bool (*walk)(struct scan_pass *, const struct scan_node *root, str record);
};

extern const struct scan_way scan_sse2, scan_avx2, scan_avx512;

/* The best that this processor can do. */
enum scan_level scan_best(void);

/* For tests: never more than this from now on, and whether shapes are used. */
void scanner_limit(struct scanner *, enum scan_level most, bool shapes);

#endif
