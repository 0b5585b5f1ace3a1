/* gguf_pre.c - pre-tokenizers by name. */
#include "token/gguf.h"
#include "token/patterns.h"

#define FALCON "[\\p{P}\\$\\+<=>\\^~\\|`]+"
#define DEEPSEEK_WORDS                                                                         \
	"[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\r\n\\p{L}\\p{P}\\p{S}]?"     \
	"[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\r\n]*|\\s*[\r\n]+|\\s+(?!\\S)|\\s+"

static const struct {
	const char *names; /* blanks between */
	struct gguf_pre pre;
} known[] = {
	{ "llama-bpe llama3 llama-v3 falcon3 falcon-h1 pixtral lfm2 midm-2.0",
	    { { PATTERN_LLAMA3 }, true } },
	{ "dbrx smaug-bpe glm4 chatglm-bpe", { { PATTERN_LLAMA3 }, false } },
	{ "gpt-2 phi-2 mpt olmo jais trillion gigachat jina-es jina-de "
	  "jina-v2-es "
	  "jina-v2-de a.x-4.0 mellum modern-bert exaone4 roberta-bpe",
	    { { PATTERN_GPT2 }, false } },
	{ "jina-v1-en jina-v2-code", { { PATTERN_GPT2 }, false } },
	{ "starcoder refact command-r smollm codeshell exaone minerva-7b",
	    { { "\\p{N}", PATTERN_GPT2 }, false } },
	{ "qwen2 stablelm2 deepseek-r1-qwen hunyuan megrez", { { PATTERN_QWEN2 }, false } },
	{ "qwen35", { { PATTERN_QWEN35 }, false } },
	{ "gpt-4o llama4", { { PATTERN_O200K }, false } },
	{ "tekken", { { PATTERN_TEKKEN }, true } },
	{ "falcon", { { FALCON, PATTERN_GPT2, "[0-9][0-9][0-9]" }, false } },
	{ "deepseek-v3 hunyuan-dense",
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
