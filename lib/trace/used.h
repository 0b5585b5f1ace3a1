/* used.h - what one call used, in classes that do not overlap: what prices are put on.
 *
 * Providers count the same tokens in several places (OpenAI's and Google's cached tokens
 * are part of the prompt, Anthropic's are not; reasoning is part of the output).  Here each
 * token stands in one class only, so amounts are sums of counts times prices. */
#ifndef USED_H
#define USED_H

#include <stdint.h>

#include "base/str.h"

enum used {
	USED_INPUT, /* fresh prompt tokens */
	USED_CACHE_READ,
	USED_CACHE_WRITE, /* that live for five minutes */
	USED_CACHE_WRITE_1H,
	USED_OUTPUT, /* without reasoning */
	USED_REASONING,
	USED_AUDIO_IN, /* tokens too */
	USED_AUDIO_OUT,
	USED_IMAGE_IN,
	USED_IMAGE_OUT,
	USED_TOKENS,                /* so many classes count tokens */
	USED_REQUEST = USED_TOKENS, /* what follows counts calls, pictures, seconds ... */
	USED_SEARCH,
	USED_PICTURE_IN,
	USED_PICTURE_OUT,
	USED_SECOND_IN,
	USED_SECOND_OUT,
	USED_CHARACTER_IN,
	USED_CHARACTER_OUT,
	USED_PAGE,
	USED_PIXEL_IN,
	USED_PIXEL_OUT,
	USED_CLASSES
};

/* In price books and reports: "input", "cache_read", "web_search", ... */
extern const char *const used_names[USED_CLASSES];
int used_named(str); /* -1: no class */

struct counts {
	int64_t n[USED_CLASSES]; /* none negative */
	int64_t prompt;          /* all tokens of the prompt, however they are billed */
};

#endif
