/* outlet.c - the last steps of every record, new or ours already: what was summarised is
 * said, what must not leave is taken out, the prompt is named, hashes are made right; then
 * --only and --sample choose, and it goes out or into the audit. */
#include "capture.h"

#include <stdlib.h>

#include "data/hash.h"
#include "io/canon.h"
#include "io/edit.h"
#include "io/emit.h"
#include "io/out.h"
#include "redact.h"

struct outlet {
	const struct capture_options *o;
	struct redactor redactor; /* rules NULL: nothing is redacted */
	struct rules *rules, *mask;
	struct sample *sample;
	struct audit *audit;
	struct evidence *evidence;
};

static str
read_key(struct arena *a, const char *file)
{
	str key = str_of(getenv("INFERUTILS_REDACT_KEY"));

	if (file != NULL) {
		const char *why = in_file(a, file, &key);
		if (why != NULL)
			die(EXIT_USAGE, "--redact-key: %s: %s", file, why);
	}
	key = str_trim(key);
	if (key.len < 16)
		die(EXIT_USAGE,
		    "--redact: a key of at least 16 bytes is needed, in --redact-key FILE or "
		    "$INFERUTILS_REDACT_KEY (head -c 32 /dev/urandom | base64 makes one)");
	return key;
}

struct outlet *
outlet_new(struct arena *a, const struct capture_options *o)
{
	struct outlet *f = ARENA_NEW(a, struct outlet);

	f->o = o;
	f->evidence = evidence_new();
	if (o->redact != NULL) {
		f->rules = rules_read(a, "--redact", o->redact);
		f->redactor = (struct redactor){ f->rules, read_key(a, o->redact_key) };
	}
	if (o->mask != NULL)
		f->mask = rules_read(a, "--mask", o->mask);
	if (o->sample != NULL)
		f->sample = sample_new(o->sample, (uint64_t)o->seed);
	if (o->audit)
		f->audit = audit_new();
	return f;
}

str
outlet_key(const struct outlet *f)
{
	return f->redactor.key;
}

/* A record on its way: its text and tree, and what is to be changed at its top. */
struct work {
	struct arena *arena;
	str record;
	const struct doc *doc;
	struct edit edits[16];
	size_t count;
};

static void
set(struct work *w, const char *key, str json)
{
	if (json.len > 0 && w->count < sizeof w->edits / sizeof *w->edits)
		w->edits[w->count++] = (struct edit){ key, json };
}

static void
set_hash(struct work *w, const char *key, str text)
{
	set(w, key, emit_quoted(w->arena, hash_hex(w->arena, text)));
}

/* The array under that key with elements (JSON, comma between) added. */
static void
add_elements(struct work *w, const char *key, str elements)
{
	struct buf b = { 0 };

	emit_open(&b, '[');
	DOC_EACH (item, doc_get(w->doc, key))
		emit_raw(&b, item->raw);
	emit_raw(&b, elements);
	emit_close(&b, ']');
	set(w, key, arena_keep(w->arena, buf_str(&b)));
	buf_free(&b);
}

static void
add_gap(struct work *w, const char *code, bool no)
{
	const struct doc *verdict = doc_get(w->doc, "replayable");

	DOC_EACH (gap, doc_get(w->doc, "gaps"))
		if (doc_is(gap, code))
			return;
	add_elements(w, "gaps", emit_quoted(w->arena, str_of(code)));
	if (no)
		set(w, "replayable", STR("\"no\""));
	else if (!doc_is(verdict, "no"))
		set(w, "replayable", STR("\"degraded\""));
}

static void
apply(struct work *w)
{
	struct buf b = { 0 };

	if (w->count > 0) {
		edit_object(&b, w->record, w->edits, w->count);
		w->record = arena_keep(w->arena, buf_str(&b));
		w->doc = doc_read(w->arena, w->record);
		w->count = 0;
	}
	buf_free(&b);
}

/* The text of a result in the request that was sent; empty: it is not there. */
static str
result_given(const struct view *v, str id)
{
	for (size_t i = v->item_count; i-- > 0;)
		if (v->items[i].kind == ITEM_RESULT && str_eq(v->items[i].id, id))
			return v->items[i].text;
	return (str){ 0 };
}

