/* recipe.h - a vocabulary as its file describes it, whatever the format: the tokens, how
 * they come about, and what happens to a text before.
 *
 * Readers fill a recipe; image.h compiles it.  Ids are the publisher's.  All of it lives
 * in the arena.  An element of a file that is not read here is an error that names it:
 * nothing is ever approximated. */
#ifndef RECIPE_H
#define RECIPE_H

#include "base/arena.h"
#include "base/buf.h"

enum model_kind { MODEL_BPE, MODEL_UNIGRAM, MODEL_WORDPIECE };

enum piece_type {
	PIECE_HOLE, /* no token has this id */
	PIECE_NORMAL,
	PIECE_BYTE,    /* stands for one byte that nothing else covers; text is that byte */
	PIECE_CONTROL, /* never made of text */
	PIECE_UNKNOWN,
	PIECE_USER,   /* taken as a whole before anything else */
	PIECE_UNUSED, /* taken apart again when it comes about */
	PIECE_MERE,   /* a character that only has a token together with others */
};

struct piece {
	str text; /* the bytes it stands for in the text that the model sees */
	double score;
	enum piece_type type;
};

struct merge {
	uint32_t left, right, to;
};

/* What is done to a text: first the normalizers in order, then the splits in order. */
enum step_kind {
	STEP_NFC, /* the four forms; flags: OLD_TABLES */
	STEP_NFD,
	STEP_NFKC,
	STEP_NFKD,
	STEP_LOWER,
	STEP_STRIP,         /* flags: 1 left, 2 right */
	STEP_STRIP_ACCENTS, /* removes marks */
	STEP_REPLACE,       /* a by b */
	STEP_REPLACE_PATTERN,
	STEP_PREPEND,   /* a, before a text that is not empty */
	STEP_METASPACE, /* a before the text if it does not start with it; flags: 1 only first
			 */
	STEP_CHARSMAP,  /* a: sentencepiece's compiled map */
	STEP_NMT,
	STEP_BERT,       /* flags: enum bert_flags */
	STEP_SPACE,      /* sentencepiece's white space; flags: enum space_flags */
	STEP_NORMALIZED, /* nothing: here added tokens are looked for again */
	STEP_SPLIT,      /* pattern a; flags: enum split_flags */
	STEP_KINDS,
};

enum bert_flags {
	BERT_CLEAN = 1,
	BERT_CHINESE = 2,
	BERT_ACCENTS = 4,
	BERT_LOWER = 8,
	OLD_TABLES = 16, /* Hugging Face's Unicode, see unicode_age() */
};

enum space_flags { SPACE_PREFIX = 1, SPACE_SQUEEZE = 2, SPACE_ESCAPE = 4, SPACE_SUFFIX = 8 };

/* What becomes of a match: a piece of its own, or a part of the piece before or behind it. */
enum split_flags {
	SPLIT_ISOLATED = 0,
	SPLIT_REMOVED,
	SPLIT_PREVIOUS,
	SPLIT_NEXT,
	SPLIT_CONTIGUOUS,
	SPLIT_BEHAVIOUR = 7,
	SPLIT_INVERT = 8, /* what does not match is the match */
};

struct step {
	uint32_t kind, flags;
	uint64_t a_at, a_len, b_at, b_len; /* in the recipe's or the image's text */
};

enum special_flags {
	SPECIAL_CONTROL = 1, /* special: true; plain text unless asked for */
	SPECIAL_LSTRIP = 2,
	SPECIAL_RSTRIP = 4,
	SPECIAL_WORD = 8,    /* single_word */
	SPECIAL_NORMAL = 16, /* looked for in the normalized text */
};

struct special {
	uint64_t at, len;
	uint32_t id, flags;
};

struct recipe {
	struct arena *arena;
	enum model_kind model;
	struct piece *pieces; /* by id */
	size_t piece_count, piece_room;
	struct merge *merges; /* in order of their rank; NULL: tokens merge by their rank */
	size_t merge_count;
	uint32_t
	    *ranked; /* BPE without merges: the ids in order of rank; NULL: as they stand */
	size_t ranked_count;
	bool tied; /* ranks are scores, and different tokens may have equal ones */

	bool byte_level;    /* symbols are bytes, else characters */
	bool whole_first;   /* a piece that is a token is that token, whatever the merges say */
	bool byte_fallback; /* what has no token becomes its bytes */
	bool fuse_unknown;  /* several unknown characters in a row are one */
	bool exact_float;   /* Unigram: sums in single precision over the whole text */
	bool skip_unused;   /* pieces of type UNUSED never come out */
	int64_t unknown;    /* id, -1: none */
	uint32_t byte_ids[256];
	str continues;   /* WordPiece: "##" */
	int64_t longest; /* WordPiece: characters of a word, more are unknown */
	double unknown_score;

	struct buf text; /* of steps and specials; the owner frees it */
	struct step *steps;
	struct special *specials;
	size_t step_count, special_count, step_room, special_room;
};

void recipe_piece(struct recipe *, size_t id, str text, double score, enum piece_type);
struct step *recipe_step(struct recipe *, enum step_kind, uint32_t flags, str a, str b);
void recipe_special(struct recipe *, str text, uint32_t id, uint32_t flags);
void recipe_free(struct recipe *);

/* Read a vocabulary file of any format we know, seen by its content.  pattern: the split
 * of formats that do not carry one, empty if unknown.  NULL, or why not (in the arena). */
const char *recipe_read(struct recipe *, str file, str pattern);

/* The formats.  Each returns NULL or why not. */
const char *recipe_ranks(struct recipe *, str file, str pattern); /* .tiktoken */
const char *recipe_runs(struct recipe *, str file); /* tiktoken's and Claude's JSON */
const char *recipe_tekken(struct recipe *, str file);
const char *recipe_hf(struct recipe *, str file); /* tokenizer.json */
const char *recipe_sentencepiece(struct recipe *, str file);
const char *recipe_gguf(struct recipe *, str file);

#endif
