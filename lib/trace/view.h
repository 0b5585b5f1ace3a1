/* view.h - the neutral view of a request: what the model saw, in no provider's words.
 *
 * An ordered list of items: system text, text by role, calls (name, canonical arguments),
 * results (by the ordinal of their call), anything else as canonical JSON; and the tools
 * by name and canonical schema.  No model, no sampling, no ids.  Requests of different
 * dialects that put the same thing before a model have the same view, so its hash
 * (content_sha256) pairs records across captures. */
#ifndef VIEW_H
#define VIEW_H

#include "data/hash.h"
#include "io/doc.h"

enum item_kind { ITEM_SYSTEM, ITEM_TEXT, ITEM_CALL, ITEM_RESULT, ITEM_OTHER };

struct item {
	enum item_kind kind;
	str role;            /* ITEM_TEXT, ITEM_OTHER */
	str text;            /* the text, the result, or canonical JSON (ITEM_OTHER) */
	str id;              /* of the call; left out of the hash */
	str name, arguments; /* ITEM_CALL; arguments canonical */
	int64_t call;        /* ITEM_RESULT: the how manieth call, -1 unknown */
	bool failed;         /* ITEM_RESULT marked as an error; left out of the hash */
};

struct view_tool {
	str name, schema; /* canonical */
};

struct view {
	struct item *items;
	struct view_tool *tools;
	size_t item_count, tool_count, call_count;
	size_t item_room, tool_room;
	bool server_state, server_tool, sealed_reasoning; /* what a replay cannot rebuild */
};

/* Made by the dialects, item by item.  Media: "image", "file" by its URL or data: URL. */
void view_system(struct arena *, struct view *, str text);
void view_text(struct arena *, struct view *, str role, str text);
void view_call(struct arena *, struct view *, str id, str name, str arguments);
void view_result(struct arena *, struct view *, str id, str text, bool failed);
void view_other(struct arena *, struct view *, str role, const struct doc *);
void view_media(struct arena *, struct view *, str role, const char *kind, str address);
str view_address(struct arena *, const char *kind, str address); /* as a line of a result */
void view_tool(struct arena *, struct view *, str name, const struct doc *schema);

/* The text that is hashed: one canonical JSON array per item, a line each, then tools. */
str view_print(struct arena *, const struct view *);

/* Hash of each item, for finding how far two requests agree. */
uint64_t *view_marks(struct arena *, const struct view *);

#endif
