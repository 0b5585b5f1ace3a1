/* gguf_pre.c - pre-tokenizers by name. */
#include "token/gguf.h"
#include "token/patterns.h"

#define FALCON "[\\p{P}\\$\\+<=>\\^~\\|`]+"
#define DEEPSEEK_WORDS                                                                         \
	"[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\r\n\\p{L}\\p{P}\\p{S}]?"     \
	"[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\r\n]*|\\s*[\r\n]+|\\s+(?!\\S)|\\s+"

/* Letters with case, as its authors listed them. */
#define DEEPSEEK_LETTERS                                                                       \
	"A-Za-z\\x{b5}\\x{c0}-\\x{d6}\\x{d8}-\\x{f6}\\x{f8}-\\x{1ba}"                          \
	"\\x{1bc}-\\x{1bf}\\x{1c4}-\\x{293}\\x{295}-\\x{2af}\\x{370}-\\x{373}"                 \
	"\\x{376}\\x{377}\\x{37b}-\\x{37d}\\x{37f}\\x{386}\\x{388}-\\x{38a}"                   \
	"\\x{38c}\\x{38e}-\\x{3a1}\\x{3a3}-\\x{3f5}\\x{3f7}-\\x{481}"                          \
	"\\x{48a}-\\x{52f}\\x{531}-\\x{556}\\x{10a0}-\\x{10c5}"                                \
	"\\x{13a0}-\\x{13f5}\\x{13f8}-\\x{13fd}\\x{1c90}-\\x{1cba}"                            \
	"\\x{1cbd}-\\x{1cbf}\\x{1d00}-\\x{1d2b}\\x{1d6b}-\\x{1d77}"                            \
	"\\x{1d79}-\\x{1d9a}\\x{1e00}-\\x{1f15}\\x{1f18}-\\x{1f1d}"                            \
	"\\x{1f20}-\\x{1f45}\\x{1f48}-\\x{1f4d}\\x{1f50}-\\x{1f57}\\x{1f59}"                   \
	"\\x{1f5b}\\x{1f5d}\\x{1f5f}-\\x{1f7d}\\x{1f80}-\\x{1fb4}"                             \
	"\\x{1fb6}-\\x{1fbc}\\x{1fbe}\\x{1fc2}-\\x{1fc4}\\x{1fc6}-\\x{1fcc}"                   \
	"\\x{1fd0}-\\x{1fd3}\\x{1fd6}-\\x{1fdb}\\x{1fe0}-\\x{1fec}"                            \
	"\\x{1ff2}-\\x{1ff4}\\x{1ff6}-\\x{1ffc}\\x{2102}\\x{2107}"                             \
	"\\x{210a}-\\x{2113}\\x{2115}\\x{2119}-\\x{211d}\\x{2124}\\x{2126}"                    \
	"\\x{2128}\\x{212a}-\\x{212d}\\x{212f}-\\x{2134}\\x{2139}"                             \
	"\\x{213c}-\\x{213f}\\x{2145}-\\x{2149}\\x{214e}\\x{2183}\\x{2184}"                    \
	"\\x{2c00}-\\x{2c7b}\\x{2c7e}-\\x{2ce4}\\x{2ceb}-\\x{2cee}\\x{2cf2}"                   \
	"\\x{2cf3}\\x{a640}-\\x{a66d}\\x{a680}-\\x{a69b}\\x{a722}-\\x{a76f}"                   \
	"\\x{a771}-\\x{a787}\\x{a78b}-\\x{a78e}\\x{ab70}-\\x{abbf}"                            \
	"\\x{fb00}-\\x{fb06}\\x{fb13}-\\x{fb17}\\x{ff21}-\\x{ff3a}"                            \
	"\\x{ff41}-\\x{ff5a}\\x{10400}-\\x{1044f}\\x{104b0}-\\x{104d3}"                        \
	"\\x{104d8}-\\x{104fb}\\x{10c80}-\\x{10cb2}\\x{10cc0}-\\x{10cf2}"                      \
	"\\x{118a0}-\\x{118df}\\x{1e900}-\\x{1e943}"
#define DEEPSEEK_SIGNS                                                                         \
	"!-/:-~\\x{ff01}-\\x{ff0f}\\x{ff1a}-\\x{ff5e}\\x{2018}-\\x{201f}\\x{3000}-\\x{3002}"
#define BLOOM " ?[^(\\s|.,!?\\x{2026}\\x{3002}\\x{ff0c}\\x{3001}\\x{964}\\x{6d4}\\x{60c})]+"

