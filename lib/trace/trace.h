/* trace.h - the trace record: which of its fields the tools read, and its parts written.
 *
 * The record is described in inferutils-records(5).  Readers name TRACE_NAMES in in_open()
 * and find the values by these numbers; a tool's own fields follow TRACE_FIELDS. */
#ifndef TRACE_H
#define TRACE_H

#include "io/in.h"
#include "trace/dialect.h"

enum trace_field {
	T_ID = IN_FIELDS,
	T_SESSION,
	T_API,
	T_URL,
	T_HEADERS,
	T_REQUESTED,
	T_ANSWERED,
	T_REQUEST,
	T_RESPONSE,
	T_STATUS,
	T_DONE,
	T_REPLAYABLE,
	T_GAPS,
	T_CANDIDATE,
	TRACE_FIELDS,
};
#define TRACE_NAMES                                                                            \
	IN_NAMES, "id", "session", "api", "url", "headers", "model.requested",                 \
	    "model.answered", "request", "response", "status", "stream.done", "replayable",    \
	    "gaps", "candidate"

bool trace_is(const struct rec *); /* a trace or a replay record */

/* Members of an open object; what is unknown or empty is left out. */
void trace_model(struct buf *, str requested, const struct answer *);
void trace_usage(struct buf *, const struct usage *);
void trace_error(struct buf *, str type, str message);
void trace_bytes(struct buf *, const char *name, str body); /* NAME_text, or NAME_b64 */

/* One element more of modified[] or translation[]: what became of a part of the request.
 * from and to are JSON or empty; why may be NULL. */
void trace_change(struct arena *, str *elements, const char *field, const char *action,
    str from, str to, const char *why);

/* An address without user, password, and keys in its query. */
str trace_url(struct arena *, str url);

/* The hash of the neutral view of a request; makes the view too. */
str trace_content(
    struct arena *, const struct dialect *, const struct doc *request, struct view *);

/* The last line of replay and judge. */
struct run {
	int64_t planned, done, skipped, failed;
	str stopped;                       /* why it ended early; empty: it did not */
	int64_t attempts, retries, resent; /* requests sent; again; once more after a crash */
};
void run_emit(struct buf *, const char *tool, const struct run *);
void run_add(struct run *, struct arena *keep, const struct doc *record);

#endif
