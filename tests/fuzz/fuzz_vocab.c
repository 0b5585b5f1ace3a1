/* fuzz_vocab.c - any bytes as a vocabulary of any format: a reason, or a vocabulary by which
 * the fast ways count what the slow ways count. */
#include <stdlib.h>
#include <string.h>

#include "token/count.h"
#include "token/recipe.h"

static const char text[] =
    "The cat's 12345 naps:\r\n\r\n  \xe5\x90\xbe\xe8\xbc\xa9\xe3\x81\xaf "
    "\xf0\x9f\x98\x80 aaaaaaaaaaaaaaaaaaaaaaaa <s> \xc3\xa9\xff it IS ---- ab ab";

static void
count(const struct image *im)
{
	struct count_options fast = { .scalar = false }, slow = { .scalar = true };
	char why[160];
	struct counter *a = counter_new(im, &fast, why), *b = counter_new(im, &slow, why);
	uint64_t n = 0, m = 0, k = 0;
	struct ids ids = { 0 };
	str bytes;

	if ((a == NULL) != (b == NULL))
		abort();
	if (a != NULL) {
		counter_run(a, (str){ text, sizeof text - 1 }, TEXT_WHOLE, &n, NULL);
		counter_run(b, (str){ text, sizeof text - 1 }, TEXT_WHOLE, &m, NULL);
		counter_run(a, (str){ text, sizeof text - 1 }, TEXT_WHOLE, &k, &ids);
		if (n != m || n != k || ids.count != k)
			abort();
		for (size_t i = 0; i < ids.count; i++)
			count_decode(im, ids.at[i], &bytes);
	}
	free(ids.at);
	counter_free(a);
	counter_free(b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct recipe r = { .arena = &arena, .unknown = -1 };
	struct buf bytes = { 0 };
	struct hash source = { { 0 } };
	struct image im;

	if (recipe_read(&r, (str){ (const char *)data, size }, STR("\\s+|\\S+")) == NULL &&
	    image_compile(&r, &source, &bytes) == NULL) {
		if (!image_use(&im, bytes.at, bytes.len))
			abort();
		count(&im);
	}
	recipe_free(&r);
	buf_free(&bytes);
	arena_free(&arena);
	return 0;
}
