/* fuzz_partial.c - any bytes as the state of a group of tokcount --drift: refused, or read,
 * merged and written, and then the same again. */
#include <stdlib.h>

#include "../../cmd/tokcount/calibration.c"
#include "../../cmd/tokcount/fit.c"
#include "../../cmd/tokcount/group.c"
#include "../../cmd/tokcount/sketch.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct group g = { .billed = 0 }, again = { .billed = 0 };
	struct buf once = { 0 }, twice = { 0 };
	const struct doc *d = doc_read(&a, (str){ (const char *)data, size });
	struct term_fit fits[FIT_FEATURES];

	if (d != NULL && group_parse(&g, d, STR("s")) == NULL) {
		group_emit(&once, &g, STR("s"));
		if (group_parse(&again, doc_read(&a, buf_str(&once)), STR("s")) != NULL)
			abort();
		group_emit(&twice, &again, STR("s"));
		if (!str_eq(buf_str(&once), buf_str(&twice)))
			abort();
		group_cause(&g, fits, fit_solve(&g.sums, fits));
		group_calibration(STR("m\te\tlatin"), &g);
		group_merge(&g, &again);
	}
	group_free(&g);
	group_free(&again);
	buf_free(&once);
	buf_free(&twice);
	arena_free(&a);
	return 0;
}
