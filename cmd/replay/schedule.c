/* schedule.c - many requests in flight, answers in order.
 *
 * A ring of jobs is the window: the head is the oldest not yet finished, so memory is
 * bounded by the window however many records there are.  A slow answer holds back what
 * is printed, never what is sent, until the window is full. */
#include <stdlib.h>

#include "base/mem.h"
#include "replay.h"

#define WINDOW 8 /* jobs kept for each one in flight */

struct schedule {
	const struct options *o;
	const struct schedule_calls *calls;
	struct loop *loop;
	struct http *http;
	struct job *ring;
	size_t room, head, count, started; /* started: of the count, how many were begun */
	int64_t flying, due;               /* due: to be sent again as soon as there is room */
	bool ended, waiting;
};

static struct job *
at(struct schedule *s, size_t n)
{
	return &s->ring[(s->head + n) % s->room];
}

/* The wait is over: the job takes its turn before new ones. */
static void
again(void *context)
{
	struct job *j = context;

	j->state = JOB_DUE;
	j->schedule->due++;
}

static void
landed(void *context, const struct http_result *r)
{
	struct job *j = context;
	struct schedule *s = j->schedule;
	int64_t wait = retry_wait(r, j->attempts);

	s->flying--;
	if (wait >= 0 && j->attempts <= s->o->retries) {
		j->state = JOB_RESTING;
		loop_after(s->loop, wait, again, j);
		return;
	}
	j->status = r->status;
	j->ttft_ms = r->ttft_ms;
	j->total_ms = r->total_ms;
	j->failed = retry_failed(r);
	if (r->error != NULL)
		j->transport_error = arena_keep(&j->arena, str_of(r->error));
	str body = request_mask(j, r->body);
	reply_read(&j->arena, j->dialect, r->status, body, &j->reply);
	j->state = JOB_DONE;
}

static void
launch(struct schedule *s, struct job *j)
{
	struct http_request q = {
		.url = j->url,
		.headers = j->headers,
		.body = j->body,
		.timeout_ms = (s->o->timeout + 999999) / 1000000,
		.max_body = (size_t)s->o->max_response,
	};

	j->state = JOB_FLYING;
	j->attempts++;
	s->flying++;
	http_post(s->http, &q, landed, j);
}

/* Take records in while there is room for them. */
static void
admit(struct schedule *s)
{
	while (!s->ended && s->count < s->room) {
		struct job *j = at(s, s->count);
		enum in_step step = s->calls->next(s->calls->context, j);
		s->ended = step == IN_END;
		s->waiting = step == IN_WAIT;
		if (step != IN_ONE)
			return;
		j->schedule = s;
		j->state = j->skipped.len > 0 ? JOB_DONE : JOB_READY;
		s->count++;
	}
}

static void
send_ready(struct schedule *s)
{
	for (size_t i = 0; s->due > 0 && i < s->started && s->flying < s->o->concurrency; i++)
		if (at(s, i)->state == JOB_DUE) {
			s->due--;
			launch(s, at(s, i));
		}
	for (; s->started < s->count && s->flying < s->o->concurrency; s->started++) {
		struct job *j = at(s, s->started);
		if (j->state == JOB_READY)
			launch(s, j);
	}
}

static void
finish_done(struct schedule *s)
{
	while (s->count > 0 && s->started > 0 && at(s, 0)->state == JOB_DONE) {
		struct job *j = at(s, 0);
		s->calls->finish(s->calls->context, j);
		struct arena arena = j->arena;
		arena_reset(&arena);
		*j = (struct job){ .arena = arena };
		s->head = (s->head + 1) % s->room;
		s->count--;
		s->started--;
	}
}

int
schedule_run(const struct options *o, const struct schedule_calls *calls)
{
	struct schedule s = { .o = o, .calls = calls, .loop = loop_start() };

	s.http = http_start(s.loop, o->concurrency);
	s.room = (size_t)o->concurrency * WINDOW;
	s.ring = mem_new(s.room * sizeof *s.ring);
	for (;;) {
		admit(&s);
		send_ready(&s);
		finish_done(&s);
		if ((s.ended && s.count == 0) || loop_signal(s.loop) != 0)
			break;
		if (!s.ended && !s.waiting && s.count < s.room)
			continue;
		if (s.waiting && s.count < s.room)
			loop_wake_on(s.loop, calls->input_fd(calls->context));
		err_flush();
		loop_once(s.loop);
	}
	int signal = loop_signal(s.loop);
	if (signal != 0) /* transfers are still open: the program ends with them */
		return signal;
	http_end(s.http);
	loop_end(s.loop);
	for (size_t i = 0; i < s.room; i++)
		arena_free(&s.ring[i].arena);
	free(s.ring);
	return 0;
}
