/* terms.c - requests, term by term. */
#include "meter/terms.h"

#include <string.h>

#include "token/names.h"
#include "trace/prompt.h"

const char *const term_names[] = { "system", "messages", "calls", "results", "tools", "images",
	"overhead", NULL };

struct counting {
	struct coder *coder;
	struct terms *t;
	const char *rules;
	str model; /* in lower case */
};

uint64_t
terms_sum(const struct terms *t)
{
	uint64_t sum = 0;
	for (unsigned i = 0; i < TERMS; i++)
		sum += t->tokens[i];
	return sum;
}

static uint64_t
tokens_of(struct counting *c, str text)
{
	uint64_t count = 0;
	count_text(c->coder, text, &count, NULL, &c->t->why);
	return count;
}

static void
put(struct counting *c, enum term term, str text)
{
	classes_look(&c->t->classes, text);
	c->t->tokens[term] += tokens_of(c, text);
}

static bool
is_openai(const struct counting *c)
{
	return strcmp(c->rules, "openai") == 0;
}

static void
image(struct counting *c, const struct part *p)
{
	int64_t n = picture_tokens(str_of(c->rules), c->model, p->text, p->detail);
	c->t->images++;
	if (n < 0)
		c->t->unknown++;
	else
		c->t->tokens[TERM_IMAGES] += (uint64_t)n;
}

static void
part(struct counting *c, const struct part *p, enum term term)
{
	switch (p->kind) {
	case PART_TEXT:
	case PART_REFUSAL: put(c, term, p->text); break;
	case PART_IMAGE: image(c, p); break;
	case PART_FILE: c->t->unknown++; break;
	case PART_CALL:
		put(c, TERM_CALLS, p->name);
		put(c, TERM_CALLS, p->arguments);
		break;
	case PART_RESULT:
		put(c, TERM_RESULTS, p->text);
		for (const struct part *in = p->inner; in != NULL; in = in->next)
			part(c, in, TERM_RESULTS);
		break;
	}
}

static void
message(struct counting *c, const struct message *m)
{
	bool system = m->role == ROLE_SYSTEM || m->role == ROLE_DEVELOPER;
	for (const struct part *p = m->parts; p != NULL; p = p->next)
		part(c, p, system ? TERM_SYSTEM : TERM_MESSAGES);
}

static str
without_stop(str s)
{
	s.len -= str_ends(s, ".");
	return s;
}

static uint64_t
line(struct counting *c, struct arena *a, str name, str type, str description)
{
	description = without_stop(description);
	str text = type.len > 0 ?
	    arena_printf(a, "%.*s:%.*s:%.*s", (int)name.len, name.at, (int)type.len, type.at,
		(int)description.len, description.at) :
	    arena_printf(
		a, "%.*s:%.*s", (int)name.len, name.at, (int)description.len, description.at);
	return tokens_of(c, text);
}

/* OpenAI's formula for a function, as its cookbook measured it. */
static uint64_t
function(struct counting *c, struct arena *a, const struct prompt_tool *tool)
{
	str model = c->model;
	const struct doc *schema = doc_read(a, tool->schema);
	const struct doc *properties = doc_get(schema, "properties");
	uint64_t n = str_search(model, "gpt-4o") < model.len || model.len == 0 ||
		!(str_starts(model, "gpt-4") || str_starts(model, "gpt-3")) ?
	    7 :
	    10;
	n += line(c, a, doc_text(doc_read(a, tool->name)), (str){ 0 },
	    doc_text(doc_read(a, tool->description)));
	n += properties != NULL && properties->child != NULL ? 3 : 0;
	DOC_EACH (p, properties) {
		n += 3 +
		    line(c, a, p->key, doc_text(doc_get(p, "type")),
			doc_text(doc_get(p, "description")));
		const struct doc *values = doc_get(p, "enum");
		uint64_t items = 0;
		DOC_EACH (v, values)
			items += 3 + tokens_of(c, v->kind == KIND_STRING ? v->text : v->raw);
		n += values != NULL && items >= 3 ? items - 3 : items;
	}
	return n;
}

/* The system prompt that comes with tools, as Anthropic's tool use page lists it by model:
 * with the choice left to the model, and with a tool demanded. */
