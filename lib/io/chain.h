/* chain.h - a file of lines of which each holds the hash of the one before.
 *
 * A line is one JSON object that begins with its number and the hash:
 * {"seq":N,"prev":HEX,...}.  HEX is the SHA-256 of a zero byte and the bytes of the line
 * before as they were written, without its end (the leaf hash of RFC 6962, so that a tree can
 * be made of the same lines); 64 zeros before the first.  Who changes, drops or adds a line
 * breaks the chain behind it.  That the end was cut off, or all written anew, shows only
 * beside a head that was kept elsewhere. */
#ifndef CHAIN_H
#define CHAIN_H

#include "base/arena.h"

struct chain {
	int fd;
	int64_t seq;   /* of the next line */
	char prev[65]; /* the head: the hash of the last line */
};

/* Open for adding, and lock; the last line is read.  NULL, or why not. */
const char *chain_open(struct chain *, const char *file);
/* members: those of the object behind seq and prev.  NULL, or why it is not written. */
const char *chain_add(struct chain *, str members);
const char *chain_close(struct chain *); /* made durable; NULL, or why it may not be */

/* All lines of a file: NULL when each holds the hash of the one before, with the head and
 * the number of lines in *at; else what is wrong, with the line (from 1) in at->seq. */
const char *chain_verify(const char *file, struct chain *at);

#endif
