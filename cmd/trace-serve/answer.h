/* answer.h - a recorded answer, or what there is to say instead, as the provider would. */
#ifndef ANSWER_H
#define ANSWER_H

#include "net/serve.h"
#include "shelf.h"

/* An error in the shape of this dialect; NULL: OpenAI's. */
void answer_error(struct exchange *, const struct dialect *, int status, str message);

/* Plain or as a stream, as the request wants it; a recording that failed or broke off is
 * not served as if it had not. */
void answer_book(
    struct exchange *, struct arena *, const struct book *, const struct doc *request);

/* The tokens that were recorded for the request. */
void answer_count(struct exchange *, const struct dialect *, const struct book *);

/* The list of models, in the shapes of both providers at once. */
void answer_models(const struct shelf *, struct buf *);

#endif
