/* terms.h - what a whole request costs, term by term.
 *
 * Texts are counted; what providers add around them follows their published rules: OpenAI's
 * cookbook ("How to count tokens with tiktoken": 3 per message, 1 per name, 3 for the
 * reply, the formula for functions) and vision guide (tiles and patches), Anthropic's tool
 * use and vision pages.  What cannot be known offline (a picture behind a URL, a file) is
 * counted as unknown, not as zero. */
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

/* The request is written in one dialect and billed by the rules of another's provider, or
 * the same one's; model (lower case or not) decides on the numbers. */
void request_count(struct arena *, struct coder *, const struct dialect *,
    const struct dialect *rules, str model, const struct doc *request, struct terms *);

/* picture.c: an image given as a URL or data: URL: its tokens, -1 where its size cannot be
 * seen. */
int64_t picture_tokens(str provider, str model, str url, str detail);

#endif
