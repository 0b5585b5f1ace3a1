/* buf.h - bytes that grow; the only thing that appends.
 *
 * The owner of the struct owns the bytes and gives them back with buf_free().  A zeroed
 * struct is an empty buffer.  What buf_str() returns is borrowed until the next change.
 * Running out of memory ends the program with EXIT_SYSTEM. */
#ifndef BUF_H
#define BUF_H

#include <stdint.h>

#include "base/str.h"

struct buf {
	char *at;
	size_t len, room;
};

void buf_grow(struct buf *, size_t more); /* for buf_reserve() */

static inline void
buf_reserve(struct buf *b, size_t more) /* room for that many bytes behind len */
{
	if (b->room - b->len < more)
		buf_grow(b, more);
}

static inline void
buf_add(struct buf *b, str s)
{
	if (s.len == 0)
		return;
	buf_reserve(b, s.len);
	memcpy(b->at + b->len, s.at, s.len);
	b->len += s.len;
}

static inline void
buf_byte(struct buf *b, char c)
{
	buf_reserve(b, 1);
	b->at[b->len++] = c;
}

void buf_text(struct buf *, const char *c_string);
void buf_int(struct buf *, int64_t);
void buf_printf(struct buf *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
str buf_str(const struct buf *);
void buf_reset(struct buf *); /* empty again, memory kept */
void buf_free(struct buf *);

#endif
