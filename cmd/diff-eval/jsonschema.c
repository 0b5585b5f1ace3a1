/* jsonschema.c - does a value fit a JSON Schema?
 *
 * A subset of 2020-12: type, enum, const, properties, required,
 * additionalProperties, items, minItems, maxItems, minLength, maxLength, pattern, minimum,
 * maximum, exclusiveMinimum, exclusiveMaximum, anyOf, oneOf, allOf, not, and $ref to a place in
 * the same schema ("#/$defs/name"); annotations and $defs are passed over.  A keyword that is
 * not known makes the outcome unknown, never a pass. */
#include "jsonschema.h"
#include "base/utf8.h"
#include "data/pattern.h"
#include "io/canon.h"

#define TURNS 200     /* of $ref inside one another */
#define STEPS 1000000 /* of one value: forms in forms multiply */

struct fit {
	struct arena *arena;
	const struct doc *root; /* of the schema */
	int turns, steps;
};

static enum outcome fits(
    struct fit *, const struct doc *, const struct doc *schema, str *fault);

static enum outcome
fail(struct fit *f, const struct doc *v, const char *what, str *fault)
{
	if (v->key.len > 0)
		*fault = arena_printf(f->arena, "\"%.*s\" %s", STR_F(v->key), what);
	else
		*fault = str_of(what);
	return FAIL;
}

enum outcome
outcome_both(enum outcome x, enum outcome y)
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
check_type(struct fit *f, const struct doc *v, const struct doc *type, str *fault)
{
	bool any = type->kind == KIND_STRING && has_type(v, type->text);

	DOC_EACH (t, type)
		any |= has_type(v, doc_text(t));
	return any ? PASS : fail(f, v, "has the wrong type", fault);
}

static enum outcome
check_enum(struct fit *f, const struct doc *v, const struct doc *values, str *fault)
{
	str mine = canon_text(f->arena, v->raw);

	DOC_EACH (one, values)
		if (str_eq(mine, canon_text(f->arena, one->raw)))
			return PASS;
	return fail(f, v, "is none of the values allowed", fault);
}

static enum outcome
check_members(struct fit *f, const struct doc *v, const struct doc *schema, str *fault)
{
	const struct doc *properties = doc_get(schema, "properties"),
			 *others = doc_get(schema, "additionalProperties");
	enum outcome all = PASS;

	if (v->kind != KIND_OBJECT)
		return PASS;
	DOC_EACH (name, doc_get(schema, "required"))
		if (doc_find(v, doc_text(name)) == NULL) {
			*fault = arena_printf(
			    f->arena, "\"%.*s\" is missing", STR_F(doc_text(name)));
			return FAIL;
		}
	DOC_EACH (member, v) {
		const struct doc *its = doc_find(properties, member->key);
		enum outcome one = PASS;
		if (its != NULL)
			one = fits(f, member, its, fault);
		else if (doc_kind(others) == KIND_FALSE)
			one = fail(f, member, "is not a parameter", fault);
		else if (doc_kind(others) == KIND_OBJECT)
			one = fits(f, member, others, fault);
		all = outcome_both(all, one);
		if (all == FAIL)
			return FAIL;
	}
	return all;
}

static enum outcome
check_items(struct fit *f, const struct doc *v, const struct doc *items, str *fault)
{
	enum outcome all = PASS;

	if (v->kind == KIND_ARRAY)
		DOC_EACH (item, v)
			if (all != FAIL)
				all = outcome_both(all, fits(f, item, items, fault));
	return all;
}

static enum outcome
check_pattern(struct fit *f, const struct doc *v, const struct doc *pattern, str *fault)
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
		return fail(f, v, "does not match its pattern", fault);
	return hit == PATTERN_YES ? PASS : UNKNOWN;
}

/* Bounds on a number, a length or a count. */
static enum outcome
check_bound(struct fit *f, const struct doc *v, const struct doc *k, str *fault)
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
			    f, v, bounds[i].upper ? "is too large" : "is too small", fault);
		return fail(f, v, bounds[i].upper ? "is too long" : "is too short", fault);
	}
	return UNKNOWN;
}

