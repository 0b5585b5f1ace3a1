/* unicode.c - the table of classes, from its ranges. */
#include "token/unicode.h"

#include <string.h>

#include "base/err.h"

/* The page of 128 classes that begins at this character; *range moves along. */
static void
page_at(uint32_t code, size_t *range, uint8_t classes[128])
{
	for (unsigned i = 0; i < 128; i++) {
		while (*range + 1 < unicode_range_count &&
		    unicode_ranges[*range + 1] >> 4 <= code + i)
			++*range;
		classes[i] = unicode_ranges[*range] & 15;
	}
}

void
unicode_fill(struct unicode *u)
{
	size_t range = 0, kinds = 0;
	memset(u, 0, sizeof *u);
	for (uint32_t page = 0; page < UNICODE_PAGES; page++) {
		uint8_t classes[128];
		page_at(page * 128, &range, classes);
		size_t kind = 0;
		while (kind < kinds && memcmp(u->classes[kind], classes, 128) != 0)
			kind++;
		if (kind == UNICODE_KINDS)
			die(EXIT_SYSTEM, "unicode table: too many pages");
		if (kind == kinds)
			memcpy(u->classes[kinds++], classes, 128);
		u->page[page] = (uint16_t)kind;
	}
}
