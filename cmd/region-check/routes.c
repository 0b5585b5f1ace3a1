/* routes.c - LiteLLM's configuration and our own. */
#include "routes.h"

#include <string.h>

#include "io/in.h"
#include "trace/places.h"

struct reading {
	struct arena *arena;
	const char *file;
	struct routes routes;
	size_t room;                        /* for targets and fallbacks of a group */
	const struct doc *aliases, *nobody; /* of LiteLLM */
};

static _Noreturn void
bad(const struct reading *r, str where, const char *why)
{
	die(EXIT_USAGE, "--config: %s: %.*s: %s", r->file, STR_F(where), why);
}

size_t
routes_find(const struct routes *r, str name)
{
	size_t i = 0;

	while (i < r->count && !str_eq(r->of[i].name, name))
		i++;
	return i;
}

static struct hop
empty_hop(void)
{
	return (struct hop){ .kind = STR("attempt"),
		.seq = NO_NUMBER,
		.attempt = NO_NUMBER,
		.status = NO_NUMBER,
		.bytes = NO_NUMBER,
		.after_status = NO_NUMBER };
}

/* Where a provider is when no address is given; a region in the configuration does not move
 * it. */
static str
default_address(str provider)
{
	static const struct {
		const char *provider, *url;
	} of[] = { { "openai", "https://api.openai.com" },
		{ "anthropic", "https://api.anthropic.com" },
		{ "gemini", "https://generativelanguage.googleapis.com" },
		{ "deepseek", "https://api.deepseek.com" } };

	for (size_t i = 0; i < sizeof of / sizeof *of; i++)
		if (str_is(provider, of[i].provider))
			return str_of(of[i].url);
	return STR("");
}

static str
first_text(const struct doc *d, const char *const *names)
{
	for (; *names != NULL; names++)
		if (doc_text(doc_get(d, *names)).len > 0)
			return doc_text(doc_get(d, *names));
	return STR("");
}

/* What an environment variable holds, or the caller may choose, nobody knows beforehand. */
static bool
is_open(str value)
{
	return str_starts(value, "os.environ/") || str_find(value, '*') < value.len;
}

/* "provider/model" is LiteLLM's spelling. */
static struct target
deployment_named(str model)
{
	struct target t = { .name = model, .hop = empty_hop() };
	str rest = model;
	str prefix = str_find(model, '/') < model.len ? str_cut(&rest, '/') : STR("openai");

	t.hop.provider = prefix;
	t.hop.model = rest;
	t.hop.url = default_address(prefix);
	return t;
}

/* One of model_list. */
static struct target
deployment(const struct doc *d)
{
	static const char *const aws[] = { "aws_region_name", "region_name", NULL };
	static const char *const vertex[] = { "vertex_location", "vertex_ai_location",
		"region_name", NULL };
	static const char *const urls[] = { "api_base", "base_url",
		"aws_bedrock_runtime_endpoint", NULL };
	const struct doc *p = doc_get(d, "litellm_params"), *info = doc_get(d, "model_info");
	str model = doc_text(doc_get(p, "model"));
	struct target t = deployment_named(model);
	str provider = doc_text(doc_get(p, "custom_llm_provider")), url = first_text(p, urls);

	t.hop.provider = provider.len > 0 ? provider : t.hop.provider;
	t.hop.region = first_text(p, str_starts(t.hop.provider, "vertex") ? vertex : aws);
	if (t.hop.region.len == 0)
		t.hop.region = doc_text(doc_get(info, "region"));
	t.hop.sku = doc_text(doc_get(info, "sku"));
	t.hop.geo = doc_text(doc_get(p, "inference_geo"));
	t.hop.url = url.len > 0 ? url : default_address(t.hop.provider);
	if (is_open(model) || is_open(t.hop.region) || is_open(t.hop.url))
		t.hop.region = t.hop.url = t.hop.model = STR("");
	if (doc_text(doc_get(info, "id")).len > 0)
		t.name = doc_text(doc_get(info, "id"));
	return t;
}

static struct route *
litellm_route(struct reading *r, str name)
{
	size_t i = routes_find(&r->routes, name);

	if (i == r->routes.count) {
		r->routes.of[r->routes.count++] = (struct route){ .name = name,
			.any = true,
			.targets = ARENA_ARRAY(r->arena, struct target, r->room),
			.fallbacks = ARENA_ARRAY(r->arena, str, r->room) };
	}
	return &r->routes.of[i];
}

static void
add_fallback(struct route *r, str name)
{
	for (size_t i = 0; i < r->fallback_count; i++)
		if (str_eq(r->fallbacks[i], name))
			return;
	r->fallbacks[r->fallback_count++] = name;
}

