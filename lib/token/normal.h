/* normal.h - what is done to a text before it is split: a vocabulary's normalizers. */
#ifndef NORMAL_H
#define NORMAL_H

#include "base/buf.h"
#include "token/image.h"

struct normal;

/* The normalizers among the steps of an image; NULL: there are none.  why is set when one
 * of their patterns is none (and NULL returned). */
struct normal *normal_new(const struct image *, char why[160]);
void normal_free(struct normal *);

/* The normalized text; borrowed until the next call.  parts: enum text_part. */
str normal_run(struct normal *, str text, unsigned parts);

/* Does it leave a text alone that is cut between a letter, a space and a letter? */
bool normal_local(const struct normal *);

#endif
