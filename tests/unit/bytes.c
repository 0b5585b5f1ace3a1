/* bytes - packed input gives all that can be decoded, then the fault; a reader that must
 * not wait is told so; records are cut the same however the bytes arrive. */
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "io/bytes.h"
#include "io/flow.h"
#include "io/records.h"
#include "unit.h"

static char plain[60000];

static int
file_of(const void *bytes, size_t n)
{
	int fd = memfd_create("packed", 0);

	if (write(fd, bytes, n) != (ssize_t)n || lseek(fd, 0, SEEK_SET) != 0)
		abort();
	return fd;
}

/* How many of the plain bytes come out, read in small pieces; the last answer in *end. */
static size_t
unpack(int fd, ssize_t *end)
{
	struct bytes *b = bytes_open(fd, "test");
	char piece[777];
	size_t n = 0;

	*end = bytes_next(b);
	while (*end > 0 && (*end = bytes_read(b, piece, sizeof piece)) > 0) {
		EXPECT(memcmp(piece, plain + n, (size_t)*end) == 0, "at %zu", n);
		n += (size_t)*end;
	}
	bytes_close(b);
	return n;
}

static void
packed(void)
{
	char out[70000];
	size_t room = sizeof out;
	ssize_t end;

	/* a zstd frame that was flushed but never ended */
	ZSTD_CCtx *z = ZSTD_createCCtx();
	ZSTD_inBuffer in = { plain, sizeof plain, 0 };
	ZSTD_outBuffer to = { out, room, 0 };
	while (ZSTD_compressStream2(z, &to, &in, ZSTD_e_flush) != 0)
		;
	CHECK(unpack(file_of(out, to.pos), &end) == sizeof plain && end == BYTES_BAD);
	while (ZSTD_compressStream2(z, &to, &in, ZSTD_e_end) != 0)
		;
	CHECK(unpack(file_of(out, to.pos), &end) == sizeof plain && end == 0);
	ZSTD_freeCCtx(z);

	/* a gzip member whose checksum is wrong */
	z_stream g = { .next_in = (Bytef *)plain,
		.avail_in = sizeof plain,
		.next_out = (Bytef *)out,
		.avail_out = (uInt)room };
	deflateInit2(&g, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY);
	deflate(&g, Z_FINISH);
	deflateEnd(&g);
	CHECK(unpack(file_of(out, g.total_out), &end) == sizeof plain && end == 0);
	out[g.total_out - 6] ^= 1;
	CHECK(unpack(file_of(out, g.total_out), &end) == sizeof plain && end == BYTES_BAD);
	unit_table("what is read is what was packed");
}

static void
waiting(void)
{
	int ends[2];
	char piece[100];

	if (pipe(ends) != 0)
		abort();
	struct bytes *b = bytes_open(ends[0], "pipe");
	bytes_patient(b, false);
	CHECK(bytes_next(b) == BYTES_AGAIN && bytes_fd(b) == ends[0]);
	CHECK(write(ends[1], "{}\n", 3) == 3 && bytes_next(b) == 1);
	CHECK(bytes_read(b, piece, sizeof piece) == 3 &&
	    bytes_read(b, piece, sizeof piece) == BYTES_AGAIN);
	close(ends[1]);
	CHECK(bytes_read(b, piece, sizeof piece) == 0 && bytes_next(b) == 0);
	bytes_close(b);
}

/* All records of a text, written through a pipe in two parts cut at `cut`. */
static void
cut_records(const char *text, size_t cut, struct buf *all)
{
	size_t n = strlen(text);
	int ends[2];
	bool second = false;

	if (pipe(ends) != 0 || write(ends[1], text, cut) != (ssize_t)cut)
		abort();
	struct bytes *b = bytes_open(ends[0], "pipe");
	struct records r = { .max_line = 1000, .max_document = 60 };
	bytes_patient(b, false);
	bool begun = false;
	for (enum records_step step = RECORDS_WAIT; step != RECORDS_END;) {
		if (!begun && bytes_next(b) == 1) {
			records_begin(&r, b);
			begun = true;
		}
		step = begun ? records_next(&r) : RECORDS_WAIT;
		if (step == RECORDS_WAIT && !second) {
			if (write(ends[1], text + cut, n - cut) != (ssize_t)(n - cut))
				abort();
			close(ends[1]);
			second = true;
		}
		if (step == RECORDS_ONE)
			buf_printf(
			    all, "%llu:%.*s;", (unsigned long long)r.line, STR_F(r.text));
		if (step == RECORDS_BAD)
			buf_printf(all, "%llu!%s;", (unsigned long long)r.line, r.why);
	}
	records_free(&r);
	bytes_close(b);
}

