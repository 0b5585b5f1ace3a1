/* buf.c - bytes that grow. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"

void
buf_grow(struct buf *b, size_t more)
{
	size_t room = b->room > 0 ? b->room : 256;

	if (more > SIZE_MAX / 4 || b->len > SIZE_MAX / 4)
		die(EXIT_SYSTEM, "out of memory");
	while (room - b->len < more)
		room *= 2;
	b->at = mem_grow(b->at, room, 1);
	b->room = room;
}

void
buf_text(struct buf *b, const char *c_string)
{
	buf_add(b, str_of(c_string));
}

void
buf_int(struct buf *b, int64_t n)
{
	char text[24];

	buf_add(b, (str){ text, (size_t)snprintf(text, sizeof text, "%lld", (long long)n) });
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap, again;

	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	buf_reserve(b, (size_t)n + 1);
	vsnprintf(b->at + b->len, (size_t)n + 1, fmt, again);
	va_end(again);
	b->len += (size_t)n;
}

str
buf_str(const struct buf *b)
{
	return (str){ b->at, b->len };
}

void
buf_reset(struct buf *b)
{
	b->len = 0;
}

void
buf_free(struct buf *b)
{
	free(b->at);
	*b = (struct buf){ 0 };
}
