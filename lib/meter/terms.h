/* terms.h - what a whole request costs, term by term.
 *
 * Texts are counted; what providers add around them follows their published rules: OpenAI's
 * cookbook ("How to count tokens with tiktoken": 3 per message, 1 per name, 3 for the
 * reply, the formula for functions) and vision guide (tiles and patches), Anthropic's tool
 * use and vision pages.  What cannot be known offline (a picture behind a URL, a file, what
 * a server keeps, tools of its own, a schema that the answer must have) is counted as
 * unknown, not as zero: the sum is then a lower bound. */
#ifndef TERMS_H
#define TERMS_H

#include "meter/coders.h"
#include "meter/content.h"
#include "trace/dialect.h"

enum term {
	TERM_SYSTEM,
	TERM_MESSAGES,
	TERM_CALLS,
	TERM_RESULTS,
	TERM_TOOLS,
	TERM_IMAGES,
	TERM_OVERHEAD,
	TERMS
};

extern const char *const term_names[];

struct terms {
	uint64_t tokens[TERMS];
	int64_t messages, tools, images, unknown;
	struct classes classes;
	const char *why; /* a text could not be counted; NULL: all is well */
};

uint64_t terms_sum(const struct terms *);

/* Whose published rules a request is billed by: "openai", "anthropic", or "" where nobody
 * published any.  The model says it; where it says nothing, the dialect it is asked in does
 * (NULL: one that is not known). */
const char *terms_rules(const struct dialect *, str model);

/* The request is written in one dialect; rules are of terms_rules(), the model decides on
 * their numbers. */
void request_count(struct arena *, struct coder *, const struct dialect *, const char *rules,
    str model, const struct doc *request, struct terms *);

/* picture.c: an image given as a URL or data: URL: its tokens, -1 where its size cannot be
 * seen.  The model in lower case, see vocab_model(). */
int64_t picture_tokens(str rules, str model, str url, str detail);

#endif
