/* journal_line.c - one line of a journal, read. */
#include "ask/journal_line.h"

const char *
journal_parse(struct arena *a, str text, struct journal_line *line)
{
	const struct doc *d = doc_read(a, text);

	*line = (struct journal_line){ .is = JOURNAL_HEAD };
	if (doc_kind(d) != KIND_OBJECT)
		return "no JSON object";
	line->tool = doc_text(doc_get(d, "journal"));
	if (line->tool.len > 0) {
		line->to = doc_text(doc_get(d, "to"));
		return NULL;
	}
	line->is = doc_get(d, "done") != NULL ? JOURNAL_DONE : JOURNAL_SENT;
	if (!doc_int(doc_get(d, line->is == JOURNAL_DONE ? "done" : "sent"), &line->number) ||
	    line->number < 0 || line->number >= JOURNAL_CALLS)
		return "no number of a call";
	line->id = doc_text(doc_get(d, "id"));
	line->sha256 = doc_text(doc_get(d, "request_sha256"));
	line->answer = doc_raw(doc_get(d, "answer"));
	if (line->is == JOURNAL_DONE && doc_kind(doc_get(d, "answer")) != KIND_OBJECT)
		return "no answer";
	return NULL;
}
