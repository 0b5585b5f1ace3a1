/* used_read.c - usage objects of all providers, taken apart into classes.
 *
 * OpenAI: cached, written, audio and image tokens are inside prompt_tokens (input_tokens of
 * Responses), reasoning and audio inside completion_tokens.  Anthropic: cached and written
 * tokens stand beside input_tokens.  Google: cached tokens are inside promptTokenCount,
 * thoughts beside candidatesTokenCount, what tools read beside the prompt.  Ours
 * (inferutils-records(5)): everything is inside input and output. */
#include <string.h>

#include "data/dec.h"
#include "io/scan.h"
#include "trace/used.h"

enum field {
	F_INPUT,
	F_OUTPUT,
	F_CACHE_READ,
	F_CACHE_WRITE,
	F_CACHE_WRITE_1H,
	F_REASONING,
	F_PROMPT,
	F_COMPLETION,
	F_IN,
	F_OUT,
	F_PROMPT_CACHED,
	F_PROMPT_WRITTEN,
	F_PROMPT_AUDIO,
	F_PROMPT_IMAGE,
	F_COMPLETION_REASONING,
	F_COMPLETION_AUDIO,
	F_COMPLETION_IMAGE,
	F_IN_CACHED,
	F_IN_WRITTEN,
	F_OUT_REASONING,
	F_READ,
	F_WRITTEN,
	F_WRITTEN_1H,
	F_SEARCHES,
	F_UNITS, /* as USED_SEARCH and those behind it */
};

enum google { G_PROMPT, G_CANDIDATES, G_THOUGHTS, G_CACHED, G_TOOLS, G_PROMPTS, G_OUTPUTS };

_Static_assert(USED_FIELDS == F_UNITS + USED_CLASSES - USED_SEARCH, "a name for each field");

struct reading {
	const struct scan_value *fields;
	const char *why;
};

static bool
there(const struct reading *r, int field)
{
	enum kind kind = r->fields[field].kind;

	return kind != KIND_NONE && kind != KIND_NULL;
}

/* A whole number that is not negative, however it is written. */
static int64_t
slow_count(struct reading *r, const struct scan_value *v)
{
	dec d;

	if (v->kind != KIND_NUMBER)
		r->why = "usage: a count that is no number";
	else if (dec_parse(v->raw, &d) == DEC_RANGE || d > USED_MOST * DEC_ONE)
		r->why = "usage: more than any call can use";
	else if (d < 0)
		r->why = "usage: a negative count";
	else if (d % DEC_ONE != 0)
		r->why = "usage: a count that is no whole number";
	else
		return (int64_t)(d / DEC_ONE);
	return 0;
}

/* 0 where there is none. */
static inline int64_t
count(struct reading *r, int field)
{
	const struct scan_value *v = &r->fields[field];

	if (v->counted)
		return v->whole;
	return there(r, field) ? slow_count(r, v) : 0;
}

static inline void
put(struct used_counts *c, enum used class, int64_t n)
{
	c->n[class] = n;
	c->any |= (uint32_t)(n != 0) << class;
}

/* The first that is there. */
static int64_t
either(struct reading *r, int first, int second)
{
	return there(r, first) ? count(r, first) : count(r, second);
}

/* Whole less its parts, which stand in classes of their own. */
static void
rest(struct reading *r, struct used_counts *c, enum used class, int64_t whole,
    const enum used *parts, size_t n)
{
	int64_t left = whole;

	for (size_t i = 0; i < n; i++)
		left -= c->n[parts[i]];
	if (left < 0 && r->why == NULL)
		r->why = class == USED_INPUT ?
		    "usage: cached and other parts are more than the prompt" :
		    "usage: reasoning and other parts are more than the output";
	put(c, class, left);
}

static const enum used prompt_parts[] = { USED_CACHE_READ, USED_CACHE_WRITE,
	USED_CACHE_WRITE_1H, USED_AUDIO_IN, USED_IMAGE_IN };
static const enum used output_parts[] = { USED_REASONING, USED_AUDIO_OUT, USED_IMAGE_OUT };

/* Both sides, when their parts are known. */
static void
settle(struct reading *r, struct used_counts *c, int64_t prompt, int64_t output)
{
	c->prompt = prompt;
	rest(
	    r, c, USED_INPUT, prompt, prompt_parts, sizeof prompt_parts / sizeof *prompt_parts);
	rest(r, c, USED_OUTPUT, output, output_parts,
	    sizeof output_parts / sizeof *output_parts);
}

/* Tokens written to a cache, of which some stay an hour. */
static void
written(struct reading *r, struct used_counts *c, int64_t all, int64_t hour)
{
	if (hour > all && r->why == NULL)
		r->why = "usage: one-hour cache writes are more than all cache writes";
	put(c, USED_CACHE_WRITE, all - hour);
	put(c, USED_CACHE_WRITE_1H, hour);
}

