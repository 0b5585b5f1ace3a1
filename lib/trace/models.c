/* models.c - what is known of models by their names. */
#include "trace/models.h"

#include <fnmatch.h>

#include "base/err.h"
#include "io/emit.h"
#include "trace/trace.h"

/* Sources: the providers' model pages and the errors their servers give.  A model that is
 * not here is asked as it stands. */
#define NO_SAMPLING                                                                            \
	"\"temperature\",\"top_p\",\"presence_penalty\",\"frequency_penalty\",\"logit_bias\"," \
	"\"logprobs\",\"top_logprobs\""
#define REASONING                                                                              \
	"\"provider\":\"openai\",\"rename\":{\"max_tokens\":\"max_completion_tokens\"},"       \
	"\"drop\":[" NO_SAMPLING ",\"stop\"]"
#define CLAUDE "\"provider\":\"anthropic\""

static const char builtin[] =
    "[{\"match\":\"gpt-5-chat*\",\"provider\":\"openai\"},"
    "{\"match\":\"gpt-5*\"," REASONING "},"
    "{\"match\":\"o1*\"," REASONING "},"
    "{\"match\":\"o3*\"," REASONING "},"
    "{\"match\":\"o4*\"," REASONING "},"
    "{\"match\":\"gpt-*\",\"provider\":\"openai\"},"
    "{\"match\":\"ft:gpt-*\",\"provider\":\"openai\"},"
    "{\"match\":\"chatgpt-*\",\"provider\":\"openai\"},"
    "{\"match\":\"claude-3-[hos][ap][iun]*\"," CLAUDE ",\"limit\":{\"max_tokens\":4096}},"
    "{\"match\":\"claude-3-5-*\"," CLAUDE ",\"limit\":{\"max_tokens\":8192}},"
    "{\"match\":\"claude-[23]*\"," CLAUDE "},"
    "{\"match\":\"claude-instant*\"," CLAUDE "},"
    "{\"match\":\"claude-opus-4-2025*\"," CLAUDE ",\"limit\":{\"max_tokens\":32000}},"
    "{\"match\":\"claude-opus-4-[0-6]*\"," CLAUDE "},"
    "{\"match\":\"claude-sonnet-4*\"," CLAUDE "},"
    "{\"match\":\"claude-haiku-4*\"," CLAUDE "},"
    "{\"match\":\"claude-*\"," CLAUDE ",\"drop\":[\"temperature\",\"top_p\",\"top_k\"]}]";

struct models {
	const struct doc *own, *built_in;
};

static const char *
fault_of(const struct doc *rule)
{
	static const char *const known[] = { "match", "provider", "api", "rename", "drop",
		"limit", "note", NULL };
	double n;

	if (doc_text(doc_get(rule, "match")).len == 0)
		return "no \"match\"";
	DOC_EACH (m, rule) {
		const char *const *k = known;
		while (*k != NULL && !str_is(m->key, *k))
			k++;
		if (*k == NULL)
			return "a member that no rule has";
	}
	if (doc_get(rule, "api") != NULL &&
	    dialect_named(doc_text(doc_get(rule, "api"))) == NULL)
		return "\"api\" is no dialect";
	DOC_EACH (r, doc_get(rule, "rename"))
		if (r->kind != KIND_STRING || r->text.len == 0)
			return "\"rename\" is not {\"old\":\"new\"}";
	DOC_EACH (d, doc_get(rule, "drop"))
		if (d->kind != KIND_STRING)
			return "\"drop\" is no list of names";
	DOC_EACH (l, doc_get(rule, "limit"))
		if (!doc_real(l, &n))
			return "\"limit\" is not {\"name\":NUMBER}";
	return NULL;
}

