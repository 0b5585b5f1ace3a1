/* replay.h - recorded calls on their way to a model and back.
 *
 * A source is a record that was read; it makes one or more jobs, each of which is one call:
 * a sample of the candidate (--repeat) or of the old model (--baseline).  Jobs are numbered
 * from 0 in the order in which they are made, which depends on nothing but the input. */
#ifndef REPLAY_H
#define REPLAY_H

#include "net/http.h"
#include "trace/models.h"
#include "trace/reply.h"
#include "trace/trace.h"

enum { STREAM_RECORDED, STREAM_ON, STREAM_OFF };
enum { EMIT_NONE, EMIT_OPENAI, EMIT_ANTHROPIC };

struct options {
	const char *model, *api, *models, *base_url, *key_file, *system, *as;
	struct in_list set, header;
	int64_t concurrency, retries, timeout, max_response;
	int64_t repeat, baseline, max_calls, max_tokens;
	const char *rate, *journal, *collect;
	int stream, emit, format;
	bool count, plan;
	struct in_options in;
};

/* A request as it will be sent; lives in its source. */
struct outgoing {
	const struct dialect *dialect;
	str model; /* requested */
	str body, sha256;
	str modified, translation; /* elements of the arrays */
	const char *url;
	const char *const *headers;
	str skipped; /* why it is not sent; empty: it is */
	bool made;
};

/* A record that was read, with what is needed of it. */
struct source {
	struct arena arena;
	size_t jobs; /* that still need it */
	str record, id, session, parent, request, request_sha256, line_sha256, headers;
	str replayable, gaps, requested;
	int64_t request_bytes, status, attempt, input_tokens, output_tokens;
	bool failed; /* the recorded attempt brought no answer */
	bool edited; /* the body is not the one that was captured */
	const struct dialect *dialect;
	struct outgoing candidate, baseline;
	struct source *next; /* while unused */
};

struct job {
	struct arena arena;
	struct source *source;
	struct outgoing *out;
	bool baseline;
	int64_t sample, number;
	str key; /* Idempotency-Key, and custom_id of a batch */

	enum { JOB_READY, JOB_FLYING, JOB_RESTING, JOB_DUE, JOB_DONE } state;
	int64_t attempts, status, reserved;
	double ttft_ms, total_ms;
	struct reply reply;
	str transport_error;
	bool failed;       /* no answer after all retries */
	bool out_of_funds; /* the provider says that there is no money left */
	str answer;        /* as JSON: what is written and journaled */
	struct schedule *schedule;
};

/* target.c: where requests go, with which keys, in which dialect. */
struct target;
struct target *target_new(struct arena *, const struct options *);
void target_make(struct target *, struct source *, struct outgoing *, bool baseline);
/* A server may repeat a secret it was sent: in its answer it becomes asterisks.  A copy. */
str target_mask(const struct target *, struct arena *, str body);
void target_check_key(str key, const char *from); /* dies if it has several lines */

/* request.c: the body as the model gets it. */
struct changes;
struct changes *changes_new(struct arena *, const struct options *);
void request_make(struct source *, struct outgoing *, const struct changes *,
    const struct models *, const struct dialect *to, str model, bool baseline);

/* calls.c: from records to jobs. */
struct calls;
extern const char *const calls_fields[]; /* for in_open() */
struct calls *calls_new(struct in *, struct target *, const struct options *);
enum in_step calls_next(struct calls *, struct job *);
void calls_done(struct calls *, struct job *); /* the job needs its source no more */
int64_t calls_waiting(const struct calls *);   /* ms until it goes on unasked; -1: never */
const struct run *calls_inherited(const struct calls *);
void calls_free(struct calls *);

/* answer.c: what came back, as the candidate of the record. */
void answer_skipped(struct job *, str why);
void answer_write(struct job *, bool count); /* fills job->answer */

/* retry.c: how long to wait before the next attempt, in ms; -1: this is the answer. */
int64_t retry_wait(const struct http_result *, int64_t attempt);
bool retry_failed(const struct http_result *); /* no answer: network, 408, 409, 429, 5xx */
bool retry_funds(const struct http_result *);  /* no money is left */

/* budget.c: how many calls and tokens may still be spent, and how fast. */
struct budget;
struct budget *budget_new(struct arena *, const struct options *);
bool budget_take(struct budget *, struct job *);   /* reserve for one attempt */
void budget_settle(struct budget *, struct job *); /* it is over: what it really took */
const char *budget_spent(const struct budget *);   /* which limit is in the way */
int64_t budget_pause(struct budget *);             /* ms until the rate allows one more */
int64_t budget_calls(const struct budget *);       /* attempts so far */

/* journal.c: answers that survive the program. */
struct journal;
struct journal *journal_open(const struct options *); /* dies when it cannot be */
bool journal_find(struct journal *, struct job *);    /* its answer, if it is there */
void journal_sent(struct journal *, const struct job *);
void journal_keep(struct journal *, const struct job *);
int64_t journal_resent(const struct journal *);
bool journal_close(struct journal *); /* false: it holds answers to other calls */

/* batch.c: the batch APIs' files instead of calls. */
struct batch;
void batch_emit(const struct options *, const struct job *); /* and in the end: */
void batch_emit_end(const struct options *);
struct batch *batch_collect(const struct options *);
bool batch_find(struct batch *, struct job *); /* fills the job's reply */
void batch_free(struct batch *);

/* plan.c: what would be sent. */
struct plan;
struct plan *plan_new(void);
void plan_add(struct plan *, const struct job *);
void plan_report(const struct plan *, const struct options *);
void plan_free(struct plan *);

/* schedule.c: a bounded window of jobs, many in flight, finished in order. */
struct schedule_calls {
	enum in_step (*next)(void *context, struct job *); /* fill a job from the input */
	void (*finish)(void *context, struct job *);       /* called in input order */
	int (*input_fd)(void *context);                    /* to wait on after IN_WAIT */
	int64_t (*wait_ms)(void *context); /* and how long at most; -1: for ever */
	void *context;
};
struct schedule_end {
	int signal;          /* that stopped it; 0: none */
	const char *stopped; /* why it ended early; NULL: it did not */
	int64_t attempts, retries;
};
/* Until all is done, or it is stopped; then what was answered is finished all the same. */
struct schedule_end schedule_run(const struct options *, const struct schedule_calls *,
    const struct target *, struct budget *, struct journal *);

#endif
