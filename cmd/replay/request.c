/* request.c - the request as the new model gets it: the recorded body with the model (and
 * what the user wants changed) replaced in place, sent to a place the user named. */
#include <stdlib.h>
#include <string.h>

#include "io/edit.h"
#include "io/emit.h"
#include "replay.h"

struct change {
	struct path path;
	const char *name;
	str json;
};

struct target {
	struct arena *arena;
	str model;  /* as JSON; empty: the record's own */
	str system; /* new system prompt */
	const char *system_file;
	struct change *changes;
	size_t change_count;
	struct {
		const struct dialect *dialect;
		const char *url;
		str key;
	} ends[8];
	str file_key;     /* of --key-file: for the first dialect only, */
	bool key_for_all; /* unless one base URL was named for all */
	const struct dialect *key_owner;
};

/* base[/v1] and the dialect's path: both spellings of a base are in use. */
static const char *
url_of(struct arena *a, const struct dialect *d, const char *base)
{
	str text = str_of(base);

	while (str_ends(text, "/"))
		text.len--;
	return arena_printf(
	    a, "%.*s%s%s", (int)text.len, text.at, str_ends(text, "/v1") ? "" : "/v1", d->path)
	    .at;
}

static void
check_base(const char *base, const char *from)
{
	if (!str_starts(str_of(base), "http://") && !str_starts(str_of(base), "https://"))
		die(EXIT_USAGE, "%s: '%s' is no http or https URL", from, base);
	if (strpbrk(base, "?# \t\r\n") != NULL)
		die(EXIT_USAGE, "%s: '%s' has more than an address and a path", from, base);
}

static str
check_key(str key, const char *from)
{
	key = str_trim(key);
	if (str_find(key, '\n') < key.len || str_find(key, '\r') < key.len)
		die(EXIT_USAGE, "%s: the key has more than one line", from);
	return key;
}

static void
read_changes(struct target *t, const struct options *o)
{
	t->changes = ARENA_ARRAY(t->arena, struct change, o->set.count + 1);
	for (size_t i = 0; i < o->set.count; i++) {
		struct change *c = &t->changes[t->change_count++];
		str value = str_of(o->set.items[i]), name = str_cut(&value, '=');
		const char *why =
		    value.at == NULL ? "no = in it" : path_parse(t->arena, name, &c->path);
		if (why == NULL && path_enters(&c->path))
			why = "|fromjson cannot be used here";
		if (why == NULL && doc_read(t->arena, value) == NULL)
			why = "the value is no JSON (a string needs its quotes)";
		if (why != NULL)
			die(EXIT_USAGE, "--set: '%s': %s", o->set.items[i], why);
		c->name = arena_string(t->arena, name);
		c->json = value;
	}
}

struct target *
target_new(struct arena *a, const struct options *o)
{
	struct target *t = ARENA_NEW(a, struct target);

	t->arena = a;
	if (o->model != NULL)
		t->model = emit_quoted(a, str_of(o->model));
	if (o->system != NULL) {
		const char *why = in_file(a, o->system, &t->system);
		if (why != NULL)
			die(EXIT_USAGE, "--system: %s: %s", o->system, why);
		t->system.len -= str_ends(t->system, "\n");
		t->system_file = o->system;
	}
	if (o->key_file != NULL) {
		const char *why = in_file(a, o->key_file, &t->file_key);
		if (why != NULL)
			die(EXIT_USAGE, "--key-file: %s: %s", o->key_file, why);
		t->file_key = check_key(t->file_key, "--key-file");
		t->key_for_all = o->base_url != NULL;
	}
	read_changes(t, o);
	for (size_t i = 0; dialects[i] != NULL; i++) {
		const struct dialect *d = dialects[i];
		const char *from = getenv(d->base_variable), *base = o->base_url;
		if (base != NULL)
			check_base(base, "--base-url");
		else if (from != NULL && from[0] != '\0')
			check_base(base = from, d->base_variable);
		t->ends[i].dialect = d;
		t->ends[i].url = url_of(a, d, base != NULL ? base : d->home);
		t->ends[i].key = check_key(str_of(getenv(d->key_variable)), d->key_variable);
	}
	return t;
}

/* What was changed goes into the record, but no prompt text. */
static void
note(struct job *j, const char *field, str from, str to)
{
	struct buf b = { 0 };

	buf_add(&b, j->modified);
	if (b.len > 0)
		buf_byte(&b, ',');
	buf_text(&b, "{\"field\":");
	emit_str(&b, arena_printf(&j->arena, "request.%s", field));
	emit_ktext(&b, "action", "set");
	if (from.len > 0)
		emit_kraw(&b, "from", from);
	emit_kraw(&b, "to", to);
	emit_close(&b, '}');
	j->modified = arena_keep(&j->arena, buf_str(&b));
	buf_free(&b);
}

