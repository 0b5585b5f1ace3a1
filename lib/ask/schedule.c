/* schedule.c - many requests in flight, answers in order.
 *
 * A ring of jobs is the window: the head is the oldest not yet finished, so memory is
 * bounded by the window however many records there are.  A slow answer holds back what
 * is printed, never what is sent, until the window is full. */
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "ask/ask.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/recent.h"
#include "data/hash.h"

#define WINDOW 8    /* jobs kept for each one in flight */
#define BODIES 4096 /* bodies remembered that made a server fail */

struct schedule {
	const struct ask_options *o;
	const struct schedule_calls *calls;
	const struct target *target;
	struct budget *budget;
	struct journal *journal; /* NULL: none */
	struct recent *bodies;   /* sha256 of a body: retries it has cost in vain */
	struct loop *loop;
	struct http *http;
	struct job *ring;
	size_t room, head, count, started; /* started: of the count, how many were begun */
	int64_t flying, due;               /* due: to be sent again as soon as there is room */
	int64_t retries;
	const char *stopped;
	int64_t wake_at; /* when the earliest timer set here goes off; 0: there is none */
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

/* A server that fails over one body will do so again, for whichever call: --retries holds
 * for all calls with that body together, until one of them is answered. */
static bool
worth_another(struct schedule *s, const struct job *j, const struct http_result *r)
{
	if (j->attempts > s->o->retries)
		return false;
	if (r->error != NULL || r->status < 500)
		return true;
	uint32_t *vain = recent_put(s->bodies, j->out->sha256);
	return (int64_t)(*vain)++ < s->o->retries;
}

static void
forgive(struct schedule *s, const struct job *j)
{
	uint32_t *vain = recent_get(s->bodies, j->out->sha256);

	if (vain != NULL)
		*vain = 0;
}

static void
read_reply(struct schedule *s, struct job *j, const struct http_result *r)
{
	str body = target_mask(s->target, &j->arena, r->body);

	j->status = r->status;
	j->ttft_ms = r->ttft_ms;
	j->total_ms = r->total_ms;
	j->failed = retry_failed(r);
	j->out_of_funds = retry_funds(r);
	if (r->error != NULL)
		j->transport_error = target_mask(s->target, &j->arena, str_of(r->error));
	reply_read(
	    &j->arena, s->calls->raw ? NULL : j->out->dialect, r->status, body, &j->reply);
}

static void
landed(void *context, const struct http_result *r)
{
	struct job *j = context;
	struct schedule *s = j->schedule;
	int64_t wait = retry_wait(r, j->attempts);

	s->flying--;
	if (wait >= 0 && worth_another(s, j, r)) {
		budget_settle(s->budget, j);
		j->state = JOB_RESTING;
		loop_after(s->loop, wait, again, j);
		return;
	}
	read_reply(s, j, r);
	budget_settle(s->budget, j);
	s->calls->answered(s->calls->context, j);
	if (!j->failed)
		forgive(s, j);
	if (s->journal != NULL && !j->failed)
		journal_keep(s->journal, j);
	if (j->out_of_funds && s->stopped == NULL)
		s->stopped = "insufficient-quota";
	j->state = JOB_DONE;
}

static void
launch(struct schedule *s, struct job *j)
{
	struct arena scratch = { 0 };
	const char *lines[96];
	size_t n = 0;
	struct http_request q = {
		.url = j->out->url,
		.headers = lines,
		.body = j->out->body,
		.timeout_ms = (s->o->timeout + 999999) / 1000000,
		.max_body = (size_t)s->o->max_response,
	};

	for (const char *const *h = j->out->headers; *h != NULL && n < 94; h++)
		lines[n++] = *h;
	lines[n++] = arena_printf(&scratch, "idempotency-key: %.*s", STR_F(j->key)).at;
	lines[n] = NULL;
	if (s->journal != NULL && j->attempts == 0)
		journal_sent(s->journal, j);
	j->state = JOB_FLYING;
	s->retries += j->attempts > 0;
	j->attempts++;
	s->flying++;
	http_post(s->http, &q, landed, j);
	arena_free(&scratch);
}

static void
wake(void *context)
{
	struct schedule *s = context;

	s->wake_at = 0;
}

/* See to it that loop_once() comes back by then. */
static void
wake_after(struct schedule *s, int64_t ms)
{
	int64_t then = clock_ms() + ms;

	if (s->wake_at == 0 || then < s->wake_at) {
		s->wake_at = then;
		loop_after(s->loop, ms, wake, s);
	}
}

/* May one more attempt be sent now? */
static bool
may_send(struct schedule *s, struct job *j)
{
	int64_t pause = budget_pause(s->budget);

	if (s->flying >= s->o->concurrency || s->stopped != NULL)
		return false;
	if (pause > 0) {
		wake_after(s, pause);
		return false;
	}
	if (budget_take(s->budget, j))
		return true;
	if (s->flying == 0) /* else what is in flight may cost less than was reserved */
		s->stopped = budget_spent(s->budget);
	return false;
}

/* Take records in while there is room for them. */
static void
admit(struct schedule *s)
{
	while (!s->ended && s->stopped == NULL && s->count < s->room) {
		struct job *j = at(s, s->count);
		enum in_step step = s->calls->next(s->calls->context, j);
		s->ended = step == IN_END;
		s->waiting = step == IN_WAIT;
		if (step != IN_ONE)
			return;
		j->schedule = s;
		j->state = JOB_READY;
		if (j->out->skipped.len > 0) {
			s->calls->skipped(s->calls->context, j);
			j->state = JOB_DONE;
		} else if (s->journal != NULL && journal_find(s->journal, j)) {
			j->state = JOB_DONE;
		}
		s->count++;
	}
}

static void
send_ready(struct schedule *s)
{
	for (size_t i = 0; s->due > 0 && i < s->started; i++)
		if (at(s, i)->state == JOB_DUE) {
			if (!may_send(s, at(s, i)))
				return;
			s->due--;
			launch(s, at(s, i));
		}
	for (; s->started < s->count; s->started++) {
		struct job *j = at(s, s->started);
		if (j->state != JOB_READY)
			continue;
		if (!may_send(s, j))
			return;
		launch(s, j);
	}
}

/* Hand over the oldest and make its place free. */
static void
hand_over(struct schedule *s)
{
	struct job *j = at(s, 0);
	struct arena arena;

	s->calls->finish(s->calls->context, j);
	arena = j->arena;
	arena_reset(&arena);
	*j = (struct job){ .arena = arena };
	s->head = (s->head + 1) % s->room;
	s->count--;
	s->started -= s->started > 0;
}

static void
finish_done(struct schedule *s)
{
	while (s->count > 0 && s->started > 0 && at(s, 0)->state == JOB_DONE)
		hand_over(s);
}

/* Nothing more is to come: what is there and not yet answered stays so. */
static bool
over(const struct schedule *s)
{
	if (loop_signal(s->loop) != 0 || (s->ended && s->count == 0))
		return true;
	return s->stopped != NULL && s->flying == 0;
}

static void
run(struct schedule *s)
{
	for (;;) {
		admit(s);
		send_ready(s);
		finish_done(s);
		if (over(s))
			return;
		if (!s->ended && !s->waiting && s->stopped == NULL && s->count < s->room)
			continue;
		if (s->waiting && s->count < s->room && s->stopped == NULL) {
			int64_t ms = s->calls->wait_ms(s->calls->context);
			loop_wake_on(s->loop, s->calls->input_fd(s->calls->context));
			if (ms >= 0)
				wake_after(s, ms + 1);
		}
		err_flush();
		loop_once(s->loop);
	}
}

struct schedule_end
schedule_run(const struct ask_options *o, const struct schedule_calls *calls,
    const struct target *target, struct budget *budget, struct journal *journal)
{
	struct schedule s = { .o = o,
		.calls = calls,
		.target = target,
		.budget = budget,
		.journal = journal,
		.bodies = recent_new(sizeof(uint32_t), BODIES),
		.loop = loop_start() };

	s.http = http_start(s.loop, o->concurrency);
	s.room = (size_t)o->concurrency * WINDOW;
	s.ring = mem_new(s.room * sizeof *s.ring);
	run(&s);
	struct schedule_end end = { loop_signal(s.loop), s.stopped, budget_calls(budget),
		s.retries };
	while (s.count > 0) /* the unanswered ones are left out by finish */
		hand_over(&s);
	recent_free(s.bodies);
	if (end.signal != 0) /* transfers are still open: the program ends with them */
		return end;
	http_end(s.http);
	loop_end(s.loop);
	for (size_t i = 0; i < s.room; i++)
		arena_free(&s.ring[i].arena);
	free(s.ring);
	return end;
}

void
schedule_account(const struct schedule_end *end, int64_t resent, struct run *run)
{
	if (end->signal != 0)
		run->stopped = STR("interrupted");
	else if (end->stopped != NULL)
		run->stopped = str_of(end->stopped);
	run->attempts = end->attempts;
	run->retries = end->retries;
	run->resent = resent;
}

void
schedule_die_by(int number)
{
	err_flush();
	signal(number, SIG_DFL);
	raise(number);
	_exit(EXIT_SYSTEM);
}

str
job_key(struct job *j)
{
	str text = arena_printf(&j->arena, "%.*s\n%s\n%lld\n%.*s", (int)j->id.len, j->id.at,
	    j->baseline ? "baseline" : "candidate", (long long)j->sample,
	    (int)j->out->sha256.len, j->out->sha256.at);

	return (str){ hash_hex(&j->arena, text).at, 32 };
}
