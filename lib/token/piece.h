/* piece.h - for count.c only: pieces to tokens, by cache, cuts and model. */
#ifndef PIECE_H
#define PIECE_H

#include "token/count.h"

/* Where tokens go. */
struct sink {
	uint64_t count;
	struct ids *ids; /* NULL: only counted */
};

struct pieces;

struct pieces *pieces_new(const struct image *, bool slow);
void pieces_free(struct pieces *);

/* The next text begins. */
void pieces_begin(struct pieces *, unsigned parts);
/* Counts what was put off: before text that was handed in goes away. */
void pieces_flush(struct pieces *, struct sink *);
/* Is the text raw bytes that are no characters? */
void pieces_raw(struct pieces *, bool);

/* n pieces of a text that lies before SPLIT_PAD readable bytes (which stay until
 * pieces_flush()): the first starts at from, each ends at its ends[]. */
void pieces_run(struct pieces *, const char *text, size_t from, const uint32_t *ends, size_t n,
    struct sink *);
void pieces_one(struct pieces *, str piece, struct sink *);

void sink_id(struct sink *, uint32_t id); /* one token by the publisher's id */

#endif
