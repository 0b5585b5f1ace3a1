/* fuzz_capture - a whole input file through the readers of trace-capture: packing, lines,
 * documents, HAR, exchanges, pairs, batch files, message lists.  What comes out must be
 * records. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../cmd/trace-capture/batch.c"
#include "../../cmd/trace-capture/evidence.c"
#include "../../cmd/trace-capture/exchange.c"
#include "../../cmd/trace-capture/har.c"
#include "../../cmd/trace-capture/judge.c"
#include "../../cmd/trace-capture/recall.c"
#include "../../cmd/trace-capture/trajectory.c"
#include "../../cmd/trace-capture/write.c"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

void
outlet_record(struct outlet *outlet, struct arena *a, const struct doc *source, str record,
    const struct doc *doc)
{
	const struct doc *d = doc_read(a, record);

	(void)outlet;
	(void)source;
	assert(doc == NULL && d != NULL && doc_is(doc_get(d, "record"), "trace") &&
	    doc_get(d, "replayable") != NULL);
}

str
outlet_key(const struct outlet *outlet)
{
	(void)outlet;
	return (str){ 0 };
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = { CAPTURE_NAMES, WHO_NAMES, NULL };
	static const struct capture_options options = { .set = { { "model=m" }, 1 },
		.in = { .max_bad = "0",
		    .max_line = 1 << 16,
		    .max_document = 1 << 18,
		    .max_depth = 64 } };
	char path[64];
	char *operands[] = { path, NULL };
	struct rec rec;
	int fd = memfd_create("input", 0);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	struct sink s = { .o = &options,
		.rec = &rec,
		.recall = recall_new(),
		.batch = batch_new(),
		.evidence = evidence_new() };
	s.in = in_open(&options.in, names, operands);
	while (in_record(s.in, &rec)) {
		s.source = NULL;
		if (read_har(&s))
			continue;
		s.source = in_doc(s.in, &rec);
		assert(s.source != NULL);
		evidence_read(
		    s.evidence, s.source, doc_read(in_arena(s.in), rec.values[C_RESULTS].raw));
		if (!read_exchange(&s) && !read_batch(&s) && !read_pair(&s) &&
		    !read_trajectory(&s))
			in_reject(s.in, &rec, "neither");
	}
	batch_end(&s);
	in_close(s.in);
	close(fd);
	evidence_free(s.evidence);
	recall_free(s.recall);
	buf_free(&s.line);
	return 0;
}
