/* fuzz_sse - an event stream gives the same events however it is cut. */
#include <assert.h>

#include "io/sse.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
read_all(struct buf *all, str text, size_t step)
{
	struct sse s = { 0 };
	struct sse_event e;

	for (size_t at = 0; at < text.len; at += step) {
		sse_feed(
		    &s, (str){ text.at + at, text.len - at < step ? text.len - at : step });
		while (sse_next(&s, &e)) {
			buf_add(all, e.name);
			buf_byte(all, '|');
			buf_add(all, e.data);
			buf_byte(all, ';');
		}
	}
	if (sse_last(&s, &e))
		buf_add(all, e.data);
	sse_free(&s);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str text = { (const char *)data + (size > 0), size - (size > 0) };
	struct buf whole = { 0 }, cut = { 0 };

	read_all(&whole, text, text.len + 1);
	read_all(&cut, text, size > 0 ? 1 + data[0] % 17 : 1);
	assert(str_eq(buf_str(&whole), buf_str(&cut)));
	buf_free(&whole);
	buf_free(&cut);
	return 0;
}
