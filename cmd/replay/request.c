/* request.c - the request as the model gets it: the recorded body, translated if the target
 * speaks another dialect, with the model (and what the user wants changed) put in place. */
#include "data/hash.h"
#include "io/edit.h"
#include "io/emit.h"
#include "replay.h"
#include "trace/translate.h"

struct change {
	struct path path;
	const char *name;
	str json;
};

struct changes {
	str system;
	const char *system_file;
	struct change *of;
	size_t count;
	int stream;
	bool batch, count_only; /* forms of a request that allow no stream */
};

struct changes *
changes_new(struct arena *a, const struct options *o)
{
	struct changes *all = ARENA_NEW(a, struct changes);

	if (o->system != NULL) {
		const char *why = in_file(a, o->system, &all->system);
		if (why != NULL)
			die(EXIT_USAGE, "--system: %s: %s", o->system, why);
		all->system.len -= str_ends(all->system, "\n");
		all->system_file = o->system;
	}
	all->stream = o->stream;
	all->batch = o->emit != EMIT_NONE || o->collect != NULL;
	all->count_only = o->count;
	all->of = ARENA_ARRAY(a, struct change, o->set.count + 1);
	for (size_t i = 0; i < o->set.count; i++) {
		struct change *c = &all->of[all->count++];
		str value = str_of(o->set.items[i]), name = str_cut(&value, '=');
		const char *why =
		    value.at == NULL ? "no = in it" : path_parse(a, name, &c->path);
		if (why == NULL && path_enters(&c->path))
			why = "|fromjson cannot be used here";
		if (why == NULL && doc_read(a, value) == NULL)
			why = "the value is no JSON (a string needs its quotes)";
		if (why != NULL)
			die(EXIT_USAGE, "--set: '%s': %s", o->set.items[i], why);
		c->name = arena_string(a, name);
		c->json = value;
	}
	return all;
}

static bool
change(struct arena *a, struct outgoing *out, const struct change *c)
{
	const struct doc *root = doc_read(a, out->body), *old = doc_at(root, &c->path);
	const char *why;

	if (!edit_path(a, root, &c->path, c->json, &out->body, &why)) {
		out->skipped = arena_printf(a, "--set %s: %s", c->name, why);
		return false;
	}
	bool scalar = old != NULL && old->kind < KIND_STRING;
	/* What was changed goes into the record, but no prompt text. */
	trace_change(
	    a, &out->modified, c->name, "set", scalar ? old->raw : (str){ 0 }, c->json, NULL);
	return true;
}

static void
put(struct arena *a, struct outgoing *out, const char *name, str json)
{
	const struct path_step step = { PATH_KEY, str_of(name), 0 };
	const struct path path = { &step, 1 };
	const char *why;

	edit_path(a, doc_read(a, out->body), &path, json, &out->body, &why);
}

/* The body without these members; as it was if it has none of them. */
static void
leave_out(struct arena *a, struct outgoing *out, const char *const *names)
{
	const struct doc *root = doc_read(a, out->body);
	struct buf b = { 0 };
	bool any = false;

	emit_open(&b, '{');
	DOC_EACH (m, root) {
		const char *const *n = names;
		while (*n != NULL && !str_is(m->key, *n))
			n++;
		any |= *n != NULL;
		if (*n != NULL)
			continue;
		emit_name(&b, m->key);
		emit_raw(&b, m->raw);
	}
	emit_close(&b, '}');
	if (any)
		out->body = arena_keep(a, buf_str(&b));
	buf_free(&b);
}

static void
set_stream(struct arena *a, struct outgoing *out, bool on)
{
	static const char *const stream[] = { "stream", "stream_options", NULL };
	const struct doc *root = doc_read(a, out->body), *old = doc_get(root, "stream");
	bool chat = out->dialect == &dialect_openai_chat;

	if (doc_true(old) == on)
		return;
	trace_change(a, &out->modified, "stream", "set", doc_raw(old),
	    on ? STR("true") : STR("false"), NULL);
	if (!on) {
		leave_out(a, out, stream);
		return;
	}
	put(a, out, "stream", STR("true"));
	if (chat && doc_get(root, "stream_options") == NULL)
		put(a, out, "stream_options", STR("{\"include_usage\":true}"));
}

/* The count endpoints take what goes in, not what is to come out. */
static void
for_counting(struct arena *a, struct outgoing *out)
{
	static const char *const anthropic[] = { "max_tokens", "stream", "temperature", "top_p",
		"top_k", "stop_sequences", "metadata", "service_tier", NULL },
				 *const responses[] = { "max_output_tokens", "stream",
					 "stream_options", "temperature", "top_p", "store",
					 "metadata", "include", "background", "service_tier",
					 "user", "safety_identifier", "prompt_cache_key",
					 "prompt_cache_retention", "top_logprobs", NULL };

	leave_out(a, out, out->dialect == &dialect_anthropic ? anthropic : responses);
}

static void
change_body(struct arena *a, struct outgoing *out, const struct changes *all)
{
	if (all->system_file != NULL) {
		out->body = out->dialect->set_system(a, doc_read(a, out->body), all->system);
		trace_change(a, &out->modified, "system", "set", (str){ 0 },
		    emit_quoted(a, str_of(all->system_file)), NULL);
	}
	for (size_t i = 0; i < all->count; i++)
		if (!change(a, out, &all->of[i]))
			return;
}

void
request_make(struct source *s, struct outgoing *out, const struct changes *all,
    const struct models *models, const struct dialect *to, str model, bool baseline)
{
	struct arena *a = &s->arena;
	bool other = model.len > 0 && !str_eq(model, s->requested);

	out->body = s->request;
	out->dialect = to;
	if (to != s->dialect)
		out->body =
		    translate(a, s->dialect, to, doc_read(a, s->request), &out->translation);
	if (other)
		put(a, out, "model", emit_quoted(a, model));
	out->model = model.len > 0 ? model : s->requested;
	if (other || to != s->dialect)
		out->body = models_fit(models, a, out->model, out->body, &out->translation);
	if (!baseline)
		change_body(a, out, all);
	if (all->stream != STREAM_RECORDED || all->batch)
		set_stream(a, out, all->stream == STREAM_ON && !all->batch);
	if (all->count_only)
		for_counting(a, out);
	if (out->modified.len > 0) /* --set may name the model too */
		out->model = doc_text(doc_get(doc_read(a, out->body), "model"));
	bool same = out->body.at == s->request.at && !s->edited && s->line_sha256.len == 0;
	out->sha256 =
	    same && s->request_sha256.len > 0 ? s->request_sha256 : hash_hex(a, out->body);
}
