/* target.c - where requests go: to a place the user or the environment named, never to the
 * address that a record carries; with that provider's key and no other. */
#include "ask/ask.h"

#include <stdlib.h>
#include <string.h>

#include "io/emit.h"

struct place {
	str provider;
	const struct dialect *dialect;
	const char *url, *count_url;
	str key;
};

struct target {
	struct arena *arena;
	const struct ask_options *o;
	struct models *models;
	const struct dialect *api; /* --api; NULL: by the model's name */
	struct model_name model;   /* of --model */
	struct place places[8];
	size_t place_count;
	const char *lines[65]; /* --header */
	size_t line_count;
	str secrets[72];
	size_t secret_count;
	str file_key;     /* of --key-file: for the first provider only, */
	bool key_for_all; /* unless one base URL was named for all */
	str key_owner;
};

/* base[/v1] and the dialect's path: both spellings of a base are in use. */
static const char *
url_of(struct arena *a, const char *path, const char *base)
{
	str text = str_of(base);

	if (path == NULL)
		return NULL;
	while (str_ends(text, "/"))
		text.len--;
	return arena_printf(
	    a, "%.*s%s%s", (int)text.len, text.at, str_ends(text, "/v1") ? "" : "/v1", path)
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

void
target_check_key(str key, const char *from)
{
	if (str_find(key, '\n') < key.len || str_find(key, '\r') < key.len)
		die(EXIT_USAGE, "%s: the key has more than one line", from);
}

static void
keep_secret(struct target *t, str secret)
{
	if (secret.len >= 8 && t->secret_count < sizeof t->secrets / sizeof *t->secrets)
		t->secrets[t->secret_count++] = secret;
}

static const char *
set_in(const char *variable)
{
	const char *value = getenv(variable);

	return value != NULL && value[0] != '\0' ? value : NULL;
}

static void
add_place(struct target *t, const char *provider, const struct dialect *d, const char *base,
    const char *variable, const char *home, str key)
{
	struct place *p = &t->places[t->place_count++];
	const char *from = set_in(variable);

	if (base != NULL)
		check_base(base, "--base-url");
	else if (from != NULL)
		check_base(base = from, variable);
	else
		base = home;
	*p = (struct place){ str_of(provider), d, url_of(t->arena, d->path, base),
		url_of(t->arena, d->count_path, base), key };
	keep_secret(t, key);
}

/* ollama serve speaks chat at its own address, which OLLAMA_HOST may name without scheme. */
static void
add_ollama(struct target *t)
{
	const char *host = set_in("OLLAMA_HOST"), *home = "http://127.0.0.1:11434/v1";

	if (host != NULL)
		home = strstr(host, "://") != NULL ?
		    host :
		    arena_printf(t->arena, "http://%s%s", host,
			strchr(host, ':') != NULL ? "" : ":11434")
			.at;
	add_place(t, "ollama", &dialect_openai_chat, t->o->base_url, "OLLAMA_BASE_URL", home,
	    (str){ 0 });
}

/* NAME=@VARIABLE: a header whose value nobody can read off the command line. */
static void
read_headers(struct target *t)
{
	for (size_t i = 0; i < t->o->header.count; i++) {
		const char *text = t->o->header.items[i];
		str variable = str_of(text), name = str_cut(&variable, '=');
		bool bad = name.len == 0 || !str_starts(variable, "@") || variable.len < 2;
		for (size_t k = 0; k < name.len; k++)
			bad |= strchr(" :\r\n\t", name.at[k]) != NULL;
		if (bad)
			die(EXIT_USAGE, "--header: '%s' is not NAME=@VARIABLE", text);
		const char *value = set_in(variable.at + 1);
		if (value == NULL)
			die(EXIT_USAGE, "--header: %s: the variable %s is not set", text,
			    variable.at + 1);
		target_check_key(str_of(value), "--header");
		t->lines[t->line_count++] =
		    arena_printf(t->arena, "%.*s: %s", STR_F(name), value).at;
		keep_secret(t, str_of(value));
	}
}

static void
read_key_file(struct target *t)
{
	const char *file = t->o->key_file;

	if (file == NULL)
		return;
	const char *why = in_file(t->arena, file, &t->file_key);
	if (why != NULL)
		die(EXIT_USAGE, "--key-file: %s: %s", file, why);
	t->file_key = str_trim(t->file_key);
	target_check_key(t->file_key, "--key-file");
	keep_secret(t, t->file_key);
	t->key_for_all = t->o->base_url != NULL;
}

struct target *
target_new(struct arena *a, const struct ask_options *o)
{
	struct target *t = ARENA_NEW(a, struct target);

	t->arena = a;
	t->o = o;
	t->models = models_new(a, "--models", o->models);
	if (o->api != NULL && (t->api = dialect_named(str_of(o->api))) == NULL)
		die(EXIT_USAGE,
		    "--api: '%s' is not one of openai.chat, openai.responses, "
		    "anthropic.messages",
		    o->api);
	if (o->model != NULL && t->api == NULL)
		t->model = models_name(t->models, str_of(o->model));
	else
		t->model.name = str_of(o->model); /* with --api the name is the server's own */
	read_key_file(t);
	for (size_t i = 0; dialects[i] != NULL; i++) {
		const struct dialect *d = dialects[i];
		str key = str_trim(str_of(getenv(d->key_variable)));
		target_check_key(key, d->key_variable);
		add_place(t, d->provider, d, o->base_url, d->base_variable, d->home, key);
	}
	add_ollama(t);
	read_headers(t);
	return t;
}

/* A key in a file is one provider's: it must not go to the other. */
static str
key_for(struct target *t, const struct place *p)
{
	if (t->key_owner.len == 0)
		t->key_owner = p->provider;
	return t->file_key.len > 0 && (t->key_for_all || str_eq(t->key_owner, p->provider)) ?
	    t->file_key :
	    p->key;
}

static bool
one_line(str s)
{
	return str_find(s, '\n') == s.len && str_find(s, '\r') == s.len;
}

const char *const *
target_headers(struct target *t, struct arena *a, const struct place *p, str recorded)
{
	const char **lines = ARENA_ARRAY(a, const char *, 16 + t->line_count);
	const struct doc *sent = doc_read(a, recorded);
	str key = key_for(t, p);
	size_t n = 0;

	lines[n++] = "content-type: application/json";
	lines[n++] = "expect:";
	if (key.len > 0)
		lines[n++] =
		    arena_printf(a, "%s%.*s", p->dialect->key_header, (int)key.len, key.at).at;
	for (const char *const *h = p->dialect->headers; *h != NULL; h += 2) {
		str value = doc_text(doc_get(sent, h[0]));
		if (value.len == 0 || !one_line(value))
			value = str_of(h[1]);
		if (value.len > 0)
			lines[n++] =
			    arena_printf(a, "%s: %.*s", h[0], (int)value.len, value.at).at;
	}
	for (size_t i = 0; i < t->line_count; i++)
		lines[n++] = t->lines[i];
	return lines;
}

static const struct dialect *
of_provider(str provider, const struct dialect *own)
{
	if (str_is(provider, "anthropic"))
		return &dialect_anthropic;
	if (str_is(provider, "ollama"))
		return &dialect_openai_chat;
	if (str_is(provider, "openai") && (own == NULL || !str_is(provider, own->provider)))
		return &dialect_openai_chat;
	return own;
}

const struct dialect *
target_dialect(const struct target *t, const struct dialect *own)
{
	if (t->api != NULL)
		return t->api;
	if (t->model.dialect != NULL)
		return t->model.dialect;
	return t->model.provider.len > 0 ? of_provider(t->model.provider, own) : own;
}

const struct place *
target_place(const struct target *t, const struct dialect *d, bool recorded)
{
	bool ollama = !recorded && str_is(t->model.provider, "ollama");

	for (size_t i = 0; i < t->place_count; i++)
		if (t->places[i].dialect == d &&
		    str_is(t->places[i].provider, ollama ? "ollama" : d->provider))
			return &t->places[i];
	return &t->places[0];
}

const char *
target_url(const struct place *p, bool count)
{
	return count ? p->count_url : p->url;
}

struct models *
target_models(const struct target *t)
{
	return t->models;
}

str
target_model(const struct target *t)
{
	return t->model.name;
}

str
target_mask(const struct target *t, struct arena *a, str body)
{
	str masked = arena_keep(a, body);

	for (size_t i = 0; i < t->secret_count; i++) {
		str rest = masked, secret = t->secrets[i];
		char *hit;
		while (rest.len > 0 &&
		    (hit = memmem(rest.at, rest.len, secret.at, secret.len)) != NULL) {
			memset(hit, '*', secret.len);
			rest = str_from(rest, (size_t)(hit - rest.at) + secret.len);
		}
	}
	return masked;
}
