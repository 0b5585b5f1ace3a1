/* calls.c - do the calls that an answer makes fit the tools that the model was given? */
#include "diff.h"

/* The schema of a tool by its name, in either provider's list. */
static const struct doc *
schema_of(const struct doc *tools, str name, bool *listed)
{
	DOC_EACH (t, tools) {
		const struct doc *f = doc_get(t, "function"), *custom = doc_get(t, "custom");
		const struct doc *inner = f != NULL ? f : custom != NULL ? custom : t;
		if (!str_eq(doc_text(doc_get(inner, "name")), name))
			continue;
		*listed = true;
		const struct doc *schema = doc_get(inner, "parameters");
		return schema != NULL ? schema : doc_get(inner, "input_schema");
	}
	return NULL;
}

static enum outcome
check_call(struct arena *a, const struct call *c, const struct doc *tools, str *fault)
{
	bool listed = false;
	const struct doc *schema = schema_of(tools, c->name, &listed);
	const struct doc *arguments =
	    doc_read(a, str_trim(c->arguments).len > 0 ? c->arguments : STR("{}"));
	str why = { 0 };
	enum outcome outcome = PASS;

	if (doc_kind(tools) == KIND_ARRAY && !listed) {
		*fault = arena_printf(a, "%.*s is not among the tools", STR_F(c->name));
		return FAIL;
	}
	if (listed && schema == NULL)
		return PASS; /* a tool that takes any text */
	if (arguments == NULL)
		why = STR("the arguments are no JSON"), outcome = FAIL;
	else if (schema == NULL)
		outcome = UNKNOWN;
	else
		outcome = schema_fits(a, arguments, schema, &why);
	if (outcome == FAIL)
		*fault = arena_printf(a, "%.*s: %.*s", STR_F(c->name), STR_F(why));
	return outcome;
}

enum outcome
arguments_check(
    struct arena *a, const struct answer *answer, const struct doc *tools, str *fault)
{
	enum outcome all = PASS;

	for (const struct call *c = answer->calls; c != NULL && all != FAIL; c = c->next)
		all = outcome_both(all, check_call(a, c, tools, fault));
	return all;
}