/* Another name of a group, by model_group_alias. */
static str
group_of(const struct reading *r, str name)
{
	const struct doc *alias = doc_find(r->aliases, name);
	str group = doc_text(alias);

	if (group.len == 0)
		group = doc_text(doc_get(alias, "model"));
	return group.len > 0 ? group : name;
}

/* A name, or an object with one.  What is no group of the list is asked as it is called. */
static str
fallback_name(struct reading *r, const struct doc *d)
{
	str name = doc_text(d);

	if (name.len == 0)
		name = doc_text(doc_get(d, "model"));
	if (name.len == 0)
		bad(r, STR("fallbacks"), "a fallback that has no name");
	name = group_of(r, name);
	if (routes_find(&r->routes, name) == r->routes.count) {
		struct route *route = litellm_route(r, name);
		route->subjects = r->nobody; /* only a fallback */
		route->targets[route->target_count++] = deployment_named(name);
	}
	return name;
}

/* [{"group": ["other", ...]}, ...] */
static void
litellm_fallbacks(struct reading *r, const struct doc *list, const char *path)
{
	if (list != NULL && doc_kind(list) != KIND_ARRAY)
		bad(r, str_of(path), "not a list");
	DOC_EACH (one, list)
		DOC_EACH (group, one) {
			size_t i = routes_find(&r->routes, group_of(r, group->key));
			bool all = str_is(group->key, "*");
			if (doc_kind(group) != KIND_ARRAY)
				bad(r, str_of(path), "fallbacks that are no list");
			if (i == r->routes.count && !all)
				bad(r,
				    arena_printf(r->arena, "%s: %.*s", path, STR_F(group->key)),
				    "is no group of model_list");
			DOC_EACH (d, group) {
				str name = fallback_name(r, d);
				for (size_t k = 0; k < r->routes.count; k++)
					if (k == i || all)
						add_fallback(&r->routes.of[k], name);
			}
		}
}

static void
litellm_settings(struct reading *r, const struct doc *settings)
{
	static const char *const lists[] = { "fallbacks", "context_window_fallbacks",
		"content_policy_fallbacks" };

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		litellm_fallbacks(r, doc_get(settings, lists[i]), lists[i]);
	DOC_EACH (d, doc_get(settings, "default_fallbacks")) {
		str name = fallback_name(r, d);
		for (size_t k = 0; k < r->routes.count; k++)
			add_fallback(&r->routes.of[k], name);
	}
}

static void
read_litellm(struct reading *r, const struct doc *d)
{
	const struct doc *list = doc_get(d, "model_list"),
			 *router = doc_get(d, "router_settings");
	size_t i = 0;

	if (doc_kind(list) != KIND_ARRAY || list->count == 0)
		bad(r, STR(".model_list"), "no list of deployments");
	/* No more names than texts in the file. */
	r->room = d->raw.len / 2 + 2;
	r->room = r->room < 4096 ? r->room : 4096;
	r->aliases = doc_get(router, "model_group_alias");
	r->nobody = doc_read(r->arena, STR("[]"));
	r->routes.of = ARENA_ARRAY(r->arena, struct route, list->count + r->room);
	DOC_EACH (one, list) {
		str name = doc_text(doc_get(one, "model_name"));
		if (name.len == 0 || i >= r->room ||
		    doc_text(doc_get(doc_get(one, "litellm_params"), "model")).len == 0)
			bad(r, arena_printf(r->arena, ".model_list[%zu]", i),
			    "has no model_name or no litellm_params.model");
		struct route *route = litellm_route(r, name);
		route->targets[route->target_count++] = deployment(one);
		i++;
	}
	litellm_settings(r, doc_get(d, "litellm_settings"));
	litellm_settings(r, router);
}

static void
only(const struct reading *r, str where, const struct doc *d, const char *const *known)
{
	const struct doc *other = doc_stranger(d, known);

	if (doc_kind(d) != KIND_OBJECT)
		bad(r, where, "not an object");
	if (other != NULL)
		bad(r, arena_printf(r->arena, "%.*s.%.*s", STR_F(where), STR_F(other->key)),
		    "is not known");
}