static enum outcome
check_choice(struct fit *f, const struct doc *v, const struct doc *k, str *fault)
{
	int64_t passed = 0, unknown = 0;
	str inner;

	DOC_EACH (schema, k) {
		enum outcome one = fits(f, v, schema, &inner);
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
	return fail(f, v,
	    passed > 1 ? "fits more than one of its forms" : "fits none of its forms", fault);
}

/* "#", "#/$defs/name", "#/properties/a": a JSON pointer (RFC 6901) into this schema. */
static enum outcome
check_reference(struct fit *f, const struct doc *v, str pointer, str *fault)
{
	const struct doc *to = f->root;
	bool good = str_starts(pointer, "#") && f->turns < TURNS;

	pointer = str_from(pointer, pointer.len > 1 ? 2 : 1);
	good &= str_find(pointer, '~') == pointer.len && str_find(pointer, '%') == pointer.len;
	while (good && to != NULL && pointer.len > 0) {
		str name = str_cut(&pointer, '/');
		int64_t index = 0;
		to = doc_kind(to) == KIND_ARRAY && str_int(name, &index) && index >= 0 ?
		    doc_item(to, (size_t)index) :
		    doc_find(to, name);
	}
	if (!good || to == NULL)
		return UNKNOWN;
	f->turns++;
	enum outcome outcome = fits(f, v, to, fault);
	f->turns--;
	return outcome;
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
keyword(struct fit *f, const struct doc *v, const struct doc *k, str *fault)
{
	static const char *const annotations[] = { "title", "description", "default",
		"examples", "$schema", "$id", "$defs", "definitions", "$comment", "format",
		"deprecated", "readOnly", "writeOnly", "strict", NULL };
	static const char *const members[] = { "properties", "required", "additionalProperties",
		NULL };
	static const char *const choices[] = { "anyOf", "oneOf", "allOf", NULL };
	str ignored;

	if (in_list(k->key, annotations) || in_list(k->key, members))
		return PASS; /* members are checked once, all together */
	if (str_is(k->key, "type"))
		return check_type(f, v, k, fault);
	if (str_is(k->key, "enum"))
		return check_enum(f, v, k, fault);
	if (str_is(k->key, "const"))
		return str_eq(canon_text(f->arena, v->raw), canon_text(f->arena, k->raw)) ?
		    PASS :
		    fail(f, v, "is not the value required", fault);
	if (str_is(k->key, "items") && k->kind == KIND_OBJECT)
		return check_items(f, v, k, fault);
	if (str_is(k->key, "pattern") && k->kind == KIND_STRING)
		return check_pattern(f, v, k, fault);
	if (str_is(k->key, "$ref"))
		return check_reference(f, v, doc_text(k), fault);
	if (in_list(k->key, choices))
		return check_choice(f, v, k, fault);
	if (str_is(k->key, "not")) {
		enum outcome inner = fits(f, v, k, &ignored);
		return inner == PASS ? fail(f, v, "has a form that is forbidden", fault) :
		    inner == FAIL    ? PASS :
				       UNKNOWN;
	}
	return check_bound(f, v, k, fault);
}

static enum outcome
fits(struct fit *f, const struct doc *v, const struct doc *schema, str *fault)
{
	if (doc_kind(schema) == KIND_TRUE)
		return PASS;
	if (doc_kind(schema) == KIND_FALSE)
		return fail(f, v, "is not allowed", fault);
	if (doc_kind(schema) != KIND_OBJECT || f->steps++ > STEPS)
		return UNKNOWN;
	enum outcome all = check_members(f, v, schema, fault);
	for (const struct doc *k = schema->child; k != NULL && all != FAIL; k = k->next)
		all = outcome_both(all, keyword(f, v, k, fault));
	return all;
}

enum outcome
schema_fits(struct arena *a, const struct doc *v, const struct doc *schema, str *fault)
{
	struct fit f = { a, schema, 0, 0 };

	return fits(&f, v, schema, fault);
}
