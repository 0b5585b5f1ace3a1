/* coders.h - vocabularies in use: one for each model that is met, opened when it is.
 *
 * Models with the same tokenizer share one.  A model that has no public tokenizer is
 * counted by a named one of its neighbours, and said to be. */
#ifndef CODERS_H
#define CODERS_H

#include "base/table.h"
#include "token/count.h"
#include "token/vocab.h"

#define CODERS_DEFAULT "o200k_base"

struct coders_options {
	const char *model, *vocab; /* for coder_default(): a name and a file; or NULL */
	const char *advice;        /* what to do about a model that nobody knows; or NULL */
	struct vocab_options where;
	struct count_options count;
};

/* One vocabulary in use. */
struct coder {
	const char *name; /* the encoding, or the file */
	struct vocab vocab;
	struct counter *counter;
	bool unknown;    /* nobody knows a vocabulary for that model */
	bool closed;     /* a stand-in for a tokenizer that is not public */
	const char *why; /* it cannot be used: why not */
	int status;      /* and the status that this ends with */
};

struct coders;

struct coders *coders_new(const struct coders_options *); /* borrowed */
/* The vocabulary of a model or encoding; never NULL, see why. */
struct coder *coder_for(struct coders *, str model);
/* The one that the options name, or CODERS_DEFAULT. */
struct coder *coder_default(struct coders *);
/* The same for a request: the named one, else the model's own, else the default. */
struct coder *coder_of_request(struct coders *, str model);
/* Ends the program with the coder's why, if there is one. */
struct coder *coder_need(struct coder *);
/* The same as long as nothing was counted by another one; later it returns why (or NULL). */
const char *coder_need_first(struct coders *, struct coder *);
void coders_free(struct coders *);

/* Count a text; false: --special=error or --invalid=error forbids it, *why. */
bool count_text(struct coder *, str text, uint64_t *count, struct ids *, const char **why);

#endif
