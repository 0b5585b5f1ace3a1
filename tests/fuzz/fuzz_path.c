/* fuzz_path - paths, times, durations, numbers: short texts that users type. */
#include <assert.h>

#include "data/when.h"
#include "io/path.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str text = { (const char *)data, size };
	struct arena a = { 0 };
	struct path path;
	int64_t ns, again;
	double real;

	if (path_parse(&a, text, &path) == NULL)
		for (size_t i = 0; i < path.count; i++)
			assert(path.steps[i].kind != PATH_INDEX || path.steps[i].index >= 0);
	if (when_parse(text, &ns)) {
		assert(when_parse(when_print(&a, ns), &again) && again == ns);
	}
	when_duration(text, &ns);
	str_int(text, &ns);
	str_real(text, &real);
	arena_free(&a);
	return 0;
}
