/* policy.c - the policy file, read strictly. */
#include "policy.h"

#include <ctype.h>
#include <string.h>

#include "data/hash.h"
#include "hop.h"
#include "io/in.h"

struct reading {
	struct arena *arena;
	const struct places *places;
	const char *file;
	struct policy *policy;
};

static _Noreturn void
bad(const struct reading *r, str where, const char *why)
{
	die(EXIT_USAGE, "--policy: %s: %.*s: %s", r->file, STR_F(where), why);
}

static void
only(const struct reading *r, const char *path, const struct doc *d, const char *const *names)
{
	const struct doc *other = doc_stranger(d, names);

	if (doc_kind(d) != KIND_OBJECT)
		bad(r, str_of(path), "not an object");
	if (other != NULL)
		bad(r, arena_printf(r->arena, "%s.%.*s", path, STR_F(other->key)),
		    "is not known");
}

/* No member twice, at any depth: which one counts, nobody would know. */
static void
check_twice(const struct reading *r, str path, const struct doc *d)
{
	DOC_EACH (one, d) {
		str here = doc_kind(d) == KIND_OBJECT ?
		    arena_printf(r->arena, "%.*s.%.*s", STR_F(path), STR_F(one->key)) :
		    path;
		if (doc_kind(d) == KIND_OBJECT && doc_find(d, one->key) != one)
			bad(r, here, "stands there twice");
		check_twice(r, here, one);
	}
}

static void
read_places(
    const struct reading *r, str path, const struct doc *list, bool areas, bool *anywhere)
{
	if (list == NULL)
		return;
	if (doc_kind(list) != KIND_ARRAY)
		bad(r, path, "not a list of places");
	DOC_EACH (word, list) {
		str text = doc_text(word);
		bool any = areas && str_is(text, "*");
		if (!any && !places_is_country(text) &&
		    !(areas && places_is_area(r->places, text)))
			bad(r, path,
			    areas ? "holds what is no area and no country" :
				    "holds what is no country");
		*anywhere |= any;
	}
}

static void
read_class(const struct reading *r, const struct doc *d, struct class *c)
{
	static const char *const names[] = { "allow_geo", "allow_country_extra", "on_unknown",
		NULL };
	static const char *const words[] = { "fail", "inconclusive", "allow" };
	str path = arena_printf(r->arena, ".classes.%.*s", STR_F(d->key));
	const struct doc *unknown = doc_get(d, "on_unknown");

	only(r, path.at, d, names);
	if (d->key.len == 0)
		bad(r, path, "has no name");
	*c = (struct class){ .name = d->key,
		.areas = doc_get(d, "allow_geo"),
		.countries = doc_get(d, "allow_country_extra") };
	read_places(r, path, c->areas, true, &c->anywhere);
	read_places(r, path, c->countries, false, &c->anywhere);
	if (c->areas == NULL && c->countries == NULL)
		bad(r, path, "allows no place: allow_geo or allow_country_extra");
	size_t i = 0;
	while (unknown != NULL && i < 3 && !doc_is(unknown, words[i]))
		i++;
	if (i == 3)
		bad(r, path, "on_unknown is fail, inconclusive or allow");
	c->on_unknown = (enum on_unknown)i;
}

static const struct class *
class_named(const struct policy *p, str name)
{
	for (size_t i = 0; i < p->class_count; i++)
		if (str_eq(p->classes[i].name, name))
			return &p->classes[i];
	return NULL;
}

static void
check_map(const struct reading *r, const char *path, const struct doc *map)
{
	if (map != NULL && doc_kind(map) != KIND_OBJECT)
		bad(r, str_of(path), "not an object");
	DOC_EACH (one, map)
		if (class_named(r->policy, doc_text(one)) == NULL)
			bad(r, arena_printf(r->arena, "%s.%.*s", path, STR_F(one->key)),
			    "names no class");
}

/* A value that the field can have, and no second comparison behind it. */
static bool
is_value(const struct exemption *e)
{
	int64_t n;
	bool equal = e->op == IS || e->op == IS_NOT;

	if (str_is(e->field, "redacted"))
		return equal && (str_is(e->value, "true") || str_is(e->value, "false"));
	if (str_is(e->field, "status") || str_is(e->field, "bytes_sent"))
		return str_int(e->value, &n);
	for (size_t i = 0; i < e->value.len; i++)
		if (strchr("=!<>", e->value.at[i]) != NULL)
			return false;
	return equal && str_search(e->value, " and ") == e->value.len &&
	    str_search(e->value, " or ") == e->value.len;
}

/* "FIELD OP VALUE" */
static bool
parse_condition(str text, struct exemption *e)
{
	static const struct {
		const char *sign;
		int op;
	} ops[] = { { "==", IS }, { "!=", IS_NOT }, { "<=", LESS_OR_IS }, { ">=", MORE_OR_IS },
		{ "<", LESS }, { ">", MORE } };

	for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
		size_t at = str_search(text, ops[i].sign);
		if (at == text.len)
			continue;
		e->field = str_trim((str){ text.at, at });
		e->value = str_trim(str_from(text, at + strlen(ops[i].sign)));
		e->op = ops[i].op;
		if (e->value.len >= 2 && (e->value.at[0] == '"' || e->value.at[0] == '\'') &&
		    e->value.at[e->value.len - 1] == e->value.at[0])
			e->value = (str){ e->value.at + 1, e->value.len - 2 };
		return e->value.len > 0 && hop_has_field(e->field) && is_value(e);
	}
	return false;
}

