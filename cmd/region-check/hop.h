/* hop.h - one hop of a request: something that its data went to.
 *
 * A trace record holds them in hops[]; a flat record is one by itself; a trace without hops
 * is one, the call.  Texts are borrowed. */
#ifndef HOP_H
#define HOP_H

#include "io/intake.h"

enum { NO_NUMBER = -1 };

struct hop {
	str trace; /* the id of the trace, or of the record */
	str country, data_class;
	str kind, region, provider, url, model, sku, error, evidence, geo, time;
	int64_t seq, attempt, status, bytes; /* NO_NUMBER: not said; attempt from 1 */
	bool answered; /* something came back: a status, usage, a first token */
	enum { REDACTED_UNKNOWN, REDACTED_NO, REDACTED_YES } redacted;
	/* Of hops[]: what the attempt before this one came to. */
	int64_t after_status;
	str after_region;
};

/* The fields that region-check reads. */
enum field {
	H_ID = IN_FIELDS,
	H_TRACE,
	H_COUNTRY,
	H_FLAT_COUNTRY,
	H_DATA_CLASS,
	H_FLAT_DATA_CLASS,
	H_HOPS,
	H_SEQ,
	H_ATTEMPT,
	H_KIND,
	H_REGION,
	H_PROVIDER,
	H_URL,
	H_MODEL,
	H_REQUESTED,
	H_ANSWERED,
	H_SKU,
	H_STATUS,
	H_ERROR,
	H_ERROR_TYPE,
	H_BYTES,
	H_REDACTED,
	H_EVIDENCE,
	H_GEO,
	H_INPUT,
	H_CACHE_READ,
	H_CACHE_WRITE,
	H_TTFT,
	H_TOTAL,
	H_FIELDS
};
#define H_NAMES                                                                                \
	IN_NAMES, "id", "trace", "subject.country", "subject_country", "subject.data_class",   \
	    "data_class", "hops", "seq", "attempt", "kind", "region", "provider", "url",       \
	    "model", "model.requested", "model.answered", "sku", "status", "error",            \
	    "error.type", "bytes_sent", "redacted", "evidence", "inference_geo",               \
	    "usage.input", "usage.cache_read", "usage.cache_write", "timing.ttft_ms",          \
	    "timing.total_ms", NULL

bool hop_is_kind(str);
bool hop_is_attempt(str kind); /* an attempt at the call itself: also retry, fallback, hedge */

/* What an exemption may ask of a hop, as text; empty: the hop does not say. */
bool hop_has_field(str name);
str hop_field(struct arena *, const struct hop *, str name);

/* The hops of a record, in its arena; NULL, or why it is none. */
struct hops {
	struct hop *of;
	size_t count;
};
const char *hops_read(struct intake *, const struct rec *, struct hops *);

#endif
