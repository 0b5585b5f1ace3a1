/* path.h - jq's path subset: .a.b, .a[0], .["a.b"], ."a b", and |fromjson, which enters
 * a string that holds JSON.  A leading dot may be left out: a.b is .a.b. */
#ifndef PATH_H
#define PATH_H

#include "base/arena.h"

enum path_kind { PATH_KEY, PATH_INDEX, PATH_FROMJSON };

struct path_step {
	enum path_kind kind;
	str key;       /* PATH_KEY; lives in the arena or in the text */
	int64_t index; /* PATH_INDEX; not negative */
};

struct path {
	const struct path_step *steps;
	size_t count;
};

/* Does it enter a string on the way?  Where a path changes or compares, it must not. */
bool path_enters(const struct path *);

/* NULL when text is a path (borrowed from then on), else what is wrong with it. */
const char *path_parse(struct arena *, str text, struct path *);

#endif
