/* patterns.h - the regular expressions that models really use, as their files write them. */
#ifndef PATTERNS_H
#define PATTERNS_H

#define PATTERN_WHITE_ "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
#define PATTERN_SIGNS_ "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
#define PATTERN_LEAD_  "[^\\r\\n\\p{L}\\p{N}]?"
#define PATTERN_SHORT_ "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
#define PATTERN_CAPS_  "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]"
#define PATTERN_SMALL_ "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]"
#define PATTERN_REST_  "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*" PATTERN_WHITE_

/* GPT-2, and the same as tiktoken writes it now and wrote it between. */
#define PATTERN_GPT2                                                                           \
	"'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+"
#define PATTERN_R50K_OLD                                                                       \
	"'(?:[sdmt]|ll|ve|re)| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+"
#define PATTERN_R50K                                                                           \
	"'(?:[sdmt]|ll|ve|re)| ?\\p{L}++| ?\\p{N}++| ?[^\\s\\p{L}\\p{N}]++|\\s++$|"            \
	"\\s+(?!\\S)|\\s"
/* cl100k as tiktoken writes it now, and wrote it before. */
#define PATTERN_CL100K                                                                         \
	"'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}++|\\p{N}{1,3}+| "                 \
	"?[^\\s\\p{L}\\p{N}]++[\\r\\n]*+|\\s++$|\\s*[\\r\\n]|\\s+(?!\\S)|\\s"
#define PATTERN_CL100K_OLD                                                                     \
	"'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}+|\\p{N}{1,3}| "                   \
	"?[^\\s\\p{L}\\p{N}]++[\\r\\n]*|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+"
#define PATTERN_LLAMA3                                                                         \
	PATTERN_SHORT_ "|" PATTERN_LEAD_ "\\p{L}+|\\p{N}{1,3}" PATTERN_SIGNS_ PATTERN_WHITE_
#define PATTERN_LETTERS                                                                        \
	"(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|" PATTERN_LEAD_             \
	"\\p{L}+|\\p{N}{1,3}" PATTERN_SIGNS_ PATTERN_WHITE_
#define PATTERN_QWEN2                                                                          \
	PATTERN_SHORT_ "|" PATTERN_LEAD_ "\\p{L}+|\\p{N}" PATTERN_SIGNS_ PATTERN_WHITE_
#define PATTERN_QWEN35                                                                         \
	PATTERN_SHORT_                                                                         \
	"|" PATTERN_LEAD_                                                                      \
	"[\\p{L}\\p{M}]+|\\p{N}| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*" PATTERN_WHITE_
#define PATTERN_O200K                                                                          \
	PATTERN_LEAD_ PATTERN_CAPS_ "*" PATTERN_SMALL_ "+" PATTERN_SHORT_                      \
				    "?|" PATTERN_LEAD_ PATTERN_CAPS_ "+" PATTERN_SMALL_        \
				    "*" PATTERN_SHORT_ "?|\\p{N}{1,3}" PATTERN_REST_
#define PATTERN_TEKKEN                                                                         \
	PATTERN_LEAD_ PATTERN_CAPS_ "*" PATTERN_SMALL_ "+|" PATTERN_LEAD_ PATTERN_CAPS_        \
				    "+" PATTERN_SMALL_ "*|\\p{N}" PATTERN_REST_

/* Moonshot's Kimi K2: o200k with runs of Han apart. */
#define PATTERN_KIMI                                                                           \
	"[\\p{Han}]+|" PATTERN_LEAD_                                                           \
	"[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{Han}]]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}"       \
	"&&[^\\p{Han}]]+" PATTERN_SHORT_ "?|" PATTERN_LEAD_                                    \
	"[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{Han}]]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}"       \
	"&&[^\\p{Han}]]*" PATTERN_SHORT_ "?|\\p{N}{1,3}" PATTERN_SIGNS_ PATTERN_WHITE_

/* What BERT's pre-tokenizer takes for punctuation. */
#define PATTERN_PUNCTUATION "[\\p{P}$+<=>^`|~]"

#endif
