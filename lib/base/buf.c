/* buf.c - bytes that grow. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"

void
buf_reserve(struct buf *b, size_t more)
{
	size_t room = b->room > 0 ? b->room : 256;

	if (b->room - b->len >= more)
		return;
	if (more > SIZE_MAX / 4 || b->len > SIZE_MAX / 4)
		die(EXIT_SYSTEM, "out of memory");
	while (room - b->len < more)
		room *= 2;
	b->at = mem_grow(b->at, room, 1);
	b->room = room;
}

void
buf_add(struct buf *b, str s)
{
	if (s.len == 0)
		return;
	buf_reserve(b, s.len);
	memcpy(b->at + b->len, s.at, s.len);
	b->len += s.len;
}

void
buf_byte(struct buf *b, char c)
{
	buf_add(b, (str){ &c, 1 });
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