static const struct dialect *
view_of(const struct work *w, struct view *v)
{
	const struct dialect *d = dialect_named(doc_text(doc_get(w->doc, "api")));
	const struct doc *request = doc_get(w->doc, "request");

	*v = (struct view){ 0 };
	if (d == NULL || doc_kind(request) != KIND_OBJECT)
		return NULL;
	d->view(w->arena, request, v);
	return d;
}

/* A record of ours that was rebuilt may carry what is known of the real results. */
static void
check_results(struct work *w, struct evidence *evidence)
{
	struct view v;

	if (doc_get(w->doc, "tools") == NULL ||
	    doc_is(doc_get(doc_get(w->doc, "capture"), "body"), "verbatim") ||
	    view_of(w, &v) == NULL)
		return;
	evidence_read(evidence, w->doc, NULL);
	DOC_EACH (t, doc_get(w->doc, "tools")) {
		str id = doc_text(doc_get(t, "id")), given = result_given(&v, id);
		if (given.at != NULL && evidence_against(evidence, id, given)) {
			add_gap(w, "tool-result-summarised", true);
			apply(w);
			return;
		}
	}
}

/* A candidate, whose response may have changed. */
static str
rehashed_answer(struct work *w, const struct doc *answer)
{
	const struct doc *response = doc_get(answer, "response");
	struct buf b = { 0 };

	if (response == NULL || doc_get(answer, "response_sha256") == NULL)
		return doc_raw(answer);
	const struct edit e = { "response_sha256",
		emit_quoted(w->arena, hash_hex(w->arena, response->raw)) };
	edit_object(&b, answer->raw, &e, 1);
	str text = arena_keep(w->arena, buf_str(&b));
	buf_free(&b);
	return text;
}

static str
rehashed_tools(struct work *w)
{
	struct buf b = { 0 };

	emit_open(&b, '[');
	DOC_EACH (t, doc_get(w->doc, "tools")) {
		struct edit e = { "result_sha256",
			emit_quoted(
			    w->arena, hash_hex(w->arena, doc_text(doc_get(t, "result")))) };
		struct buf one = { 0 };
		if (doc_kind(doc_get(t, "result")) == KIND_STRING)
			edit_object(&one, t->raw, &e, 1);
		else
			buf_add(&one, t->raw);
		emit_raw(&b, buf_str(&one));
		buf_free(&one);
	}
	emit_close(&b, ']');
	str text = arena_keep(w->arena, buf_str(&b));
	buf_free(&b);
	return text;
}

/* A body that is no JSON: its hash is that of the text that is left. */
static void
rehash_text(struct work *w, const char *body)
{
	const struct doc *text = doc_get(w->doc, arena_printf(w->arena, "%s_text", body).at);

	if (text == NULL)
		text = doc_get(w->doc, arena_printf(w->arena, "%s_b64", body).at);
	if (text == NULL)
		return;
	set_hash(w, arena_printf(w->arena, "%s_sha256", body).at, doc_text(text));
	if (doc_get(w->doc, "request_bytes") != NULL && str_is(str_of(body), "request"))
		set(w, "request_bytes", arena_printf(w->arena, "%zu", doc_text(text).len));
}

/* The hashes of a redacted record speak of what is left. */
static void
rehash(struct work *w)
{
	const struct doc *request = doc_get(w->doc, "request"),
			 *response = doc_get(w->doc, "response");
	struct view v;

	if (request != NULL) {
		set_hash(w, "request_sha256", request->raw);
		set(w, "request_bytes", arena_printf(w->arena, "%zu", request->raw.len));
	}
	if (doc_get(w->doc, "request_line_sha256") != NULL)
		set_hash(w, "request_line_sha256", doc_raw(request));
	if (response != NULL && doc_get(w->doc, "response_sha256") != NULL)
		set_hash(w, "response_sha256", response->raw);
	rehash_text(w, "request");
	rehash_text(w, "response");
	if (view_of(w, &v) != NULL) {
		set_hash(w, "content_sha256", view_print(w->arena, &v));
		if (v.tool_count > 0)
			set_hash(w, "tools_sha256",
			    canon_text(w->arena, doc_raw(doc_get(request, "tools"))));
	}
	if (doc_kind(doc_get(w->doc, "tools")) == KIND_ARRAY)
		set(w, "tools", rehashed_tools(w));
	if (doc_kind(doc_get(w->doc, "candidate")) == KIND_OBJECT)
		set(w, "candidate", rehashed_answer(w, doc_get(w->doc, "candidate")));
}

