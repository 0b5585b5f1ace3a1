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
#define HF(name, hub, other)                                                                   \
	{                                                                                      \
		(name), name ".json " name ".gguf " name ".model " name "/tokenizer.json",     \
		    hub other, HUB hub JSON, NULL, NULL, NULL                                  \
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
	HF("llama2", "meta-llama/Llama-2-7b-hf", " meta-llama/Llama-2-7b-chat-hf"),
	HF("llama3", "meta-llama/Meta-Llama-3-8B",
	    " meta-llama/Meta-Llama-3-8B-Instruct meta-llama/Llama-3.1-8B "
	    "meta-llama/Llama-3.1-8B-Instruct meta-llama/Llama-3.2-1B "
	    "meta-llama/Llama-3.2-3B-Instruct meta-llama/Llama-3.3-70B-Instruct"),
	HF("llama4", "meta-llama/Llama-4-Scout-17B-16E", ""),
	HF("qwen1.5", "Qwen/Qwen1.5-7B", " Qwen/Qwen1.5-7B-Chat"),
	HF("qwen2.5", "Qwen/Qwen2.5-7B",
	    " Qwen/Qwen2.5-7B-Instruct Qwen/Qwen2.5-0.5B Qwen/Qwen2.5-0.5B-Instruct "
	    "Qwen/Qwen2.5-Coder-7B Qwen/Qwen2-7B"),
	HF("qwen3", "Qwen/Qwen3-8B", " Qwen/Qwen3-0.6B Qwen/Qwen3-4B Qwen/Qwen3-32B"),
	HF("gemma", "google/gemma-2b", " google/gemma-7b"),
	HF("gemma2", "google/gemma-2-9b", " google/gemma-2-2b google/gemma-2-2b-it"),
	HF("gemma3", "google/gemma-3-4b-it", " google/gemma-3-1b-it google/gemma-3-27b-it"),
	HF("deepseek_v3", "deepseek-ai/DeepSeek-V3", " deepseek-ai/DeepSeek-R1"),
	HF("mistral", "mistralai/Mistral-7B-Instruct-v0.3", " mistralai/Mistral-7B-v0.3"),
	HF("mistral_nemo", "mistralai/Mistral-Nemo-Instruct-2407",
	    " mistralai/Mistral-Nemo-Base-2407"),
	HF("command_r_plus", "CohereForAI/c4ai-command-r-plus", ""),
	HF("phi3", "microsoft/Phi-3-mini-4k-instruct", ""),
	HF("phi4", "microsoft/phi-4", ""),
	HF("yi", "01-ai/Yi-6B", " 01-ai/Yi-34B"),
	HF("bge", "BAAI/bge-small-en-v1.5", " BAAI/bge-base-en-v1.5"),
};

/* The first that matches, in lower case, behind any "provider/". */
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
	{ "*.claude-*", "o200k_base", true },
	{ "gemini*", "gemma3", true },
	{ "grok*", "o200k_base", true },
	{ "llama-2*", "llama2", false },
	{ "llama2*", "llama2", false },
	{ "meta-llama-3*", "llama3", false },
	{ "llama-3*", "llama3", false },
	{ "llama3*", "llama3", false },
	{ "llama-4*", "llama4", false },
	{ "llama4*", "llama4", false },
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
	{ "mistral-7b*", "mistral", false },
	{ "c4ai-command-r*", "command_r_plus", false },
	{ "command-r*", "command_r_plus", false },
	{ "phi-3*", "phi3", false },
	{ "phi3*", "phi3", false },
	{ "phi-4*", "phi4", false },
	{ "yi-*", "yi", false },
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

static void
lower_name(str model, char out[128])
{
	for (size_t slash; (slash = str_find(model, '/')) < model.len;)
		model = str_from(model, slash + 1);
	size_t n = model.len < 127 ? model.len : 127;
	for (size_t i = 0; i < n; i++)
		out[i] = (char)(model.at[i] >= 'A' && model.at[i] <= 'Z' ? model.at[i] + 32 :
									   model.at[i]);
	out[n] = 0;
}

str
vocab_of_model(str model, bool *closed)
{
	char lower[128];
	*closed = false;
	if (vocab_named(model) != NULL)
		return model;
	lower_name(model, lower);
	const struct vocab_name *same = vocab_named(str_of(lower));
	if (same != NULL)
		return str_of(same->name);
	for (size_t i = 0; i < sizeof models / sizeof *models; i++)
		if (fnmatch(models[i].match, lower, 0) == 0) {
			*closed = models[i].closed;
			return str_of(models[i].name);
		}
	return (str){ 0 };
}