static struct target
own_target(struct reading *r, const struct doc *d, str where)
{
	static const char *const known[] = { "kind", "region", "provider", "url", "model",
		"sku", "redacted", "name", "inference_geo", NULL };
	struct target t = { .hop = empty_hop() };
	const struct doc *redacted = doc_get(d, "redacted");

	only(r, where, d, known);
	if (doc_text(doc_get(d, "kind")).len > 0)
		t.hop.kind = doc_text(doc_get(d, "kind"));
	if (!hop_is_kind(t.hop.kind))
		bad(r, where, "kind is no kind of hop");
	t.hop.region = doc_text(doc_get(d, "region"));
	t.hop.provider = doc_text(doc_get(d, "provider"));
	t.hop.url = doc_text(doc_get(d, "url"));
	t.hop.model = doc_text(doc_get(d, "model"));
	t.hop.sku = doc_text(doc_get(d, "sku"));
	t.hop.geo = doc_text(doc_get(d, "inference_geo"));
	t.hop.redacted = doc_true(redacted)  ? REDACTED_YES :
	    doc_kind(redacted) == KIND_FALSE ? REDACTED_NO :
					       REDACTED_UNKNOWN;
	t.name = doc_text(doc_get(d, "name"));
	return t;
}

static void
check_subjects(const struct reading *r, str where, const struct doc *list)
{
	if (list != NULL && doc_kind(list) != KIND_ARRAY)
		bad(r, where, "subjects: not a list");
	DOC_EACH (one, list)
		if (!places_is_country(doc_text(one)))
			bad(r, where, "subjects: not countries of two capitals");
}

static void
own_route(struct reading *r, const struct doc *d, size_t index)
{
	static const char *const known[] = { "name", "subjects", "hops", "fallbacks", NULL };
	str where = arena_printf(r->arena, ".routes[%zu]", index);
	struct route *route = &r->routes.of[index];
	const struct doc *hops = doc_get(d, "hops"), *fallbacks = doc_get(d, "fallbacks");
	size_t i = 0;

	only(r, where, d, known);
	*route = (struct route){ .name = doc_text(doc_get(d, "name")),
		.subjects = doc_get(d, "subjects") };
	if (route->name.len == 0 || doc_kind(hops) != KIND_ARRAY)
		bad(r, where, "has no name or no hops");
	if (routes_find(&r->routes, route->name) < index)
		bad(r, where, "has the name of another route");
	check_subjects(r, where, route->subjects);
	if (fallbacks != NULL && doc_kind(fallbacks) != KIND_ARRAY)
		bad(r, where, "fallbacks: not a list");
	route->targets = ARENA_ARRAY(r->arena, struct target, hops->count + 1);
	DOC_EACH (hop, hops)
		route->targets[route->target_count++] = own_target(
		    r, hop, arena_printf(r->arena, "%.*s.hops[%zu]", STR_F(where), i++));
	route->fallbacks =
	    ARENA_ARRAY(r->arena, str, fallbacks != NULL ? fallbacks->count + 1 : 1);
	DOC_EACH (name, fallbacks)
		route->fallbacks[route->fallback_count++] = doc_text(name);
	r->routes.count = index + 1;
}

static void
read_own(struct reading *r, const struct doc *d)
{
	static const char *const known[] = { "record", "v", "routes", NULL };
	const struct doc *list = doc_get(d, "routes");
	int64_t version;
	size_t n = 0;

	only(r, STR(""), d, known);
	if (!doc_int(doc_get(d, "v"), &version) || version != 1)
		bad(r, STR(".v"), "is not 1");
	if (doc_kind(list) != KIND_ARRAY || list->count == 0)
		bad(r, STR(".routes"), "no list of routes");
	r->routes.of = ARENA_ARRAY(r->arena, struct route, list->count);
	DOC_EACH (one, list)
		own_route(r, one, n++);
}

struct routes
routes_read(struct arena *a, const char *file)
{
	struct reading r = { .arena = a, .file = file };
	struct doc_error error;
	str text;
	const char *why = in_file(a, file, &text);

	if (why != NULL)
		die(EXIT_USAGE, "--config: %s: %s", file, why);
	const struct doc *d = doc_parse(a, text, 0, &error);
	if (d == NULL)
		die(EXIT_USAGE, "--config: %s: byte %zu: %s%s", file, error.offset + 1,
		    error.why,
		    text.len > 0 && text.at[0] != '{' ?
			" (YAML? yq -o json turns it into JSON)" :
			"");
	if (doc_get(d, "model_list") != NULL)
		read_litellm(&r, d);
	else if (doc_is(doc_get(d, "record"), "routes"))
		read_own(&r, d);
	else
		bad(&r, STR("."), "neither LiteLLM's model_list nor our routes");
	for (size_t i = 0; i < r.routes.count; i++)
		for (size_t k = 0; k < r.routes.of[i].fallback_count; k++)
			if (routes_find(&r.routes, r.routes.of[i].fallbacks[k]) ==
			    r.routes.count)
				bad(&r,
				    arena_printf(a, "%.*s: %.*s", STR_F(r.routes.of[i].name),
					STR_F(r.routes.of[i].fallbacks[k])),
				    "is a fallback that is no route");
	return r.routes;
}
