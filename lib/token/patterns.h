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

/* What BERT's pre-tokenizer takes for punctuation: in llama.cpp, and in Hugging Face's,
 * which knows Unicode 8.0, when two were it still and these were not yet. */
#define PATTERN_PUNCTUATION "[\\p{P}$+<=>^`|~]"
#define PATTERN_PUNCTUATION_NEW_                                                               \
	"\\x{61d}\\x{9fd}\\x{a76}\\x{c77}\\x{c84}\\x{1b4e}-\\x{1b4f}"                          \
	"\\x{1b7d}-\\x{1b7f}\\x{2e43}-\\x{2e4f}\\x{2e52}-\\x{2e5d}\\x{10d6e}"                  \
	"\\x{10ead}\\x{10f55}-\\x{10f59}\\x{10f86}-\\x{10f89}"                                 \
	"\\x{113d4}-\\x{113d5}\\x{113d7}-\\x{113d8}\\x{1144b}-\\x{1144f}"                      \
	"\\x{1145a}-\\x{1145b}\\x{1145d}\\x{11660}-\\x{1166c}\\x{116b9}\\x{1183b}"             \
	"\\x{11944}-\\x{11946}\\x{119e2}\\x{11a3f}-\\x{11a46}"                                 \
	"\\x{11a9a}-\\x{11a9c}\\x{11a9e}-\\x{11aa2}\\x{11b00}-\\x{11b09}"                      \
	"\\x{11be1}\\x{11c41}-\\x{11c45}\\x{11c70}-\\x{11c71}"                                 \
	"\\x{11ef7}-\\x{11ef8}\\x{11f43}-\\x{11f4f}\\x{11fff}"                                 \
	"\\x{12ff1}-\\x{12ff2}\\x{16d6d}-\\x{16d6f}\\x{16e97}-\\x{16e9a}"                      \
	"\\x{16fe2}\\x{1e5ff}\\x{1e95e}-\\x{1e95f}"
#define PATTERN_PUNCTUATION_OLD                                                                \
	"[\\p{P}$+<=>^`|~\\x{166d}\\x{111c9}](?<![" PATTERN_PUNCTUATION_NEW_ "])"

#endif
