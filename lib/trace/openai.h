/* openai.h - the halves of the OpenAI dialects, and what the two of them share. */
#ifndef OPENAI_H
#define OPENAI_H

#include "trace/dialect.h"

/* Chat as a stream; see struct dialect. */
void openai_event(struct stream *, const struct doc *chunk);
void openai_finish(struct stream *);
void openai_render(struct buf *, const struct doc *response, bool usage);

/* Responses as a stream. */
void responses_event(struct stream *, const struct doc *event);
void responses_finish(struct stream *);
void responses_render(struct buf *, const struct doc *response, bool usage);

/* {"error":{"message","type","param","code"}} */
void openai_complain(struct buf *, int status, str message);

#endif
