/* sse.h - an event stream (WHATWG HTML, server-sent events), however it is cut.
 *
 * Feed chunks as they arrive; take events until there is none.  Lines end in LF, CRLF or
 * CR; data lines of one event are joined with LF; comments are passed over; a leading
 * byte order mark too.  An event's slices are borrowed until the next call.  An
 * event that the end of input cuts off is given by sse_last() (the specification would
 * drop it).  A zeroed struct is a fresh stream. */
#ifndef SSE_H
#define SSE_H

#include "base/buf.h"

struct sse {
	struct buf pending; /* bytes of the event not yet complete */
	size_t start, looked;
	struct buf data, name;
	uint64_t bytes, events;
	bool begun;
};

struct sse_event {
	str name; /* empty: "message" */
	str data;
};

void sse_feed(struct sse *, str chunk);
bool sse_next(struct sse *, struct sse_event *);
bool sse_last(struct sse *, struct sse_event *);
void sse_free(struct sse *);

/* Do these bytes look like an event stream? */
bool sse_like(str body);

#endif
