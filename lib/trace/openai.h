/* openai.h - the two halves of the openai.chat dialect. */
#ifndef OPENAI_H
#define OPENAI_H

#include "trace/dialect.h"

/* Streams; see struct dialect. */
void openai_event(struct stream *, const struct doc *chunk);
void openai_finish(struct stream *);
void openai_render(struct buf *, const struct doc *response, bool usage);

#endif
