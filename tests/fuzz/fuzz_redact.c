/* fuzz_redact - rules and a record: what comes out is JSON, and a word that a rule names is
 * gone from every key and string of it, and from the account of what was done.  Rules, a
 * NUL, then the record. */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../cmd/trace-capture/redact.c"
#include "../../cmd/trace-capture/rules.c"
#include "data/pattern.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

#define WORD "XYZZY"

static bool
holds(str text)
{
	return str_search(text, WORD) < text.len;
}

/* Media stay as they are, also inside of JSON in a string. */
static void
check_gone(struct arena *a, const struct doc *d, int depth)
{
	DOC_EACH (m, d) {
		if (depth == 0 && own(m->key))
			continue;
		assert(!holds(m->key));
		const struct doc *inner = m->kind == KIND_STRING ? doc_read(a, m->text) : NULL;
		if (doc_kind(inner) == KIND_OBJECT || doc_kind(inner) == KIND_ARRAY)
			check_gone(a, inner, depth + 1);
		else if (m->kind == KIND_STRING && !encoded(m))
			assert(!holds(m->text));
		check_gone(a, m, depth + 1);
	}
}

/* rules_read() ends the program over a bad line: only good ones reach it. */
static void
good_rules(struct buf *out, str text)
{
	char why[160];

	for (int lines = 0; text.len > 0 && lines < 8; lines++) {
		str line = str_trim(str_cut(&text, '\n'));
		str name = { line.at, first_blank(line) },
		    pattern = str_trim(str_from(line, name.len));
		struct pattern *p =
		    is_name(name) && pattern.len > 0 ? pattern_new(pattern, why) : NULL;
		if (p == NULL)
			continue;
		pattern_free(p);
		if (holds(name)) /* it would stand in the placeholder */
			continue;
		buf_printf(
		    out, "%.*s %.*s\n", (int)name.len, name.at, (int)pattern.len, pattern.at);
	}
	buf_text(out, "secret " WORD "\n");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct buf text = { 0 };
	char path[64];
	str all = arena_keep(&a, (str){ (const char *)data, size }), record = all,
	    head = str_cut(&record, '\0');
	const struct doc *d = doc_read(&a, record);

	if (doc_kind(d) != KIND_OBJECT) {
		arena_free(&a);
		return 0;
	}
	good_rules(&text, head);
	int fd = memfd_create("rules", 0);
	if (fd < 0 || write(fd, text.at, text.len) != (ssize_t)text.len)
		abort();
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	struct rules *rules = rules_read(&a, "", path);
	struct redactor r = { rules, STR("0123456789abcdef") };
	struct redacted made = redact(&r, &a, d);
	assert(doc_kind(doc_read(&a, made.record)) == KIND_OBJECT);
	check_gone(&a, doc_read(&a, made.record), 0);
	assert(!holds(made.modified));
	str list = arena_printf(&a, "[%.*s]", (int)made.modified.len, made.modified.at);
	assert(doc_kind(doc_read(&a, list)) == KIND_ARRAY);
	rules_free(rules);
	close(fd);
	buf_free(&text);
	arena_free(&a);
	return 0;
}