static void
take_out(struct work *w, const struct redactor *r)
{
	struct redacted result = redact(r, w->arena, w->doc);

	if (result.modified.len == 0)
		return;
	w->record = result.record;
	w->doc = doc_read(w->arena, w->record);
	rehash(w);
	add_elements(w, "modified", result.modified);
	if (result.request)
		add_gap(
		    w, result.structure ? "redacted-structure" : "redacted", result.structure);
	apply(w);
}

static void
mask_one(void *context, struct buf *out, str name, str match)
{
	(void)context;
	(void)match;
	buf_byte(out, '<');
	buf_add(out, name);
	buf_byte(out, '>');
}

static str
masked(struct arena *a, const struct rules *mask, str text)
{
	struct buf b = { 0 };

	if (mask == NULL)
		return text;
	rules_apply(
	    mask, &b, text, mask_one, NULL, ARENA_ARRAY(a, uint32_t, rules_count(mask)));
	str result = arena_keep(a, buf_str(&b));
	buf_free(&b);
	return result;
}

/* prompt: what the source calls it, and the hashes of the system prompt. */
static void
name_prompt(struct work *w, const struct rules *mask, const struct view *v)
{
	const struct doc *known = doc_get(w->doc, "prompt");
	struct buf b = { 0 };
	str text = { 0 };

	for (size_t i = 0; i < v->item_count; i++)
		if (v->items[i].kind == ITEM_SYSTEM)
			text = text.at == NULL ?
			    v->items[i].text :
			    dialect_lines(w->arena, text, v->items[i].text);
	if (text.at == NULL)
		return;
	emit_open(&b, '{');
	if (doc_kind(known) == KIND_STRING)
		emit_kraw(&b, "name", known->raw);
	if (doc_kind(known) == KIND_OBJECT)
		DOC_EACH (m, known)
			if (!str_is(m->key, "sha256") && !str_is(m->key, "raw_sha256")) {
				emit_name(&b, m->key);
				emit_raw(&b, m->raw);
			}
	emit_kstr(&b, "sha256", hash_hex(w->arena, masked(w->arena, mask, text)));
	emit_kstr(&b, "raw_sha256", hash_hex(w->arena, text));
	emit_close(&b, '}');
	set(w, "prompt", arena_keep(w->arena, buf_str(&b)));
	buf_free(&b);
	apply(w);
}

/* Does anything after the writing need the record's tree? */
static bool
looks_inside(const struct outlet *f)
{
	return f->rules != NULL || f->o->prompt_from != 0 || f->audit != NULL ||
	    f->sample != NULL || f->o->only.count > 0;
}

void
outlet_record(struct outlet *f, struct arena *a, const struct doc *source, str record,
    const struct doc *doc)
{
	struct work w = { .arena = a, .record = record, .doc = doc };
	struct view v;

	if (doc != NULL)
		check_results(&w, f->evidence);
	else if (looks_inside(f))
		w.doc = doc_read(a, record);
	if (f->rules != NULL)
		take_out(&w, &f->redactor);
	if (f->o->prompt_from != 0 && view_of(&w, &v) != NULL)
		name_prompt(&w, f->mask, &v);
	if (!capture_wanted(a, source, w.doc))
		return;
	str session = doc_text(doc_get(w.doc, "session"));
	if (session.len == 0)
		session = doc_text(doc_get(w.doc, "id"));
	if (f->audit != NULL)
		audit_add(f->audit, a, w.doc);
	else if (f->sample != NULL)
		sample_add(f->sample, session, w.record);
	else
		out_line(w.record);
}

int
outlet_end(struct outlet *f)
{
	int status = EXIT_YES;

	if (f->audit != NULL) {
		status = audit_report(f->audit, f->o);
		audit_free(f->audit);
	}
	if (f->sample != NULL)
		sample_end(f->sample);
	evidence_free(f->evidence);
	rules_free(f->rules);
	rules_free(f->mask);
	return status;
}
