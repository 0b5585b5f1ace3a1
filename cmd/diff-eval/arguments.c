/* arguments.c - do the arguments of the tool calls fit the schemas that the model was given?
 *
 * A subset of JSON Schema (2020-12): type, enum, const, properties, required,
 * additionalProperties, items, minItems, maxItems, minLength, maxLength, pattern, minimum,
 * maximum, exclusiveMinimum, exclusiveMaximum, anyOf, oneOf, allOf, not; annotations are
 * passed over.  A keyword that is not known makes the outcome unknown, never a pass. */
#include "base/utf8.h"
#include "data/pattern.h"
#include "diff.h"
#include "io/canon.h"

static enum outcome fits(
    struct arena *, const struct doc *, const struct doc *schema, str *fault);

static enum outcome
fail(struct arena *a, const struct doc *v, const char *what, str *fault)
{
	if (v->key.len > 0)
		*fault = arena_printf(a, "\"%.*s\" %s", STR_F(v->key), what);
	else
		*fault = str_of(what);
	return FAIL;
}

/* Unknown taints a pass, but not a failure. */
static enum outcome
both(enum outcome x, enum outcome y)
{
	return x == FAIL || y == FAIL ? FAIL : x == UNKNOWN || y == UNKNOWN ? UNKNOWN : PASS;
}

static bool
has_type(const struct doc *v, str type)
{
	int64_t whole;

	switch (v->kind) {
	case KIND_OBJECT: return str_is(type, "object");
	case KIND_ARRAY: return str_is(type, "array");
	case KIND_STRING: return str_is(type, "string");
	case KIND_TRUE:
	case KIND_FALSE: return str_is(type, "boolean");
	case KIND_NULL: return str_is(type, "null");
	case KIND_NUMBER:
		return str_is(type, "number") ||
		    (str_is(type, "integer") && doc_int(v, &whole));
	case KIND_NONE: break;
	}
	return false;
}

static enum outcome
check_type(struct arena *a, const struct doc *v, const struct doc *type, str *fault)
{
	bool any = type->kind == KIND_STRING && has_type(v, type->text);

	DOC_EACH (t, type)
		any |= has_type(v, doc_text(t));
	return any ? PASS : fail(a, v, "has the wrong type", fault);
}

static enum outcome
check_enum(struct arena *a, const struct doc *v, const struct doc *values, str *fault)
{
	str mine = canon_text(a, v->raw);

	DOC_EACH (one, values)
		if (str_eq(mine, canon_text(a, one->raw)))
			return PASS;
	return fail(a, v, "is none of the values allowed", fault);
}

static enum outcome
check_members(struct arena *a, const struct doc *v, const struct doc *schema, str *fault)
{
	const struct doc *properties = doc_get(schema, "properties"),
			 *others = doc_get(schema, "additionalProperties");
	enum outcome all = PASS;

	if (v->kind != KIND_OBJECT)
		return PASS;
	DOC_EACH (name, doc_get(schema, "required"))
		if (doc_find(v, doc_text(name)) == NULL) {
			*fault = arena_printf(a, "\"%.*s\" is missing", STR_F(doc_text(name)));
			return FAIL;
		}
	DOC_EACH (member, v) {
		const struct doc *its = doc_find(properties, member->key);
		enum outcome one = PASS;
		if (its != NULL)
			one = fits(a, member, its, fault);
		else if (doc_kind(others) == KIND_FALSE)
			one = fail(a, member, "is not a parameter", fault);
		else if (doc_kind(others) == KIND_OBJECT)
			one = fits(a, member, others, fault);
		all = both(all, one);
		if (all == FAIL)
			return FAIL;
	}
	return all;
}

static enum outcome
check_items(struct arena *a, const struct doc *v, const struct doc *items, str *fault)
{
	enum outcome all = PASS;

	if (v->kind == KIND_ARRAY)
		DOC_EACH (item, v)
			if (all != FAIL)
				all = both(all, fits(a, item, items, fault));
	return all;
}

static enum outcome
check_pattern(struct arena *a, const struct doc *v, const struct doc *pattern, str *fault)
{
	size_t start, end;
	char why[160];

	if (v->kind != KIND_STRING)
		return PASS;
	struct pattern *p = pattern_new(pattern->text, why);
	enum pattern_hit hit =
	    p != NULL ? pattern_find(p, v->text, 0, &start, &end) : PATTERN_LIMIT;
	pattern_free(p);
	if (hit == PATTERN_NO)
		return fail(a, v, "does not match its pattern", fault);
	return hit == PATTERN_YES ? PASS : UNKNOWN;
}

