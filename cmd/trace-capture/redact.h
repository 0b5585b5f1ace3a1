/* redact.h - a record without what the rules match.
 *
 * Every string and key of the record is looked at, inside bodies too, except what we
 * computed ourselves (hashes, verdicts).  A match becomes [NAME:DIGITS], DIGITS being a
 * keyed hash (HMAC-SHA-256) of rule and match: equal values stay equal, and nobody without
 * the key can try values.  Base64 data: URLs and blocks are left as they are. */
#ifndef REDACT_H
#define REDACT_H

#include "io/doc.h"
#include "rules.h"

struct redactor {
	const struct rules *rules;
	str key;
};

struct redacted {
	str record;
	str modified;   /* JSON elements for modified[]; empty: nothing was found */
	bool request;   /* the request was touched */
	bool structure; /* ... and where a replay cannot do without what stood there */
};

/* All of it lives in the arena. */
struct redacted redact(const struct redactor *, struct arena *, const struct doc *record);

#endif
