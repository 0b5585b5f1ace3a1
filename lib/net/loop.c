/* loop.c - one event loop. */
#include "net/loop.h"

#include <event2/event.h>
#include <signal.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"

struct loop {
	struct event_base *base;
	struct event *interrupt, *terminate, *input;
	int input_fd, signal;
	struct later *laters; /* all that wait, so that they can be given back */
};

static void
on_signal(evutil_socket_t number, short what, void *data)
{
	struct loop *l = data;

	(void)what;
	l->signal = (int)number;
	event_base_loopbreak(l->base);
}

struct loop *
loop_start(void)
{
	struct loop *l = mem_new(sizeof *l);

	signal(SIGPIPE, SIG_IGN);
	l->base = event_base_new();
	if (l->base == NULL)
		die(EXIT_SYSTEM, "cannot make an event loop");
	l->input_fd = -1;
	l->interrupt = evsignal_new(l->base, SIGINT, on_signal, l);
	l->terminate = evsignal_new(l->base, SIGTERM, on_signal, l);
	event_add(l->interrupt, NULL);
	event_add(l->terminate, NULL);
	return l;
}

struct event_base *
loop_base(struct loop *l)
{
	return l->base;
}

void
loop_run(struct loop *l)
{
	event_base_dispatch(l->base);
}

void
loop_once(struct loop *l)
{
	event_base_loop(l->base, EVLOOP_ONCE);
}

void
loop_stop(struct loop *l)
{
	event_base_loopbreak(l->base);
}

struct later {
	struct event *timer;
	loop_call *call;
	void *context;
	struct later *next, **link;
};

static void
drop(struct later *later)
{
	*later->link = later->next;
	if (later->next != NULL)
		later->next->link = later->link;
	event_free(later->timer);
	free(later);
}

static void
fire(evutil_socket_t fd, short what, void *data)
{
	struct later *later = data;
	loop_call *call = later->call;
	void *context = later->context;

	(void)fd;
	(void)what;
	drop(later);
	call(context);
}

void
loop_after(struct loop *l, int64_t ms, loop_call *call, void *context)
{
	struct timeval wait = { ms / 1000, (ms % 1000) * 1000 };
	struct later *later = mem_new(sizeof *later);

	later->timer = evtimer_new(l->base, fire, later);
	if (later->timer == NULL)
		die(EXIT_SYSTEM, "out of memory");
	later->call = call;
	later->context = context;
	later->next = l->laters;
	later->link = &l->laters;
	if (l->laters != NULL)
		l->laters->link = &later->next;
	l->laters = later;
	evtimer_add(later->timer, &wait);
}

static void
readable(evutil_socket_t fd, short what, void *data)
{
	(void)fd;
	(void)what;
	(void)data;
}

void
loop_wake_on(struct loop *l, int fd)
{
	if (l->input != NULL && l->input_fd != fd) {
		event_free(l->input);
		l->input = NULL;
	}
	if (l->input == NULL)
		l->input = event_new(l->base, fd, EV_READ, readable, NULL);
	l->input_fd = fd;
	event_add(l->input, NULL);
}

int
loop_signal(const struct loop *l)
{
	return l->signal;
}

void
loop_end(struct loop *l)
{
	for (struct later *later = l->laters, *next; later != NULL; later = next) {
		next = later->next;
		drop(later);
	}
	event_free(l->interrupt);
	event_free(l->terminate);
	if (l->input != NULL)
		event_free(l->input);
	event_base_free(l->base);
	free(l);
}
