/* fuzz_journal - any line as a line of a journal: refused with a reason, or with a number in
 * bounds and an answer that is JSON. */
#include <assert.h>
#include <stdint.h>

#include "ask/journal_line.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct journal_line line;
	str text = arena_keep(&a, (str){ (const char *)data, size });

	if (journal_parse(&a, text, &line) == NULL) {
		assert(line.number >= 0 && line.number < JOURNAL_CALLS);
		if (line.is == JOURNAL_DONE)
			assert(doc_kind(doc_read(&a, line.answer)) == KIND_OBJECT);
	}
	arena_free(&a);
	return 0;
}
