/* find.c - where vocabularies lie. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/doc.h"
#include "io/in.h"
#include "token/vocab.h"

static const char *
join(struct arena *a, const char *dir, const char *name)
{
	return arena_string(a, arena_printf(a, "%s/%s", dir, name));
}

/* $VARIABLE, else the path under the home folder; NULL: no home either. */
static const char *
folder(struct arena *a, const char *variable, const char *under_home)
{
	const char *value = getenv(variable), *home = getenv("HOME");
	if (value != NULL && *value != 0)
		return value;
	return home != NULL && *home != 0 ? join(a, home, under_home) : NULL;
}

static const char *
readable(const char *file)
{
	struct stat st;
	return stat(file, &st) == 0 && S_ISREG(st.st_mode) && access(file, R_OK) == 0 ? file :
											NULL;
}

static const char *
in_folder(struct arena *a, const char *dir, const struct vocab_name *n)
{
	str files = str_of(n->files);
	while (dir != NULL && files.at != NULL) {
		const char *file = join(a, dir, arena_string(a, str_cut(&files, ' ')));
		if (readable(file))
			return file;
	}
	return NULL;
}

/* A list of folders, colons between; sub is appended to each. */
static const char *
in_folders(struct arena *a, str list, const char *sub, const struct vocab_name *n)
{
	while (list.at != NULL && list.len > 0) {
		str dir = str_cut(&list, ':');
		if (dir.len == 0)
			continue;
		const char *hit = in_folder(a,
		    arena_string(a, arena_printf(a, "%.*s%s", (int)dir.len, dir.at, sub)), n);
		if (hit != NULL)
			return hit;
	}
	return NULL;
}

/* A search through folders of models, whose names say which vocabulary is theirs. */
struct search {
	struct arena *a;
	const struct vocab_name *n;
	const char *models; /* the root of Ollama's */
};

/* What an entry of a folder holds, or NULL. */
typedef const char *visit(const struct search *, const char *dir, const char *entry);

static const char *
in_entries(const struct search *s, const char *dir, visit *look)
{
	struct dirent **entries = NULL;
	const char *hit = NULL;
	int n = scandir(dir, &entries, NULL, alphasort);
	for (int i = 0; i < n; i++) {
		if (hit == NULL && *entries[i]->d_name != '.')
			hit = look(s, dir, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	return hit;
}

static bool
is_model(const struct search *s, const char *name)
{
	bool closed;
	return str_is(vocab_of_model(str_of(name), &closed), s->n->name) && !closed;
}

static const char *
hub_revision(const struct search *s, const char *dir, const char *entry)
{
	return readable(join(s->a, join(s->a, dir, entry), "tokenizer.json"));
}

/* models--ORG--NAME/snapshots/REVISION/tokenizer.json, of the publisher's own. */
static const char *
hub_model(const struct search *s, const char *dir, const char *entry)
{
	str hub = str_of(s->n->hub), org = str_cut(&hub, '/');
	const char *start =
	    arena_string(s->a, arena_printf(s->a, "models--%.*s--", (int)org.len, org.at));
	if (!str_starts(str_of(entry), start) || !is_model(s, entry + strlen(start)))
		return NULL;
	return in_entries(s, join(s->a, join(s->a, dir, entry), "snapshots"), hub_revision);
}

static const char *
in_hub(const struct search *s)
{
	const char *home = folder(s->a, "HF_HOME", ".cache/huggingface");
	const char *hub = getenv("HF_HUB_CACHE");
	if (hub == NULL && home != NULL)
		hub = join(s->a, home, "hub");
	return hub != NULL ? in_entries(s, hub, hub_model) : NULL;
}

/* A manifest names the layers; the model's is a GGUF among the blobs. */
static const char *
ollama_tag(const struct search *s, const char *dir, const char *entry)
{
	str text;
	if (in_file(s->a, join(s->a, dir, entry), &text) != NULL)
		return NULL;
	DOC_EACH (layer, doc_get(doc_read(s->a, text), "layers")) {
		str digest = doc_text(doc_get(layer, "digest"));
		if (str_ends(doc_text(doc_get(layer, "mediaType")), "image.model") &&
		    str_starts(digest, "sha256:"))
			return readable(arena_string(s->a,
			    arena_printf(s->a, "%s/blobs/sha256-%.*s", s->models,
				(int)digest.len - 7, digest.at + 7)));
	}
	return NULL;
}

/* A folder of Ollama's library is a model, its entries are tags.  One model's tags are
 * different models, with their tokenizers. */
static const char *
ollama_model(const struct search *s, const char *dir, const char *entry)
{
	if (!is_model(s, entry) || str_starts(str_of(entry), "deepseek-r1"))
		return NULL;
	return in_entries(s, join(s->a, dir, entry), ollama_tag);
}

static const char *
in_ollama(struct search *s)
{
	s->models = folder(s->a, "OLLAMA_MODELS", ".ollama/models");
	if (s->models == NULL)
		return NULL;
	return in_entries(
	    s, join(s->a, s->models, "manifests/registry.ollama.ai/library"), ollama_model);
}

/* OWNER_REPOSITORY_FILE.gguf, or FILE.gguf */
static const char *
llama_file(const struct search *s, const char *dir, const char *entry)
{
	const char *name = entry;
	if (!str_ends(str_of(entry), ".gguf"))
		return NULL;
	while (name != NULL && !is_model(s, name)) {
		name = strchr(name, '_');
		name += name != NULL;
	}
	return name != NULL ? readable(join(s->a, dir, entry)) : NULL;
}

static const char *
in_llama(const struct search *s)
{
	const char *dir = folder(s->a, "LLAMA_CACHE", ".cache/llama.cpp");
	return dir != NULL ? in_entries(s, dir, llama_file) : NULL;
}

const char *
vocab_home(struct arena *a)
{
	const char *data = folder(a, "XDG_DATA_HOME", ".local/share");
	return data != NULL ? join(a, data, "inferutils/vocab") : NULL;
}

const char *
vocab_find(struct arena *a, const struct vocab_options *o, const struct vocab_name *n)
{
	const char *dirs = getenv("XDG_DATA_DIRS"), *hit = in_folder(a, o->dir, n);
	if (hit == NULL)
		hit = in_folders(a, str_of(getenv("INFERUTILS_VOCAB")), "", n);
	if (hit == NULL)
		hit = in_folder(a, vocab_home(a), n);
	if (hit == NULL)
		hit = in_folders(a, str_of(dirs != NULL ? dirs : "/usr/local/share:/usr/share"),
		    "/inferutils/vocab", n);
	struct search s = { .a = a, .n = n };
	if (hit == NULL && n->hub != NULL)
		hit = in_hub(&s);
	if (hit == NULL && n->hub != NULL)
		hit = in_ollama(&s);
	if (hit == NULL && n->hub != NULL)
		hit = in_llama(&s);
	return hit;
}
