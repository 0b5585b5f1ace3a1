/* http.h - HTTP requests, many at a time (libcurl's multi interface on the loop).
 *
 * Redirects are not followed, only http and https are spoken, and a response body larger
 * than max_body or slower than the timeout ends the request.  There is no retry here:
 * whether and when is the caller's knowledge. */
#ifndef HTTP_H
#define HTTP_H

#include "base/arena.h"
#include "net/loop.h"

struct http;

struct http_request {
	const char *url;
	const char *const *headers; /* "name: value", ends in NULL; copied */
	str body;                   /* POSTed; borrowed until done is called */
	int64_t timeout_ms;
	size_t max_body;
};

struct http_result {
	int64_t status; /* 0: there was no response */
	str body;       /* borrowed during the call of done */
	str head;       /* header lines */
	double ttft_ms, total_ms;
	const char *error; /* the transport failed: why; NULL: it did not */
	bool too_large;    /* that is why: max_body was reached */
};

typedef void http_done(void *context, const struct http_result *);

struct http *http_start(struct loop *, int64_t connections);
void http_post(struct http *, const struct http_request *, http_done *, void *context);
void http_end(struct http *);

/* The value of a response header, empty if there is none. */
str http_header(const struct http_result *, const char *name);

#endif
