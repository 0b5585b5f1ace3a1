/* routes.h - a routing configuration as groups of targets with fallbacks. */
#ifndef ROUTES_H
#define ROUTES_H

#include "hop.h"
#include "io/doc.h"

struct target {
	str name; /* as the configuration calls it */
	struct hop hop;
};

struct route {
	str name;
	struct target *targets;
	size_t target_count;
	bool any; /* any target may be first; else they come in order */
	const struct doc *subjects;
	str *fallbacks; /* names of routes */
	size_t fallback_count;
};

struct routes {
	struct route *of;
	size_t count;
};

/* Ends with EXIT_USAGE, naming the place, when the file is none. */
struct routes routes_read(struct arena *, const char *file);
size_t routes_find(const struct routes *, str name); /* count: not there */

#endif
