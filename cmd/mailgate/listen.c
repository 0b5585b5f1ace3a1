/* listen.c - the policy service for many connections: all questions that have come are decided
 * in one transaction, and wait for the disk together. */
#include <errno.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/listener.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/mem.h"
#include "net/loop.h"
#include "peer.h"

#define ROUNDS 12

struct connection {
	struct service *service;
	struct bufferevent *events;
	struct peer peer;
	struct connection *next, *before;
	str question;
	bool asks, ends;
};

struct service {
	struct session *s;
	struct loop *loop;
	struct event *judge; /* when all that has come is read */
	size_t count, asked; /* connections; of them, who asked when they were counted last */
	int rounds;          /* that were waited for more */
	struct connection *all;
};

/* In the next round of the loop: what has come until then is decided together. */
static void
judge_soon(struct service *v)
{
	if (!event_pending(v->judge, EV_TIMEOUT, NULL))
		event_add(v->judge, &(struct timeval){ 0 });
}

static void
drop(struct connection *c)
{
	c->service->count--;
	if (c->before != NULL)
		c->before->next = c->next;
	else
		c->service->all = c->next;
	if (c->next != NULL)
		c->next->before = c->before;
	bufferevent_free(c->events);
	peer_free(&c->peer);
	free(c);
}

static void
refuse(struct connection *c, const char *why)
{
	warn("a question: %s", why);
	c->asks = false;
	c->ends = true;
}

/* The answers, or nothing at all: then the other side does what default_action says.  True:
 * somebody has asked once more already. */
static bool
answer_all(struct service *v, bool committed)
{
	const char *why;
	bool more = false;

	for (struct connection *c = v->all, *next; c != NULL; c = next) {
		next = c->next;
		if (c->ends || (c->asks && !committed)) {
			drop(c);
			continue;
		}
		if (!c->asks)
			continue;
		struct evbuffer *out = bufferevent_get_output(c->events);
		evbuffer_add_printf(
		    out, "action=%.*s\n\n", (int)c->peer.action.len, c->peer.action.at);
		peer_next(&c->peer, c->question.len);
		c->asks = false;
		more = more || peer_ready(&c->peer, &c->question, &why);
	}
	return more;
}

static size_t
find_questions(struct service *v)
{
	const char *why;
	size_t n = 0;

	for (struct connection *c = v->all; c != NULL; c = c->next) {
		c->asks = !c->ends && peer_ready(&c->peer, &c->question, &why);
		if (!c->ends && why != NULL)
			refuse(c, why);
		n += c->asks || c->ends;
	}
	return n;
}

/* A commit costs the same for one as for all: while more keep coming, a few rounds of the loop
 * are waited for them, microseconds. */
static bool
more_come(struct service *v, size_t asked)
{
	bool more =
	    asked < v->count && v->rounds < ROUNDS && (asked > v->asked || v->rounds < 2);

	v->rounds = more ? v->rounds + 1 : 0;
	v->asked = more ? asked : 0;
	if (more)
		sched_yield();
	return more;
}

static void
judge_all(evutil_socket_t fd, short what, void *context)
{
	struct service *v = context;
	struct session *s = v->s;
	const char *why, *trouble;

	(void)fd;
	(void)what;
	if (more_come(v, find_questions(v))) {
		judge_soon(v);
		return;
	}
	trouble = session_begin(s);
	for (struct connection *c = v->all; c != NULL && trouble == NULL; c = c->next) {
		if (c->ends)
			peer_gone(s, &c->peer);
		else if (c->asks && !peer_judge(s, &c->peer, c->question, &why))
			refuse(c, why);
	}
	if (trouble != NULL)
		warn("%s", trouble);
	else
		trouble = session_commit(s);
	if (answer_all(v, trouble == NULL))
		judge_soon(v);
}

static void
read_some(struct bufferevent *events, void *context)
{
	struct connection *c = context;
	struct evbuffer *in = bufferevent_get_input(events);
	size_t n = evbuffer_get_length(in);

	buf_reserve(&c->peer.in, n);
	evbuffer_remove(in, c->peer.in.at + c->peer.in.len, n);
	c->peer.in.len += n;
	judge_soon(c->service);
}

static void
ended(struct bufferevent *events, short what, void *context)
{
	struct connection *c = context;

	(void)events;
	if ((what & (BEV_EVENT_EOF | BEV_EVENT_ERROR)) == 0)
		return;
	c->ends = true;
	judge_soon(c->service);
}

static void
connected(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *from, int len,
    void *context)
{
	struct service *v = context;
	struct connection *c = mem_new(sizeof *c);

	(void)listener;
	(void)from;
	(void)len;
	c->service = v;
	c->next = v->all;
	v->count++;
	if (v->all != NULL)
		v->all->before = c;
	v->all = c;
	c->events = bufferevent_socket_new(loop_base(v->loop), fd, BEV_OPT_CLOSE_ON_FREE);
	if (c->events == NULL)
		die(EXIT_SYSTEM, "out of memory");
	bufferevent_setcb(c->events, read_some, NULL, ended, c);
	bufferevent_enable(c->events, EV_READ | EV_WRITE);
}

static struct evconnlistener *
listen_at(struct service *v, const struct sockaddr *at, size_t len)
{
	return evconnlistener_new_bind(loop_base(v->loop), connected, v,
	    LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC | LEV_OPT_REUSEABLE, 128, at,
	    (int)len);
}

/* A socket that nobody listens at any more gives way. */
static void
remove_dead(const struct sockaddr_un *at)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd >= 0 && connect(fd, (const struct sockaddr *)at, sizeof *at) != 0 &&
	    errno == ECONNREFUSED)
		unlink(at->sun_path);
	if (fd >= 0)
		close(fd);
}

static struct evconnlistener *
open_listener(struct service *v, const char *where)
{
	struct sockaddr_un path = { .sun_family = AF_UNIX };
	struct sockaddr_storage at;
	int len = sizeof at;

	if (strncmp(where, "unix:", 5) == 0) {
		if (strlen(where + 5) >= sizeof path.sun_path || where[5] == '\0')
			die(EXIT_USAGE, "--listen: '%s' is too long a path, or none", where);
		memcpy(path.sun_path, where + 5, strlen(where + 5) + 1);
		remove_dead(&path);
		return listen_at(v, (struct sockaddr *)&path, sizeof path);
	}
	if (evutil_parse_sockaddr_port(where, (struct sockaddr *)&at, &len) != 0)
		die(EXIT_USAGE, "--listen: '%s' is neither unix:path nor address:port", where);
	return listen_at(v, (struct sockaddr *)&at, (size_t)len);
}

int
run_listen(struct session *s, const char *where)
{
	struct service v = { .s = s, .loop = loop_start() };
	struct evconnlistener *listener = open_listener(&v, where);

	if (listener == NULL)
		die(EXIT_SYSTEM, "--listen: %s: %s", where, strerror(errno));
	v.judge = evtimer_new(loop_base(v.loop), judge_all, &v);
	loop_run(v.loop);
	evconnlistener_free(listener);
	for (struct connection *c = v.all; c != NULL; c = c->next)
		c->ends = true;
	v.rounds = ROUNDS;
	if (v.all != NULL)
		judge_all(-1, 0, &v);
	event_free(v.judge);
	loop_end(v.loop);
	if (strncmp(where, "unix:", 5) == 0)
		unlink(where + 5);
	return s->status;
}
