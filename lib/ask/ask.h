/* ask.h - calls to models: many in flight, tried again, within a budget, resumable, their
 * answers handed back in order.
 *
 * A tool makes calls (next), the schedule sends them and has their answers written
 * (answered, skipped), and the tool takes them back in the order in which it made them
 * (finish).  Memory is bounded by the window, however many calls there are. */
#ifndef ASK_H
#define ASK_H

#include "net/http.h"
#include "trace/models.h"
#include "trace/price_use.h"
#include "trace/reply.h"
#include "trace/trace.h"
#include "ui/opt.h"

/* What the user says of calls. */
struct ask_options {
	const char *model, *api, *models, *base_url, *key_file, *rate, *journal;
	const char *prices, *max_cost;
	struct in_list header;
	int64_t concurrency, retries, timeout, max_response, max_calls, max_tokens;
};
#define ASK_DEFAULTS                                                                           \
	{                                                                                      \
		.concurrency = 8, .retries = 4, .timeout = INT64_C(600000000000),              \
		.max_response = INT64_C(16) << 20                                              \
	}
#define OPT_ASK_WHERE(o)                                                                       \
	OPT_STR(0, "base-url", &(o).base_url, "url",                                           \
	    "send there, not to the provider's own address"),                                  \
	    OPT_FILE(0, "key-file", &(o).key_file, "file",                                     \
		"read the key from there, not the environment"),                               \
	    OPT_LIST(0, "header", &(o).header, "name=@variable",                               \
		"send this header, its value from the environment")
#define OPT_ASK_HOW(o)                                                                         \
	OPT_INT(                                                                               \
	    'c', "concurrency", &(o).concurrency, "n", 1, 1000, "requests in flight at once"), \
	    OPT_STR(0, "rate", &(o).rate, "n/unit", "attempts at most: 50/min, 10/s, 1000/h"), \
	    OPT_INT(                                                                           \
		0, "retries", &(o).retries, "n", 0, 100, "further attempts when one fails"),   \
	    OPT_TIME(                                                                          \
		0, "timeout", &(o).timeout, "duration", "longest that one attempt may take"),  \
	    OPT_SIZE(0, "max-response", &(o).max_response, "size", 1024, INT64_C(1) << 32,     \
		"largest response that is read"),                                              \
	    OPT_INT(0, "max-calls", &(o).max_calls, "n", 1, INT64_MAX,                         \
		"stop after so many attempts"),                                                \
	    OPT_INT(0, "max-tokens", &(o).max_tokens, "n", 1, INT64_MAX,                       \
		"stop before so many tokens"),                                                 \
	    OPT_STR(0, "max-cost", &(o).max_cost, "amount",                                    \
		"stop before it costs more, by the price book"),                               \
	    OPT_FILE(0, "prices", &(o).prices, "file", "the price book, see cogs-sum(1)"),     \
	    OPT_FILE(0, "resume", &(o).journal, "journal",                                     \
		"keep answers there, and go on from there")

/* A request as it will be sent; lives with whoever made it. */
struct outgoing {
	const struct dialect *dialect;
	str model; /* requested */
	str body, sha256;
	str modified, translation; /* elements of the arrays */
	const char *url;
	const char *const *headers; /* "name: value", ends in NULL */
	str skipped;                /* why it is not sent; empty: it is */
	bool made;
};

/* One call; numbered from 0 in the order in which they are made, which must depend on
 * nothing but the input: the journal finds them by it. */
struct job {
	struct arena arena;
	struct outgoing *out;
	void *owner;          /* of the tool */
	str id;               /* of the record it is about */
	int64_t input_tokens; /* as counted before; -1: unknown */
	bool baseline;
	int64_t sample, number;
	dec cost_reserved; /* of the budget */
	str key;           /* Idempotency-Key, and custom_id of a batch */

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

/* The same for every retry, and for every run that asks the same. */
str job_key(struct job *);

/* target.c: where requests go, with which keys, in which dialect.  A place is one provider's
 * endpoint; places come from --base-url and the environment, never from a record. */
struct target;
struct place;
struct target *target_new(struct arena *, const struct ask_options *);
struct models *target_models(const struct target *);
str target_model(const struct target *); /* --model without its provider; empty: not given */
/* --api, else what the model's name says, else the record's own (may be NULL). */
const struct dialect *target_dialect(const struct target *, const struct dialect *own);
/* recorded: for the model of the record, not for --model. */
const struct place *target_place(const struct target *, const struct dialect *, bool recorded);
const char *target_url(const struct place *, bool count);
/* The dialect's headers, with the values that the record was sent with (JSON, or empty). */
const char *const *target_headers(
    struct target *, struct arena *, const struct place *, str recorded);
/* A server may repeat a secret it was sent: in its answer it becomes asterisks.  A copy. */
str target_mask(const struct target *, struct arena *, str body);
void target_check_key(str key, const char *from); /* dies if it has several lines */

/* retry.c: how long to wait before the next attempt, in ms; -1: this is the answer. */
int64_t retry_wait(const struct http_result *, int64_t attempt);
bool retry_failed(const struct http_result *); /* no answer: network, 408, 409, 429, 5xx */
bool retry_funds(const struct http_result *);  /* no money is left */

/* budget.c: how many calls, tokens and how much money may still be spent, and how fast. */
struct budget;
/* prices: may be NULL where there is no --max-cost. */
struct budget *budget_new(
    struct arena *, const struct ask_options *, const struct price_book *prices);
bool budget_take(struct budget *, struct job *);   /* reserve for one attempt */
void budget_settle(struct budget *, struct job *); /* it is over: what it really took */
const char *budget_spent(const struct budget *);   /* which limit is in the way */
int64_t budget_pause(struct budget *);             /* ms until the rate allows one more */
int64_t budget_calls(const struct budget *);       /* attempts so far */

/* journal.c: answers that survive the program. */
struct journal;
/* Dies when it cannot be; NULL without --resume, which resent and close take too. */
struct journal *journal_open(const struct ask_options *);
bool journal_find(struct journal *, struct job *); /* its answer, if it is there */
void journal_sent(struct journal *, const struct job *);
void journal_keep(struct journal *, const struct job *);
int64_t journal_resent(const struct journal *);
/* EXIT_DATA, and it is said, when the whole input was read (complete) and did not make all
 * the calls that it holds answers to. */
int journal_close(struct journal *, bool complete);

/* schedule.c: a bounded window of jobs, many in flight, finished in order. */
struct schedule_calls {
	enum in_step (*next)(void *context, struct job *); /* fill a job from the input */
	void (*skipped)(void *context, struct job *);  /* write the answer of one not sent */
	void (*answered)(void *context, struct job *); /* write it from job->reply */
	void (*finish)(void *context, struct job *);   /* called in input order */
	int (*input_fd)(void *context);                /* to wait on after IN_WAIT */
	int64_t (*wait_ms)(void *context);             /* and how long at most; -1: for ever */
	void *context;
	bool raw; /* the reply is JSON of no dialect, not an answer */
};
struct schedule_end {
	int signal;          /* that stopped it; 0: none */
	const char *stopped; /* why it ended early; NULL: it did not */
	int64_t attempts, retries;
};
/* Until all is done, or it is stopped; then what was answered is finished all the same. */
struct schedule_end schedule_run(const struct ask_options *, const struct schedule_calls *,
    const struct target *, struct budget *, struct journal *);

/* How it ended, for the run record. */
void schedule_account(const struct schedule_end *, int64_t resent, struct run *);

/* End as if the signal had not been caught, but with the answers written. */
_Noreturn void schedule_die_by(int number);

#endif
