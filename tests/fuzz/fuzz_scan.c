/* fuzz_scan - the first line is a path, the rest a record: reading, projecting (by all ways),
 * canonical form and editing agree with each other and with themselves. */
#include <assert.h>
#include <stdlib.h>

#include "io/canon.h"
#include "io/edit.h"
#include "io/scan_level.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* Twice by each way: the second time the shape is known. */
static void
all_ways(const struct scan *scan, str record, bool good, struct scan_value want)
{
	char *room = malloc(record.len + 64);
	struct doc_error error;

	assert(room != NULL);
	memset(room, '7', record.len + 64);
	if (record.len > 0)
		memcpy(room, record.at, record.len);
	for (int level = SCAN_SSE2; level <= SCAN_AVX512; level++) {
		struct scanner *s = scanner_new(scan);
		scanner_limit(s, (enum scan_level)level, true);
		for (int i = 0; i < 2; i++) {
			const struct scan_value *v =
			    scanner_read(s, (str){ room, record.len }, 64, 64, &error);
			assert((v != NULL) == good);
			assert(!good || (v->kind == want.kind && str_eq(v->raw, want.raw)));
		}
		scanner_free(s);
	}
	free(room);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str rest = { (const char *)data, size }, path_text = str_cut(&rest, '\n'), edited;
	struct arena a = { 0 };
	struct path path;
	struct scan_value v;
	struct doc_error error;
	const char *why;

	const struct doc *d = doc_parse(&a, rest, 64, &error);
	if (path_parse(&a, path_text, &path) == NULL) {
		bool stages = false;
		for (size_t i = 0; i < path.count; i++)
			stages |= path.steps[i].kind == PATH_FROMJSON;
		if (!stages) {
			const struct scan *s = scan_new(&a, &path, 1);
			assert(scan_read(s, rest, 64, &v, &error) == (d != NULL));
			all_ways(s, rest, d != NULL, d != NULL ? v : (struct scan_value){ 0 });
			const struct doc *found = doc_at(d, &path);
			assert(d == NULL ||
			    (doc_kind(found) == v.kind && str_eq(doc_raw(found), v.raw)));
			if (d != NULL && edit_path(&a, d, &path, STR("[1]"), &edited, &why))
				assert(doc_read(&a, edited) != NULL);
		}
	}
	if (d != NULL) {
		str once = canon_text(&a, d->raw);
		assert(str_eq(once, canon_text(&a, once)));
		struct buf b = { 0 };
		edit_flatten(&b, d->raw);
		assert(b.len == d->raw.len && str_eq(canon_text(&a, buf_str(&b)), once));
		buf_reset(&b);
		const struct edit edits[] = { { "record", STR("\"x\"") },
			{ "new", STR("null") } };
		if (d->kind == KIND_OBJECT) {
			edit_object(&b, d->raw, edits, 2);
			const struct doc *again = doc_read(&a, buf_str(&b));
			assert(doc_is(doc_get(again, "record"), "x") &&
			    doc_get(again, "new") != NULL);
		}
		buf_free(&b);
	}
	arena_free(&a);
	return 0;
}
