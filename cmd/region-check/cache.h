/* cache.h - --blocks: what a prefix cache is worth when each region has one of its own.
 *
 * Records hold the hashes of their prompt's blocks in order (hash_ids; --map blocks=PATH).  A
 * block is a hit when it and all before it are in the cache of the region that the call went
 * to; then all of its blocks are.  Calls are sent to 1, 2 ... N regions: at random, by a
 * seeded generator, or sticky, by their session, or else by the second block of the prompt,
 * which differs where conversations do. */
#ifndef CACHE_H
#define CACHE_H

#include "region.h"

int cache_run(const struct plan *, char **files);

#endif
