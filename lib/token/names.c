/* names.c - the table of vocabularies. */
#include "token/names.h"

#include <fnmatch.h>
#include <string.h>

#include "token/patterns.h"

#define OPENAI "https://openaipublic.blob.core.windows.net/encodings/"
#define HUB    "https://huggingface.co/"
#define JSON   "/resolve/main/tokenizer.json"

#define O200K_SHA "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
#define P50K_SHA  "94b5ca7dff4d00767bc256fdd1b27e5b17361d7b8a5f968547f9f23eb70d2069"
#define R50K_SHA  "306cd27f03c1a714eca7108e03d66b7dc042abe8c258b44c199a7ed9838dd930"
#define HF(name, hub)                                                                          \
	{                                                                                      \
		(name), name ".json " name ".gguf " name ".model " name "/tokenizer.json",     \
		    (hub), HUB hub JSON, NULL, NULL, NULL                                      \
	}

static const struct vocab_name names[] = {
	{ "o200k_base", "o200k_base.tiktoken", NULL, OPENAI "o200k_base.tiktoken", O200K_SHA,
	    PATTERN_O200K, "<|endoftext|>=199999 <|endofprompt|>=200018" },
	{ "o200k_harmony", "o200k_base.tiktoken", NULL, OPENAI "o200k_base.tiktoken", O200K_SHA,
	    PATTERN_O200K,
	    "<|startoftext|>=199998 <|endoftext|>=199999 <|return|>=200002 "
	    "<|constrain|>=200003 "
	    "<|channel|>=200005 <|start|>=200006 <|end|>=200007 <|message|>=200008 "
	    "<|call|>=200012 "
	    "<|endofprompt|>=200018" },
	{ "cl100k_base", "cl100k_base.tiktoken", NULL, OPENAI "cl100k_base.tiktoken",
	    "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7", PATTERN_CL100K,
	    "<|endoftext|>=100257 <|fim_prefix|>=100258 <|fim_middle|>=100259 "
	    "<|fim_suffix|>=100260 <|endofprompt|>=100276" },
	{ "p50k_base", "p50k_base.tiktoken", NULL, OPENAI "p50k_base.tiktoken", P50K_SHA,
	    PATTERN_R50K, "<|endoftext|>=50256" },
	{ "p50k_edit", "p50k_base.tiktoken", NULL, OPENAI "p50k_base.tiktoken", P50K_SHA,
	    PATTERN_R50K,
	    "<|endoftext|>=50256 <|fim_prefix|>=50281 <|fim_middle|>=50282 "
	    "<|fim_suffix|>=50283" },
	{ "r50k_base", "r50k_base.tiktoken", NULL, OPENAI "r50k_base.tiktoken", R50K_SHA,
	    PATTERN_R50K, "<|endoftext|>=50256" },
	{ "gpt2", "r50k_base.tiktoken gpt2.json", "openai-community/gpt2 gpt2",
	    OPENAI "r50k_base.tiktoken", R50K_SHA, PATTERN_R50K, "<|endoftext|>=50256" },
	{ "claude", "claude.json", NULL, NULL, NULL, NULL, NULL },
	HF("llama2", "meta-llama/Llama-2-7b-hf"),
	HF("llama3", "meta-llama/Meta-Llama-3-8B"),
	HF("llama4", "meta-llama/Llama-4-Scout-17B-16E"),
	HF("qwen1.5", "Qwen/Qwen1.5-7B"),
	HF("qwen2.5", "Qwen/Qwen2.5-7B"),
	HF("qwen3", "Qwen/Qwen3-8B"),
	HF("qwen3.5", "Qwen/Qwen3.5-4B"),
	HF("gemma", "google/gemma-2b"),
	HF("gemma2", "google/gemma-2-9b"),
	HF("gemma3", "google/gemma-3-4b-it"),
	HF("deepseek_v3", "deepseek-ai/DeepSeek-V3"),
	HF("mistral_v1", "mistralai/Mistral-7B-Instruct-v0.1"),
	HF("mistral", "mistralai/Mistral-7B-Instruct-v0.3"),
	HF("mistral_nemo", "mistralai/Mistral-Nemo-Instruct-2407"),
	HF("command_r_plus", "CohereForAI/c4ai-command-r-plus"),
	HF("glm4", "zai-org/GLM-4.5-Air"),
	HF("phi3", "microsoft/Phi-3-mini-4k-instruct"),
	HF("phi4", "microsoft/phi-4"),
	HF("phi4_mini", "microsoft/Phi-4-mini-instruct"),
	HF("yi", "01-ai/Yi-6B"),
	HF("bge", "BAAI/bge-small-en-v1.5"),
	{ "kimi_k2", "kimi_k2.tiktoken kimi_k2/tiktoken.model kimi_k2.gguf", NULL,
	    HUB "moonshotai/Kimi-K2-Instruct/resolve/main/tiktoken.model", NULL, PATTERN_KIMI,
	    "[BOS]=163584 [EOS]=163585 <|im_end|>=163586 <|im_user|>=163587 "
	    "<|im_assistant|>=163588 <|start_header_id|>=163590 <|end_header_id|>=163591 "
	    "[EOT]=163593 <|im_system|>=163594 <|tool_calls_section_begin|>=163595 "
	    "<|tool_calls_section_end|>=163596 <|tool_call_begin|>=163597 "
	    "<|tool_call_argument_begin|>=163598 <|tool_call_end|>=163599 "
	    "<|im_middle|>=163601 [UNK]=163838 [PAD]=163839" },
};

