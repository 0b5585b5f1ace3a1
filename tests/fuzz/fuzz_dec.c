/* fuzz_dec - a number is read, printed and read again as the same; rounding and dividing stay
 * within a unit. */
#include <assert.h>

#include "data/dec.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str rest = { (const char *)data, size }, first = str_cut(&rest, '\n');
	struct arena a = { 0 };
	dec x = 0, y = 0, z, back;

	if (dec_parse(first, &x) < DEC_NONE) {
		str text = dec_exact(&a, x);
		assert(dec_parse(text, &back) == DEC_EXACT && back == x);
		for (int places = 0; places <= DEC_PLACES; places++)
			assert(dec_parse(dec_print(&a, x, places), &back) == DEC_EXACT &&
			    back == dec_round(x, places));
	}
	if (dec_parse(rest, &y) < DEC_NONE && y != 0 && dec_muldiv(x, y, y, &z))
		assert(z == x);
	arena_free(&a);
	return 0;
}
