/* serve.c - a small HTTP/1.1 server. */
#include "net/serve.h"

#include <arpa/inet.h>
#include <errno.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/http.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"

struct serve {
	struct evhttp *http;
	struct loop *loop;
	serve_handler *handler;
	void *context;
	struct exchange *exchanges; /* not yet answered in full */
	char url[96];
};

struct exchange {
	struct serve *serve;
	struct evhttp_request *q; /* NULL: the client has gone */
	struct exchange *next, **link;
	struct buf body; /* of the answer */
	size_t sent;
	int status;
	bool events, cut;
	int64_t delay_ms, gap_ms;
};

static str
method_name(enum evhttp_cmd_type type)
{
	switch (type) {
	case EVHTTP_REQ_POST: return STR("POST");
	case EVHTTP_REQ_GET: return STR("GET");
	case EVHTTP_REQ_HEAD: return STR("HEAD");
	case EVHTTP_REQ_PUT:
	case EVHTTP_REQ_DELETE:
	case EVHTTP_REQ_OPTIONS:
	case EVHTTP_REQ_TRACE:
	case EVHTTP_REQ_CONNECT:
	case EVHTTP_REQ_PATCH: break;
	}
	return STR("other");
}

static struct exchange *
exchange_new(struct serve *s, struct evhttp_request *q)
{
	struct exchange *x = mem_new(sizeof *x);

	*x = (struct exchange){
		.serve = s, .q = q, .next = s->exchanges, .link = &s->exchanges
	};
	if (x->next != NULL)
		x->next->link = &x->next;
	s->exchanges = x;
	return x;
}

static void
exchange_free(struct exchange *x)
{
	*x->link = x->next;
	if (x->next != NULL)
		x->next->link = x->link;
	buf_free(&x->body);
	free(x);
}

static struct evhttp_connection *
watched(struct exchange *x, void (*closed)(struct evhttp_connection *, void *))
{
	struct evhttp_connection *c = evhttp_request_get_connection(x->q);

	evhttp_connection_set_closecb(c, closed, x);
	return c;
}

/* The connection is gone, and with it the request; unless libevent has cut it loose first,
 * since its answer was begun: then it is ours to give back. */
static void
on_close(struct evhttp_connection *c, void *data)
{
	struct exchange *x = data;

	(void)c;
	if (evhttp_request_get_connection(x->q) == NULL)
		evhttp_send_reply_end(x->q);
	x->q = NULL;
}

static void
on_request(struct evhttp_request *q, void *data)
{
	struct serve *s = data;
	struct exchange *x = exchange_new(s, q);
	struct evbuffer *in = evhttp_request_get_input_buffer(q);
	const struct evhttp_uri *uri = evhttp_request_get_evhttp_uri(q);
	size_t n = evbuffer_get_length(in);
	struct serve_request request = {
		.method = method_name(evhttp_request_get_command(q)),
		.path = str_of(uri != NULL ? evhttp_uri_get_path(uri) : NULL),
		.body = { n > 0 ? (const char *)evbuffer_pullup(in, -1) : "", n },
	};

	watched(x, on_close);
	s->handler(s->context, x, &request);
}

str
serve_header(const struct exchange *x, const char *name)
{
	return str_of(evhttp_find_header(evhttp_request_get_input_headers(x->q), name));
}

void
serve_add_header(struct exchange *x, const char *name, const char *value)
{
	evhttp_add_header(evhttp_request_get_output_headers(x->q), name, value);
}

void
serve_delay(struct exchange *x, int64_t ms)
{
	x->delay_ms = ms;
}

void
serve_slow(struct exchange *x, int64_t ms)
{
	x->gap_ms = ms;
}

void
serve_cut(struct exchange *x)
{
	x->cut = true;
}

static void
hang_up(void *data)
{
	struct exchange *x = data;

	if (x->q != NULL)
		evhttp_connection_free(watched(x, NULL));
	exchange_free(x);
}

/* Close so that the other side sees a reset, not an end. */
static void
reset(void *data)
{
	struct exchange *x = data;
	const struct sockaddr nobody = { .sa_family = AF_UNSPEC };

	if (x->q != NULL) {
		struct bufferevent *b =
		    evhttp_connection_get_bufferevent(evhttp_request_get_connection(x->q));
		/* Dissolves the connection with a reset (tcp(7)); closing would first say
		 * goodbye. */
		if (connect(bufferevent_getfd(b), &nobody, sizeof nobody) != 0)
			warn("cannot reset a connection: %s", strerror(errno));
	}
	hang_up(x);
}

void
serve_reset(struct exchange *x)
{
	loop_after(x->serve->loop, x->delay_ms, reset, x);
}

static void
on_cut(struct evhttp_connection *c, void *data)
{
	(void)c;
	loop_after(((struct exchange *)data)->serve->loop, 0, hang_up, data);
}

/* The next piece: an event, or a tenth of a plain body where it is sent slowly. */
static size_t
piece_length(const struct exchange *x)
{
	str rest = str_from(buf_str(&x->body), x->sent);

	if (x->events) {
		size_t n = str_search(rest, "\n\n");
		return n < rest.len ? n + 2 : n;
	}
	return x->gap_ms > 0 && rest.len > x->body.len / 10 ? x->body.len / 10 + 1 : rest.len;
}

