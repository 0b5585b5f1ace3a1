/* models.h - which provider a model name belongs to, and what its requests may not have.
 *
 * A table of rules as data: the built-in one, and before it the user's (the same JSON: an
 * array of {"match","provider"?,"api"?,"rename"?,"drop"?,"limit"?}).  match is a glob; the
 * first rule that matches counts.  rename: {"old":"new"}; drop: ["name"]; limit:
 * {"name":N}, the largest value taken. */
#ifndef MODELS_H
#define MODELS_H

#include "trace/dialect.h"

struct models;

/* file: the user's rules, NULL: none.  Ends with EXIT_USAGE when they are wrong. */
struct models *models_new(struct arena *, const char *option, const char *file);

/* A name, perhaps as PROVIDER/NAME, taken apart.  provider: "openai", "anthropic",
 * "ollama", or empty: nobody knows. */
struct model_name {
	str name, provider;
	const struct dialect *dialect; /* the rule names one; NULL: it does not */
};
struct model_name models_name(const struct models *, str name);

/* The body as this model takes it; what was changed is added to *losses (elements of
 * translation[]).  Lives in the arena. */
str models_fit(const struct models *, struct arena *, str name, str body, str *losses);

#endif
