/* fuzz_translate - any request, as any dialect's, into the others: what comes out is JSON,
 * and so are the losses.  The first byte says from which dialect. */
#include <assert.h>
#include <stdint.h>

#include "trace/models.h"
#include "trace/translate.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = { "gpt-5", "claude-3-haiku-20240307", "claude-x" };
	struct arena a = { 0 };
	str losses = { 0 };

	if (size == 0)
		return 0;
	str text = arena_keep(&a, (str){ (const char *)data + 1, size - 1 });
	const struct doc *request = doc_read(&a, text);
	const struct models *models = models_new(&a, "", NULL);
	for (size_t i = 0; doc_kind(request) == KIND_OBJECT && i < 3; i++) {
		str body = translate(&a, dialects[data[0] % 3], dialects[i], request, &losses);
		body = models_fit(models, &a, str_of(names[i]), body, &losses);
		/* a value taken over may lie as deep as can be, and now one deeper */
		assert(doc_read(&a, body) != NULL || size > LEX_DEPTH / 2);
		str list = arena_printf(&a, "[%.*s]", (int)losses.len, losses.at);
		assert(doc_kind(doc_read(&a, list)) == KIND_ARRAY || size > LEX_DEPTH / 2);
	}
	arena_free(&a);
	return 0;
}
