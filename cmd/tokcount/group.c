/* group.c - groups: added to, merged, written and read. */
#include "group.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "io/doc.h"
#include "io/emit.h"

const char *const column_names[] = { "local", "recorded", "provider", NULL };

static const struct {
	const char *name;
	size_t at;
} numbers[] = {
	{ "billed", offsetof(struct group, billed) },
	{ "count", offsetof(struct group, local) },
	{ "with_images", offsetof(struct group, with_images) },
	{ "image_gap", offsetof(struct group, image_gap) },
	{ "other_gap", offsetof(struct group, other_gap) },
	{ "outputs", offsetof(struct group, outputs) },
	{ "output_billed", offsetof(struct group, output_billed) },
	{ "output_local", offsetof(struct group, output_local) },
	{ "reasoning", offsetof(struct group, reasoning) },
};

#define NUMBERS (sizeof numbers / sizeof *numbers)

static int64_t *
number(struct group *g, size_t i)
{
	return (int64_t *)(void *)((char *)g + numbers[i].at);
}

/* What no traffic can have stays at the most there is. */
static void
add_to(int64_t *sum, int64_t n)
{
	if (__builtin_add_overflow(*sum, n, sum))
		*sum = n < 0 ? INT64_MIN : INT64_MAX;
}

static void
keep_example(struct group *g, const struct example *e)
{
	size_t at = 0;
	while (at < g->example_count &&
	    (g->examples[at].hash < e->hash ||
		(g->examples[at].hash == e->hash && strcmp(g->examples[at].id, e->id) < 0)))
		at++;
	if (at == 3 || (at < g->example_count && strcmp(g->examples[at].id, e->id) == 0))
		return;
	size_t behind = g->example_count < 3 ? g->example_count - at : 2 - at;
	memmove(&g->examples[at + 1], &g->examples[at], behind * sizeof *e);
	g->examples[at] = *e;
	g->example_count += g->example_count < 3;
}

void
group_example(struct group *g, str id)
{
	struct example e;
	id = utf8_prefix(id, sizeof e.id - 1); /* what is written is what is hashed */
	e.hash = hash_short(id);
	snprintf(e.id, sizeof e.id, "%.*s", (int)id.len, id.at);
	if (id.len > 0)
		keep_example(g, &e);
}

void
group_merge(struct group *g, const struct group *o)
{
	sums_merge(&g->sums, &o->sums);
	for (unsigned c = 0; c < COLUMNS; c++)
		sketch_merge(&g->ratios[c], &o->ratios[c]);
	for (size_t i = 0; i < NUMBERS; i++)
		add_to(number(g, i),
		    *(const int64_t *)(const void *)((const char *)o + numbers[i].at));
	for (size_t i = 0; i < o->example_count; i++)
		keep_example(g, &o->examples[i]);
}

void
group_emit(struct buf *b, const struct group *g, str shape)
{
	emit_open(b, '{');
	emit_kint(b, "v", 1);
	emit_kstr(b, "shape", shape);
	sums_emit(b, &g->sums);
	for (unsigned c = 0; c < COLUMNS; c++)
		sketch_emit(b, column_names[c], &g->ratios[c]);
	emit_key(b, "numbers");
	emit_open(b, '[');
	for (size_t i = 0; i < NUMBERS; i++)
		emit_int(b, *(const int64_t *)(const void *)((const char *)g + numbers[i].at));
	emit_close(b, ']');
	emit_key(b, "examples");
	emit_open(b, '[');
	for (size_t i = 0; i < g->example_count; i++)
		emit_text(b, g->examples[i].id);
	emit_close(b, ']');
	emit_close(b, '}');
}

const char *
group_parse(struct group *g, const struct doc *d, str shape)
{
	int64_t version;
	size_t i = 0;
	if (!doc_int(doc_get(d, "v"), &version) || version != 1)
		return "no partial of this version";
	if (!str_eq(doc_text(doc_get(d, "shape")), shape))
		return "a partial of another vocabulary or other classes";
	bool ok = sums_parse(&g->sums, d);
	for (unsigned c = 0; c < COLUMNS; c++)
		ok = sketch_parse(&g->ratios[c], doc_get(d, column_names[c])) && ok;
	DOC_EACH (n, doc_get(d, "numbers")) {
		ok = i < NUMBERS && doc_int(n, number(g, i)) && ok;
		i++;
	}
	DOC_EACH (e, doc_get(d, "examples"))
		group_example(g, doc_text(e));
	return ok && i == NUMBERS ? NULL : "a partial that is broken";
}

void
group_free(struct group *g)
{
	for (unsigned c = 0; c < COLUMNS; c++)
		free(g->ratios[c].bins);
}

struct calibrated
group_calibration(str key, const struct group *g)
{
	struct calibrated c = { .n = g->ratios[COLUMN_LOCAL].n };
	const struct sketch *s = &g->ratios[COLUMN_LOCAL];
	c.model = str_cut(&key, '\t');
	c.encoding = str_cut(&key, '\t');
	c.content = content_named(key);
	c.low = sketch_quantile(s, 5, false);
	c.median = sketch_quantile(s, 50, true);
	c.high = sketch_quantile(s, 95, true);
	c.most = sketch_quantile(s, 100, true);
	return c;
}

static bool
stands_out(const struct term_fit *f, double least)
{
	return f->known && (f->low > 0 || f->high < 0) &&
	    (f->value >= least || f->value <= -least);
}

/* In the order in which they mislead: a factor on every token is no wrapper. */
const char *
group_cause(const struct group *g, const struct term_fit *fits, bool fitted)
{
	int64_t others = g->sums.n - g->with_images;
	if (g->with_images > 0 &&
	    g->image_gap / g->with_images > 50 + (others > 0 ? g->other_gap / others : 0))
		return "images";
	if (fitted && stands_out(&fits[FIT_TOKEN], 0.01))
		return "wrong encoding: every token counts differently";
	if (fitted && stands_out(&fits[FIT_TOOL], 1))
		return "tools";
	if (fitted && stands_out(&fits[FIT_MESSAGE], 0.5))
		return "wrapper around each message";
	if (fitted && stands_out(&fits[FIT_REQUEST], 0.5))
		return "wrapper around each request";
	int64_t hidden = g->output_billed - g->output_local - g->reasoning;
	if (g->outputs > 0 && hidden * 10 > g->output_billed && hidden > 20 * g->outputs)
		return "hidden reasoning in the output";
	return NULL;
}