static void
read_exemptions(const struct reading *r, const struct doc *list)
{
	static const char *const names[] = { "hop", "if", "why", NULL };
	struct policy *p = r->policy;

	if (list != NULL && doc_kind(list) != KIND_ARRAY)
		bad(r, STR(".exemptions"), "not a list");
	p->exemptions =
	    ARENA_ARRAY(r->arena, struct exemption, list != NULL ? list->count + 1 : 1);
	DOC_EACH (one, list) {
		struct exemption *e = &p->exemptions[p->exemption_count];
		str path = arena_printf(r->arena, ".exemptions[%zu]", p->exemption_count++);
		only(r, path.at, one, names);
		e->hop = doc_text(doc_get(one, "hop"));
		if (!hop_is_kind(e->hop))
			bad(r, path, "hop is no kind of hop");
		if (!parse_condition(doc_text(doc_get(one, "if")), e))
			bad(r, path, "if is no comparison like redacted==true");
	}
}

static void
read_kinds(const struct reading *r, const struct doc *list)
{
	if (list != NULL && doc_kind(list) != KIND_ARRAY)
		bad(r, STR(".hop_types"), "not a list");
	DOC_EACH (kind, list)
		if (!hop_is_kind(doc_text(kind)))
			bad(r, arena_printf(r->arena, ".hop_types: %.*s", STR_F(doc_raw(kind))),
			    "is no kind of hop");
	r->policy->hop_types = list;
}

struct policy *
policy_read(struct arena *a, const struct places *places, const char *file)
{
	static const char *const names[] = { "classes", "subject", "data_class", "hop_types",
		"exemptions", NULL };
	struct reading r = { a, places, file, ARENA_NEW(a, struct policy) };
	struct policy *p = r.policy;
	struct doc_error error;
	str text;
	const char *why = in_file(a, file, &text);

	if (why != NULL)
		die(EXIT_USAGE, "--policy: %s: %s", file, why);
	const struct doc *d = doc_parse(a, text, 0, &error);
	if (d == NULL)
		die(EXIT_USAGE, "--policy: %s: byte %zu: %s", file, error.offset + 1,
		    error.why);
	only(&r, "", d, names);
	check_twice(&r, STR(""), d);
	const struct doc *classes = doc_get(d, "classes");
	if (doc_kind(classes) != KIND_OBJECT || classes->count == 0)
		bad(&r, STR(".classes"), "there are none");
	p->classes = ARENA_ARRAY(a, struct class, classes->count);
	DOC_EACH (class, classes)
		read_class(&r, class, &p->classes[p->class_count++]);
	p->subject = doc_get(d, "subject");
	p->data_class = doc_get(d, "data_class");
	check_map(&r, ".subject", p->subject);
	DOC_EACH (subject, p->subject)
		if (!places_is_country(subject->key) && !str_is(subject->key, "*"))
			bad(&r, arena_printf(a, ".subject.%.*s", STR_F(subject->key)),
			    "is no country of two capitals, and not *");
	check_map(&r, ".data_class", p->data_class);
	read_kinds(&r, doc_get(d, "hop_types"));
	read_exemptions(&r, doc_get(d, "exemptions"));
	p->digest = hash_hex(a, text);
	return p;
}

/* "*" is for other countries, not for what is none: a name or a typing error is not known. */
const struct class *
policy_subject(const struct policy *p, str country)
{
	char upper[2] = { 0 };

	if (str_is(country, "*"))
		return class_named(p, doc_text(doc_get(p->subject, "*")));
	for (size_t i = 0; i < 2 && country.len == 2; i++)
		upper[i] = (char)toupper((unsigned char)country.at[i]);
	str code = { upper, country.len == 2 ? 2 : 0 };
	if (!places_is_country(code))
		return NULL;
	const struct doc *of = doc_find(p->subject, code);
	return class_named(p, doc_text(of != NULL ? of : doc_get(p->subject, "*")));
}

const struct class *
policy_data_class(const struct policy *p, str name)
{
	return name.len > 0 ? class_named(p, doc_text(doc_find(p->data_class, name))) : NULL;
}

bool
policy_covers(const struct policy *p, str kind)
{
	if (p->hop_types == NULL)
		return true;
	DOC_EACH (one, p->hop_types)
		if (str_eq(doc_text(one), kind))
			return true;
	return false;
}

bool
policy_allows(const struct class *c, const struct places *places, str country)
{
	DOC_EACH (one, c->countries)
		if (str_eq(doc_text(one), country))
			return true;
	DOC_EACH (one, c->areas)
		if (str_eq(doc_text(one), country) ||
		    places_in_area(places, country, doc_text(one)))
			return true;
	return c->anywhere;
}
