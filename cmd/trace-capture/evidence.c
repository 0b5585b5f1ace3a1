/* evidence.c - is what the model was given really what the tool answered?
 *
 * Sources that keep tool results as one-line summaries often still know the result's hash
 * or length, or say outright that they cut it: in the message that carries it, or in a list
 * beside (tool_results, tools).  Only such a contradiction counts; shortness proves
 * nothing, real results are often one line. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/table.h"
#include "base/utf8.h"
#include "capture.h"
#include "data/hash.h"
#include "io/emit.h"

struct claim {
	str sha256;    /* empty: none */
	int64_t bytes; /* -1: none */
	bool marked;   /* the source says that it is a summary, or cut */
};

struct evidence {
	struct table claims; /* by the call's id */
	struct arena arena;
};

static const char *const hashes[] = { "result_sha256", "content_sha256", "sha256", NULL };
static const char *const lengths[] = { "result_bytes", "content_bytes", "bytes", "length",
	NULL };
static const char *const marks[] = { "summarised", "summarized", "summary", "truncated", NULL };
static const char *const ids[] = { "tool_call_id", "tool_use_id", "call_id", "id", NULL };

struct evidence *
evidence_new(void)
{
	struct evidence *e = mem_new(sizeof *e);

	e->claims.size = sizeof(struct claim);
	return e;
}

static const struct doc *
first_of(const struct doc *d, const char *const *names)
{
	for (const char *const *n = names; *n != NULL; n++)
		if (!doc_null(doc_get(d, *n)))
			return doc_get(d, *n);
	return NULL;
}

static bool
claim_of(const struct doc *d, struct claim *claim)
{
	const struct doc *hash = first_of(d, hashes);
	str hex = doc_text(hash);

	*claim = (struct claim){ .bytes = -1 };
	if (str_starts(hex, "sha256:"))
		hex = str_from(hex, 7);
	if (hex.len == HASH_HEX)
		claim->sha256 = hex;
	doc_int(first_of(d, lengths), &claim->bytes);
	for (const char *const *m = marks; *m != NULL; m++)
		claim->marked |= doc_true(doc_get(d, *m));
	return claim->sha256.len > 0 || claim->bytes >= 0 || claim->marked;
}

static void
read_claim(struct evidence *e, const struct doc *d)
{
	str id = doc_text(first_of(d, ids));
	struct claim claim;

	if (id.len == 0 || !claim_of(d, &claim))
		return;
	claim.sha256 = arena_keep(&e->arena, claim.sha256);
	*(struct claim *)table_put(&e->claims, id) = claim;
}

void
evidence_read(struct evidence *e, const struct doc *source, const struct doc *results)
{
	table_free(&e->claims);
	arena_reset(&e->arena);
	DOC_EACH (m, doc_get(source, "messages")) {
		if (doc_is(doc_get(m, "role"), "tool"))
			read_claim(e, m);
		DOC_EACH (block, doc_get(m, "content"))
			if (doc_is(doc_get(block, "type"), "tool_result"))
				read_claim(e, block);
	}
	DOC_EACH (t, doc_get(source, "tools"))
		read_claim(e, t);
	DOC_EACH (r, results)
		read_claim(e, r);
}

static const struct claim *
find(const struct evidence *e, str call_id)
{
	return call_id.len > 0 ? table_find(&e->claims, call_id) : NULL;
}

/* A hash decides; a length only where there is none, in bytes or in characters. */
bool
evidence_against(const struct evidence *e, str call_id, str text)
{
	const struct claim *c = find(e, call_id);
	struct arena a = { 0 };

	if (c == NULL)
		return false;
	bool against = c->marked;
	if (c->sha256.len > 0)
		against |= !str_eq(c->sha256, hash_hex(&a, text));
	else if (c->bytes >= 0)
		against |=
		    c->bytes != (int64_t)text.len && c->bytes != (int64_t)utf8_count(text);
	arena_free(&a);
	return against;
}

str
evidence_sha256(const struct evidence *e, str call_id)
{
	const struct claim *c = find(e, call_id);

	return c != NULL ? c->sha256 : (str){ 0 };
}

static bool
is_claim(str key)
{
	const char *const *const all[] = { hashes, lengths, marks };

	for (size_t i = 0; i < 3; i++)
		for (const char *const *n = all[i]; *n != NULL; n++)
			if (str_is(key, *n))
				return true;
	return false;
}

void
evidence_strip(struct buf *b, const struct doc *message)
{
	struct claim claim;

	if (!doc_is(doc_get(message, "role"), "tool") || !claim_of(message, &claim)) {
		emit_raw(b, message->raw);
		return;
	}
	emit_open(b, '{');
	DOC_EACH (m, message)
		if (!is_claim(m->key)) {
			emit_name(b, m->key);
			emit_raw(b, m->raw);
		}
	emit_close(b, '}');
}

void
evidence_free(struct evidence *e)
{
	table_free(&e->claims);
	arena_free(&e->arena);
	free(e);
}
