/* fuzz_redact - rules and a record: what comes out is JSON, and where a rule is a plain word
 * that word is gone from every string of it.  Rules, a NUL, then the record. */
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
		buf_printf(
		    out, "%.*s %.*s\n", (int)name.len, name.at, (int)pattern.len, pattern.at);
	}
	buf_text(out, "secret XYZZY\n");
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
	str list = arena_printf(&a, "[%.*s]", (int)made.modified.len, made.modified.at);
	assert(doc_kind(doc_read(&a, list)) == KIND_ARRAY);
	rules_free(rules);
	close(fd);
	buf_free(&text);
	arena_free(&a);
	return 0;
}
