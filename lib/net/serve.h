/* serve.h - a small HTTP/1.1 server (libevent's evhttp) on the loop.
 *
 * The handler is called with a whole request and answers it, once, before it returns:
 * with serve_json() or serve_events().  What it says first about the answer (a header, a
 * delay, a misfortune) holds for that answer, which is copied and may leave later. */
#ifndef SERVE_H
#define SERVE_H

#include "base/str.h"
#include "net/loop.h"

struct serve;
struct exchange; /* one request and its answer; not to be touched once answered */

struct serve_request {
	str method, path; /* path without query */
	str body;
};

typedef void serve_handler(void *context, struct exchange *, const struct serve_request *);

/* listen: "127.0.0.1:0", "[::1]:8080"; port 0 takes a free one.  Ends the program with
 * EXIT_USAGE or EXIT_SYSTEM when that cannot be. */
struct serve *serve_start(
    struct loop *, const char *listen, size_t max_body, serve_handler *, void *context);
const char *serve_url(const struct serve *); /* "http://127.0.0.1:41234" */
void serve_end(struct serve *);

str serve_header(const struct exchange *, const char *name); /* of the request; empty: none */

void serve_add_header(struct exchange *, const char *name, const char *value);
void serve_delay(struct exchange *, int64_t ms); /* before the first byte */
void serve_slow(struct exchange *, int64_t ms);  /* and before every further piece */
void serve_cut(struct exchange *);               /* half of the body, then the end of it */
void serve_reset(struct exchange *);             /* no answer: the connection is reset */

void serve_json(struct exchange *, int status, str body);
void serve_events(struct exchange *, str event_stream); /* chunk by chunk, event by event */

#endif