static bool
change(struct job *j, const struct change *c)
{
	const struct doc *root = doc_read(&j->arena, j->body), *old = doc_at(root, &c->path);
	const char *why;

	if (!edit_path(&j->arena, root, &c->path, c->json, &j->body, &why)) {
		j->skipped = arena_printf(&j->arena, "--set %s: %s", c->name, why);
		return false;
	}
	bool scalar = old != NULL && old->kind < KIND_STRING;
	note(j, c->name, scalar ? old->raw : (str){ 0 }, c->json);
	return true;
}

static void
set_model(struct job *j, str model)
{
	static const struct path_step steps[] = { { PATH_KEY, { "model", 5 }, 0 } };
	static const struct path path = { steps, 1 };
	const char *why;

	if (model.len > 0)
		edit_path(
		    &j->arena, doc_read(&j->arena, j->body), &path, model, &j->body, &why);
}

static void
change_body(struct job *j, const struct target *t)
{
	set_model(j, t->model);
	if (t->system_file != NULL) {
		j->body =
		    j->dialect->set_system(&j->arena, doc_read(&j->arena, j->body), t->system);
		note(j, "system", (str){ 0 }, emit_quoted(&j->arena, str_of(t->system_file)));
	}
	for (size_t i = 0; i < t->change_count; i++)
		if (!change(j, &t->changes[i]))
			return;
}

/* The dialect's headers, with the values that the record was sent with. */
static void
make_headers(struct job *j, const struct doc *recorded)
{
	const char **lines = ARENA_ARRAY(&j->arena, const char *, 16);
	size_t n = 0;

	lines[n++] = "content-type: application/json";
	lines[n++] = "expect:";
	if (j->key.len > 0)
		lines[n++] = arena_printf(
		    &j->arena, "%s%.*s", j->dialect->key_header, (int)j->key.len, j->key.at)
				 .at;
	for (const char *const *h = j->dialect->headers; *h != NULL; h += 2) {
		str value = doc_text(doc_get(recorded, h[0]));
		if (str_find(value, '\n') < value.len || str_find(value, '\r') < value.len)
			value = (str){ 0 };
		if (value.len == 0)
			value = str_of(h[1]);
		if (value.len > 0)
			lines[n++] =
			    arena_printf(&j->arena, "%s: %.*s", h[0], (int)value.len, value.at)
				.at;
	}
	j->headers = lines;
}

static str
not_replayable(struct arena *a, const struct doc *gaps)
{
	struct buf b = { 0 };

	buf_text(&b, "not replayable");
	DOC_EACH (code, gaps)
		buf_printf(
		    &b, "%s %.*s", code == gaps->child ? ":" : ",", STR_F(doc_text(code)));
	str reason = arena_keep(a, buf_str(&b));
	buf_free(&b);
	return reason;
}

static str
skip_reason(struct job *j, struct in *in, const struct rec *rec)
{
	str replayable = in_text(in, rec, T_REPLAYABLE);

	if (str_is(replayable, "no"))
		return not_replayable(&j->arena, doc_read(&j->arena, rec->values[T_GAPS].raw));
	if (rec->values[T_REQUEST].kind != KIND_OBJECT)
		return STR("the record holds no request");
	if (j->dialect == NULL)
		return STR("the dialect is not known");
	return (str){ 0 };
}

/* A key in a file is one provider's: it must not go to the other. */
static str
key_for(struct target *t, const struct dialect *d, str own)
{
	if (t->key_owner == NULL)
		t->key_owner = d;
	return t->file_key.len > 0 && (t->key_for_all || t->key_owner == d) ? t->file_key : own;
}

str
request_mask(struct job *j, str body)
{
	str rest = arena_keep(&j->arena, body), masked = rest;
	char *hit;

	while (j->key.len >= 8 && rest.len > 0 &&
	    (hit = memmem(rest.at, rest.len, j->key.at, j->key.len)) != NULL) {
		memset(hit, '*', j->key.len);
		rest = str_from(rest, (size_t)(hit - rest.at) + j->key.len);
	}
	return masked;
}

void
request_make(struct job *j, struct in *in, struct rec *rec, struct target *t)
{
	j->record = arena_keep(&j->arena, rec->text);
	j->dialect = dialect_named(in_text(in, rec, T_API));
	j->skipped = skip_reason(j, in, rec);
	if (j->skipped.len > 0)
		return;
	j->body = arena_keep(&j->arena, rec->values[T_REQUEST].raw);
	change_body(j, t);
	for (size_t i = 0; t->ends[i].dialect != NULL; i++)
		if (t->ends[i].dialect == j->dialect) {
			j->url = t->ends[i].url;
			j->key = key_for(t, j->dialect, t->ends[i].key);
			make_headers(j, doc_read(&j->arena, rec->values[T_HEADERS].raw));
		}
}