static void
send_pieces(void *data)
{
	struct exchange *x = data;
	size_t end = x->cut ? x->body.len / 2 : x->body.len;
	struct evbuffer *chunk = evbuffer_new();

	if (chunk == NULL)
		die(EXIT_SYSTEM, "out of memory");
	while (x->q != NULL && x->sent < end) {
		size_t n = piece_length(x);
		n = n > end - x->sent ? end - x->sent : n;
		evbuffer_add(chunk, x->body.at + x->sent, n);
		x->sent += n;
		bool last_of_cut = x->cut && x->sent == end;
		evhttp_send_reply_chunk_with_cb(x->q, chunk, last_of_cut ? on_cut : NULL, x);
		if (last_of_cut || x->gap_ms > 0)
			break;
	}
	evbuffer_free(chunk);
	if (x->q != NULL && x->sent < end) {
		loop_after(x->serve->loop, x->gap_ms, send_pieces, x);
	} else if (x->q == NULL || end == 0) {
		hang_up(x);
	} else if (!x->cut) {
		watched(x, NULL);
		evhttp_send_reply_end(x->q);
		exchange_free(x);
	}
}

static void
send_whole(struct exchange *x)
{
	struct evbuffer *out = evbuffer_new();

	if (out == NULL)
		die(EXIT_SYSTEM, "out of memory");
	evbuffer_add(out, x->body.at, x->body.len);
	watched(x, NULL);
	evhttp_send_reply(x->q, x->status, NULL, out);
	evbuffer_free(out);
	exchange_free(x);
}

static void
respond(void *data)
{
	struct exchange *x = data;
	char length[24];

	if (x->q == NULL) {
		exchange_free(x);
		return;
	}
	serve_add_header(x, "Content-Type",
	    x->events ? "text/event-stream; charset=utf-8" : "application/json");
	if (x->events)
		serve_add_header(x, "Cache-Control", "no-cache");
	if (!x->events && !x->cut && x->gap_ms == 0) {
		send_whole(x);
		return;
	}
	snprintf(length, sizeof length, "%zu", x->body.len);
	if (!x->events)
		serve_add_header(x, "Content-Length", length);
	evhttp_send_reply_start(x->q, x->status, NULL);
	if (x->gap_ms > 0)
		loop_after(x->serve->loop, x->gap_ms, send_pieces, x);
	else
		send_pieces(x);
}

static void
answer(struct exchange *x, int status, bool events, str body)
{
	x->status = status;
	x->events = events;
	buf_add(&x->body, body);
	if (x->delay_ms > 0)
		loop_after(x->serve->loop, x->delay_ms, respond, x);
	else
		respond(x);
}

void
serve_json(struct exchange *x, int status, str body)
{
	answer(x, status, false, body);
}

void
serve_events(struct exchange *x, str stream)
{
	answer(x, HTTP_OK, true, stream);
}

static void
name_url(struct serve *s, evutil_socket_t fd, const char *host)
{
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} address = { .v6 = { 0 } };
	socklen_t size = sizeof address;
	unsigned port = 0;

	if (getsockname(fd, &address.any, &size) == 0)
		port = ntohs(address.any.sa_family == AF_INET6 ? address.v6.sin6_port :
								 address.v4.sin_port);
	snprintf(s->url, sizeof s->url, strchr(host, ':') ? "http://[%s]:%u" : "http://%s:%u",
	    host, port);
}

struct serve *
serve_start(struct loop *loop, const char *listen, size_t max_body, serve_handler *handler,
    void *context)
{
	struct serve *s = mem_new(sizeof *s);
	const char *colon = strrchr(listen, ':');
	char host[64];
	int64_t port;
	size_t n = colon != NULL ? (size_t)(colon - listen) : sizeof host;

	s->http = evhttp_new(loop_base(loop));
	if (s->http == NULL)
		die(EXIT_SYSTEM, "out of memory");
	if (n >= sizeof host || !str_int(str_of(colon + 1), &port) || port < 0 || port > 65535)
		die(EXIT_USAGE, "--listen: '%s' is not HOST:PORT", listen);
	bool brackets = listen[0] == '[' && n > 1 && listen[n - 1] == ']';
	snprintf(host, sizeof host, "%.*s", (int)(n - (brackets ? 2 : 0)), listen + brackets);
	s->loop = loop;
	s->handler = handler;
	s->context = context;
	evhttp_set_allowed_methods(s->http, EVHTTP_REQ_GET | EVHTTP_REQ_POST | EVHTTP_REQ_HEAD);
	evhttp_set_max_body_size(s->http, (ev_ssize_t)max_body);
	evhttp_set_max_headers_size(s->http, 65536);
	evhttp_set_timeout(s->http, 300);
	evhttp_set_gencb(s->http, on_request, s);
	struct evhttp_bound_socket *bound =
	    evhttp_bind_socket_with_handle(s->http, host, (ev_uint16_t)port);
	if (bound == NULL)
		die(EXIT_SYSTEM, "--listen: %s: %s", listen, strerror(errno));
	name_url(s, evhttp_bound_socket_get_fd(bound), host);
	return s;
}

const char *
serve_url(const struct serve *s)
{
	return s->url;
}

void
serve_end(struct serve *s)
{
	evhttp_free(s->http);
	for (struct exchange *x = s->exchanges, *next; x != NULL; x = next) {
		next = x->next;
		exchange_free(x);
	}
	free(s);
}
