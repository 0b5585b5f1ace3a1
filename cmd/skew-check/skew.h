/* skew.h - what the files of skew-check share. */
#ifndef SKEW_H
#define SKEW_H

#include "base/example.h"
#include "base/table.h"
#include "data/when.h"
#include "io/fold.h"

struct options {
	struct in_list expect, canary;
	const char *regions, *compatible, *state, *timeline, *max_unknown;
	int64_t grace, within, bucket, clock_error, lateness, jobs, max_keys;
	bool partial, merge, follow, no_sessions;
	int format, inconclusive;
	struct in_options in;
};

enum { TEXT, JSON, PROM };

/* The fields that skew-check reads. */
enum field {
	S_ID = IN_FIELDS,
	S_REGION,
	S_NAME,
	S_LABEL,
	S_HASH,
	S_PROMPT, /* a log that writes no object there names the prompt so */
	S_REQUESTED,
	S_ANSWERED,
	S_FINGERPRINT,
	S_MODEL,
	S_TRAFFIC,
	S_TENANT,
	S_SESSION,
	S_ERROR,
	S_STATUS,
	S_OK,
	S_OUTCOME_ERROR,
	S_SCHEMA,
	S_TOOLS,
	S_RELEASE,
	S_FIELDS
};
#define S_NAMES                                                                                \
	IN_NAMES, "id", "region", "prompt.name", "prompt.version", "prompt.sha256", "prompt",  \
	    "model.requested", "model.answered", "model.fingerprint", "model", "traffic",      \
	    "tenant", "session", "error", "status", "outcome.ok", "outcome.error", "schema",   \
	    "tools_sha256", "release", NULL

#define NO_TIME INT64_MIN

/* Slots of a bucket: for the second of a flip, where a bucket is a minute. */
#define SLOTS 60

/* All that is known before the first record, and not changed by any. */
struct plan {
	const struct options *o;
	int64_t now;  /* ns; records after it are left out; NO_TIME: none are */
	bool current; /* the question is how it stands now, not what has ever been */
	str shape;    /* what must be the same for two partials to be added */
};

#endif
