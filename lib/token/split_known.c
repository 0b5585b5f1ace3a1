/* split_known.c - the patterns that the scanner stands in for, as their models' files
 * write them. */
#include "token/split.h"

#define WHITE  "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
#define SIGNS  "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
#define WORD   "[^\\r\\n\\p{L}\\p{N}]?\\p{L}+"
#define SHORTS "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
#define CAPS   "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]"
#define SMALL  "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]"
#define LEAD   "[^\\r\\n\\p{L}\\p{N}]?"
#define R50K                                                                                   \
	{                                                                                      \
		.leads_space = true, .contracts = 1                                            \
	}
#define CL100K(n, whole)                                                                       \
	{                                                                                      \
		.lines = true, .digits = (n), .tail = 1, .contracts = 1, .folds = true,        \
		.long_s = true, .ends_whole = (whole)                                          \
	}

static const struct {
	const char *pattern;
	struct scheme scheme;
} known[] = {
	{ "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
	    R50K },
	{ "'(?:[sdmt]|ll|ve|re)| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
	    R50K },
	{ "'(?:[sdmt]|ll|ve|re)| ?\\p{L}++| ?\\p{N}++| "
	  "?[^\\s\\p{L}\\p{N}]++|\\s++$|\\s+(?!\\S)|\\s",
	    R50K },
	{ SHORTS "|" WORD "|\\p{N}{1,3}" SIGNS WHITE, CL100K(3, false) },
	{ "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}++|\\p{N}{1,3}+| "
	  "?[^\\s\\p{L}\\p{N}]++[\\r\\n]*+|\\s++$|\\s*[\\r\\n]|\\s+(?!\\S)|\\s",
	    CL100K(3, true) },
	{ "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}+|\\p{N}{1,3}| "
	  "?[^\\s\\p{L}\\p{N}]++[\\r\\n]*|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+",
	    CL100K(3, false) },
	{ "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|" WORD
	  "|\\p{N}{1,3}" SIGNS WHITE,
	    { .lines = true, .digits = 3, .tail = 1, .contracts = 1, .folds = true } },
	{ SHORTS "|" WORD "|\\p{N}" SIGNS WHITE, CL100K(1, false) },
	{ SHORTS "|" LEAD "[\\p{L}\\p{M}]+|\\p{N}| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*" WHITE,
	    { .lines = true,
		.digits = 1,
		.tail = 1,
		.contracts = 1,
		.folds = true,
		.long_s = true,
		.marks_join = true } },
	{ LEAD CAPS "*" SMALL "+" SHORTS "?|" LEAD CAPS "+" SMALL "*" SHORTS
		    "?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*" WHITE,
	    { .cased = true,
		.lines = true,
		.digits = 3,
		.tail = 2,
		.contracts = 2,
		.folds = true,
		.long_s = true } },
	{ LEAD CAPS "*" SMALL "+|" LEAD CAPS "+" SMALL
		    "*|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*" WHITE,
	    { .cased = true, .lines = true, .digits = 1, .tail = 2 } },
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
