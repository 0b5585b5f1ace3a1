/* specials.h - for count.c only: added tokens that are found in a text before all else. */
#ifndef SPECIALS_H
#define SPECIALS_H

#include "token/count.h"
#include "token/normal.h"

struct specials;

struct found {
	size_t start, end; /* with the white space that the token takes along */
	uint32_t id;
	bool control;
};

/* Those that are looked for in the text as it comes, or (normal) those in the normalized
 * text, which the normalizer makes what they are there.  NULL: none. */
struct specials *specials_new(
    const struct image *, enum special_mode, bool normal, struct normal *normalizer);
void specials_free(struct specials *);

/* The first from an offset on, the longest of those that start there. */
bool specials_find(const struct specials *, str text, size_t from, struct found *);

/* Does a cut between a letter, a space and a letter leave all of them whole? */
bool specials_local(const struct specials *);

#endif
