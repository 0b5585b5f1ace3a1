/* normal.h - what is done to a text before it is split: a vocabulary's normalizers. */
#ifndef NORMAL_H
#define NORMAL_H

#include "base/buf.h"
#include "token/image.h"

struct normal;

/* Steps from..to of an image, none of them a split; NULL: there are none, or, with why set,
 * a pattern among them is none. */
struct normal *normal_new(const struct image *, size_t from, size_t to, char why[160]);
void normal_free(struct normal *);

/* The normalized text; borrowed until the next call.  parts: enum text_part. */
str normal_run(struct normal *, str text, unsigned parts);

/* Do they treat a text in two parts, the second from a space between letters on, as they
 * would the whole? */
bool normal_local(const struct normal *);

/* For the steps: one character of well-formed text. */
uint32_t normal_char(str text, size_t at, size_t *len);
void normal_put(struct buf *, uint32_t code);

void normal_lower(struct buf *, str text);

/* The larger steps, in files of their own. */
void normal_accents(struct buf *, str text);
void normal_form(struct buf *, str text, enum step_kind, uint32_t flags);
void normal_bert(struct buf *, str text, uint32_t flags);
void normal_charsmap(struct buf *, str text, str blob, bool graphemes);

#endif
