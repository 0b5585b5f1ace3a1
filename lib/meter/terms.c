/* terms.c - requests, term by term. */
#include "meter/terms.h"

#include <string.h>

#include "trace/prompt.h"

const char *const term_names[] = { "system", "messages", "calls", "results", "tools", "images",
	"overhead", NULL };

struct counting {
	struct coder *coder;
	struct terms *t;
	const struct dialect *rules;
	str model;
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
	return strcmp(c->rules->provider, "openai") == 0;
}

static void
image(struct counting *c, const struct part *p)
{
	int64_t n = picture_tokens(str_of(c->rules->provider), c->model, p->text, p->detail);
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
	c->t->messages++;
	if (is_openai(c))
		c->t->tokens[TERM_OVERHEAD] += 3 + 1; /* around it, and its role */
}

static str
without_stop(str s)
{
	while (str_ends(s, "."))
		s.len--;
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

static void
tools(struct counting *c, struct arena *a, const struct prompt *p)
{
	for (const struct prompt_tool *t = p->tools; t != NULL; t = t->next) {
		c->t->tools++;
		if (is_openai(c)) {
			c->t->tokens[TERM_TOOLS] += function(c, a, t);
			continue;
		}
		c->t->tokens[TERM_TOOLS] += tokens_of(c, doc_text(doc_read(a, t->name))) +
		    tokens_of(c, doc_text(doc_read(a, t->description))) +
		    tokens_of(c, t->schema);
	}
	if (p->tools == NULL)
		return;
	bool forced = p->choice == CHOICE_ANY || p->choice == CHOICE_NAMED;
	c->t->tokens[TERM_TOOLS] += is_openai(c) ? 12 : forced ? 313 : 346;
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

void
request_count(struct arena *a, struct coder *coder, const struct dialect *dialect,
    const struct dialect *rules, str model, const struct doc *request, struct terms *t)
{
	struct prompt p = { .arena = a };
	struct counting c = { coder, t, rules, model };
	*t = (struct terms){ .why = NULL };
	dialect->read(&p, request);
	for (const struct message *m = p.messages; m != NULL; m = m->next)
		message(&c, m);
	tools(&c, a, &p);
	if (is_openai(&c)) {
		names(&c, request);
		t->tokens[TERM_OVERHEAD] += 3; /* the reply begins */
	}
}