static void
ours(struct reading *r, struct used_counts *c)
{
	put(c, USED_CACHE_READ, count(r, F_CACHE_READ));
	written(r, c, count(r, F_CACHE_WRITE), count(r, F_CACHE_WRITE_1H));
	put(c, USED_REASONING, count(r, F_REASONING));
	settle(r, c, count(r, F_INPUT), count(r, F_OUTPUT));
}

static void
openai_chat(struct reading *r, struct used_counts *c)
{
	put(c, USED_CACHE_READ, either(r, F_PROMPT_CACHED, F_READ));
	written(r, c, either(r, F_PROMPT_WRITTEN, F_WRITTEN), count(r, F_WRITTEN_1H));
	put(c, USED_AUDIO_IN, count(r, F_PROMPT_AUDIO));
	put(c, USED_IMAGE_IN, count(r, F_PROMPT_IMAGE));
	put(c, USED_REASONING, count(r, F_COMPLETION_REASONING));
	put(c, USED_AUDIO_OUT, count(r, F_COMPLETION_AUDIO));
	put(c, USED_IMAGE_OUT, count(r, F_COMPLETION_IMAGE));
	settle(r, c, count(r, F_PROMPT), count(r, F_COMPLETION));
}

static void
openai_responses(struct reading *r, struct used_counts *c)
{
	put(c, USED_CACHE_READ, count(r, F_IN_CACHED));
	written(r, c, count(r, F_IN_WRITTEN), 0);
	put(c, USED_REASONING, count(r, F_OUT_REASONING));
	settle(r, c, count(r, F_IN), count(r, F_OUT));
}

static void
anthropic(struct reading *r, struct used_counts *c)
{
	int64_t all = count(r, F_WRITTEN);

	put(c, USED_CACHE_READ, count(r, F_READ));
	written(r, c, all, count(r, F_WRITTEN_1H));
	settle(r, c, count(r, F_IN) + c->n[USED_CACHE_READ] + all, count(r, F_OUT));
}

/* Tokens, by the words of whoever wrote them; false: there are none. */
static bool
tokens(struct reading *r, struct used_counts *c)
{
	if (there(r, F_PROMPT) || there(r, F_COMPLETION))
		openai_chat(r, c);
	else if (there(r, F_READ) || there(r, F_WRITTEN))
		anthropic(r, c);
	else if (there(r, F_IN) || there(r, F_OUT))
		openai_responses(r, c);
	else if (there(r, F_INPUT) || there(r, F_OUTPUT))
		ours(r, c);
	else
		return false;
	return true;
}

/* Counts of other things; false: there are none. */
static bool
units(struct reading *r, struct used_counts *c)
{
	bool found = false;

	for (int i = 0; i < USED_CLASSES - USED_SEARCH; i++)
		if (there(r, F_UNITS + i)) {
			put(c, (enum used)(USED_SEARCH + i), count(r, F_UNITS + i));
			found = true;
		}
	if (there(r, F_SEARCHES))
		put(c, USED_SEARCH, count(r, F_SEARCHES));
	return found;
}

enum used_found
used_read(const struct scan_value *fields, struct used_counts *c, const char **why)
{
	struct reading r = { .fields = fields };

	memset(c, 0, sizeof *c);
	bool found = tokens(&r, c);
	found = units(&r, c) || found;
	put(c, USED_REQUEST, 1);
	*why = r.why;
	if (r.why != NULL)
		return USED_WRONG;
	return found ? USED_READ : USED_NOTHING;
}

/* [{"modality":"AUDIO","tokenCount":12}, ...]: those of one modality. */
static int64_t
modality(struct arena *a, const struct reading *r, int field, const char *name)
{
	int64_t n = 0, one;

	if (r->fields[field].kind != KIND_ARRAY)
		return 0;
	DOC_EACH (m, doc_read(a, r->fields[field].raw))
		if (doc_is(doc_get(m, "modality"), name) &&
		    doc_int(doc_get(m, "tokenCount"), &one) && one > 0 && one < USED_MOST)
			n += one;
	return n;
}

enum used_found
used_read_google(
    struct arena *a, const struct scan_value *fields, struct used_counts *c, const char **why)
{
	struct reading r = { .fields = fields };

	memset(c, 0, sizeof *c);
	*why = NULL;
	if (!there(&r, G_PROMPT) && !there(&r, G_CANDIDATES))
		return USED_NOTHING;
	put(c, USED_CACHE_READ, count(&r, G_CACHED));
	put(c, USED_AUDIO_IN, modality(a, &r, G_PROMPTS, "AUDIO"));
	put(c, USED_AUDIO_OUT, modality(a, &r, G_OUTPUTS, "AUDIO"));
	put(c, USED_IMAGE_OUT, modality(a, &r, G_OUTPUTS, "IMAGE"));
	put(c, USED_REASONING, count(&r, G_THOUGHTS));
	settle(&r, c, count(&r, G_PROMPT) + count(&r, G_TOOLS),
	    count(&r, G_CANDIDATES) + c->n[USED_REASONING]);
	put(c, USED_REQUEST, 1);
	*why = r.why;
	return r.why != NULL ? USED_WRONG : USED_READ;
}
