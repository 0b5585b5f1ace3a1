/* cogs.h - what the files of cogs-sum share. */
#ifndef COGS_H
#define COGS_H

#include "base/table.h"
#include "io/fold.h"
#include "trace/price.h"

#define MAX_BY 8

struct options {
	const char *prices, *by, *reprice, *provider, *service_tier, *tz;
	const char *revenue, *resolved, *budget, *invoice, *tolerance, *surfaces, *target;
	const char *period, *bridge, *bridge_revenue, *as;
	int basis;
	struct in_list lines, drivers;
	int64_t top, places, jobs, max_keys;
	bool partial, merge, no_tasks, exact, each, check_prices, validate;
	int format;
	struct in_options in;
};

enum { TEXT, JSON, PROM };
enum { EFFECTIVE, BILLED };

/* The fields that cogs-sum reads; those of --by come behind them. */
enum field {
	C_TASK = IN_FIELDS,
	C_PROVIDER,
	C_API,
	C_MODEL, /* a raw body has it at its top */
	C_REQUESTED,
	C_ANSWERED,
	C_BODY_MODEL,
	C_VERSION_MODEL,
	C_TIER,
	C_USAGE_TIER,
	C_BODY_TIER,
	C_BODY_USAGE_TIER,
	C_GEO,
	C_USAGE_GEO,
	C_BODY_GEO,
	C_ATTEMPT,
	C_STATUS,
	C_ERROR,
	C_ERROR_TYPE,
	C_RESOLVED,
	C_CACHED,
	C_CANDIDATE,
	C_CANDIDATE_MODEL,
	C_CANDIDATE_API,
	C_USAGE,
	C_BODY_USAGE = C_USAGE + USED_FIELDS,
	C_CANDIDATE_USAGE = C_BODY_USAGE + USED_FIELDS,
	C_GOOGLE = C_CANDIDATE_USAGE + USED_FIELDS,
	C_BODY_GOOGLE = C_GOOGLE + USED_GOOGLE_FIELDS,
	C_FIELDS = C_BODY_GOOGLE + USED_GOOGLE_FIELDS,
};
#define C_NAMES                                                                                \
	IN_NAMES, "task", "provider", "api", "model", "model.requested", "model.answered",     \
	    "response.model", "response.modelVersion", "service_tier", "usage.service_tier",   \
	    "response.service_tier", "response.usage.service_tier", "inference_geo",           \
	    "usage.inference_geo", "response.usage.inference_geo", "attempt", "status",        \
	    "error", "error.type", "outcome.resolved", "cache_hit", "candidate",               \
	    "candidate.model", "candidate.api", USED_NAMES("usage."),                          \
	    USED_NAMES("response.usage."), USED_NAMES("candidate.usage."),                     \
	    USED_GOOGLE_NAMES("usageMetadata."), USED_GOOGLE_NAMES("response.usageMetadata.")

/* What a dimension of --by is made of. */
/* those made of the time come last */
enum dimension_kind { BY_FIELD, BY_MODEL, BY_PROVIDER, BY_HOUR, BY_DAY, BY_WEEK, BY_MONTH };
struct dimension {
	const char *name;
	enum dimension_kind kind;
	size_t field; /* BY_FIELD */
};

/* All that is known before the first record, and not changed by any. */
struct plan {
	const struct options *o;
	const struct price_book *book;
	const char *names[C_FIELDS + MAX_BY + 1];
	struct dimension by[MAX_BY];
	size_t by_count;
	bool periodic; /* only calls of a period count: ns, from inclusive */
	int64_t from, until;
	bool bridged; /* and those of another one, apart */
	int64_t from0, until0;
	str shape; /* what must be the same for two partials to be added */
};

/* --period and --bridge, and --by: each ends with EXIT_USAGE when it is wrong. */
void plan_periods(struct plan *);
void plan_by(struct plan *, struct arena *);

#endif