static uint64_t
claude_tools(str model, bool forced)
{
	static const struct {
		const char *match;
		uint64_t free, forced;
	} prompts[] = {
		{ "claude-3-opus", 530, 281 },
		{ "claude-3-sonnet", 159, 235 },
		{ "claude-3-haiku", 264, 340 },
		{ "claude-3-5-haiku", 264, 340 },
		{ "claude-3-5-sonnet-20240620", 294, 261 },
		{ "", 346, 313 },
	};
	size_t i = 0;
	while (str_search(model, prompts[i].match) == model.len && *prompts[i].match != 0)
		i++;
	return forced ? prompts[i].forced : prompts[i].free;
}

static void
tools(struct counting *c, struct arena *a, const struct prompt *p)
{
	uint64_t *sum = &c->t->tokens[TERM_TOOLS];
	for (const struct prompt_tool *t = p->tools; t != NULL; t = t->next) {
		c->t->tools++;
		if (is_openai(c))
			*sum += function(c, a, t);
		else
			*sum += tokens_of(c, doc_text(doc_read(a, t->name))) +
			    tokens_of(c, doc_text(doc_read(a, t->description))) +
			    tokens_of(c, t->schema);
	}
	bool forced = p->choice == CHOICE_ANY || p->choice == CHOICE_NAMED;
	if (p->tools != NULL && is_openai(c))
		*sum += 12;
	else if (p->tools != NULL && strcmp(c->rules, "anthropic") == 0)
		*sum += claude_tools(c->model, forced);
}

/* How many messages were sent; the reader joins some. */
static int64_t
messages_of(const struct prompt *p, const struct doc *request)
{
	int64_t n = 0;
	if (doc_kind(doc_get(request, "messages")) == KIND_ARRAY)
		return (int64_t)doc_get(request, "messages")->count;
	for (const struct message *m = p->messages; m != NULL; m = m->next)
		n++;
	return n;
}

/* Members of a request that put something into the prompt that is not in it. */
static bool
adds(str field)
{
	static const char *const members[] = { "previous_response_id", "conversation", "prompt",
		"prediction", "web_search_options", "mcp_servers", "container", "output_config",
		"output_format", "functions", NULL };
	field = str_starts(field, "request.") ? str_from(field, strlen("request.")) : field;
	for (size_t i = 0; members[i] != NULL; i++)
		if (str_is(field, members[i]))
			return true;
	return (str_starts(field, "messages.") || str_starts(field, "input.") ||
		   str_starts(field, "system.") || str_is(field, "tools")) &&
	    str_search(field, "cache_") == field.len &&
	    str_search(field, "annotations") == field.len;
}

/* What the reader saw and could not keep. */
static int64_t
lost(struct arena *a, const struct prompt *p)
{
	int64_t n = p->format == FORMAT_SCHEMA;
	str losses = prompt_losses(p);
	if (losses.len == 0)
		return n;
	DOC_EACH (l, doc_read(a, arena_printf(a, "[%.*s]", (int)losses.len, losses.at)))
		n += doc_is(doc_get(l, "action"), "dropped") &&
		    adds(doc_text(doc_get(l, "field")));
	return n;
}

/* messages[].name of the chat dialect */
static void
names(struct counting *c, const struct doc *request)
{
	DOC_EACH (m, doc_get(request, "messages")) {
		str name = doc_text(doc_get(m, "name"));
		if (name.len > 0)
			c->t->tokens[TERM_OVERHEAD] += 1 + tokens_of(c, name);
	}
}

const char *
terms_rules(const struct dialect *dialect, str model)
{
	char name[VOCAB_MODEL];
	bool closed;
	str plain = vocab_model(model, name), encoding = vocab_of_model(plain, &closed);
	if (str_search(plain, "claude") < plain.len)
		return "anthropic";
	if (encoding.len == 0 || vocab_named(plain) != NULL)
		return dialect != NULL ? dialect->provider : "";
	bool openai = str_ends(encoding, "k_base") || str_ends(encoding, "k_edit");
	return openai && !closed ? "openai" : "";
}

void
request_count(struct arena *a, struct coder *coder, const struct dialect *dialect,
    const char *rules, str model, const struct doc *request, struct terms *t)
{
	char name[VOCAB_MODEL];
	struct prompt p = { .arena = a };
	struct counting c = { coder, t, rules, vocab_model(model, name) };
	*t = (struct terms){ .why = NULL };
	dialect->read(&p, request);
	for (const struct message *m = p.messages; m != NULL; m = m->next)
		message(&c, m);
	t->messages = messages_of(&p, request);
	t->unknown += lost(a, &p);
	tools(&c, a, &p);
	if (is_openai(&c)) {
		names(&c, request);
		/* around each and its role; and the reply begins */
		t->tokens[TERM_OVERHEAD] += (uint64_t)t->messages * (3 + 1) + 3;
	}
}
