/* routes.c - LiteLLM's configuration and our own. */
#include "routes.h"

#include <string.h>

#include "io/in.h"

struct reading {
	struct arena *arena;
	const char *file;
	struct routes routes;
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

/* Where a provider is when no address is given. */
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

/* One of model_list; "provider/model" is LiteLLM's spelling. */
static struct target
deployment(const struct doc *d)
{
	static const char *const places[] = { "aws_region_name", "vertex_location",
		"region_name", "vertex_ai_location", NULL };
	const struct doc *p = doc_get(d, "litellm_params"), *info = doc_get(d, "model_info");
	struct target t = { .hop = empty_hop() };
	str model = doc_text(doc_get(p, "model")), rest = model;
	str prefix = str_find(model, '/') < model.len ? str_cut(&rest, '/') : STR("");

	t.hop.provider = doc_text(doc_get(p, "custom_llm_provider"));
	if (t.hop.provider.len == 0)
		t.hop.provider = prefix.len > 0 ? prefix : STR("openai");
	t.hop.model = prefix.len > 0 ? rest : model;
	t.hop.region = first_text(p, places);
	if (t.hop.region.len == 0)
		t.hop.region = doc_text(doc_get(info, "region"));
	t.hop.sku = doc_text(doc_get(info, "sku"));
	t.hop.geo = doc_text(doc_get(p, "inference_geo"));
	t.hop.url = doc_text(doc_get(p, "api_base"));
	if (t.hop.url.len == 0 && t.hop.region.len == 0)
		t.hop.url = default_address(t.hop.provider);
	t.name = doc_text(doc_get(info, "id"));
	if (t.name.len == 0)
		t.name = model;
	return t;
}

static struct route *
litellm_route(struct reading *r, str name, size_t room)
{
	size_t i = routes_find(&r->routes, name);

	if (i == r->routes.count) {
		r->routes.of[r->routes.count++] = (struct route){ .name = name,
			.any = true,
			.targets = ARENA_ARRAY(r->arena, struct target, room),
			.fallbacks = ARENA_ARRAY(r->arena, str, 256) };
	}
	return &r->routes.of[i];
}

static void
add_fallback(struct route *r, str name)
{
	for (size_t i = 0; i < r->fallback_count; i++)
		if (str_eq(r->fallbacks[i], name))
			return;
	if (r->fallback_count < 256)
		r->fallbacks[r->fallback_count++] = name;
}

/* [{"group": ["other", ...]}, ...] */
static void
litellm_fallbacks(struct reading *r, const struct doc *list, const char *path)
{
	if (list != NULL && doc_kind(list) != KIND_ARRAY)
		bad(r, str_of(path), "not a list");
	DOC_EACH (one, list)
		DOC_EACH (group, one) {
			size_t i = routes_find(&r->routes, group->key);
			if (i == r->routes.count && !str_is(group->key, "*"))
				bad(r, str_of(path), "names a group that model_list has not");
			DOC_EACH (name, group)
				for (size_t k = 0; k < r->routes.count; k++)
					if (k == i || i == r->routes.count)
						add_fallback(&r->routes.of[k], doc_text(name));
		}
}

static void
litellm_settings(struct reading *r, const struct doc *settings)
{
	static const char *const lists[] = { "fallbacks", "context_window_fallbacks",
		"content_policy_fallbacks" };

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		litellm_fallbacks(r, doc_get(settings, lists[i]), lists[i]);
	DOC_EACH (name, doc_get(settings, "default_fallbacks"))
		for (size_t k = 0; k < r->routes.count; k++)
			add_fallback(&r->routes.of[k], doc_text(name));
}

static void
read_litellm(struct reading *r, const struct doc *d)
{
	const struct doc *list = doc_get(d, "model_list");
	size_t i = 0;

	if (doc_kind(list) != KIND_ARRAY || list->count == 0)
		bad(r, STR(".model_list"), "no list of deployments");
	r->routes.of = ARENA_ARRAY(r->arena, struct route, list->count);
	DOC_EACH (one, list) {
		str name = doc_text(doc_get(one, "model_name"));
		if (name.len == 0 ||
		    doc_text(doc_get(doc_get(one, "litellm_params"), "model")).len == 0)
			bad(r, arena_printf(r->arena, ".model_list[%zu]", i),
			    "has no model_name or no litellm_params.model");
		struct route *route = litellm_route(r, name, list->count);
		route->targets[route->target_count++] = deployment(one);
		i++;
	}
	litellm_settings(r, doc_get(d, "litellm_settings"));
	litellm_settings(r, doc_get(d, "router_settings"));
}

static struct target
own_target(struct reading *r, const struct doc *d, str where)
{
	static const char *const known[] = { "kind", "region", "provider", "url", "model",
		"sku", "redacted", "name", "inference_geo", "evidence", NULL };
	struct target t = { .hop = empty_hop() };
	const struct doc *redacted = doc_get(d, "redacted");

	DOC_EACH (member, d) {
		const char *const *n = known;
		while (*n != NULL && !str_is(member->key, *n))
			n++;
		if (*n == NULL)
			bad(r,
			    arena_printf(
				r->arena, "%.*s.%.*s", STR_F(where), STR_F(member->key)),
			    "is not known");
	}
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
	t.hop.evidence = doc_text(doc_get(d, "evidence"));
	t.hop.redacted = doc_true(redacted)  ? REDACTED_YES :
	    doc_kind(redacted) == KIND_FALSE ? REDACTED_NO :
					       REDACTED_UNKNOWN;
	t.name = doc_text(doc_get(d, "name"));
	return t;
}

static void
own_route(struct reading *r, const struct doc *d, size_t index)
{
	struct route *route = &r->routes.of[index];
	const struct doc *hops = doc_get(d, "hops"), *fallbacks = doc_get(d, "fallbacks");
	size_t i = 0;

	*route = (struct route){ .name = doc_text(doc_get(d, "name")),
		.subjects = doc_get(d, "subjects") };
	if (route->name.len == 0 || doc_kind(hops) != KIND_ARRAY)
		bad(r, arena_printf(r->arena, ".routes[%zu]", index), "has no name or no hops");
	route->targets = ARENA_ARRAY(r->arena, struct target, hops->count + 1);
	DOC_EACH (hop, hops)
		route->targets[route->target_count++] = own_target(
		    r, hop, arena_printf(r->arena, ".routes[%zu].hops[%zu]", index, i++));
	route->fallbacks =
	    ARENA_ARRAY(r->arena, str, fallbacks != NULL ? fallbacks->count + 1 : 1);
	DOC_EACH (name, fallbacks)
		route->fallbacks[route->fallback_count++] = doc_text(name);
}

static void
read_own(struct reading *r, const struct doc *d)
{
	const struct doc *list = doc_get(d, "routes");
	size_t n = 0;

	if (doc_kind(list) != KIND_ARRAY || list->count == 0)
		bad(r, STR(".routes"), "no list of routes");
	r->routes.of = ARENA_ARRAY(r->arena, struct route, list->count);
	DOC_EACH (one, list)
		own_route(r, one, n++);
	r->routes.count = n;
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
				bad(&r, r.routes.of[i].name,
				    "falls back to what the configuration has not");
	return r.routes;
}