static const struct {
	const char *names; /* blanks between */
	struct gguf_pre pre;
} known[] = {
	{ "llama-bpe llama3 llama-v3 falcon3 falcon-h1 pixtral lfm2 midm-2.0 jina-v5-nano",
	    { { PATTERN_LLAMA3 }, true } },
	{ "dbrx smaug-bpe glm4 chatglm-bpe", { { PATTERN_LLAMA3 }, false } },
	{ "gpt-2 phi-2 mpt olmo jais trillion gigachat jina-es jina-de "
	  "jina-v2-es "
	  "jina-v2-de a.x-4.0 mellum modern-bert exaone4 roberta-bpe granite-docling",
	    { { PATTERN_GPT2 }, false } },
	{ "jina-v1-en jina-v2-code", { { PATTERN_GPT2 }, false } },
	{ "starcoder refact command-r smollm codeshell exaone minerva-7b mellum2",
	    { { "\\p{N}", PATTERN_GPT2 }, false } },
	{ "qwen2 stablelm2 deepseek-r1-qwen hunyuan megrez kormo f2llmv2 solar-open grok-2",
	    { { PATTERN_QWEN2 }, false } },
	{ "qwen35", { { PATTERN_QWEN35 }, false } },
	{ "gpt-4o llama4 kanana2 talkie minimax-m2", { { PATTERN_O200K }, false } },
	{ "tekken", { { PATTERN_TEKKEN }, true } },
	{ "falcon", { { FALCON, PATTERN_GPT2, "[0-9][0-9][0-9]" }, false } },
	{ "deepseek-v3 hunyuan-dense joyai-llm",
	    { { "\\p{N}{1,3}",
		  "[\xe4\xb8\x80-\xe9\xbe\xa5\xe3\x81\x80-\xe3\x82\x9f"
		  "\xe3\x82\xa0-\xe3\x83\xbf]+",
		  DEEPSEEK_WORDS },
		false } },
	{ "deepseek-coder",
	    { { "[\r\n]", "\\s?\\p{L}+", "\\s?\\p{P}+",
		  "[\xe4\xb8\x80-\xe9\xbe\xa5\xe0\xa0\x80-\xe4\xb7\xbf\xea\xb0\x80-"
		  "\xed\x9f\xbf]+"
		  "|\\p{N}" },
		false } },
	{ "deepseek-llm",
	    { { "[\r\n]", "\\s?[" DEEPSEEK_LETTERS "]+", "\\s?[" DEEPSEEK_SIGNS "]+", "\\s+$",
		  "[\\x{4e00}-\\x{9fa5}\\x{800}-\\x{4e00}\\x{ac00}-\\x{d7ff}]+", "\\p{N}+" },
		false } },
	{ "kimi-k2", { { PATTERN_KIMI }, false } },
	{ "granite-embed-multi-97m", { { PATTERN_O200K }, true } },
	{ "tiny_aya cohere2moe", { { "\\d{1,3}(?=(?:\\d{3})*\\b)", PATTERN_O200K }, false } },
	{ "bloom gpt3-finnish poro-chat", { { BLOOM }, false } },
	{ "viking", { { BLOOM, "\\p{N}" }, false } },
	{ "bailingmoe bailingmoe2 llada-moe",
	    { { "'(?i:[sdmt]|ll|ve|re)|" PATTERN_LEAD_
		"+\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*|\\s*[\\r\\n]|"
		"\\s+(?!\\S)|\\s+" },
		false } },
	{ "seed-coder",
	    { { PATTERN_SHORT_ "|" PATTERN_LEAD_
			       "\\p{L}+|\\p{N}{1}| ?[^\\s\\p{L}\\p{N}\r\n]+" PATTERN_WHITE_ },
		false } },
	{ "minicpm5",
	    { { "\\p{N}{1,3}",
		  PATTERN_SHORT_ "|" PATTERN_LEAD_
				 "\\p{L}+|\\p{N}+" PATTERN_SIGNS_ PATTERN_WHITE_ },
		true } },
	{ "laguna", { { "[^\n]+|[\n]+", PATTERN_QWEN2 }, false } },
	{ "exaone-moe",
	    { { PATTERN_SHORT_
		  "|" PATTERN_LEAD_
		  "(?:\\p{L}\\p{M}*(?: \\p{L}\\p{M}*)*)+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]?"
		  "|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+" },
		false } },
	{ "chameleon",
	    { { "<sentinel:[0-9]+>", "(IMGIMG)((A|B|C|D|E|F|G|H|I){1,4})Z",
		  "([\\t\\n]|    |  )", "\\p{N}", "[\\p{P}!-/:-@\\[-`{-~]", PATTERN_GPT2 },
		false } },
	{ "default",
	    { { "[\\p{P}\\$\\+<=>\\^~\\|]+", PATTERN_GPT2, "\\p{N}+", "[0-9][0-9][0-9]" },
		false } },
};

const struct gguf_pre *
gguf_pre(str name)
{
	if (name.len == 0)
		name = STR("default"); /* as llama.cpp takes a file without the key */
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		str names = str_of(known[i].names);
		while (names.at != NULL)
			if (str_eq(str_cut(&names, ' '), name))
				return &known[i].pre;
	}
	return NULL;
}