static void
records(void)
{
	static const struct {
		const char *text, *records;
	} cases[] = {
		{ "{\"a\":1}\n\n {\"b\":2}\r\n{\"c\":3}",
		    "1:{\"a\":1};3:{\"b\":2};4:{\"c\":3};" },
		{ "[1, {\"a\":[2]}\n,\"x]\"]\n", "1:1;1:{\"a\":[2]};2:\"x]\";" },
		{ "[]", "" },
		{ "[{},]", "1:{};1!a comma before the end of the array;" },
		{ "[{} {}]", "1:{};1!no comma between two elements;1:{}];" },
		{ "[{\"a\":[3}},\n{}]\n",
		    "1!brackets do not match, or are too deep: what follows is "
		    "read by lines;1:},;2:{}];" },
		{ "[{},", "1:{};1!the array has no end;" },
		{ "{\n \"a\":1\n}\n{\"b\":2} {\"c\":3}",
		    "1:{\n \"a\":1\n};4:{\"b\":2};4:{\"c\":3};" },
		{ "{\"a\":1,\n{\"b\":2}\n", "1:{\"a\":1,;2:{\"b\":2};" },
		{ "{\"a\":\n{\"b\":2}\n", "1:{\"a\":;2:{\"b\":2};" },
		{ "[{\"long\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"},"
		  "{}]",
		    "1!longer than --max-document;1:{};" },
		{ "\xef\xbb\xbf{}\n", "1!begins with a byte order mark: remove it;1:{};" },
		{ "", "" },
		{ "\n\n", "" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		for (size_t cut = 0; cut <= strlen(cases[i].text); cut++) {
			struct buf all = { 0 };
			cut_records(cases[i].text, cut, &all);
			EXPECT(str_is(buf_str(&all), cases[i].records),
			    "case %zu cut at %zu: %.*s", i, cut, STR_F(buf_str(&all)));
			buf_free(&all);
		}
	unit_table("records are the same wherever the bytes are cut");
}

static void
sniffing(void)
{
	static const struct {
		str head;
		bool ended;
		enum packing packing;
	} cases[] = { { STR_INIT("\x1f\x8b"), false, PACKED_GZIP },
		{ STR_INIT("\x1f"), false, PACKED_UNKNOWN },
		{ STR_INIT("\x28\xb5\x2f\xfd"), false, PACKED_ZSTD },
		{ STR_INIT("\x28\xb5\n"), false, PACKED_NOT },
		{ STR_INIT("\x50\x2a\x4d\x18"), false, PACKED_ZSTD },
		{ STR_INIT("PK\x03\x04"), false, PACKED_ARCHIVE },
		{ STR_INIT("{"), false, PACKED_NOT },
		{ STR_INIT("abc"), false, PACKED_UNKNOWN },
		{ STR_INIT("abc"), true, PACKED_NOT }, { STR_INIT("abc\n"), false, PACKED_NOT },
		{ STR_INIT(""), true, PACKED_NOT },
		{ STR_INIT("\xfd"
			   "7zXZ\0"),
		    false, PACKED_XZ } };

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		EXPECT(flow_packing(cases[i].head, cases[i].ended) == cases[i].packing,
		    "case %zu", i);
	unit_table("what the first bytes say");
}

int
main(void)
{
	for (size_t i = 0; i < sizeof plain; i++)
		plain[i] = "abcdefgh\n"[(i * i + i / 7) % 9];
	packed();
	waiting();
	records();
	sniffing();
	return unit_done();
}
