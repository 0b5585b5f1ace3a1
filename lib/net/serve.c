/* serve.c - a small HTTP/1.1 server. */
#include "net/serve.h"

#include <arpa/inet.h>
#include <errno.h>
#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"

struct serve {
	struct evhttp *http;
	serve_handler *handler;
	void *context;
	char url[96];
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

static void
on_request(struct evhttp_request *q, void *data)
{
	struct serve *s = data;
	struct evbuffer *in = evhttp_request_get_input_buffer(q);
	const struct evhttp_uri *uri = evhttp_request_get_evhttp_uri(q);
	size_t n = evbuffer_get_length(in);
	struct serve_request request = {
		.method = method_name(evhttp_request_get_command(q)),
		.path = str_of(uri != NULL ? evhttp_uri_get_path(uri) : NULL),
		.body = { n > 0 ? (const char *)evbuffer_pullup(in, -1) : "", n },
	};

	s->handler(s->context, (struct exchange *)q, &request);
}

static void
send_reply(struct evhttp_request *q, int status, const char *type, str body)
{
	struct evbuffer *out = evbuffer_new();

	if (out == NULL)
		die(EXIT_SYSTEM, "out of memory");
	evhttp_add_header(evhttp_request_get_output_headers(q), "Content-Type", type);
	evbuffer_add(out, body.at, body.len);
	evhttp_send_reply(q, status, NULL, out);
	evbuffer_free(out);
}

void
serve_json(struct exchange *x, int status, str body)
{
	send_reply((struct evhttp_request *)x, status, "application/json", body);
}

void
serve_events(struct exchange *x, str stream)
{
	struct evhttp_request *q = (struct evhttp_request *)x;
	struct evbuffer *chunk = evbuffer_new();

	if (chunk == NULL)
		die(EXIT_SYSTEM, "out of memory");
	evhttp_add_header(evhttp_request_get_output_headers(q), "Content-Type",
	    "text/event-stream; charset=utf-8");
	evhttp_add_header(evhttp_request_get_output_headers(q), "Cache-Control", "no-cache");
	evhttp_send_reply_start(q, HTTP_OK, "OK");
	while (stream.len > 0) {
		size_t n = str_search(stream, "\n\n");
		n = n < stream.len ? n + 2 : n;
		evbuffer_add(chunk, stream.at, n);
		evhttp_send_reply_chunk(q, chunk);
		stream = str_from(stream, n);
	}
	evbuffer_free(chunk);
	evhttp_send_reply_end(q);
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
	free(s);
}
