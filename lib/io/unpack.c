/* unpack.c - the members of tar and zip archives, through libarchive. */
#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "io/flow.h"

struct unpack {
	struct archive *archive;
	struct flow *below;
	bool opened;
	str block;      /* of the member, not handed out yet */
	int64_t offset; /* where the next block has to begin */
	char bytes[65536];
	char tail[512]; /* the last bytes that libarchive was given */
};

static void
keep_tail(struct unpack *u, size_t n)
{
	size_t kept = n < sizeof u->tail ? n : sizeof u->tail;

	memmove(u->tail, u->tail + kept, sizeof u->tail - kept);
	memcpy(u->tail + sizeof u->tail - kept, u->bytes + n - kept, kept);
}

static la_ssize_t
pull(struct archive *a, void *data, const void **bytes)
{
	struct unpack *u = data;
	ssize_t n = flow_read(u->below, u->bytes, sizeof u->bytes);

	*bytes = u->bytes;
	if (n < 0) {
		archive_set_error(a, ARCHIVE_FATAL, "%s", u->below->trouble->why);
		return ARCHIVE_FATAL;
	}
	keep_tail(u, (size_t)n);
	return n;
}

static ssize_t
archive_bad(struct flow *f)
{
	struct unpack *u = f->state;
	const char *why = archive_error_string(u->archive);

	if (f->trouble->why[0] != '\0') /* a layer below said it better */
		return BYTES_BAD;
	return flow_fail(f, false, "bad archive: %s", why != NULL ? why : "damaged");
}

/* Block by block: archive_read_data() would wait until the room is full. */
static ssize_t
unpack(struct flow *f, char *to, size_t room)
{
	struct unpack *u = f->state;

	while (u->block.len == 0) {
		const void *bytes;
		size_t n;
		la_int64_t offset;
		int code = archive_read_data_block(u->archive, &bytes, &n, &offset);
		if (code == ARCHIVE_EOF)
			return 0;
		if (code < ARCHIVE_WARN)
			return archive_bad(f);
		if (n > 0 && offset != u->offset)
			return flow_fail(f, false, "bad archive: a sparse member");
		u->block = (str){ bytes, n };
		u->offset += (int64_t)n;
	}
	size_t n = u->block.len < room ? u->block.len : room;
	memcpy(to, u->block.at, n);
	u->block = str_from(u->block, n);
	return (ssize_t)n;
}

static void
end(struct flow *f)
{
	struct unpack *u = f->state;

	archive_read_free(u->archive);
	free(u);
}

struct flow *
flow_archive(struct flow *below)
{
	struct unpack *u = mem_new(sizeof *u);

	u->archive = archive_read_new();
	if (u->archive == NULL)
		die(EXIT_SYSTEM, "out of memory");
	u->below = below;
	archive_read_support_format_tar(u->archive);
	archive_read_set_options(u->archive, "tar:read_concatenated_archives");
	archive_read_support_format_zip_streamable(u->archive);
	struct flow *f = flow_new(below, below->trouble, u);
	f->read = unpack;
	f->close = end;
	return f;
}

/* The last member is read: the archive must have its end, and the layers below theirs. */
static ssize_t
finish(struct flow *f)
{
	struct unpack *u = f->state;
	bool tar =
	    (archive_format(u->archive) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_TAR;
	ssize_t n;

	while ((n = flow_read(u->below, u->bytes, sizeof u->bytes)) > 0)
		keep_tail(u, (size_t)n);
	for (size_t i = 0; tar && n == 0 && i < sizeof u->tail; i++)
		if (u->tail[i] != '\0')
			return flow_fail(f, false, "truncated archive");
	return n;
}

ssize_t
flow_member(struct flow *f, const char **name)
{
	struct unpack *u = f->state;
	struct archive_entry *entry;

	if (!u->opened && archive_read_open(u->archive, u, NULL, pull, NULL) != ARCHIVE_OK)
		return archive_bad(f);
	u->opened = true;
	for (;;) {
		int code = archive_read_next_header(u->archive, &entry);
		if (code == ARCHIVE_EOF)
			return finish(f);
		if (code < ARCHIVE_WARN)
			return archive_bad(f);
		if (archive_entry_filetype(entry) != AE_IFREG)
			continue;
		u->block = (str){ 0 };
		u->offset = 0;
		*name = archive_entry_pathname_utf8(entry);
		if (*name == NULL)
			*name = archive_entry_pathname(entry);
		*name = *name != NULL ? *name : "?";
		return 1;
	}
}
