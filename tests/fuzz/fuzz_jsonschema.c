/* fuzz_jsonschema - a schema and a value, a line end between: an outcome, in good time. */
#include "../../cmd/diff-eval/jsonschema.c"
#include "../../cmd/diff-eval/words.c"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str value = { (const char *)data, size }, schema = str_cut(&value, '\n'), fault = { 0 };
	struct arena a = { 0 };
	const struct doc *s = doc_read(&a, schema), *v = doc_read(&a, value);

	if (s != NULL && v != NULL && schema_fits(&a, v, s, &fault) == FAIL &&
	    doc_kind(s) != KIND_FALSE && fault.len == 0)
		__builtin_trap();
	words_compare(&a, schema, value);
	arena_free(&a);
	return 0;
}
