/* flow.h - the layers that bytes are read through: a file, decoders, an archive.
 *
 * A layer is a struct flow with functions; each reads from the one below it and owns it.
 * Failures are noted once, in the trouble that all layers of a file share. */
#ifndef FLOW_H
#define FLOW_H

#include <sys/types.h>

#include "io/bytes.h"

struct trouble {
	char why[160];
	bool system;
	const struct flow *layer; /* that failed */
};

struct flow {
	ssize_t (*read)(struct flow *, char *to, size_t room);
	void (*close)(struct flow *);
	struct flow *below;
	struct trouble *trouble;
	void *state;
};

struct flow *flow_new(struct flow *below, struct trouble *, void *state);
ssize_t flow_read(struct flow *, char *to, size_t room);
void flow_close(struct flow *); /* this layer and all below; NULL is fine */

/* Note the reason; returns BYTES_BAD. */
ssize_t flow_fail(struct flow *, bool system, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* How the bytes that a flow begins with are packed. */
enum packing {
	PACKED_UNKNOWN,
	PACKED_NOT,
	PACKED_GZIP,
	PACKED_ZSTD,
	PACKED_XZ,
	PACKED_ARCHIVE
};
#define FLOW_PEEK 262 /* enough to know a tar archive */

/* What the first bytes say; PACKED_UNKNOWN: more of them could still decide, and no line
 * has arrived that waiting would hold back. */
enum packing flow_packing(str head, bool ended);

/* A decoder on top of below. */
struct flow *flow_decoder(struct flow *below, enum packing);

/* A thread that reads below ahead of its reader.  BYTES_AGAIN does not pass through it:
 * below must be patient. */
struct flow *flow_ahead(struct flow *below);

/* An archive on top of below: flow_member() goes to the next member and gives its name;
 * the flow itself then reads that member. */
struct flow *flow_archive(struct flow *below);
ssize_t flow_member(struct flow *, const char **name);

#endif
