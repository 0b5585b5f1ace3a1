/* mem.h - memory that has one owner, for what no arena fits.
 *
 * Given back with free().  Running out of memory ends the program with EXIT_SYSTEM, so no
 * caller checks. */
#ifndef MEM_H
#define MEM_H

#include <stddef.h>

void *mem_new(size_t size);                        /* zeroed */
void *mem_grow(void *, size_t count, size_t size); /* realloc; what is new is not zeroed */

#endif
