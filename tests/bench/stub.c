/* stub.c - a model's server that costs nothing: one constant answer to whatever is POSTed.
 *
 * usage: stub [--latency ms]
 *
 * It prints its URL and serves until it is killed: HTTP/1.1 with keep-alive and pipelining,
 * bodies by content-length, which are read and dropped.  As the answers are all the same,
 * what a client is still to get is a number of bytes, and as the latency is, the answers
 * fall due in the order of the requests. */
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define CLIENTS 4096
#define QUEUE   65536
#define EVENTS  256
#define LARGE   ((size_t)1 << 20) /* a client waits for leave before it sends so much */
#define NS      INT64_C(1000000000)

struct client {
	size_t unsent;          /* bytes of answers */
	size_t body;            /* bytes still to come; in the head: how many it says */
	unsigned matched, ends; /* characters of the field's name; line ends in a row */
	unsigned visit;         /* who had this number before is another one */
	bool in_body, in_length;
};

struct answer {
	int fd;
	unsigned visit;
	int64_t at;
};

static const char content[] =
    "{\"id\":\"chatcmpl-0123456789abcdef\",\"object\":\"chat.completion\","
    "\"created\":1770000000,\"model\":\"stub-1\",\"choices\":[{\"index\":0,\"message\":"
    "{\"role\":\"assistant\",\"content\":\"The booking is moved to Friday morning.\","
    "\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":"
    "{\"prompt_tokens\":311,\"completion_tokens\":14,\"total_tokens\":325,"
    "\"prompt_tokens_details\":{\"cached_tokens\":128}},"
    "\"system_fingerprint\":\"fp_98f2f9d1\"}";
static char reply[1024], bytes[65536];
static size_t reply_len;
static int poll_fd, timer_fd, listen_fd;
static int64_t latency;
static struct client clients[CLIENTS]; /* by descriptor */
static struct answer queue[QUEUE];     /* a ring */
static size_t first, count;

static _Noreturn void
fail(const char *what)
{
	fprintf(stderr, "stub: %s: %s\n", what, strerror(errno));
	exit(4);
}

static int64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * NS + t.tv_nsec;
}

static void
watch(int fd, uint32_t events)
{
	struct epoll_event e = { .events = events, .data.fd = fd };

	if (epoll_ctl(poll_fd, EPOLL_CTL_ADD, fd, &e) != 0)
		fail("epoll_ctl");
}

static void
set_timer(int64_t at)
{
	struct itimerspec t = { .it_value = { at / NS, at % NS } };

	timerfd_settime(timer_fd, TFD_TIMER_ABSTIME, &t, NULL);
}

static void
flush(int fd)
{
	struct client *c = &clients[fd];

	while (c->unsent > 0) {
		size_t rest = (c->unsent - 1) % reply_len + 1; /* of the answer begun */
		ssize_t n =
		    send(fd, reply + reply_len - rest, rest, MSG_DONTWAIT | MSG_NOSIGNAL);
		if (n <= 0)
			return; /* an event will tell when, or that it is gone */
		c->unsent -= (size_t)n;
	}
}

static void
answer(int fd)
{
	if (latency == 0) {
		clients[fd].unsent += reply_len;
		return;
	}
	if (count == QUEUE)
		fail("too many requests at once");
	struct answer *a = &queue[(first + count) % QUEUE];
	*a = (struct answer){ fd, clients[fd].visit, now() + latency };
	if (count++ == 0)
		set_timer(a->at);
}

static void
on_timer(void)
{
	for (int64_t t = now(); count > 0 && queue[first].at <= t; count--) {
		struct answer a = queue[first];
		first = (first + 1) % QUEUE;
		if (clients[a.fd].visit != a.visit)
			continue;
		clients[a.fd].unsent += reply_len;
		flush(a.fd);
	}
	set_timer(count > 0 ? queue[first].at : 0);
}

/* One character of a head: is it the last? */
static bool
take_head(struct client *c, char byte)
{
	static const char name[] = "\ncontent-length:";

	if (c->in_length && isdigit((unsigned char)byte))
		c->body = c->body * 10 + (size_t)(byte - '0');
	else if (byte == '\n')
		c->in_length = false;
	if (tolower((unsigned char)byte) != name[c->matched])
		c->matched = byte == '\n';
	else if (++c->matched == sizeof name - 1) {
		c->in_length = true;
		c->matched = 0;
	}
	if (byte != '\r')
		c->ends = byte == '\n' ? c->ends + 1 : 0;
	return c->ends == 2;
}

static void
feed(int fd, const char *at, size_t n)
{
	static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
	struct client *c = &clients[fd];

	for (size_t i = 0; i < n;) {
		size_t skip = c->body < n - i ? c->body : n - i;
		if (c->in_body) {
			i += skip;
			c->body -= skip;
		} else {
			c->in_body = take_head(c, at[i++]);
			if (c->in_body && c->body >= LARGE && c->unsent == 0)
				send(fd, go_on, sizeof go_on - 1, MSG_NOSIGNAL);
		}
		if (c->in_body && c->body == 0) {
			answer(fd);
			*c = (struct client){ .visit = c->visit, .unsent = c->unsent };
		}
	}
}

static void
serve(int fd)
{
	ssize_t n;

	do { /* edge-triggered: a short read has emptied the socket */
		n = recv(fd, bytes, sizeof bytes, MSG_DONTWAIT);
		if (n == 0 || (n < 0 && errno != EAGAIN)) {
			close(fd);
			return;
		}
		if (n > 0)
			feed(fd, bytes, (size_t)n);
	} while (n == sizeof bytes);
	flush(fd);
}

static void
welcome(void)
{
	int fd;

	while ((fd = accept(listen_fd, NULL, NULL)) >= 0 && fd < CLIENTS) {
		clients[fd] = (struct client){ .visit = clients[fd].visit + 1 };
		watch(fd, EPOLLIN | EPOLLOUT | EPOLLET);
	}
	if (fd >= CLIENTS)
		close(fd);
}

static void
start(void)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
		.sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t size = sizeof a;

	reply_len = (size_t)snprintf(reply, sizeof reply,
	    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
	    "%zu\r\n\r\n%s",
	    sizeof content - 1, content);
	poll_fd = epoll_create1(EPOLL_CLOEXEC);
	timer_fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	listen_fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	setsockopt(listen_fd, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof(int));
	if (bind(listen_fd, (struct sockaddr *)&a, size) != 0 || listen(listen_fd, 1024) != 0 ||
	    getsockname(listen_fd, (struct sockaddr *)&a, &size) != 0)
		fail("127.0.0.1");
	watch(listen_fd, EPOLLIN);
	watch(timer_fd, EPOLLIN | EPOLLET);
	printf("http://127.0.0.1:%d\n", ntohs(a.sin_port));
	fflush(stdout);
}

int
main(int argc, char **argv)
{
	struct epoll_event events[EVENTS];

	if (argc == 3 && strcmp(argv[1], "--latency") == 0)
		latency = strtol(argv[2], NULL, 10) * (NS / 1000);
	start();
	for (;;) {
		int n = epoll_wait(poll_fd, events, EVENTS, -1);
		for (int i = 0; i < n; i++) {
			int fd = events[i].data.fd;
			if (fd == listen_fd)
				welcome();
			else if (fd == timer_fd)
				on_timer();
			else
				serve(fd);
		}
	}
}
