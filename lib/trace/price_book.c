/* price_book.c - a price book from a file, or the one that is built in. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "data/hash.h"
#include "io/in.h"
#include "trace/price_build.h"

/* The text of prices.json, which is installed too, as it is. */
extern const char price_builtin[];
__asm__(".pushsection .rodata\n"
	".global price_builtin\n"
	"price_builtin:\n"
	".incbin \"lib/trace/prices.json\"\n"
	".byte 0\n"
	".popsection\n");

static int
by_time(const void *a, const void *b)
{
	const struct price *x = *(const struct price *const *)a,
			   *y = *(const struct price *const *)b;
	int order = str_cmp(x->model, y->model);

	if (order == 0)
		order = str_cmp(x->provider, y->provider);
	if (order == 0)
		order = x->from < y->from ? -1 : x->from > y->from;
	return order != 0 ? order : x->line < y->line ? -1 : 1;
}

/* Sorted, and chained by model. */
static void
arrange(struct arena *a, struct price_book *b)
{
	b->sorted = ARENA_ARRAY(a, const struct price *, b->count + 1);
	b->models.size = sizeof(struct price *);
	for (size_t i = 0; i < b->count; i++) {
		struct price *p = &b->entries[i], **chain = table_put(&b->models, p->model);
		b->sorted[i] = p;
		p->next = *chain;
		*chain = p;
	}
	qsort(b->sorted, b->count, sizeof(struct price *), by_time);
}

bool
price_overlaps(const struct price *p, const struct price *next)
{
	return str_eq(p->model, next->model) && str_eq(p->provider, next->provider) &&
	    next->from < p->until;
}

const struct price *
price_overlap(const struct price_book *b, const struct price **other)
{
	for (size_t i = 1; i < b->count; i++)
		if (price_overlaps(b->sorted[i - 1], b->sorted[i])) {
			*other = b->sorted[i];
			return b->sorted[i - 1];
		}
	return NULL;
}

/* LiteLLM's book is an object of entries; ours says that it is one. */
struct price_book *
price_read(struct arena *a, str name, str text, str *why)
{
	struct doc_error error;
	struct price_book *b = ARENA_NEW(a, struct price_book);
	const struct doc *d = doc_parse(a, text, 0, &error);
	int64_t version;

	b->name = name;
	b->date = INT64_MIN;
	if (d == NULL) {
		*why = arena_printf(a, "byte %zu: %s", error.offset + 1, error.why);
		return NULL;
	}
	b->digest = hash_hex(a, text);
	const struct doc *ours = doc_get(d, "prices");
	const char *reason = NULL;
	if (d->kind != KIND_OBJECT)
		reason = "is no object";
	else if (ours == NULL)
		reason = price_read_litellm(a, b, d);
	else if (!doc_int(ours, &version) || version != 1)
		reason = "prices: is not version 1";
	else
		reason = price_read_own(a, b, d);
	if (reason == NULL && b->count == 0)
		reason = "has no prices";
	if (reason != NULL) {
		*why = str_of(reason);
		return NULL;
	}
	arrange(a, b);
	return b;
}

struct price_book *
price_book(struct arena *a, const char *file, str *why)
{
	str text;

	if (file == NULL)
		file = getenv("INFERUTILS_PRICES");
	if (file == NULL || *file == '\0') {
		text = (str){ price_builtin, strlen(price_builtin) };
		return price_read(a, STR("built-in"), text, why);
	}
	const char *reason = in_file(a, file, &text);
	if (reason != NULL) {
		*why = str_of(reason);
		return NULL;
	}
	return price_read(a, str_of(file), text, why);
}

void
price_free(struct price_book *b)
{
	table_free(&b->models);
}
