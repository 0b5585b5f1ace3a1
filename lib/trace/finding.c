/* finding.c - what a gate has found. */
#include "trace/finding.h"

#include "base/err.h"
#include "data/when.h"
#include "io/emit.h"

static void
emit_time(struct buf *b, const char *key, int64_t ns)
{
	struct arena a = { 0 };

	if (ns != FINDING_NEVER)
		emit_kstr(b, key, when_print(&a, ns));
	arena_free(&a);
}

static void
emit_members(struct buf *b, const char *key, str members)
{
	emit_key(b, key);
	emit_open(b, '{');
	buf_add(b, members);
	emit_close(b, '}');
}

void
finding_emit(struct buf *b, const struct finding *f)
{
	emit_open(b, '{');
	emit_ktext(b, "record", "finding");
	emit_kint(b, "v", 1);
	emit_ktext(b, "tool", err_tool());
	emit_ktext(b, "rule", f->rule);
	emit_ktext(b, "severity", f->severity);
	emit_members(b, "subject", f->subject);
	emit_time(b, "first", f->first);
	emit_time(b, "last", f->last);
	if (f->over)
		emit_kbool(b, "over", true);
	emit_kint(b, "n", f->n);
	emit_key(b, "examples");
	emit_open(b, '[');
	for (size_t i = 0; i < f->examples.count; i++)
		emit_str(b, f->examples.of[i].id);
	emit_close(b, ']');
	emit_kstr(b, "message", f->message);
	emit_members(b, "numbers", f->numbers);
	emit_close(b, '}');
}
