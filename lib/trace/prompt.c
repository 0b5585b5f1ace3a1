/* prompt.c - a request in no provider's words. */
#include "trace/prompt.h"

#include "io/edit.h"
#include "io/emit.h"
#include "trace/trace.h"

struct losses {
	struct loss {
		const char *field, *action;
		struct loss *next;
	} * first;
	str json;
};

struct message *
prompt_message(struct prompt *p, enum role role)
{
	struct message *m = ARENA_NEW(p->arena, struct message);

	m->role = role;
	if (p->last != NULL)
		p->last->next = m;
	else
		p->messages = m;
	p->last = m;
	return m;
}

static struct part *
append(struct arena *a, struct part **list, enum part_kind kind)
{
	struct part *fresh = ARENA_NEW(a, struct part);

	while (*list != NULL)
		list = &(*list)->next;
	fresh->kind = kind;
	*list = fresh;
	return fresh;
}

struct part *
prompt_part(struct prompt *p, struct message *m, enum part_kind kind)
{
	return append(p->arena, &m->parts, kind);
}

struct part *
prompt_inner(struct prompt *p, struct part *result, enum part_kind kind)
{
	return append(p->arena, &result->inner, kind);
}

struct prompt_tool *
prompt_tool(struct prompt *p)
{
	struct prompt_tool *t = ARENA_NEW(p->arena, struct prompt_tool);

	if (p->last_tool != NULL)
		p->last_tool->next = t;
	else
		p->tools = t;
	p->last_tool = t;
	return t;
}

bool
prompt_set(
    struct prompt *p, const struct knob *knobs, const char *name, const struct doc *value)
{
	for (const struct knob *k = knobs; k->name != NULL; k++)
		if (str_is(str_of(name), k->name)) {
			if (!doc_null(value)) {
				p->settings[k->is].json = value->raw;
				p->settings[k->is].name = k->name;
			}
			return true;
		}
	return false;
}

static const struct knob *
knob_of(const struct knob *knobs, enum setting is)
{
	for (const struct knob *k = knobs; k->name != NULL; k++)
		if (k->is == is)
			return k;
	return NULL;
}

void
prompt_put(struct prompt *p, struct buf *b, const char *name, str json)
{
	struct path path;
	const char *why;
	str whole;

	if (str_find(str_of(name), '.') == str_of(name).len) {
		emit_kraw(b, name, json);
		return;
	}
	emit_close(b, '}');
	path_parse(p->arena, str_of(name), &path);
	const struct doc *root = doc_read(p->arena, arena_keep(p->arena, buf_str(b)));
	if (root != NULL && edit_path(p->arena, root, &path, json, &whole, &why)) {
		buf_reset(b);
		buf_add(b, whole);
	}
	b->len--; /* open again */
}

void
prompt_settings(struct prompt *p, struct buf *b, const struct knob *knobs)
{
	for (int i = 0; i < SETTINGS; i++) {
		const struct knob *k = knob_of(knobs, (enum setting)i);
		const char *from = p->settings[i].name;
		if (p->settings[i].json.len == 0)
			continue;
		if (k == NULL) {
			prompt_lose(p, from, "dropped", p->settings[i].json, (str){ 0 });
			continue;
		}
		if (from != NULL && !str_is(str_of(from), k->name))
			prompt_lose(p, from, "renamed", (str){ 0 },
			    emit_quoted(p->arena, str_of(k->name)));
		prompt_put(p, b, k->name, p->settings[i].json);
	}
}

void
prompt_lose(struct prompt *p, const char *field, const char *action, str from, str to)
{
	if (p->losses == NULL)
		p->losses = ARENA_NEW(p->arena, struct losses);
	for (const struct loss *l = p->losses->first; l != NULL; l = l->next)
		if (str_is(str_of(field), l->field) && str_is(str_of(action), l->action))
			return;
	struct loss *fresh = ARENA_NEW(p->arena, struct loss);
	*fresh = (struct loss){ field, action, p->losses->first };
	p->losses->first = fresh;
	trace_change(p->arena, &p->losses->json, field, action, from, to, NULL);
}

void
prompt_others(
    struct prompt *p, const char *of, const struct doc *object, const char *const *known)
{
	DOC_EACH (m, object) {
		const char *const *k = known;
		while (*k != NULL && !str_is(m->key, *k))
			k++;
		if (*k == NULL && !doc_null(m))
			prompt_lose(p, arena_printf(p->arena, "%s.%.*s", of, STR_F(m->key)).at,
			    "dropped", (str){ 0 }, (str){ 0 });
	}
}

str
prompt_losses(const struct prompt *p)
{
	return p->losses != NULL ? p->losses->json : (str){ 0 };
}

bool
prompt_data(str url, str *media, str *base64)
{
	size_t mark = str_search(url, ";base64,");

	if (!str_starts(url, "data:") || mark == url.len)
		return false;
	*media = (str){ url.at + 5, mark - 5 };
	*base64 = str_from(url, mark + 8);
	return true;
}
