/* mem.c - memory that has one owner. */
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/err.h"

void *
mem_new(size_t size)
{
	void *p = calloc(1, size);

	if (p == NULL)
		die(EXIT_SYSTEM, "out of memory");
	return p;
}

void *
mem_grow(void *p, size_t count, size_t size)
{
	p = count < SIZE_MAX / 2 / size ? realloc(p, count * size) : NULL;
	if (p == NULL)
		die(EXIT_SYSTEM, "out of memory");
	return p;
}
