/* model.h - for piece.c only: a piece through the vocabulary's model. */
#ifndef MODEL_H
#define MODEL_H

#include "token/bpe.h"
#include "token/piece.h"

struct model;

struct model *model_new(const struct image *);
void model_free(struct model *);

/* May pieces be cut where no token crosses? */
bool model_cuts(const struct image *);
/* Does it add up scores over the whole text, so that no piece may be cached? */
bool model_sums(const struct image *);

void model_begin(struct model *, unsigned parts);
/* entire: nothing was cut off.  False: another role of the same text may count otherwise,
 * so it is not to be remembered. */
bool model_piece(struct model *, str piece, bool entire, struct sink *);

#endif
