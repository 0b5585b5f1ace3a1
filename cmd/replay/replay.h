/* replay.h - one call on its way to another model and back. */
#ifndef REPLAY_H
#define REPLAY_H

#include "net/http.h"
#include "trace/reply.h"
#include "trace/trace.h"

struct options {
	const char *model, *base_url, *key_file, *system, *as;
	struct in_list set;
	int64_t concurrency, retries, timeout, max_response;
	struct in_options in;
};

/* A record and what became of it; everything lives in the job's own arena. */
struct job {
	struct arena arena;
	str record; /* as it was read */
	const struct dialect *dialect;
	str body, modified; /* what is sent; what was changed, as JSON elements */
	const char *url;
	const char *const *headers;
	str key;     /* that one of the headers carries */
	str skipped; /* why it is not sent; empty: it is */

	enum { JOB_READY, JOB_FLYING, JOB_RESTING, JOB_DUE, JOB_DONE } state;
	int64_t attempts, status;
	double ttft_ms, total_ms;
	struct reply reply;
	str transport_error;
	bool failed; /* no answer after all retries */
	struct schedule *schedule;
};

/* request.c: the body to be sent, and where to. */
struct target;
struct target *target_new(struct arena *, const struct options *);
void request_make(struct job *, struct in *, struct rec *, struct target *);

/* A server may repeat the key it was sent: in its answer it becomes asterisks. */
str request_mask(struct job *, str body); /* a copy in the job's arena */

/* retry.c: how long to wait before the next attempt, in ms; -1: this is the answer. */
int64_t retry_wait(const struct http_result *, int64_t attempt);
bool retry_failed(const struct http_result *); /* no answer: network, 408, 409, 429, 5xx */

/* schedule.c: a bounded window of jobs, many in flight, finished in order. */
struct schedule_calls {
	enum in_step (*next)(void *context, struct job *); /* fill a job from the input */
	void (*finish)(void *context, struct job *);       /* called in input order */
	int (*input_fd)(void *context);                    /* to wait on after IN_WAIT */
	void *context;
};
/* Returns 0 when all is done, or the signal that stopped it: what was not finished by then
 * is left out. */
int schedule_run(const struct options *, const struct schedule_calls *);

#endif