/* Bounds on a number, a length or a count. */
static enum outcome
check_bound(struct arena *a, const struct doc *v, const struct doc *k, str *fault)
{
	static const struct {
		const char *name;
		enum kind of;
		bool upper, open;
	} bounds[] = { { "minimum", KIND_NUMBER, false, false },
		{ "maximum", KIND_NUMBER, true, false },
		{ "exclusiveMinimum", KIND_NUMBER, false, true },
		{ "exclusiveMaximum", KIND_NUMBER, true, true },
		{ "minLength", KIND_STRING, false, false },
		{ "maxLength", KIND_STRING, true, false },
		{ "minItems", KIND_ARRAY, false, false },
		{ "maxItems", KIND_ARRAY, true, false } };

	for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
		double bound, x;
		if (!str_is(k->key, bounds[i].name))
			continue;
		if (v->kind != bounds[i].of)
			return PASS;
		x = v->kind == KIND_STRING ? (double)utf8_count(v->text) : (double)v->count;
		if (!doc_real(k, &bound) || (v->kind == KIND_NUMBER && !doc_real(v, &x)))
			return UNKNOWN;
		bool inside = bounds[i].upper ? x < bound : x > bound;
		if (inside || (!bounds[i].open && x == bound))
			return PASS;
		if (v->kind == KIND_NUMBER)
			return fail(
			    a, v, bounds[i].upper ? "is too large" : "is too small", fault);
		return fail(a, v, bounds[i].upper ? "is too long" : "is too short", fault);
	}
	return UNKNOWN;
}

static enum outcome
check_choice(struct arena *a, const struct doc *v, const struct doc *k, str *fault)
{
	int64_t passed = 0, unknown = 0;
	str inner;

	DOC_EACH (schema, k) {
		enum outcome one = fits(a, v, schema, &inner);
		passed += one == PASS;
		unknown += one == UNKNOWN;
		if (one == FAIL && str_is(k->key, "allOf"))
			return *fault = inner, FAIL;
	}
	if (str_is(k->key, "allOf"))
		return unknown > 0 ? UNKNOWN : PASS;
	if (passed == 1 && (unknown == 0 || str_is(k->key, "anyOf")))
		return PASS;
	if (unknown > 0)
		return UNKNOWN;
	if (passed > 1 && str_is(k->key, "anyOf"))
		return PASS;
	return fail(a, v,
	    passed > 1 ? "fits more than one of its forms" : "fits none of its forms", fault);
}

static bool
in_list(str key, const char *const *list)
{
	for (; *list != NULL; list++)
		if (str_is(key, *list))
			return true;
	return false;
}

static enum outcome
keyword(struct arena *a, const struct doc *v, const struct doc *k, str *fault)
{
	static const char *const annotations[] = { "title", "description", "default",
		"examples", "$schema", "$id", "$comment", "format", "deprecated", "readOnly",
		"writeOnly", "strict", NULL };
	static const char *const members[] = { "properties", "required", "additionalProperties",
		NULL };
	static const char *const choices[] = { "anyOf", "oneOf", "allOf", NULL };
	str ignored;

	if (in_list(k->key, annotations) || in_list(k->key, members))
		return PASS; /* members are checked once, all together */
	if (str_is(k->key, "type"))
		return check_type(a, v, k, fault);
	if (str_is(k->key, "enum"))
		return check_enum(a, v, k, fault);
	if (str_is(k->key, "const"))
		return str_eq(canon_text(a, v->raw), canon_text(a, k->raw)) ?
		    PASS :
		    fail(a, v, "is not the value required", fault);
	if (str_is(k->key, "items") && k->kind == KIND_OBJECT)
		return check_items(a, v, k, fault);
	if (str_is(k->key, "pattern") && k->kind == KIND_STRING)
		return check_pattern(a, v, k, fault);
	if (in_list(k->key, choices))
		return check_choice(a, v, k, fault);
	if (str_is(k->key, "not")) {
		enum outcome inner = fits(a, v, k, &ignored);
		return inner == PASS ? fail(a, v, "has a form that is forbidden", fault) :
		    inner == FAIL    ? PASS :
				       UNKNOWN;
	}
	return check_bound(a, v, k, fault);
}

static enum outcome
fits(struct arena *a, const struct doc *v, const struct doc *schema, str *fault)
{
	if (doc_kind(schema) == KIND_TRUE)
		return PASS;
	if (doc_kind(schema) == KIND_FALSE)
		return fail(a, v, "is not allowed", fault);
	if (doc_kind(schema) != KIND_OBJECT)
		return UNKNOWN;
	enum outcome all = check_members(a, v, schema, fault);
	for (const struct doc *k = schema->child; k != NULL && all != FAIL; k = k->next)
		all = both(all, keyword(a, v, k, fault));
	return all;
}

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
		outcome = fits(a, arguments, schema, &why);
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
		all = both(all, check_call(a, c, tools, fault));
	return all;
}
