/* translate.c - a request of one dialect as a request of another. */
#include "trace/translate.h"

#include <string.h>

#include "data/hash.h"
#include "io/edit.h"

/* Every call has an id, and every result that of its call. */
static void
invent_ids(struct prompt *p)
{
	struct part *waiting[64];
	size_t calls = 0, from = 0, to = 0;

	for (struct message *m = p->messages; m != NULL; m = m->next)
		for (struct part *part = m->parts; part != NULL; part = part->next) {
			if (part->kind == PART_CALL) {
				calls++;
				if (part->id.len == 0) {
					part->id = arena_printf(p->arena, "call_%zu", calls);
					prompt_lose(p, "messages.tool_calls.id", "added",
					    (str){ 0 }, emit_quoted(p->arena, part->id));
					waiting[to++ % 64] = part;
				}
			} else if (part->kind == PART_RESULT && part->id.len == 0 &&
			    from < to) {
				part->id = waiting[from++ % 64]->id;
			}
		}
}

/* Messages of which nothing is left, and choices among tools that are not there, are refused
 * by every server. */
static void
tidy(struct prompt *p)
{
	for (struct message **link = &p->messages; *link != NULL;) {
		if ((*link)->parts != NULL) {
			link = &(*link)->next;
			continue;
		}
		*link = (*link)->next;
		prompt_lose(p, "messages", "dropped", STR("\"\""), (str){ 0 });
	}
	if (p->tools != NULL)
		return;
	if (p->choice != CHOICE_NONE_GIVEN)
		prompt_lose(p, "tool_choice", "dropped", (str){ 0 }, (str){ 0 });
	p->choice = CHOICE_NONE_GIVEN;
	if (p->settings[SET_PARALLEL].json.len > 0)
		prompt_lose(p, p->settings[SET_PARALLEL].name, "dropped",
		    p->settings[SET_PARALLEL].json, (str){ 0 });
	p->settings[SET_PARALLEL].json = (str){ 0 };
}

str
translate(struct arena *a, const struct dialect *from, const struct dialect *to,
    const struct doc *request, str *losses)
{
	struct prompt p = { .arena = a };
	struct buf b = { 0 }, flat = { 0 };

	from->read(&p, request);
	invent_ids(&p);
	tidy(&p);
	to->write(&p, &b);
	edit_flatten(&flat, buf_str(&b));
	str body = arena_keep(a, buf_str(&flat));
	*losses = prompt_losses(&p);
	buf_free(&b);
	buf_free(&flat);
	return body;
}

str
translate_id(struct prompt *p, str id)
{
	char *made = arena_bytes(p->arena, id.len + 1);
	bool same = true;

	for (size_t i = 0; i < id.len; i++) {
		char c = id.at[i];
		bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    (c >= '0' && c <= '9') || c == '_' || c == '-';
		made[i] = fine ? c : '_';
		same &= fine;
	}
	if (same)
		return id;
	prompt_lose(p, "messages.tool_calls.id", "renamed", (str){ 0 }, (str){ 0 });
	return arena_printf(
	    p->arena, "%.*s_%.6s", STR_F(((str){ made, id.len })), hash_hex(p->arena, id).at);
}

void
translate_stop_list(struct prompt *p, int most)
{
	const struct doc *d = doc_read(p->arena, p->settings[SET_STOP].json);
	struct buf b = { 0 };
	int n = 0;

	if (doc_kind(d) == KIND_STRING) {
		p->settings[SET_STOP].json =
		    arena_printf(p->arena, "[%.*s]", (int)d->raw.len, d->raw.at);
		return;
	}
	if (d == NULL || most == 0 || d->count <= (size_t)most)
		return;
	emit_open(&b, '[');
	DOC_EACH (item, d)
		if (n++ < most)
			emit_raw(&b, item->raw);
	emit_close(&b, ']');
	str shorter = arena_keep(p->arena, buf_str(&b));
	prompt_lose(p, p->settings[SET_STOP].name, "clamped", d->raw, shorter);
	p->settings[SET_STOP].json = shorter;
	buf_free(&b);
}

/* All words that providers use for it, from none to most. */
static const char *const efforts[] = { "none", "minimal", "low", "medium", "high", "xhigh",
	"max", NULL };

static int
rank_of(str word)
{
	for (int i = 0; efforts[i] != NULL; i++)
		if (str_is(word, efforts[i]))
			return i;
	return -1;
}

void
translate_effort(struct prompt *p, const char *const *known)
{
	str *json = &p->settings[SET_EFFORT].json;
	str word = doc_text(doc_read(p->arena, *json));
	const char *best = known[0];
	int rank = rank_of(word);

	if (json->len == 0)
		return;
	for (const char *const *k = known; *k != NULL; k++) {
		if (str_is(word, *k))
			return;
		if (rank_of(str_of(*k)) <= rank)
			best = *k;
	}
	if (rank <= 0) { /* no effort at all, or a word of nobody's */
		prompt_lose(p, p->settings[SET_EFFORT].name, "dropped", *json, (str){ 0 });
		*json = (str){ 0 };
		return;
	}
	str to = emit_quoted(p->arena, str_of(best));
	prompt_lose(p, p->settings[SET_EFFORT].name, "clamped", *json, to);
	*json = to;
}

void
translate_schema_format(struct prompt *p, struct buf *b, const char *name)
{
	struct buf f = { 0 };

	if (p->format == FORMAT_JSON)
		prompt_lose(
		    p, "response_format", "dropped", STR("\"json_object\""), (str){ 0 });
	if (p->format != FORMAT_SCHEMA)
		return;
	emit_open(&f, '{');
	emit_ktext(&f, "type", "json_schema");
	emit_kraw(&f, "schema", p->format_schema);
	emit_close(&f, '}');
	prompt_put(p, b, name, arena_keep(p->arena, buf_str(&f)));
	if (p->format_name.len > 0)
		prompt_lose(p, "response_format.name", "dropped", p->format_name, (str){ 0 });
	if (!p->format_strict)
		prompt_lose(p, "response_format.strict", "dropped", STR("false"), (str){ 0 });
	buf_free(&f);
}
