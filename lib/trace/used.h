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

#define USED_MOST (INT64_C(1) << 40) /* more than any call can use */

struct used_counts {
	int64_t n[USED_CLASSES]; /* none negative, none above USED_MOST */
	int64_t prompt;          /* all tokens of the prompt, however they are billed */
	uint32_t any;            /* bit by class: n is not 0 */
};

/* The fields of a usage object, whoever wrote it, under a prefix like "usage." or
 * "response.usage."; and Google's.  Their values stand in a row, from the first on. */
#define USED_NAMES(p)                                                                          \
	p "input", p "output", p "cache_read", p "cache_write", p "cache_write_1h",            \
	    p "reasoning", p "prompt_tokens", p "completion_tokens", p "input_tokens",         \
	    p "output_tokens", p "prompt_tokens_details.cached_tokens",                        \
	    p "prompt_tokens_details.cache_write_tokens",                                      \
	    p "prompt_tokens_details.audio_tokens", p "prompt_tokens_details.image_tokens",    \
	    p "completion_tokens_details.reasoning_tokens",                                    \
	    p "completion_tokens_details.audio_tokens",                                        \
	    p "completion_tokens_details.image_tokens",                                        \
	    p "input_tokens_details.cached_tokens",                                            \
	    p "input_tokens_details.cache_write_tokens",                                       \
	    p "output_tokens_details.reasoning_tokens", p "cache_read_input_tokens",           \
	    p "cache_creation_input_tokens", p "cache_creation.ephemeral_1h_input_tokens",     \
	    p "server_tool_use.web_search_requests", p "web_search", p "picture_input",        \
	    p "picture_output", p "second_input", p "second_output", p "character_input",      \
	    p "character_output", p "page", p "pixel_input", p "pixel_output"
#define USED_GOOGLE_NAMES(p)                                                                   \
	p "promptTokenCount", p "candidatesTokenCount", p "thoughtsTokenCount",                \
	    p "cachedContentTokenCount", p "toolUsePromptTokenCount", p "promptTokensDetails", \
	    p "candidatesTokensDetails"
enum { USED_FIELDS = 34, USED_GOOGLE_FIELDS = 7 };

enum used_found {
	USED_NOTHING, /* no usage here */
	USED_READ,
	USED_WRONG, /* *why: a part larger than its whole, no count, more than a call can use */
};

struct scan_value;
struct arena;
enum used_found used_read(
    const struct scan_value *fields, struct used_counts *, const char **why);
enum used_found used_read_google(
    struct arena *, const struct scan_value *fields, struct used_counts *, const char **why);

#endif
