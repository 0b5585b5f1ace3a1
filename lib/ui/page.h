/* page.h - what people look at in a browser: one file, no script, nothing fetched.
 *
 * The style follows the reader's light or dark scheme and goes from a phone's width to a
 * desk's.  Also the escaping that XML needs, for other forms than pages. */
#ifndef PAGE_H
#define PAGE_H

#include "base/buf.h"

/* Text inside elements and quoted attributes; what XML forbids becomes U+FFFD. */
void page_text(struct buf *, str);
void page_put(struct buf *, const char *); /* markup as it is */
void page_printf(struct buf *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

void page_open(struct buf *, const char *title);
void page_close(struct buf *);

/* The word of a verdict as a coloured label; classes: pass, fail, inconclusive,
 * not-comparable. */
void page_verdict(struct buf *, const char *verdict);

#endif
