/* names.h - which vocabulary a name means: encodings, and models by their encoding.
 *
 * One table.  Hashes are SHA-256 of the publisher's file, where the publisher names it. */
#ifndef NAMES_H
#define NAMES_H

#include "base/str.h"

struct vocab_name {
	const char *name;
	const char *files;    /* what its file may be called in a folder of vocabularies */
	const char *hub;      /* its repository in a Hugging Face cache */
	const char *address;  /* of the publisher's file */
	const char *sha256;   /* NULL: not known */
	const char *pattern;  /* .tiktoken only */
	const char *specials; /* .tiktoken only: TEXT=ID, blanks between */
};

/* An encoding by its name; NULL: none of that name. */
const struct vocab_name *vocab_named(str name);

/* A model's name in lower case, without any "provider/" before it, in out. */
#define VOCAB_MODEL 128
str vocab_model(str model, char out[VOCAB_MODEL]);

/* The encoding of a model.  Empty: unknown.  *closed: its tokenizer is not public, and what
 * is named is only near it. */
str vocab_of_model(str model, bool *closed);

/* The first whose publisher's file has this hash, in hex; NULL: none. */
const struct vocab_name *vocab_of_hash(const char *sha256);

#endif
