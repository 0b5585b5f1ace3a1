/* plain.h - a text as its reader sees it, for rules about what it says. */
#ifndef PLAIN_H
#define PLAIN_H

#include "base/arena.h"

/* HTML without tags and comments, its character references (the usual ones) resolved. */
str plain_html(struct arena *, str);

/* utf8proc_map() with these options; the text itself when it cannot be mapped. */
str plain_map(struct arena *, str, int options);

/* Without characters that are not seen, and with those that look alike made the same (NFKC of
 * Unicode, through utf8proc); the text itself where nothing changes. */
str plain_seen(struct arena *, str);

#endif
