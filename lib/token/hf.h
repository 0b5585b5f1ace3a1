/* hf.h - for read_hf*.c only. */
#ifndef HF_H
#define HF_H

#include "io/doc.h"
#include "token/recipe.h"

/* Steps of the normalizer and the pre-tokenizer: NULL, or the element that is not read.
 * *byte_level: the vocabulary is written in GPT-2's alphabet of bytes. */
const char *hf_steps(struct recipe *, const struct doc *file, bool *byte_level);

/* GPT-2's alphabet: the bytes of a token written in it; false: it is not. */
bool hf_bytes(struct arena *, str text, str *bytes);

#endif
