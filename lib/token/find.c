/* find.c - where vocabularies lie. */
#include <dirent.h>
#include <fnmatch.h>
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

/* The first entry of a folder (in name order) that fits a pattern and holds the file. */
static const char *
first_in(struct arena *a, const char *dir, const char *match, const char *file)
{
	struct dirent **entries = NULL;
	const char *hit = NULL;
	int n = dir != NULL ? scandir(dir, &entries, NULL, alphasort) : 0;
	for (int i = 0; i < n; i++) {
		const char *name = entries[i]->d_name;
		if (hit == NULL && *name != '.' && fnmatch(match, name, FNM_CASEFOLD) == 0) {
			const char *path = join(a, dir, name);
			hit = readable(*file != 0 ? join(a, path, file) : path);
		}
		free(entries[i]);
	}
	free(entries);
	return hit;
}

/* hub/models--ORG--NAME/snapshots/REVISION/tokenizer.json */
static const char *
in_hub(struct arena *a, const struct vocab_name *n)
{
	const char *home = folder(a, "HF_HOME", ".cache/huggingface"), *hit = NULL;
	const char *hub = getenv("HF_HUB_CACHE");
	str names = str_of(n->hub);
	if (hub == NULL && home != NULL)
		hub = join(a, home, "hub");
	while (hub != NULL && names.at != NULL && hit == NULL) {
		str model = str_cut(&names, ' '), org = str_cut(&model, '/');
		if (model.len == 0)
			continue;
		const char *dir = arena_string(a,
		    arena_printf(a, "%s/models--%.*s--%.*s/snapshots", hub, (int)org.len,
			org.at, (int)model.len, model.at));
		hit = first_in(a, dir, "*", "tokenizer.json");
	}
	return hit;
}

/* A manifest names the layers; the model's is a GGUF among the blobs. */
static const char *
in_manifest(struct arena *a, const char *models, const char *manifest)
{
	str text;
	if (manifest == NULL || in_file(a, manifest, &text) != NULL)
		return NULL;
	DOC_EACH (layer, doc_get(doc_read(a, text), "layers")) {
		str digest = doc_text(doc_get(layer, "digest"));
		if (!str_ends(doc_text(doc_get(layer, "mediaType")), "image.model") ||
		    !str_starts(digest, "sha256:"))
			continue;
		return readable(arena_string(a,
		    arena_printf(a, "%s/blobs/sha256-%.*s", models, (int)digest.len - 7,
			digest.at + 7)));
	}
	return NULL;
}

/* qwen2.5 of Ollama's library is the folder of that name, its tags are manifests. */
static const char *
in_ollama(struct arena *a, const struct vocab_name *n)
{
	const char *models = folder(a, "OLLAMA_MODELS", ".ollama/models");
	if (models == NULL)
		return NULL;
	const char *dir = arena_string(
	    a, arena_printf(a, "%s/manifests/registry.ollama.ai/library/%s", models, n->name));
	return in_manifest(a, models, first_in(a, dir, "*", ""));
}

static const char *
in_llama(struct arena *a, const struct vocab_name *n)
{
	const char *dir = folder(a, "LLAMA_CACHE", ".cache/llama.cpp");
	const char *match = arena_string(a, arena_printf(a, "*%s*.gguf", n->name));
	return dir != NULL ? first_in(a, dir, match, "") : NULL;
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
	if (hit == NULL && n->hub != NULL)
		hit = in_hub(a, n);
	if (hit == NULL && n->hub != NULL)
		hit = in_ollama(a, n);
	if (hit == NULL && n->hub != NULL)
		hit = in_llama(a, n);
	return hit;
}
