/* policy.h - who may be processed where: --policy FILE, one JSON object.
 *
 *	classes     NAME: {allow_geo: [area, country or "*"], allow_country_extra: [country],
 *	            on_unknown: fail, inconclusive or allow}; fail if it is not there
 *	subject     country of the subject, or "*" for all others, to a class
 *	data_class  data class of the subject to a class that has to allow the place too
 *	hop_types   the kinds of hops that count; without it all do
 *	exemptions  [{hop: kind, if: "FIELD OP VALUE"}]: hops of the kind that need not be
 *judged
 *
 * Anything else in it is an error: what is not understood must not pass for a rule. */
#ifndef POLICY_H
#define POLICY_H

#include "io/doc.h"
#include "trace/places.h"

enum on_unknown { UNKNOWN_FAILS, UNKNOWN_INCONCLUSIVE, UNKNOWN_ALLOWED };

struct class
{
	str name;
	bool anywhere;
	const struct doc *areas, *countries;
	enum on_unknown on_unknown;
};

/* "redacted==true": what a hop says, compared with a value. */
struct exemption {
	str hop, field, value;
	enum { IS, IS_NOT, LESS, LESS_OR_IS, MORE, MORE_OR_IS } op;
};

struct policy {
	struct class *classes;
	size_t class_count;
	const struct doc *subject, *data_class, *hop_types;
	struct exemption *exemptions;
	size_t exemption_count;
	str digest; /* SHA-256 of the file, in hex */
};

/* Ends with EXIT_USAGE, naming the place, when the file is none. */
struct policy *policy_read(struct arena *, const struct places *, const char *file);

/* The class of a country or of a data class; NULL: the policy does not say. */
const struct class *policy_subject(const struct policy *, str country);
const struct class *policy_data_class(const struct policy *, str name);
bool policy_covers(const struct policy *, str kind);
bool policy_allows(const struct class *, const struct places *, str country);

#endif
