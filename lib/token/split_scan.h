/* split_scan.h - for split*.c only: the scanner's ground truth, and what a splitter is. */
#ifndef SPLIT_SCAN_H
#define SPLIT_SCAN_H

#include "token/split.h"

struct splitter {
	size_t (*next)(
	    const struct splitter *, str text, size_t *at, uint32_t *ends, size_t room);
	const struct scheme *scheme;
	const struct unicode *unicode;
	struct split_pcre *pcre;
};

/* The piece that starts at offset at: where it ends. */
size_t split_piece(const struct scheme *, const struct unicode *, str text, size_t at);

/* A contraction at offset at, its length or 0. */
size_t split_contraction(const struct scheme *, str text, size_t at);

/* The fast scanners; NULL where this machine has none, or way is SPLIT_SCALAR. */
typedef size_t split_function(
    const struct splitter *, str text, size_t *at, uint32_t *ends, size_t room);
split_function *split_fast(const struct scheme *, enum split_way);

void split_pcre_free(struct split_pcre *);

#endif