/* The first that matches, in lower case, behind any "provider/", "ft:" and "region.vendor.". */
static const struct {
	const char *match, *name;
	bool closed;
} models[] = {
	{ "gpt-oss*", "o200k_harmony", false },
	{ "gpt-4o*", "o200k_base", false },
	{ "chatgpt-4o*", "o200k_base", false },
	{ "gpt-4.[15]*", "o200k_base", false },
	{ "gpt-5*", "o200k_base", false },
	{ "o[134]", "o200k_base", false },
	{ "o[134]-*", "o200k_base", false },
	{ "codex-mini*", "o200k_base", false },
	{ "gpt-4*", "cl100k_base", false },
	{ "gpt-3.5*", "cl100k_base", false },
	{ "gpt-35*", "cl100k_base", false },
	{ "text-embedding-*", "cl100k_base", false },
	{ "davinci-002*", "cl100k_base", false },
	{ "babbage-002*", "cl100k_base", false },
	{ "text-davinci-00[23]*", "p50k_base", false },
	{ "code-*", "p50k_base", false },
	{ "davinci*", "r50k_base", false },
	{ "text-davinci-001*", "r50k_base", false },
	{ "claude-instant*", "claude", false },
	{ "claude-[12]*", "claude", false },
	{ "claude*", "o200k_base", true },
	{ "gemini*", "gemma3", true },
	{ "grok*", "o200k_base", true },
	{ "llama-2*", "llama2", false },
	{ "llama2*", "llama2", false },
	{ "meta-llama-3*", "llama3", false },
	{ "llama-3*", "llama3", false },
	{ "llama3*", "llama3", false },
	{ "llama-4*", "llama4", false },
	{ "llama4*", "llama4", false },
	{ "deepseek-r1-distill-llama*", "llama3", false },
	{ "deepseek-r1-distill-qwen*", "qwen2.5", false },
	{ "qwen3.5*", "qwen3.5", false },
	{ "qwen3*", "qwen3", false },
	{ "qwen2*", "qwen2.5", false },
	{ "qwq*", "qwen2.5", false },
	{ "qwen1.5*", "qwen1.5", false },
	{ "gemma-3*", "gemma3", false },
	{ "gemma3*", "gemma3", false },
	{ "gemma-2-*", "gemma2", false },
	{ "gemma2*", "gemma2", false },
	{ "gemma*", "gemma", false },
	{ "deepseek-v3*", "deepseek_v3", false },
	{ "deepseek-r1*", "deepseek_v3", false },
	{ "deepseek-chat*", "deepseek_v3", false },
	{ "deepseek-reasoner*", "deepseek_v3", false },
	{ "*mistral-nemo*", "mistral_nemo", false },
	{ "mistral-7b*v0[.:][12]*", "mistral_v1", false },
	{ "mistral-7b*", "mistral", false },
	{ "mixtral-8x7b*", "mistral_v1", false },
	{ "c4ai-command-r*", "command_r_plus", false },
	{ "command-r*", "command_r_plus", false },
	{ "phi-3*", "phi3", false },
	{ "phi3*", "phi3", false },
	{ "phi-4-mini*", "phi4_mini", false },
	{ "phi-4*", "phi4", false },
	{ "yi-*", "yi", false },
	{ "glm-4*", "glm4", false },
	{ "kimi-k2*", "kimi_k2", false },
	{ "bge-*", "bge", false },
};

const struct vocab_name *
vocab_named(str name)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_is(name, names[i].name))
			return &names[i];
	return NULL;
}

str
vocab_model(str model, char out[VOCAB_MODEL])
{
	for (size_t slash; (slash = str_find(model, '/')) < model.len;)
		model = str_from(model, slash + 1);
	size_t n = model.len < VOCAB_MODEL - 1 ? model.len : VOCAB_MODEL - 1;
	for (size_t i = 0; i < n; i++)
		out[i] = (char)(model.at[i] >= 'A' && model.at[i] <= 'Z' ? model.at[i] + 32 :
									   model.at[i]);
	out[n] = 0;
	return (str){ out, n };
}

str
vocab_of_model(str model, bool *closed)
{
	char lower[VOCAB_MODEL];
	*closed = false;
	if (vocab_named(model) != NULL)
		return model;
	vocab_model(model, lower);
	const struct vocab_name *same = vocab_named(str_of(lower));
	if (same != NULL)
		return str_of(same->name);
	const char *name = strncmp(lower, "ft:", 3) == 0 ? lower + 3 : lower;
	for (; name != NULL; name = strchr(name, '.'), name += name != NULL)
		for (size_t i = 0; i < sizeof models / sizeof *models; i++)
			if (fnmatch(models[i].match, name, 0) == 0) {
				*closed = models[i].closed;
				return str_of(models[i].name);
			}
	return (str){ 0 };
}

const struct vocab_name *
vocab_of_hash(const char *sha256)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (names[i].sha256 != NULL && strcmp(names[i].sha256, sha256) == 0)
			return &names[i];
	return NULL;
}
