/* split_known.c - the patterns that the scanner stands in for. */
#include "token/patterns.h"
#include "token/split.h"

#define SPACE                                                                                  \
	{                                                                                      \
		.leads_space = true, .contracts = 1                                            \
	}
#define WORDS(n, whole, s)                                                                     \
	{                                                                                      \
		.lines = true, .digits = (n), .tail = 1, .contracts = 1, .folds = true,        \
		.long_s = (s), .ends_whole = (whole)                                           \
	}

static const struct {
	const char *pattern;
	struct scheme scheme;
} known[] = {
	{ PATTERN_GPT2, SPACE },
	{ PATTERN_R50K_OLD, SPACE },
	{ PATTERN_R50K, SPACE },
	{ PATTERN_LLAMA3, WORDS(3, false, true) },
	{ PATTERN_CL100K, WORDS(3, true, true) },
	{ PATTERN_CL100K_OLD, WORDS(3, false, true) },
	{ PATTERN_LETTERS, WORDS(3, false, false) },
	{ PATTERN_QWEN2, WORDS(1, false, true) },
	{ PATTERN_QWEN35,
	    { .lines = true,
		.digits = 1,
		.tail = 1,
		.contracts = 1,
		.folds = true,
		.long_s = true,
		.marks_join = true } },
	{ PATTERN_O200K,
	    { .cased = true,
		.lines = true,
		.digits = 3,
		.tail = 2,
		.contracts = 2,
		.folds = true,
		.long_s = true } },
	{ PATTERN_TEKKEN, { .cased = true, .lines = true, .digits = 1, .tail = 2 } },
};

const struct scheme *
split_scheme(str pattern)
{
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_is(pattern, known[i].pattern))
			return &known[i].scheme;
	return NULL;
}

const char *
split_known(size_t i)
{
	return i < sizeof known / sizeof *known ? known[i].pattern : NULL;
}
