/* fuzz_part - a line of a partial is taken apart or refused; its key's parts come off one by
 * one; times near each other are the same as times by themselves. */
#include <assert.h>

#include "base/key.h"
#include "data/when.h"
#include "io/part.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	str text = { (const char *)data, size }, rest = text;
	struct part_read r = { 0 };
	struct when_memo memo = { 0 };

	if (part_take(&a, text, STR("s"), &r) == NULL) {
		str key = r.key, value;
		size_t n = 0;
		struct examples e = { 0 };
		while (part_last(&a, &key, &value))
			n++;
		assert(n <= r.key.len);
		part_parse_examples(&e, &a, doc_get(r.state, "examples"));
		assert(e.count <= EXAMPLES);
		for (size_t i = 1; i < e.count; i++)
			assert(example_before(&e.of[i - 1], &e.of[i]));
	}
	while (rest.at != NULL) {
		str line = str_cut(&rest, '\n');
		int64_t plain = 0, near = 0;
		bool ok = when_parse(line, &plain);
		assert(when_parse_near(&memo, line, &near) == ok && (!ok || plain == near));
	}
	arena_free(&a);
	return 0;
}
