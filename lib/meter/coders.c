/* coders.c - vocabularies that are open, by model. */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "meter/coders.h"

struct coders {
	struct arena arena;
	const struct coders_options *o;
	struct table names;     /* struct coder * by model name */
	struct table encodings; /* struct coder * by encoding, or file */
	bool used;
};

struct coders *
coders_new(const struct coders_options *o)
{
	struct coders *c = mem_new(sizeof *c);
	c->o = o;
	c->names.size = c->encodings.size = sizeof(struct coder *);
	return c;
}

static struct coder *
new_coder(struct coders *c, const char *name)
{
	struct coder *coder = ARENA_NEW(&c->arena, struct coder);
	coder->name = name;
	return coder;
}

static void
start(struct coders *c, struct coder *coder, enum vocab_result result, const char *why)
{
	char reason[160];
	if (result == VOCAB_OPEN) {
		coder->counter = counter_new(&coder->vocab.image, &c->o->count, reason);
		if (coder->counter == NULL)
			why = arena_string(
			    &c->arena, arena_printf(&c->arena, "%s: %s", coder->name, reason));
	}
	if (coder->counter != NULL)
		return;
	coder->status = EXIT_USAGE;
	coder->why = result == VOCAB_MISSING ?
	    arena_string(&c->arena,
		arena_printf(
		    &c->arena, "no vocabulary %s here; get it with: %s", coder->name, why)) :
	    why;
}

static struct coder *
by_encoding(struct coders *c, str encoding)
{
	struct coder **slot = table_put(&c->encodings, encoding);
	const char *why = NULL;
	if (*slot != NULL)
		return *slot;
	struct coder *coder = new_coder(c, arena_string(&c->arena, encoding));
	*slot = coder;
	enum vocab_result result =
	    vocab_open(&coder->vocab, &c->arena, &c->o->where, encoding, &why);
	start(c, coder, result, why);
	return coder;
}

struct coder *
coder_for(struct coders *c, str model)
{
	struct coder **slot = table_put(&c->names, model);
	bool closed;
	if (*slot != NULL)
		return *slot;
	str encoding = vocab_of_model(model, &closed);
	if (encoding.len == 0) {
		struct coder *unknown = new_coder(c, arena_string(&c->arena, model));
		unknown->status = EXIT_USAGE;
		unknown->unknown = true;
		unknown->why = arena_string(&c->arena,
		    arena_printf(&c->arena, "%.*s: no vocabulary is known for it%s%s",
			STR_F(model), c->o->advice != NULL ? ": " : "",
			c->o->advice != NULL ? c->o->advice : ""));
		return *(struct coder **)table_put(&c->names, model) = unknown;
	}
	struct coder *coder = by_encoding(c, encoding);
	if (closed) {
		struct coder *near = new_coder(c, coder->name);
		*near = *coder;
		near->closed = true;
		coder = near;
	}
	return *(struct coder **)table_put(&c->names, model) = coder;
}

static struct coder *
by_file(struct coders *c, const char *file)
{
	struct coder **slot = table_put(&c->encodings, str_of(file));
	const char *why = NULL;
	if (*slot != NULL)
		return *slot;
	const char *slash = strrchr(file, '/');
	struct coder *coder = new_coder(c, slash != NULL ? slash + 1 : file);
	*slot = coder;
	const struct vocab_name *as =
	    c->o->model != NULL ? vocab_named(str_of(c->o->model)) : NULL;
	enum vocab_result result =
	    vocab_file(&coder->vocab, &c->arena, &c->o->where, file, as, &why);
	start(c, coder, result, why);
	return coder;
}

struct coder *
coder_need(struct coder *coder)
{
	if (coder->why != NULL)
		die(coder->status, "%s", coder->why);
	return coder;
}

const char *
coder_need_first(struct coders *c, struct coder *coder)
{
	if (coder->why != NULL && !coder->unknown && !c->used)
		coder_need(coder);
	c->used = c->used || coder->why == NULL;
	return coder->why;
}

struct coder *
coder_default(struct coders *c)
{
	const char *model = c->o->model != NULL ? c->o->model : CODERS_DEFAULT;
	return c->o->vocab != NULL ? by_file(c, c->o->vocab) : coder_for(c, str_of(model));
}

struct coder *
coder_of_request(struct coders *c, str model)
{
	bool named = c->o->model != NULL || c->o->vocab != NULL;
	return named || model.len == 0 ? coder_default(c) : coder_for(c, model);
}

void
coders_free(struct coders *c)
{
	for (size_t i = 0; i < table_count(&c->encodings); i++) {
		struct coder *coder = *(struct coder **)table_at(&c->encodings, i);
		counter_free(coder->counter);
		vocab_close(&coder->vocab);
	}
	table_free(&c->names);
	table_free(&c->encodings);
	arena_free(&c->arena);
	free(c);
}

bool
count_text(struct coder *coder, str text, uint64_t *count, struct ids *ids, const char **why)
{
	switch (counter_run(coder->counter, text, TEXT_WHOLE, count, ids)) {
	case COUNT_FINE: return true;
	case COUNT_SPECIAL: *why = "it holds a special token, see --special"; break;
	case COUNT_INVALID: *why = "it is not UTF-8, see --invalid"; break;
	}
	return false;
}
