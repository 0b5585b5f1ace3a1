/* http.c - HTTP requests, many at a time. */
#include "net/http.h"

#include <curl/curl.h>
#include <event2/event.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"

#define MAX_HEAD ((size_t)256 << 10)

struct http {
	struct loop *loop;
	CURLM *multi;
	struct event *timer;
};

struct transfer {
	CURL *easy;
	struct curl_slist *headers;
	struct buf body, head;
	size_t max_body;
	bool too_large, head_too_large;
	http_done *done;
	void *context;
	char why[CURL_ERROR_SIZE];
};

static void
finish(CURL *easy, CURLcode code)
{
	struct transfer *t;
	struct http_result r = { 0 };
	double first = 0, total = 0;
	long status = 0;

	curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&t);
	curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(easy, CURLINFO_STARTTRANSFER_TIME, &first);
	curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME, &total);
	r = (struct http_result){ status, buf_str(&t->body), buf_str(&t->head), first * 1000,
		total * 1000, NULL, t->too_large };
	if (t->too_large)
		r.error = "the response is larger than --max-response";
	else if (t->head_too_large)
		r.error = "the response header is larger than 256 KiB";
	else if (code != CURLE_OK)
		r.error = t->why[0] != '\0' ? t->why : curl_easy_strerror(code);
	t->done(t->context, &r);
	curl_slist_free_all(t->headers);
	buf_free(&t->body);
	buf_free(&t->head);
	free(t);
}

static void
collect(struct http *h)
{
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(h->multi, &left)) != NULL) {
		if (message->msg != CURLMSG_DONE)
			continue;
		CURL *easy = message->easy_handle;
		CURLcode code = message->data.result;
		curl_multi_remove_handle(h->multi, easy);
		finish(easy, code);
		curl_easy_cleanup(easy);
	}
}

static void
on_socket(evutil_socket_t fd, short what, void *data)
{
	struct http *h = data;
	int running,
	    action = (what & EV_READ ? CURL_CSELECT_IN : 0) |
	    (what & EV_WRITE ? CURL_CSELECT_OUT : 0);

	curl_multi_socket_action(h->multi, fd, action, &running);
	collect(h);
}

static void
on_timer(evutil_socket_t fd, short what, void *data)
{
	struct http *h = data;
	int running;

	(void)fd;
	(void)what;
	curl_multi_socket_action(h->multi, CURL_SOCKET_TIMEOUT, 0, &running);
	collect(h);
}

static int
watch(CURL *easy, curl_socket_t fd, int what, void *data, void *known)
{
	struct http *h = data;
	struct event *e = known;
	short events = (short)((what & CURL_POLL_IN ? EV_READ : 0) |
	    (what & CURL_POLL_OUT ? EV_WRITE : 0) | EV_PERSIST);

	(void)easy;
	if (e != NULL)
		event_free(e);
	if (what == CURL_POLL_REMOVE) {
		curl_multi_assign(h->multi, fd, NULL);
		return 0;
	}
	e = event_new(loop_base(h->loop), fd, events, on_socket, h);
	if (e == NULL)
		die(EXIT_SYSTEM, "out of memory");
	event_add(e, NULL);
	curl_multi_assign(h->multi, fd, e);
	return 0;
}

static int
set_timer(CURLM *multi, long ms, void *data)
{
	struct http *h = data;
	struct timeval wait = { ms / 1000, (ms % 1000) * 1000 };

	(void)multi;
	if (ms < 0)
		evtimer_del(h->timer);
	else
		evtimer_add(h->timer, &wait);
	return 0;
}

static size_t
take_body(char *bytes, size_t size, size_t count, void *data)
{
	struct transfer *t = data;
	size_t n = size * count;

	if (n > t->max_body || t->body.len > t->max_body - n) {
		t->too_large = true;
		return 0;
	}
	buf_add(&t->body, (str){ bytes, n });
	return n;
}

static size_t
take_head(char *bytes, size_t size, size_t count, void *data)
{
	struct transfer *t = data;
	size_t n = size * count;

	if (t->head.len + n > MAX_HEAD) {
		t->head_too_large = true;
		return 0;
	}
	buf_add(&t->head, (str){ bytes, n });
	return n;
}

struct http *
http_start(struct loop *loop, int64_t connections)
{
	struct http *h = mem_new(sizeof *h);

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0 ||
	    (h->multi = curl_multi_init()) == NULL)
		die(EXIT_SYSTEM, "cannot start libcurl");
	h->loop = loop;
	h->timer = evtimer_new(loop_base(loop), on_timer, h);
	curl_multi_setopt(h->multi, CURLMOPT_SOCKETFUNCTION, watch);
	curl_multi_setopt(h->multi, CURLMOPT_SOCKETDATA, h);
	curl_multi_setopt(h->multi, CURLMOPT_TIMERFUNCTION, set_timer);
	curl_multi_setopt(h->multi, CURLMOPT_TIMERDATA, h);
	curl_multi_setopt(h->multi, CURLMOPT_MAXCONNECTS, (long)connections + 4);
	curl_multi_setopt(h->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)connections);
	return h;
}

static void
restrict_protocols(CURL *easy)
{
#if LIBCURL_VERSION_NUM >= 0x075500
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
#else
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS);
#endif
}

void
http_post(struct http *h, const struct http_request *q, http_done *done, void *context)
{
	struct transfer *t = mem_new(sizeof *t);

	t->easy = curl_easy_init();
	if (t->easy == NULL)
		die(EXIT_SYSTEM, "out of memory");
	t->max_body = q->max_body;
	t->done = done;
	t->context = context;
	for (const char *const *line = q->headers; *line != NULL; line++)
		t->headers = curl_slist_append(t->headers, *line);
	restrict_protocols(t->easy);
	curl_easy_setopt(t->easy, CURLOPT_URL, q->url);
	curl_easy_setopt(t->easy, CURLOPT_PRIVATE, t);
	curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers);
	curl_easy_setopt(t->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)q->body.len);
	curl_easy_setopt(t->easy, CURLOPT_POSTFIELDS, q->body.at);
	curl_easy_setopt(t->easy, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(t->easy, CURLOPT_ACCEPT_ENCODING, "");
	curl_easy_setopt(t->easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(t->easy, CURLOPT_TIMEOUT_MS, (long)q->timeout_ms);
	curl_easy_setopt(t->easy, CURLOPT_CONNECTTIMEOUT_MS,
	    (long)(q->timeout_ms < 30000 ? q->timeout_ms : 30000));
	curl_easy_setopt(t->easy, CURLOPT_ERRORBUFFER, t->why);
	curl_easy_setopt(t->easy, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(t->easy, CURLOPT_WRITEDATA, t);
	curl_easy_setopt(t->easy, CURLOPT_HEADERFUNCTION, take_head);
	curl_easy_setopt(t->easy, CURLOPT_HEADERDATA, t);
	curl_multi_add_handle(h->multi, t->easy);
}

str
http_header(const struct http_result *r, const char *name)
{
	str rest = r->head, value = { 0 };
	size_t n = strlen(name);

	while (rest.len > 0) {
		str line = str_cut(&rest, '\n');
		if (line.len > n && line.at[n] == ':' && strncasecmp(line.at, name, n) == 0)
			value = str_trim(str_from(line, n + 1));
	}
	return value;
}

void
http_end(struct http *h)
{
	curl_multi_cleanup(h->multi);
	event_free(h->timer);
	curl_global_cleanup();
	free(h);
}
