/* bytes.c - a file, a pipe, an archive: bytes, whatever they are packed in. */
#include "io/bytes.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "io/flow.h"

#define MAX_LAYERS 8

struct bytes {
	int fd;
	bool patient, ahead;
	const char *file;
	char *name; /* of the member being read */
	struct trouble trouble;
	struct flow *top;     /* what is read now */
	struct flow *archive; /* inside an archive: the layer that has the members */
	struct flow *member;  /* a lid that keeps the archive open behind a member */
	int layers;
	bool sniffed, given;
	char head[FLOW_PEEK]; /* first bytes, not handed out yet */
	size_t head_len;
};

struct flow *
flow_new(struct flow *below, struct trouble *trouble, void *state)
{
	struct flow *f = mem_new(sizeof *f);

	*f = (struct flow){ .below = below, .trouble = trouble, .state = state };
	return f;
}

ssize_t
flow_read(struct flow *f, char *to, size_t room)
{
	return f->read(f, to, room);
}

void
flow_close(struct flow *f)
{
	while (f != NULL) {
		struct flow *below = f->below;
		if (f->close != NULL)
			f->close(f);
		free(f);
		f = below;
	}
}

ssize_t
flow_fail(struct flow *f, bool system, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(f->trouble->why, sizeof f->trouble->why, fmt, ap);
	va_end(ap);
	f->trouble->system = system;
	f->trouble->layer = f;
	return BYTES_BAD;
}

/* The bottom layer: a descriptor that is asked before it is read. */
static ssize_t
fd_read(struct flow *f, char *to, size_t room)
{
	struct bytes *b = f->state;
	struct pollfd ready = { .fd = b->fd, .events = POLLIN };

	if (poll(&ready, 1, 0) == 0) {
		if (!b->patient && b->archive == NULL)
			return BYTES_AGAIN;
		err_flush();
	}
	ssize_t n;
	do {
		poll(&ready, 1, -1); /* the descriptor may be one that never blocks */
		n = read(b->fd, to, room);
	} while (n < 0 && (errno == EINTR || errno == EAGAIN));
	return n >= 0 ? n : flow_fail(f, true, "%s", strerror(errno));
}

/* A layer that first gives back the bytes that were looked at. */
struct replay {
	size_t at, len;
	char bytes[FLOW_PEEK];
};

static ssize_t
replay_read(struct flow *f, char *to, size_t room)
{
	struct replay *r = f->state;
	size_t n = r->len - r->at < room ? r->len - r->at : room;

	if (n == 0)
		return flow_read(f->below, to, room);
	memcpy(to, r->bytes + r->at, n);
	r->at += n;
	return (ssize_t)n;
}

static void
replay_close(struct flow *f)
{
	free(f->state);
}

static struct flow *
replay(struct flow *below, const char *bytes, size_t len)
{
	struct replay *r = mem_new(sizeof *r);

	memcpy(r->bytes, bytes, len);
	r->len = len;
	struct flow *f = flow_new(below, below->trouble, r);
	f->read = replay_read;
	f->close = replay_close;
	return f;
}

static ssize_t
member_read(struct flow *f, char *to, size_t room)
{
	return flow_read(f->state, to, room);
}

static bool
begins(str head, const char *magic, size_t n, bool *maybe)
{
	size_t have = head.len < n ? head.len : n;

	if (have > 0 && memcmp(head.at, magic, have) != 0)
		return false;
	*maybe |= head.len < n;
	return head.len >= n;
}

enum packing
flow_packing(str head, bool ended)
{
	bool maybe = false;

	if (begins(head, "\x1f\x8b", 2, &maybe))
		return PACKED_GZIP;
	if (begins(head, "\x28\xb5\x2f\xfd", 4, &maybe))
		return PACKED_ZSTD;
	if (head.len > 0 && (head.at[0] & 0xf0) == 0x50 &&
	    begins(str_from(head, 1), "\x2a\x4d\x18", 3, &maybe))
		return PACKED_ZSTD; /* a skippable frame */
	if (begins(head,
		"\xfd"
		"7zXZ",
		6, &maybe))
		return PACKED_XZ;
	if (begins(head, "PK\x03\x04", 4, &maybe) || begins(head, "PK\x05\x06", 4, &maybe))
		return PACKED_ARCHIVE;
	if (head.len > 0 && (head.at[0] == '{' || head.at[0] == '['))
		return PACKED_NOT; /* whatever stands at byte 257 */
	if (head.len >= FLOW_PEEK)
		return memcmp(head.at + 257, "ustar", 5) == 0 ? PACKED_ARCHIVE : PACKED_NOT;
	if (ended || (str_find(head, '\n') < head.len && !maybe))
		return PACKED_NOT;
	return PACKED_UNKNOWN;
}

