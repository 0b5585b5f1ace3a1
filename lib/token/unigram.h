/* unigram.h - the best way through the tokens by the sum of their scores (Kudo 2018,
 * Viterbi), forward in one pass.
 *
 * sentencepiece adds the scores of a whole text in single precision, Hugging Face those of
 * one piece in double; both are done as they do, since ties and roundings decide.  Where no
 * token crosses, the best way passes: tokens come out there, and memory stays small. */
#ifndef UNIGRAM_H
#define UNIGRAM_H

#include "token/piece.h"

struct unigram;

struct unigram *unigram_new(const struct image *);
void unigram_free(struct unigram *);
void unigram_begin(struct unigram *, unsigned parts);
void unigram_piece(struct unigram *, str text, struct sink *);

#endif
