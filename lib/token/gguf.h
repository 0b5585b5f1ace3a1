/* gguf.h - for read_gguf.c only: the splits that llama.cpp gives to the names in
 * tokenizer.ggml.pre (src/llama-vocab.cpp). */
#ifndef GGUF_H
#define GGUF_H

#include "base/str.h"

#define GGUF_SPLITS 6

struct gguf_pre {
	const char *splits[GGUF_SPLITS];
	bool whole_first; /* ignore_merges */
};

/* NULL: a name that is not read; the empty name is llama.cpp's default. */
const struct gguf_pre *gguf_pre(str name);

#endif