/* Look at the first bytes of the top layer and put the right layer over it. */
static ssize_t
sniff(struct bytes *b)
{
	while (!b->sniffed) {
		bool ended = false;
		enum packing packing = flow_packing((str){ b->head, b->head_len }, false);
		if (packing == PACKED_UNKNOWN) {
			ssize_t n = flow_read(
			    b->top, b->head + b->head_len, sizeof b->head - b->head_len);
			if (n < 0)
				return n;
			b->head_len += (size_t)n;
			ended = n == 0;
			packing = flow_packing((str){ b->head, b->head_len }, ended);
		}
		if (packing == PACKED_UNKNOWN)
			continue;
		b->top = replay(b->top, b->head, b->head_len);
		b->head_len = 0;
		b->sniffed = packing == PACKED_NOT || packing == PACKED_ARCHIVE;
		if (packing == PACKED_NOT) {
			if (b->ahead && b->layers > 0 && b->archive == NULL)
				b->top = flow_ahead(b->top);
			break;
		}
		if (++b->layers > MAX_LAYERS ||
		    (packing == PACKED_ARCHIVE && b->archive != NULL))
			return flow_fail(b->top, false, "packed too many times");
		if (packing == PACKED_ARCHIVE)
			b->archive = b->top = flow_archive(b->top);
		else
			b->top = flow_decoder(b->top, packing);
	}
	return 1;
}

struct bytes *
bytes_open(int fd, const char *name)
{
	struct bytes *b = mem_new(sizeof *b);

	*b = (struct bytes){ .fd = fd, .patient = true, .file = name };
	b->top = flow_new(NULL, &b->trouble, b);
	b->top->read = fd_read;
	return b;
}

/* The layers above the archive belong to one member: take them off. */
static void
leave_member(struct bytes *b)
{
	if (b->member == NULL)
		return;
	flow_close(b->top);
	b->top = b->archive;
	b->member = NULL;
}

static ssize_t
enter_member(struct bytes *b)
{
	const char *name;

	leave_member(b);
	b->trouble = (struct trouble){ 0 };
	ssize_t n = flow_member(b->archive, &name);
	if (n <= 0)
		return n;
	free(b->name);
	if (asprintf(&b->name, "%s!%s", b->file, name) < 0)
		die(EXIT_SYSTEM, "out of memory");
	b->member = flow_new(NULL, &b->trouble, b->archive);
	b->member->read = member_read;
	b->top = b->member;
	b->sniffed = false;
	b->layers = 0;
	n = sniff(b);
	return n;
}

ssize_t
bytes_next(struct bytes *b)
{
	if (b->archive == NULL) {
		if (b->given)
			return 0;
		ssize_t n = sniff(b);
		if (n < 0)
			return n;
		b->given = true;
		if (b->archive == NULL)
			return 1;
	}
	return enter_member(b);
}

ssize_t
bytes_read(struct bytes *b, char *to, size_t room)
{
	return flow_read(b->top, to, room);
}

const char *
bytes_name(const struct bytes *b)
{
	return b->name != NULL ? b->name : b->file;
}

const char *
bytes_why(const struct bytes *b)
{
	return b->trouble.why;
}

bool
bytes_system(const struct bytes *b)
{
	return b->trouble.system;
}

bool
bytes_member_only(const struct bytes *b)
{
	if (b->member == NULL || b->trouble.system)
		return false;
	for (const struct flow *f = b->top; f != NULL; f = f->below)
		if (f == b->trouble.layer)
			return true;
	return false;
}

void
bytes_patient(struct bytes *b, bool waits)
{
	b->patient = waits;
}

void
bytes_ahead(struct bytes *b, bool ahead)
{
	b->ahead = ahead;
}

int
bytes_fd(const struct bytes *b)
{
	return b->fd;
}

void
bytes_close(struct bytes *b)
{
	leave_member(b);
	flow_close(b->top);
	if (b->fd != STDIN_FILENO)
		close(b->fd);
	free(b->name);
	free(b);
}
