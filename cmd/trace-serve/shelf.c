/* shelf.c - recorded requests and their answers, found again. */
#include "shelf.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "data/hash.h"
#include "io/canon.h"

enum { SPELLED, NEUTRAL };

static str
spelled_key(struct arena *a, const struct dialect *d, const struct doc *request)
{
	static const char *const less[] = { "model", "stream", "stream_options", NULL };
	struct buf b = { 0 };

	buf_printf(&b, "%s\n", d->name);
	canon_less(&b, a, request, less);
	str key = hash_hex(a, buf_str(&b));
	buf_free(&b);
	return key;
}

static void
put(struct shelf *s, int which, str key, struct book *book)
{
	size_t known = s->keys[which].count, slot = map_slot(&s->keys[which], key);

	if (slot >= s->room[which]) {
		s->room[which] = s->room[which] > 0 ? 2 * s->room[which] : 64;
		s->first[which] =
		    mem_grow(s->first[which], s->room[which], sizeof(struct book *));
		s->last[which] =
		    mem_grow(s->last[which], s->room[which], sizeof(struct book *));
	}
	if (slot == known)
		s->first[which][slot] = book;
	else
		s->last[which][slot]->next[which] = book;
	s->last[which][slot] = book;
}

void
shelf_add(struct shelf *s, const struct dialect *d, const struct doc *request,
    const struct book *book)
{
	struct book *copy = ARENA_NEW(&s->arena, struct book);
	struct arena a = { 0 };
	struct view view;

	*copy = *book;
	copy->id = arena_keep(&s->arena, book->id);
	copy->requested = arena_keep(&s->arena, book->requested);
	copy->answered = arena_keep(&s->arena, book->answered);
	copy->response = arena_keep(&s->arena, book->response);
	copy->error = arena_keep(&s->arena, book->error);
	copy->dialect = d;
	put(s, SPELLED, spelled_key(&a, d, request), copy);
	put(s, NEUTRAL, trace_content(&a, d, request, &view), copy);
	uint64_t *marks = view_marks(&a, &view);
	copy->mark_count = view.item_count;
	copy->marks = ARENA_ARRAY(&s->arena, uint64_t, view.item_count + 1);
	memcpy(copy->marks, marks, view.item_count * sizeof *marks);
	map_slot(&s->models, copy->requested.len > 0 ? copy->requested : copy->answered);
	if (s->count == s->book_room) {
		s->book_room = s->book_room > 0 ? 2 * s->book_room : 64;
		s->books = mem_grow(s->books, s->book_room, sizeof *s->books);
	}
	s->books[s->count++] = copy;
	arena_free(&a);
}

enum match { BY_REQUESTED, BY_ANSWERED, BY_ANY };

struct wanted {
	const struct dialect *dialect; /* another's answer has another shape; NULL: any */
	str model;
	bool always_first;
};

static bool
matches(const struct book *b, const struct wanted *w, enum match match)
{
	if (w->dialect != NULL && b->dialect != w->dialect)
		return false;
	return match == BY_ANY ||
	    str_eq(match == BY_REQUESTED ? b->requested : b->answered, w->model);
}

/* Of the books under a key that match, the least served; of equals the earliest. */
static struct book *
pick(struct book *first, int which, const struct wanted *w, enum match match, bool *differ)
{
	struct book *best = NULL;

	*differ = false;
	for (struct book *b = first; b != NULL; b = b->next[which]) {
		if (!matches(b, w, match))
			continue;
		*differ |= best != NULL && !str_eq(best->response, b->response);
		if (best == NULL || (!w->always_first && b->served < best->served))
			best = b;
	}
	return best;
}

static bool
one_model(const struct book *first, int which)
{
	for (const struct book *b = first; b != NULL; b = b->next[which])
		if (!str_eq(b->requested, first->requested))
			return false;
	return true;
}

/* How far the best of all recorded requests agrees with this one. */
static str
nearest_book(const struct shelf *s, struct arena *a, const struct view *view)
{
	const struct book *best = NULL;
	const uint64_t *marks = view_marks(a, view);
	size_t most = 0;

	for (size_t i = 0; i < s->count; i++) {
		const struct book *b = s->books[i];
		size_t n = 0;
		while (n < b->mark_count && n < view->item_count && b->marks[n] == marks[n])
			n++;
		if (best == NULL || n > most ||
		    (n == most && b->mark_count == view->item_count &&
			best->mark_count != view->item_count)) {
			best = b;
			most = n;
		}
	}
	if (best == NULL)
		return STR("nothing is recorded");
	if (most == view->item_count && most == best->mark_count)
		return arena_printf(
		    a, "nearest is %.*s: the same messages, other tools", STR_F(best->id));
	return arena_printf(a, "nearest is %.*s: the first %zu of %zu items agree (it has %zu)",
	    STR_F(best->id), most, view->item_count, best->mark_count);
}

enum shelf_hit
shelf_find(struct shelf *s, struct arena *a, const struct dialect *d, const struct doc *request,
    int flags, struct book **found, str *nearest)
{
	struct wanted wanted = { flags & SHELF_ANY_DIALECT ? NULL : d,
		doc_text(doc_get(request, "model")), (flags & SHELF_FIRST) != 0 };
	struct view view;
	str keys[2] = { spelled_key(a, d, request), trace_content(a, d, request, &view) };
	bool seen = false, differ = false;

	for (int which = SPELLED; which <= NEUTRAL; which++) {
		size_t slot = map_find(&s->keys[which], keys[which]);
		if (slot == MAP_NONE)
			continue;
		struct book *first = s->first[which][slot];
		*found = pick(first, which, &wanted, BY_REQUESTED, &differ);
		if (*found == NULL)
			*found = pick(first, which, &wanted, BY_ANSWERED, &differ);
		if (*found == NULL && one_model(first, which))
			*found = pick(first, which, &wanted, BY_ANY, &differ);
		seen = true;
		if (*found != NULL)
			return (flags & SHELF_STRICT) && differ ? SHELF_AMBIGUOUS : SHELF_HIT;
	}
	*nearest = seen ?
	    STR("the request is recorded, but not for this model in this dialect") :
	    nearest_book(s, a, &view);
	return SHELF_MISS;
}

size_t
shelf_ambiguous(const struct shelf *s, const char *what_happens)
{
	size_t groups = 0;

	for (size_t slot = 0; slot < s->keys[SPELLED].count; slot++) {
		const struct book *first = s->first[SPELLED][slot];
		size_t answers = 1;
		for (const struct book *b = first->next[SPELLED]; b != NULL;
		     b = b->next[SPELLED])
			answers += !str_eq(b->response, first->response) &&
			    str_eq(b->requested, first->requested);
		if (answers == 1)
			continue;
		groups++;
		warn("ambiguous: %zu answers to the request of %.*s: %s", answers,
		    STR_F(first->id), what_happens);
	}
	return groups;
}

void
shelf_free(struct shelf *s)
{
	for (int which = SPELLED; which <= NEUTRAL; which++) {
		map_free(&s->keys[which]);
		free(s->first[which]);
		free(s->last[which]);
	}
	map_free(&s->models);
	free(s->books);
	arena_free(&s->arena);
}
