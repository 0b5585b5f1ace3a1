/* doc.h - a JSON text as a tree of slices.
 *
 * For tools that rework whole bodies.  Every node keeps the text it came from (`raw`, at
 * its offset in the record), so numbers keep their spelling and any part can be spliced
 * out unchanged; nodes live in the arena given and borrow the text.  Every reader takes
 * NULL for "not there" and passes it on, so paths need no checks on the way:
 * doc_int(doc_get(doc_get(d, "usage"), "total_tokens"), &n). */
#ifndef DOC_H
#define DOC_H

#include "io/lex.h"
#include "io/path.h"

struct doc {
	enum kind kind;
	str raw;      /* the value as it stands */
	str text;     /* KIND_STRING: what it stands for */
	str key;      /* inside an object: its name, decoded */
	size_t count; /* members or elements */
	const struct doc *child, *next;
};

struct doc_error {
	const char *why; /* static */
	size_t offset;   /* of the byte it is about */
};

/* NULL if text is not one JSON value (error says why); depth 0 means LEX_DEPTH. */
const struct doc *doc_parse(struct arena *, str text, int depth, struct doc_error *);
const struct doc *doc_read(struct arena *, str text); /* the same, nobody asks why */

enum kind doc_kind(const struct doc *);                      /* KIND_NONE for NULL */
const struct doc *doc_get(const struct doc *, const char *); /* of duplicates the last */
const struct doc *doc_find(const struct doc *, str key);
const struct doc *doc_item(const struct doc *, size_t index);
const struct doc *doc_at(const struct doc *, const struct path *); /* no |fromjson */
str doc_text(const struct doc *);                                  /* empty if no string */
str doc_raw(const struct doc *);                                   /* empty if not there */
bool doc_is(const struct doc *, const char *text);                 /* a string with that text */
bool doc_true(const struct doc *);
bool doc_int(const struct doc *, int64_t *); /* also 3.0 and 3e2 */
bool doc_real(const struct doc *, double *);
bool doc_null(const struct doc *); /* null or not there */

/* The first member whose name is none of these (they end in NULL); NULL: there is none. */
const struct doc *doc_stranger(const struct doc *, const char *const *names);

#define DOC_EACH(item, of)                                                                     \
	for (const struct doc *item = (of) != NULL ? (of)->child : NULL; item != NULL;         \
	     item = item->next)

#endif
