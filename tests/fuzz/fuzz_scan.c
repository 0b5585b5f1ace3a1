/* fuzz_scan - the first line is a path, the rest a record: reading, projecting, canonical
 * form and editing agree with each other and with themselves. */
#include <assert.h>

#include "io/canon.h"
#include "io/edit.h"
#include "io/scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

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
