/* replay.h - recorded calls on their way to a model and back.
 *
 * A source is a record that was read; it makes one or more jobs, each of which is one call:
 * a sample of the candidate (--repeat) or of the old model (--baseline).  Jobs are numbered
 * from 0 in the order in which they are made, which depends on nothing but the input. */
#ifndef REPLAY_H
#define REPLAY_H

#include "ask/ask.h"
#include "base/table.h"
#include "trace/trace.h"

enum { STREAM_RECORDED, STREAM_ON, STREAM_OFF };
enum { EMIT_NONE, EMIT_OPENAI, EMIT_ANTHROPIC };

struct options {
	struct ask_options ask;
	const char *system, *as;
	struct in_list set;
	int64_t repeat, baseline;
	const char *collect, *vocab;
	int stream, emit, format;
	bool count, plan;
	struct in_options in;
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

/* The record that a job is about. */
struct source *job_source(const struct job *);

/* outgoing.c */
struct changes;
void outgoing_make(const struct options *, struct target *, const struct changes *,
    struct source *, struct outgoing *, bool baseline);

/* request.c: the body as the model gets it. */
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
/* Fills job->answer. */
void answer_write(struct job *, bool count, const struct price_book *, enum price_tier);

/* batch.c: the batch APIs' files instead of calls. */
struct batch;
void batch_emit(const struct options *, const struct job *); /* and in the end: */
void batch_emit_end(const struct options *);
struct batch *batch_collect(const struct options *);
bool batch_find(struct batch *, struct job *); /* fills the job's reply */
void batch_free(struct batch *);

/* plan.c: what would be sent. */
struct plan;
struct plan *plan_new(const char *vocab, const struct price_book *);
void plan_add(struct plan *, const struct job *);
void plan_report(const struct plan *, const struct options *);
void plan_free(struct plan *);
/* A table of int64_t: how many of each key. */
void counts_print(const char *head, const struct table *);
void counts_emit(struct buf *, const char *name, const struct table *);

/* tokens.c: the requests of a plan counted as their models will, where a vocabulary is
 * here (or all by the file that is named, which ends the program when it is none); else why
 * not. */
struct tokens;
struct tokens *tokens_new(const char *vocab);
void tokens_add(struct tokens *, const struct outgoing *);
void tokens_print(const struct tokens *, int64_t calls);
void tokens_emit(struct buf *, const struct tokens *);
void tokens_free(struct tokens *);

#endif
