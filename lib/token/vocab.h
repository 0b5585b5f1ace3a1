/* vocab.h - a vocabulary by name or by file: found, compiled once, and mapped.
 *
 * Named ones are looked for in the folders given, in $INFERUTILS_VOCAB, in
 * inferutils/vocab of the XDG data folders, and in the folders where Hugging Face, Ollama
 * and llama.cpp keep models.  What is compiled is kept in inferutils/vocab of the XDG cache
 * folder, under a name made of where the source is, its size and its times; it is written
 * beside and renamed, so any number of makers may meet.  Where nothing can be written, it
 * is made in memory.  No socket is ever opened. */
#ifndef VOCAB_H
#define VOCAB_H

#include "token/image.h"
#include "token/names.h"

struct vocab_options {
	const char *dir;     /* looked in first; NULL: none */
	const char *pattern; /* the split of a .tiktoken file that is not known by name */
};

struct vocab {
	struct image image;
	const char *name;   /* the encoding, or the file */
	const char *file;   /* where it came from */
	const char *sha256; /* of that file (of a large GGUF: of its beginning) */
	bool verified;      /* it is the publisher's hash */
};

enum vocab_result {
	VOCAB_OPEN,
	VOCAB_UNKNOWN, /* no such name */
	VOCAB_MISSING, /* nowhere to be found; why is the command that gets it */
	VOCAB_WRONG    /* it cannot be used; why */
};

/* All text lives in the arena. */
enum vocab_result vocab_open(
    struct vocab *, struct arena *, const struct vocab_options *, str name, const char **why);
enum vocab_result vocab_file(struct vocab *, struct arena *, const struct vocab_options *,
    const char *file, const struct vocab_name *as, const char **why);
void vocab_close(struct vocab *);

/* The file of a name, NULL if it is nowhere. */
const char *vocab_find(struct arena *, const struct vocab_options *, const struct vocab_name *);

/* Make the folders that a file lies in: NULL, or why not. */
const char *vocab_folders(struct arena *, const char *file, unsigned mode);

/* inferutils/vocab in the folder for the user's own data. */
const char *vocab_home(struct arena *);

#endif
