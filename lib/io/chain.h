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
#include "base/buf.h"

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

/* The next line with its end put behind what is in the buffer; nothing is written. */
void chain_line(struct chain *, str members, struct buf *);
/* The head behind that line, without its end, which has that number. */
void chain_after(struct chain *, int64_t seq, str line);
/* Whole lines to the end of a file, or nothing of them: NULL, or why not. */
const char *chain_write(int fd, str lines);
/* How many of the first `size` bytes are whole lines; below 0: they cannot be read. */
int64_t chain_whole(int fd, int64_t size);
/* The head after the first `size` bytes of a file, from its last line alone, which is taken at
 * its word.  NULL, or why it cannot be told. */
const char *chain_last(int fd, int64_t size, struct chain *at);

/* All lines of a file: NULL when each holds the hash of the one before, with the head and
 * the number of lines in *at; else what is wrong, with the line (from 1) in at->seq. */
const char *chain_verify(const char *file, struct chain *at);

#endif
