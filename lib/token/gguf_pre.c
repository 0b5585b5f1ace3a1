/* gguf_pre.c - pre-tokenizers by name. */
#include "token/gguf.h"

#define WHITE  "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
#define SIGNS  "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
#define WORD   "[^\\r\\n\\p{L}\\p{N}]?\\p{L}+"
#define SHORTS "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
#define CAPS   "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]"
#define SMALL  "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]"
#define LEAD   "[^\\r\\n\\p{L}\\p{N}]?"
#define R50K                                                                                   \
	"'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+"
#define LLAMA3 SHORTS "|" WORD "|\\p{N}{1,3}" SIGNS WHITE
#define QWEN2  SHORTS "|" WORD "|\\p{N}" SIGNS WHITE
#define QWEN35                                                                                 \
	SHORTS "|" LEAD "[\\p{L}\\p{M}]+|\\p{N}| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*" WHITE
#define GPT4O                                                                                  \
	LEAD CAPS "*" SMALL "+" SHORTS "?|" LEAD CAPS "+" SMALL "*" SHORTS                     \
		  "?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*" WHITE
#define TEKKEN                                                                                 \
	LEAD CAPS "*" SMALL "+|" LEAD CAPS "+" SMALL                                           \
		  "*|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*" WHITE
#define FALCON "[\\p{P}\\$\\+<=>\\^~\\|`]+"
#define DEEPSEEK_WORDS                                                                         \
	"[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\r\n\\p{L}\\p{P}\\p{S}]?"     \
	"[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\r\n]*|\\s*[\r\n]+|\\s+(?!\\S)|\\s+"

static const struct {
	const char *names; /* blanks between */
	struct gguf_pre pre;
} known[] = {
	{ "llama-bpe llama3 llama-v3 falcon3 falcon-h1 pixtral lfm2 midm-2.0",
	    { { LLAMA3 }, true } },
	{ "dbrx smaug-bpe olmo2 glm4 chatglm-bpe chameleon-none", { { LLAMA3 }, false } },
	{ "gpt-2 phi-2 mpt olmo jais trillion granite-docling gigachat jina-es jina-de "
	  "jina-v2-es "
	  "jina-v2-de a.x-4.0 mellum modern-bert exaone4 roberta-bpe",
	    { { R50K }, false } },
	{ "jina-v1-en jina-v2-code", { { R50K }, false } },
	{ "starcoder refact command-r smollm codeshell exaone minerva-7b",
	    { { "\\p{N}", R50K }, false } },
	{ "qwen2 stablelm2 deepseek-r1-qwen hunyuan megrez kormo", { { QWEN2 }, false } },
	{ "qwen35", { { QWEN35 }, false } },
	{ "gpt-4o llama4 kanana2", { { GPT4O }, false } },
	{ "tekken", { { TEKKEN }, true } },
	{ "falcon", { { FALCON, R50K, "[0-9][0-9][0-9]" }, false } },
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
};

const struct gguf_pre *
gguf_pre(str name)
{
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		str names = str_of(known[i].names);
		while (names.at != NULL)
			if (str_eq(str_cut(&names, ' '), name))
				return &known[i].pre;
	}
	return NULL;
}
