/* reply.h - a response body, understood as far as it can be.
 *
 * Plain JSON, an event stream (put together to the plain form), or whatever else came:
 * what trace-capture reads from a log and what replay gets from a provider. */
#ifndef REPLY_H
#define REPLY_H

#include "trace/dialect.h"

struct reply {
	str json;   /* plain JSON without line ends; empty if there is none */
	str other;  /* the body when it is no JSON */
	str sha256; /* of the body as received */
	bool streamed, done_known, done;
	uint64_t events, bytes;
	struct answer answer;
	str error_type, error_message; /* empty: all is well */
};

/* dialect may be NULL; status 0 is unknown; body is kept in the arena as needed. */
void reply_read(
    struct arena *, const struct dialect *, int64_t status, str body, struct reply *);

/* "response" (or response_text, response_b64), response_sha256, stream, status, error,
 * usage, finish_reason: as members of an open object. */
void reply_emit(struct buf *, const struct reply *, int64_t status);

#endif
