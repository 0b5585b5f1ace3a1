/* policy.h - who may send what to whom, when, and how much of it.
 *
 * A JSON file; what it does not allow is refused.  Everything in it is checked when it is
 * read: an unknown member, a number out of range or an agent on a transactional domain is an
 * error with its path and line, and nothing is sent. */
#ifndef POLICY_H
#define POLICY_H

#include "data/pattern.h"
#include "mail/address.h"

enum agent_class {
	CLASS_BULK,
	CLASS_CONVERSATIONAL,
	CLASS_INTERNAL,
	CLASS_TRANSACTIONAL,
	CLASSES
};
extern const char *const agent_classes[]; /* NULL ends */

enum stage {
	STAGE_KILL,
	STAGE_PARSE,
	STAGE_AUTH,
	STAGE_IDENTITY,
	STAGE_HEADERS,
	STAGE_RECIPIENTS,
	STAGE_SUPPRESSION,
	STAGE_CONTENT,
	STAGE_DEDUPE,
	STAGE_QUIET,
	STAGE_BREAKER,
	STAGE_LIMITS,
	STAGES
};

/* Mails to one recipient that are looked back on, one by one. */
#define POLICY_PAST 512

struct limit {
	int64_t most, window; /* ns */
};

struct limits {
	struct limit *of;
	size_t count;
};

struct names {
	str *of;
	size_t count;
};

struct agent {
	str name;
	enum agent_class class;
	struct names from_domains, selectors, to_domains, recipients; /* empty: not asked */
	struct limits limits, per_recipient;
	int64_t max_recipients;
	struct names uids;
	double review;      /* share of the accepted that a person sees first */
	bool known_only;    /* only to whom it wrote before, or who wrote to it */
	bool first_contact; /* held, the first time to someone */
	bool new_threads;   /* held, what answers nothing */
	bool inbound;       /* may write to an address that was only seen in inbound mail */
	str default_from;   /* of a tool call that names none */
	str unsubscribe;    /* URL; {token} stands for the token */
	str return_path;    /* the sender of the envelope, with {token} */
};

struct named_limits { /* "*": for every name by itself */
	str name;
	struct limits limits;
};

struct domain_group {
	str name;
	struct names domains;
};

struct warmup {
	str domain;
	int64_t start_day; /* since 1970-01-01, in its zone */
	const char *zone;
	int64_t *caps; /* by day */
	size_t days;
	int64_t pause_days;
	bool keep_last; /* behind the last day: its cap; else the limits only */
};

struct rate_gate {
	int64_t min_sent;
	double hold, stop;
};

struct content_rule {
	str id;
	struct pattern *pattern;
	bool reject, luhn; /* else quarantine */
};

struct header_rule {
	str name, value; /* value: the field must be that */
	int64_t count;   /* -1: not asked */
	bool https;      /* it must have an https URI */
};

struct header_rules {
	struct header_rule *of;
	size_t count;
};

struct policy {
	str name, digest; /* SHA-256 of the file */
	enum stage order[STAGES];
	struct agent *agents;
	size_t agent_count;
	struct names transactional;
	struct named_limits *org; /* by organisational domain */
	size_t org_count;
	struct named_limits *to; /* by recipient domain or group */
	size_t to_count;
	struct named_limits *streams; /* by class */
	size_t stream_count;
	struct limits per_recipient; /* over all agents */
	struct domain_group *groups;
	size_t group_count;
	struct warmup *warmups;
	size_t warmup_count;
	struct canonical canonical;
	struct names suppressed; /* canonical addresses, and @domain; sorted */
	int64_t dedupe_window;   /* ns; 0: none */
	bool by_template;        /* the template stands for what is said */
	int64_t near_distance;   /* bits of 64 that may differ; -1: not asked */
	bool near_reject;
	bool quiet;
	int64_t quiet_from, quiet_to; /* minutes of the day */
	bool quiet_recipient;         /* the zone of the recipient counts first */
	const char *quiet_zone;
	bool quiet_exempt[CLASSES];
	int64_t breaker_window; /* 0: none */
	struct rate_gate bounce, complaint;
	struct header_rules headers[CLASSES], all_headers;
	struct names roles; /* local parts that nobody's agent writes to */
	struct content_rule *content;
	size_t content_count;
	int64_t max_bytes, max_line;
};

/* Lives in the arena but for its patterns: policy_free().  NULL and a text "line 12:
 * agents.x.limits: ..." on an error. */
const struct policy *policy_read(struct arena *, str text, str *why);
void policy_free(const struct policy *);

const struct agent *policy_agent(const struct policy *, str name); /* NULL: unknown */
/* The group of a recipient's domain, or the domain itself. */
str policy_group(const struct policy *, str domain);
/* Which limits hold for that name, by itself or by "*"; NULL: none. */
const struct limits *policy_limits(const struct named_limits *, size_t count, str name);
/* Of the organisation that a sending domain belongs to; NULL: of none. */
const struct named_limits *policy_org(const struct policy *, str domain);
const struct warmup *policy_warmup(const struct policy *, str domain);
bool names_have(const struct names *, str);
/* On its list, or in a domain (or below one) that is. */
bool policy_suppressed(const struct policy *, const struct address *);

#endif
