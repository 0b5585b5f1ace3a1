/* fuzz_meter.c - any bytes as a request, and as a picture: terms that add up, by a vocabulary
 * of bytes. */
#include <stdlib.h>

#include "meter/terms.h"

static struct coder *
bytes_only(void)
{
	static struct coder c = { .name = "bytes" };
	static char all[256];
	struct arena arena = { 0 };
	struct recipe r = { .arena = &arena, .unknown = -1, .byte_level = true };
	const struct count_options options = { .scalar = false };
	struct hash none = { { 0 } };
	struct buf image = { 0 };
	char why[160];

	for (unsigned i = 0; i < 256; i++) {
		all[i] = (char)i;
		recipe_piece(&r, i, (str){ &all[i], 1 }, 0, PIECE_NORMAL);
	}
	if (image_compile(&r, &none, &image) != NULL ||
	    !image_use(&c.vocab.image, image.at, image.len))
		abort();
	c.counter = counter_new(&c.vocab.image, &options, why);
	recipe_free(&r);
	arena_free(&arena);
	return &c;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct coder *coder;
	struct arena a = { 0 };
	str text = { (const char *)data, size };
	const struct doc *request = doc_read(&a, text);
	struct terms t;

	coder = coder != NULL ? coder : bytes_only();
	for (size_t i = 0; doc_kind(request) == KIND_OBJECT && dialects[i] != NULL; i++) {
		request_count(
		    &a, coder, dialects[i], dialects[i]->provider, STR("gpt-4o"), request, &t);
		if (t.why != NULL || t.unknown < 0 ||
		    terms_sum(&t) > 64 * size + (UINT64_C(1) << 40))
			abort();
	}
	picture_tokens(STR("openai"), STR("gpt-4o"), text, STR("high"));
	picture_tokens(STR("anthropic"), STR("claude"), text, STR(""));
	arena_free(&a);
	return 0;
}
