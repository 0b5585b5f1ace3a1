/* decode.c - gzip, zstd and xz, decoded as they arrive.
 *
 * Concatenated members and frames are read through.  An input that ends inside one is
 * reported after all that could be decoded. */
#include <lzma.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "base/err.h"
#include "base/mem.h"
#include "io/flow.h"

#define ROOM      ((size_t)128 << 10)
#define XZ_MEMORY ((uint64_t)256 << 20)

struct decoder {
	const char *name;
	/* Decode from in to out, advance both; 1 a frame is complete, 0 go on, -1 bad */
	int (*step)(struct decoder *);
	void (*end)(struct decoder *);
	z_stream gzip;
	ZSTD_DCtx *zstd;
	lzma_stream xz;
	str in;
	char *out;
	size_t room;
	bool between; /* at the border of two frames: the input may end here */
	bool full;    /* the last step filled its room: more may wait inside */
	const char *why;
	char bytes[ROOM];
};

static int
gzip_step(struct decoder *d)
{
	if (d->between && d->in.len > 0) {
		if (d->in.at[0] == '\0') { /* padding of a tape or a block device */
			d->in = str_from(d->in, 1);
			return 1;
		}
		inflateReset(&d->gzip);
	}
	d->gzip.next_in = (Bytef *)(uintptr_t)d->in.at;
	d->gzip.avail_in = (uInt)d->in.len;
	d->gzip.next_out = (Bytef *)d->out;
	d->gzip.avail_out = (uInt)d->room;
	int code = inflate(&d->gzip, Z_SYNC_FLUSH);
	d->in = (str){ (const char *)d->gzip.next_in, d->gzip.avail_in };
	d->out = (char *)d->gzip.next_out;
	d->room = d->gzip.avail_out;
	if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
		d->why = d->gzip.msg != NULL ? d->gzip.msg : "damaged";
	return d->why != NULL ? -1 : code == Z_STREAM_END;
}

static void
gzip_end(struct decoder *d)
{
	inflateEnd(&d->gzip);
}

static int
zstd_step(struct decoder *d)
{
	ZSTD_inBuffer in = { d->in.at, d->in.len, 0 };
	ZSTD_outBuffer out = { d->out, d->room, 0 };
	size_t code = ZSTD_decompressStream(d->zstd, &out, &in);

	d->in = str_from(d->in, in.pos);
	d->out += out.pos;
	d->room -= out.pos;
	if (ZSTD_isError(code))
		d->why = ZSTD_getErrorName(code);
	return d->why != NULL ? -1 : code == 0;
}

static void
zstd_end(struct decoder *d)
{
	ZSTD_freeDCtx(d->zstd);
}

static int
xz_step(struct decoder *d)
{
	d->xz.next_in = (const uint8_t *)d->in.at;
	d->xz.avail_in = d->in.len;
	d->xz.next_out = (uint8_t *)d->out;
	d->xz.avail_out = d->room;
	lzma_ret code = lzma_code(&d->xz, LZMA_RUN);
	d->in = (str){ (const char *)d->xz.next_in, d->xz.avail_in };
	d->out = (char *)d->xz.next_out;
	d->room = d->xz.avail_out;
	if (code == LZMA_MEMLIMIT_ERROR)
		d->why = "needs more than 256 MiB of memory";
	else if (code != LZMA_OK && code != LZMA_STREAM_END && code != LZMA_BUF_ERROR)
		d->why = "damaged";
	return d->why != NULL ? -1 : code == LZMA_STREAM_END;
}

static void
xz_end(struct decoder *d)
{
	lzma_end(&d->xz);
}

/* xz tells only at the end of input whether its last stream was whole. */
static bool
xz_whole(struct decoder *d)
{
	uint8_t spare;

	if (d->step != xz_step)
		return false;
	d->xz.next_in = NULL;
	d->xz.avail_in = 0;
	d->xz.next_out = &spare;
	d->xz.avail_out = 1;
	return lzma_code(&d->xz, LZMA_FINISH) == LZMA_STREAM_END;
}

static ssize_t
decode(struct flow *f, char *to, size_t room)
{
	struct decoder *d = f->state;

	d->out = to;
	d->room = room < (size_t)1 << 30 ? room : (size_t)1 << 30;
	while (d->out == to) {
		if (d->why != NULL)
			return flow_fail(f, false, "bad %s input: %s", d->name, d->why);
		if (d->in.len == 0 && !d->full) {
			ssize_t n = flow_read(f->below, d->bytes, sizeof d->bytes);
			if (n < 0)
				return n;
			if (n == 0)
				return d->between || xz_whole(d) ?
				    0 :
				    flow_fail(f, false, "truncated %s input", d->name);
			d->in = (str){ d->bytes, (size_t)n };
		}
		bool fed = d->in.len > 0;
		int code = d->step(d); /* what came before a fault is handed out first */
		d->full = d->room == 0;
		if (fed || d->out > to)
			d->between = code == 1;
	}
	return d->out - to;
}

static void
end(struct flow *f)
{
	struct decoder *d = f->state;

	d->end(d);
	free(d);
}

struct flow *
flow_decoder(struct flow *below, enum packing packing)
{
	struct decoder *d = mem_new(sizeof *d);
	bool ready;

	if (packing == PACKED_GZIP) {
		d->name = "gzip", d->step = gzip_step, d->end = gzip_end;
		ready = inflateInit2(&d->gzip, 15 + 16) == Z_OK;
	} else if (packing == PACKED_ZSTD) {
		d->name = "zstd", d->step = zstd_step, d->end = zstd_end;
		ready = (d->zstd = ZSTD_createDCtx()) != NULL;
	} else {
		d->name = "xz", d->step = xz_step, d->end = xz_end;
		ready = lzma_stream_decoder(&d->xz, XZ_MEMORY, LZMA_CONCATENATED) == LZMA_OK;
	}
	if (!ready)
		die(EXIT_SYSTEM, "out of memory");
	struct flow *f = flow_new(below, below->trouble, d);
	f->read = decode;
	f->close = end;
	return f;
}
