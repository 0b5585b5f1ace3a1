/* config.h - --config: where a subject's request could go, before any request is sent.
 *
 * Two forms are read.  LiteLLM's proxy configuration as JSON: groups of deployments
 * (model_list), of which any may take an attempt, and fallbacks between groups.  Our own:
 *
 *	{"record":"routes","v":1,"routes":[{"name":NAME,"subjects":[COUNTRY],
 *	    "hops":[{kind, region, provider, url, model, sku, redacted}],"fallbacks":[NAME]}]}
 *
 * where attempts follow each other in the order of hops[], other kinds are always visited,
 * and fallbacks come when all attempts failed.  Without subjects a route serves all. */
#ifndef CONFIG_H
#define CONFIG_H

#include "region.h"

/* The report on standard output; the status. */
int config_run(const struct plan *);

#endif
