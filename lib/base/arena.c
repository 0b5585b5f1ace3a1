/* arena.c - memory by era. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"

#define FIRST_BLOCK ((size_t)16 << 10)
#define ALIGN       _Alignof(max_align_t)

struct arena_block {
	struct arena_block *older;
	size_t size;
	_Alignas(max_align_t) char bytes[];
};

static void
add_block(struct arena *a, size_t need)
{
	size_t size = a->block != NULL ? a->block->size : FIRST_BLOCK / 2;

	size = size < SIZE_MAX / 4 ? size * 2 : size;
	if (size > (size_t)64 << 20)
		size = (size_t)64 << 20;
	if (size < need)
		size = need;

	struct arena_block *b = mem_grow(NULL, sizeof *b + size, 1);
	*b = (struct arena_block){ .older = a->block, .size = size };
	a->block = b;
	a->used = 0;
}

static void *
take(struct arena *a, size_t size, size_t align)
{
	size_t at = (a->used + align - 1) & ~(align - 1);

	if (size > SIZE_MAX / 2)
		die(EXIT_SYSTEM, "out of memory");
	if (a->block == NULL || at > a->block->size || a->block->size - at < size) {
		add_block(a, size);
		at = 0;
	}
	a->used = at + size;
	return a->block->bytes + at;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	return memset(take(a, size, ALIGN), 0, size);
}

char *
arena_bytes(struct arena *a, size_t size)
{
	return take(a, size, 1);
}

str
arena_keep(struct arena *a, str s)
{
	char *copy = take(a, s.len + 1, 1);

	if (s.len > 0)
		memcpy(copy, s.at, s.len);
	copy[s.len] = '\0';
	return (str){ copy, s.len };
}

const char *
arena_string(struct arena *a, str s)
{
	return arena_keep(a, s).at;
}

str
arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;

	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	char *text = take(a, (size_t)n + 1, 1);
	vsnprintf(text, (size_t)n + 1, fmt, again);
	va_end(again);
	return (str){ text, (size_t)n };
}

void
arena_reset(struct arena *a)
{
	struct arena_block *kept = NULL;

	for (struct arena_block *b = a->block, *older; b != NULL; b = older) {
		older = b->older;
		if (kept == NULL || b->size > kept->size) {
			free(kept);
			kept = b;
		} else {
			free(b);
		}
	}
	if (kept != NULL && kept->size > (size_t)8 << 20) { /* one huge record is no habit */
		free(kept);
		kept = NULL;
	}
	if (kept != NULL)
		kept->older = NULL;
	a->block = kept;
	a->used = 0;
}

void
arena_free(struct arena *a)
{
	for (struct arena_block *b = a->block, *older; b != NULL; b = older) {
		older = b->older;
		free(b);
	}
	*a = (struct arena){ 0 };
}
