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
	C_ENTRIES,
	C_PAIR_REQUEST,
	C_PAIR_RESPONSE,
	C_RESULTS,
	C_WHO, /* service ... traffic: taken over as they are */
};
#define CAPTURE_NAMES                                                                          \
	IN_NAMES, "id", "session", "step", "method", "url", "uri", "status", "request_body",   \
	    "response_body", "request_headers", "messages", "traj", "timing.ttft_ms",          \
	    "timing.total_ms", "log.entries", "request", "response", "tool_results"
#define WHO_NAMES                                                                              \
	"parent", "attempt", "service", "agent", "feature", "tenant", "task", "user",          \
	    "locale", "region", "env", "release", "traffic", "prompt", "retrieval", "scores",  \
	    "outcome", "subject", "router"
extern const char *const capture_who[]; /* WHO_NAMES, NULL ends */

struct capture_options {
	struct in_list set;  /* PATH=VALUE */
	struct in_list only; /* FIELD=VALUE */
	const char *tool_schemas;
	const char *redact, *redact_key, *mask;
	int prompt_from;
	const char *sample;
	int64_t seed;
	bool audit;
	double min, min_exact;
	int format;
	struct in_options in;
};

struct capture {
	str id, session, parent;
	int64_t step;             /* -1 unknown */
	const char *reader;       /* which of ours read it */
	bool rebuilt;             /* put together from parts, not as sent */
	bool http;                /* the body is what went over the wire */
	str time;                 /* if it is not the record's */
	double ttft_ms, total_ms; /* 0 unknown */
	str url, headers;         /* headers: a JSON object */
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

struct sink;

/* What stands between this call and its replay; reads capture->view. */
void judge(struct sink *, const struct capture *, struct gap_list *);

/* A bounded memory of earlier calls. */
struct recall;
struct recall *recall_new(void);
uint32_t recall_times(struct recall *, str id); /* how often it has come, this time included */
void recall_call(struct recall *, str session, const struct call *, str record);
bool recall_asked(struct recall *, str session, str call_id, str *record);
void recall_doubt(struct recall *, str session, str call_id); /* its result is none */
bool recall_doubted(struct recall *, str session, str call_id);
void recall_free(struct recall *);

/* What the source says of the tool results it was given: evidence.c. */
struct evidence;
struct evidence *evidence_new(void);
void evidence_read(struct evidence *, const struct doc *source, const struct doc *results);
bool evidence_against(const struct evidence *, str call_id, str text);
str evidence_sha256(const struct evidence *, str call_id);    /* as recorded; empty: not */
void evidence_strip(struct buf *, const struct doc *message); /* the message as it was sent */
void evidence_free(struct evidence *);

/* Everything a reader needs to hand on what it found. */
struct sink {
	const struct capture_options *o;
	struct in *in;
	struct recall *recall;
	struct batch *batch;
	struct evidence *evidence;
	struct outlet *outlet;
	const struct doc *source; /* the record being read; NULL: it is too large for a tree */
	const struct rec *rec;
	const struct doc *tools; /* --tool-schemas; NULL: none */
	int64_t sessions;        /* running number of message lists */
	struct buf line;
};
void capture_write(struct sink *, struct capture *);

/* Fill what the bodies tell; url may be empty, response NULL: there is none. */
void capture_bodies(
    struct arena *, struct capture *, str url, str request, const str *response);

/* The few headers that change what a request means, as JSON; never a credential. */
str headers_kept(struct arena *, const struct doc *headers);

/* The last steps of every record, ours or new: redaction, prompt identity, --only,
 * --sample, and then out, or into the audit.  outlet.c */
bool capture_wanted(struct arena *, const struct doc *source, const struct doc *record);
struct outlet *outlet_new(struct arena *, const struct capture_options *);
/* doc: the record's tree if it is one of ours, NULL if it was just made from source. */
void outlet_record(struct outlet *, struct arena *, const struct doc *source, str record,
    const struct doc *doc);
int outlet_end(struct outlet *);       /* the audit's status, else 0 */
str outlet_key(const struct outlet *); /* of redaction; empty: there is none */

/* audit.c: how much of this could be replayed, and why not the rest? */
struct audit;
struct audit *audit_new(void);
void audit_add(struct audit *, struct arena *, const struct doc *record);
int audit_report(const struct audit *, const struct capture_options *); /* the status */
void audit_free(struct audit *);

/* sample.c: whole sessions, chosen by a hash.  Dies on a bad N. */
struct sample;
struct sample *sample_new(const char *size, uint64_t seed);
void sample_add(struct sample *, str session, str record); /* writes, or keeps for later */
void sample_end(struct sample *);

/* The readers.  False: the record is not theirs. */
bool read_har(struct sink *);
bool read_exchange(struct sink *);
bool read_batch(struct sink *);
bool read_pair(struct sink *);
bool read_trajectory(struct sink *);

struct batch *batch_new(void);
void batch_end(struct sink *);

#endif
