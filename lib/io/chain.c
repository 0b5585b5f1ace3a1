/* chain.c - lines that hold the hash of the one before. */
#include "io/chain.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "data/hash.h"
#include "io/doc.h"

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"

static void
leaf(char hex[65], str line)
{
	struct arena a = { 0 };
	char *bytes = arena_bytes(&a, line.len + 1);

	bytes[0] = '\0';
	memcpy(bytes + 1, line.at, line.len);
	snprintf(hex, 65, "%.*s", HASH_HEX, hash_hex(&a, (str){ bytes, line.len + 1 }).at);
	arena_free(&a);
}

static void
start(struct chain *c)
{
	c->seq = 1;
	strcpy(c->prev, ZEROS);
}

/* Does the line go on from there? */
static const char *
step(struct chain *c, str line)
{
	struct arena a = { 0 };
	const struct doc *d = doc_read(&a, line);
	int64_t seq;
	const char *why = d == NULL                            ? "not one JSON object" :
	    !doc_int(doc_get(d, "seq"), &seq) || seq != c->seq ? "its number does not follow" :
	    !str_is(doc_text(doc_get(d, "prev")), c->prev) ? "does not hold the hash of the "
							     "line before" :
							     NULL;

	arena_free(&a);
	if (why != NULL)
		return why;
	leaf(c->prev, line);
	c->seq++;
	return NULL;
}

static const char *
walk(struct chain *c, FILE *f)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t n;
	const char *why = NULL;

	start(c);
	while (why == NULL && (n = getline(&line, &room, f)) > 0) {
		if (line[n - 1] != '\n')
			why = "cut off";
		else
			why = step(c, (str){ line, (size_t)n - 1 });
	}
	if (why == NULL && ferror(f))
		why = strerror(errno);
	free(line);
	return why;
}

/* A device or a pipe has no lines to go on from, and may have no end. */
static const char *
check_file(int fd)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return strerror(errno);
	return S_ISREG(st.st_mode) ? NULL : "not a file";
}

const char *
chain_verify(const char *file, struct chain *at)
{
	FILE *f = fopen(file, "re");

	*at = (struct chain){ .fd = -1 };
	if (f == NULL)
		return strerror(errno);
	const char *why = check_file(fileno(f));
	if (why == NULL)
		why = walk(at, f);
	fclose(f);
	return why;
}

const char *
chain_open(struct chain *c, const char *file)
{
	*c = (struct chain){ .fd = open(file, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0666) };
	if (c->fd < 0)
		return strerror(errno);
	const char *bad = check_file(c->fd);
	if (bad != NULL)
		return bad;
	if (flock(c->fd, LOCK_EX) != 0)
		return strerror(errno);
	int copy = dup(c->fd);
	FILE *f = copy >= 0 ? fdopen(copy, "r") : NULL;
	if (f == NULL)
		return strerror(errno);
	const char *why = walk(c, f);
	fclose(f);
	return why;
}

void
chain_line(struct chain *c, str members, struct buf *b)
{
	size_t start = b->len;

	buf_printf(b, "{\"seq\":%lld,\"prev\":\"%s\",", (long long)c->seq, c->prev);
	buf_add(b, members);
	buf_byte(b, '}');
	leaf(c->prev, (str){ b->at + start, b->len - start });
	c->seq++;
	buf_byte(b, '\n');
}

const char *
chain_add(struct chain *c, str members)
{
	struct chain next = *c;
	struct buf b = { 0 };

	chain_line(&next, members, &b);
	const char *why = chain_write(c->fd, buf_str(&b));
	if (why == NULL)
		*c = next;
	buf_free(&b);
	return why;
}

void
chain_after(struct chain *c, int64_t seq, str line)
{
	c->seq = seq + 1;
	leaf(c->prev, str_ends(line, "\n") ? (str){ line.at, line.len - 1 } : line);
}

const char *
chain_write(int fd, str lines)
{
	const char *why = NULL;
	size_t done = 0;

	while (done < lines.len && why == NULL) {
		ssize_t n = write(fd, lines.at + done, lines.len - done);
		if (n < 0 && errno != EINTR)
			why = strerror(errno);
		done += n > 0 ? (size_t)n : 0;
	}
	off_t end = why != NULL && done > 0 ? lseek(fd, 0, SEEK_END) : 0;
	if (why != NULL && done > 0 && (end < 0 || ftruncate(fd, end - (off_t)done) != 0))
		why = "cannot be written, and half a line stays";
	return why;
}

int64_t
chain_whole(int fd, int64_t size)
{
	char block[4096];

	while (size > 0) {
		int64_t from = size > (int64_t)sizeof block ? size - (int64_t)sizeof block : 0;
		if (pread(fd, block, (size_t)(size - from), from) != size - from)
			return -1;
		const char *end = memrchr(block, '\n', (size_t)(size - from));
		if (end != NULL)
			return from + (end - block) + 1;
		size = from;
	}
	return 0;
}

const char *
chain_last(int fd, int64_t size, struct chain *at)
{
	struct buf b = { 0 };
	const char *why = NULL, *line = NULL;

	start(at);
	for (int64_t want = 4096; size > 0 && why == NULL && line == NULL; want *= 4) {
		int64_t from = want < size ? size - want : 0;
		buf_reset(&b);
		buf_reserve(&b, (size_t)(size - from));
		if (pread(fd, b.at, (size_t)(size - from), from) != size - from)
			why = "changed while it was read";
		else if (b.at[size - from - 1] != '\n')
			why = "its last line is cut off";
		else if ((line = memrchr(b.at, '\n', (size_t)(size - from - 1))) != NULL)
			line++;
		else if (from == 0)
			line = b.at;
		b.len = (size_t)(size - from);
	}
	if (why == NULL && line != NULL) {
		struct arena a = { 0 };
		str text = { line, (size_t)(b.at + b.len - 1 - line) };
		if (!doc_int(doc_get(doc_read(&a, text), "seq"), &at->seq) || at->seq < 1)
			why = "its last line has no number";
		chain_after(at, at->seq, text);
		arena_free(&a);
	}
	buf_free(&b);
	return why;
}

const char *
chain_close(struct chain *c)
{
	int failed = fdatasync(c->fd) != 0 && errno != EINVAL && errno != EROFS;
	const char *why = failed ? strerror(errno) : NULL;

	if (close(c->fd) != 0 && why == NULL)
		why = strerror(errno);
	return why;
}