struct models *
models_new(struct arena *a, const char *option, const char *file)
{
	struct models *m = ARENA_NEW(a, struct models);
	struct doc_error error;
	size_t number = 0;
	str text;

	m->built_in = doc_read(a, str_of(builtin));
	if (file == NULL)
		return m;
	const char *why = in_file(a, file, &text);
	if (why != NULL)
		die(EXIT_USAGE, "%s: %s: %s", option, file, why);
	m->own = doc_parse(a, text, 0, &error);
	if (m->own == NULL)
		die(EXIT_USAGE, "%s: %s: byte %zu: %s", option, file, error.offset + 1,
		    error.why);
	if (m->own->kind != KIND_ARRAY)
		die(EXIT_USAGE, "%s: %s: not an array of rules", option, file);
	DOC_EACH (rule, m->own) {
		number++;
		if ((why = fault_of(rule)) != NULL)
			die(EXIT_USAGE, "%s: %s: rule %zu: %s", option, file, number, why);
	}
	return m;
}

static const struct doc *
find_in(const struct doc *rules, const char *name)
{
	struct arena a = { 0 };

	DOC_EACH (rule, rules) {
		const char *glob = arena_string(&a, doc_text(doc_get(rule, "match")));
		if (fnmatch(glob, name, 0) == 0) {
			arena_free(&a);
			return rule;
		}
	}
	arena_free(&a);
	return NULL;
}

static const struct doc *
rule_of(const struct models *m, str name)
{
	struct arena a = { 0 };
	const char *text = arena_string(&a, name);
	const struct doc *rule = find_in(m->own, text);

	if (rule == NULL)
		rule = find_in(m->built_in, text);
	arena_free(&a);
	return rule;
}

struct model_name
models_name(const struct models *m, str name)
{
	static const char *const providers[] = { "openai", "anthropic", "ollama", NULL };
	str rest = name, head = str_cut(&rest, '/');
	struct model_name found = { .name = name };

	for (const char *const *p = providers; rest.len > 0 && *p != NULL; p++)
		if (str_is(head, *p)) {
			found.name = rest;
			found.provider = head;
			return found;
		}
	const struct doc *rule = rule_of(m, name);
	found.provider = doc_text(doc_get(rule, "provider"));
	found.dialect = dialect_named(doc_text(doc_get(rule, "api")));
	return found;
}

static bool
dropped(const struct doc *rule, const struct doc *member)
{
	DOC_EACH (name, doc_get(rule, "drop"))
		if (str_eq(name->text, member->key))
			return true;
	return false;
}

/* One member of the request, under this rule. */
static void
fit(struct buf *b, str *losses, struct arena *a, const struct doc *rule, const struct doc *m)
{
	const struct doc *limit = doc_find(doc_get(rule, "limit"), m->key),
			 *fresh = doc_find(doc_get(rule, "rename"), m->key);
	const char *field = arena_string(a, m->key);
	const str none = { 0 };
	double most, value;

	if (dropped(rule, m)) {
		trace_change(a, losses, field, "dropped", m->kind < KIND_ARRAY ? m->raw : none,
		    none, "model");
		return;
	}
	if (fresh != NULL)
		trace_change(a, losses, field, "renamed", none, fresh->raw, "model");
	emit_name(b, fresh != NULL ? fresh->text : m->key);
	if (limit != NULL && doc_real(limit, &most) && doc_real(m, &value) && value > most) {
		trace_change(a, losses, field, "clamped", m->raw, limit->raw, "model");
		emit_raw(b, limit->raw);
	} else {
		emit_raw(b, m->raw);
	}
}

str
models_fit(const struct models *models, struct arena *a, str name, str body, str *losses)
{
	const struct doc *rule = rule_of(models, name), *request = doc_read(a, body);
	struct buf b = { 0 };
	size_t before = losses->len;
	str fitting = body;

	if (rule == NULL || doc_kind(request) != KIND_OBJECT)
		return body;
	emit_open(&b, '{');
	DOC_EACH (m, request)
		fit(&b, losses, a, rule, m);
	emit_close(&b, '}');
	if (losses->len > before) /* else the body stays byte for byte */
		fitting = arena_keep(a, buf_str(&b));
	buf_free(&b);
	return fitting;
}
