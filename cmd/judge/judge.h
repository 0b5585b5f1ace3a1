/* judge.h - replay records on their way to a judge model and back.
 *
 * A source is a record that was read.  Where both sides answered, and not the same, it
 * makes two calls: one with the baseline's answer first, one with the candidate's.  Any
 * other record makes one job that is not sent, so that all come out in their order. */
#ifndef JUDGE_H
#define JUDGE_H

#include "ask/ask.h"
#include "trace/trace.h"

struct options {
	struct ask_options ask;
	const char *rubric, *name, *candidate;
	bool plan;
	struct in_options in;
};

/* One answer as the judge is shown it. */
struct shown {
	bool present;
	str text; /* what was said, and the calls made */
};

enum word { WORD_NONE, WORD_FIRST, WORD_SECOND, WORD_TIE };

/* What the judge said to one order. */
struct opinion {
	enum word word;
	str reason, error; /* error: why there is no word */
};

enum { BASELINE_FIRST, CANDIDATE_FIRST };

struct source {
	struct arena arena;
	size_t jobs; /* that still need it */
	str record, id, conversation;
	struct shown old, new;
	bool same;    /* nothing to ask: both say the same */
	bool unasked; /* the budget was spent before */
	struct outgoing question[2];
	struct opinion opinion[2];
	struct source *next; /* while unused */
};

/* question.c: what is asked, and what the reply means. */
struct questions;
struct questions *questions_new(struct arena *, const struct options *, struct target *);
/* Of all that shapes a verdict: model, rubric, words of ours, dialect, orders. */
str questions_sha256(const struct questions *);
str questions_model(const struct questions *);
void question_make(const struct questions *, struct source *, int order);
void opinion_read(struct arena *, str text, struct opinion *);
str opinion_write(struct arena *, const struct opinion *); /* as JSON, for the journal */
void opinion_recall(struct arena *, str json, struct opinion *);

/* records.c: from records to jobs. */
struct records_in;
extern const char *const record_fields[]; /* for in_open() */
struct records_in *records_new(struct in *, const struct questions *, const struct options *);
enum in_step records_job(struct records_in *, struct job *);
void records_done(struct records_in *, struct job *);
str records_runs(const struct records_in *); /* the run lines that were read */
void records_end(struct records_in *);

/* score.c: both opinions together, as one element of scores[]. */
struct tally {
	int64_t judged, same, first, second, unsure; /* unsure: a tie in one order only */
};
/* Empty: there is none, since a reply was no verdict. */
str score_write(struct arena *, const struct source *, const char *name,
    const struct questions *, struct tally *);

#endif
