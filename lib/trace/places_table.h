/* places_table.h - the inside of a table of places: for the files that make and ask it. */
#ifndef PLACES_TABLE_H
#define PLACES_TABLE_H

#include "io/doc.h"
#include "trace/places.h"

#define SOURCES 2 /* the user's own table, and the built-in one */

struct places {
	struct arena *arena;
	const struct doc *of[SOURCES]; /* the first that knows something says it */
	size_t count;
	int64_t date;
	str source, digest;
};

#endif
