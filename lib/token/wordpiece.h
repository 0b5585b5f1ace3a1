/* wordpiece.h - the longest token first, behind a word's beginning only those that continue
 * one (BERT; Wu et al. 2016).  A word that cannot be covered is one unknown token. */
#ifndef WORDPIECE_H
#define WORDPIECE_H

#include "token/piece.h"

void wordpiece(const struct image *, str word, struct sink *);

#endif
