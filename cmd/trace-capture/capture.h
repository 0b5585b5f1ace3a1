/* capture.h - one model call on its way from somebody's log to a trace record.
 *
 * A reader fills a struct capture as far as its source goes and calls capture_write();
 * everything in it is borrowed until then.  What the reader does not know stays empty
 * and is left out of the record. */
#ifndef CAPTURE_H
#define CAPTURE_H

#include "trace/reply.h"
#include "trace/trace.h"

/* The source's own fields, found under their names or through --map. */
enum {
	C_ID = IN_FIELDS,
	C_SESSION,
	C_STEP,
	C_METHOD,
	C_URL,
	C_URI,
	C_STATUS,
	C_REQUEST,
	C_RESPONSE,
	C_REQUEST_HEADERS,
	C_MESSAGES,
	C_TRAJ,
	C_TTFT,
	C_TOTAL,
	C_WHO, /* service ... traffic: taken over as they are */
};
#define CAPTURE_NAMES                                                                          \
	IN_NAMES, "id", "session", "step", "method", "url", "uri", "status", "request_body",   \
	    "response_body", "request_headers", "messages", "traj", "timing.ttft_ms",          \
	    "timing.total_ms"
#define WHO_NAMES                                                                              \
	"parent", "attempt", "service", "agent", "feature", "tenant", "task", "user",          \
	    "locale", "region", "env", "release", "traffic", "prompt", "retrieval", "scores",  \
	    "outcome", "subject", "router"
extern const char *const capture_who[]; /* WHO_NAMES, NULL ends */

struct capture_options {
	struct in_list set;  /* PATH=VALUE */
	struct in_list only; /* FIELD=VALUE */
	const char *tool_schemas;
	struct in_options in;
};

struct capture {
	str id, session, parent;
	int64_t step;       /* -1 unknown */
	const char *reader; /* which of ours read it */
	bool rebuilt;       /* put together from parts, not as sent */
	str url, headers;   /* headers: a JSON object */
	const struct dialect *dialect;
	const struct doc *request; /* NULL: the body is no JSON */
	str request_body;          /* as it was */
	struct reply reply;
	int64_t status; /* 0 unknown */
	bool no_reply;  /* the source has no response at all */
	str modified;   /* the elements of modified[] */
	struct view view;
};

struct gap_list {
	const char *codes[8];
	size_t count;
	bool no; /* not replayable at all */
};

/* What stands between this call and its replay; reads capture->view. */
void judge(const struct capture *, struct gap_list *);

/* A bounded memory of earlier calls. */
struct recall;
struct recall *recall_new(void);
uint32_t recall_times(struct recall *, str id); /* how often it has come, this time included */
void recall_call(struct recall *, str session, const struct call *, str record);
bool recall_asked(struct recall *, str session, str call_id, str *record);
void recall_free(struct recall *);

/* Everything a reader needs to hand on what it found. */
struct sink {
	const struct capture_options *o;
	struct in *in;
	struct recall *recall;
	const struct doc *source; /* the record being read */
	const struct rec *rec;
	const struct doc *tools; /* --tool-schemas; NULL: none */
	int64_t sessions;        /* running number of message lists */
	struct buf line;
};
void capture_write(struct sink *, struct capture *);
bool capture_wanted(struct sink *, str record); /* --only */

/* The readers.  False: the record is not theirs. */
bool read_exchange(struct sink *);
bool read_trajectory(struct sink *);

#endif
