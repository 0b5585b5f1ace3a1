/* view.c - the neutral view of a request. */
#include "trace/view.h"

#include <string.h>

#include "io/canon.h"
#include "io/emit.h"

static struct item *
add(struct arena *a, struct view *v, enum item_kind kind)
{
	if (v->item_count == v->item_room) {
		v->item_room = v->item_room > 0 ? 2 * v->item_room : 16;
		struct item *more = ARENA_ARRAY(a, struct item, v->item_room);
		if (v->item_count > 0)
			memcpy(more, v->items, v->item_count * sizeof *more);
		v->items = more;
	}
	struct item *i = &v->items[v->item_count++];
	*i = (struct item){ .kind = kind, .call = -1 };
	return i;
}

void
view_system(struct arena *a, struct view *v, str text)
{
	add(a, v, ITEM_SYSTEM)->text = text;
}

void
view_text(struct arena *a, struct view *v, str role, str text)
{
	struct item *i = add(a, v, ITEM_TEXT);

	i->role = role;
	i->text = text;
}

void
view_call(struct arena *a, struct view *v, str id, str name, str arguments)
{
	struct item *i = add(a, v, ITEM_CALL);

	i->id = id;
	i->name = name;
	i->arguments = canon_text(a, arguments);
	i->call = (int64_t)v->call_count++;
}

/* The latest call with that id; without an id, the first call that has no result yet. */
static int64_t
call_of(const struct view *v, str id)
{
	for (size_t i = v->item_count; i-- > 0;)
		if (v->items[i].kind == ITEM_CALL && id.len > 0 && str_eq(v->items[i].id, id))
			return v->items[i].call;
	return -1;
}

void
view_result(struct arena *a, struct view *v, str id, str text, bool failed)
{
	int64_t call = call_of(v, id);
	struct item *i = add(a, v, ITEM_RESULT);

	i->id = id;
	i->text = text;
	i->failed = failed;
	i->call = call;
}

void
view_other(struct arena *a, struct view *v, str role, const struct doc *d)
{
	struct item *i = add(a, v, ITEM_OTHER);

	i->role = role;
	i->text = canon_text(a, doc_raw(d));
}

str
view_address(struct arena *a, const char *kind, str address)
{
	return arena_printf(a, "%s %.*s", kind, (int)address.len, address.at);
}

void
view_media(struct arena *a, struct view *v, str role, const char *kind, str address)
{
	struct item *i = add(a, v, ITEM_OTHER);

	i->role = role;
	i->text = view_address(a, kind, address);
}

void
view_tool(struct arena *a, struct view *v, str name, const struct doc *schema)
{
	if (v->tool_count == v->tool_room) {
		v->tool_room = v->tool_room > 0 ? 2 * v->tool_room : 8;
		struct view_tool *more = ARENA_ARRAY(a, struct view_tool, v->tool_room);
		if (v->tool_count > 0)
			memcpy(more, v->tools, v->tool_count * sizeof *more);
		v->tools = more;
	}
	v->tools[v->tool_count++] = (struct view_tool){ name, canon_text(a, doc_raw(schema)) };
}

static str
print_item(struct buf *b, const struct item *i)
{
	static const char *const names[] = { "system", "text", "call", "result", "other" };

	buf_reset(b);
	emit_open(b, '[');
	emit_text(b, names[i->kind]);
	switch (i->kind) {
	case ITEM_TEXT:
	case ITEM_OTHER: emit_str(b, i->role); break;
	case ITEM_CALL:
		emit_str(b, i->name);
		emit_str(b, i->arguments);
		break;
	case ITEM_RESULT: emit_int(b, i->call); break;
	case ITEM_SYSTEM: break;
	}
	emit_str(b, i->text);
	emit_close(b, ']');
	buf_byte(b, '\n');
	return buf_str(b);
}

static str
print_tool(struct buf *b, const struct view_tool *t)
{
	buf_reset(b);
	emit_open(b, '[');
	emit_text(b, "tool");
	emit_str(b, t->name);
	emit_str(b, t->schema);
	emit_close(b, ']');
	buf_byte(b, '\n');
	return buf_str(b);
}

str
view_print(struct arena *a, const struct view *v)
{
	struct buf all = { 0 }, line = { 0 };

	for (size_t i = 0; i < v->item_count; i++)
		buf_add(&all, print_item(&line, &v->items[i]));
	for (size_t i = 0; i < v->tool_count; i++)
		buf_add(&all, print_tool(&line, &v->tools[i]));
	str text = arena_keep(a, buf_str(&all));
	buf_free(&all);
	buf_free(&line);
	return text;
}

uint64_t *
view_marks(struct arena *a, const struct view *v)
{
	uint64_t *marks = ARENA_ARRAY(a, uint64_t, v->item_count + 1);
	struct buf b = { 0 };

	for (size_t i = 0; i < v->item_count; i++)
		marks[i] = hash_short(print_item(&b, &v->items[i]));
	buf_free(&b);
	return marks;
}
