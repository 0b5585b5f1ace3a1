/* vocab.c - a file becomes a vocabulary in use. */
#include "token/vocab.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/out.h"

#define HASHED (256 << 20) /* of a larger file only the beginning: weights follow it */

struct source {
	const char *file;
	int fd;
	struct stat st;
	struct buf bytes; /* once they are read: of a large file the beginning */
};

static const char *
open_source(const char *file, struct source *s)
{
	*s = (struct source){ .file = file, .fd = open(file, O_RDONLY | O_CLOEXEC) };
	if (s->fd < 0 || fstat(s->fd, &s->st) != 0)
		return strerror(errno);
	return S_ISREG(s->st.st_mode) && s->st.st_size > 0 ? NULL :
							     "no file with something in it";
}

/* Read, not mapped: somebody may write to it meanwhile. */
static const char *
read_source(struct source *s)
{
	size_t size = s->st.st_size < HASHED ? (size_t)s->st.st_size : HASHED;
	buf_reserve(&s->bytes, size);
	while (s->bytes.len < size) {
		ssize_t n = read(s->fd, s->bytes.at + s->bytes.len, size - s->bytes.len);
		if (n == 0 || (n < 0 && errno != EINTR))
			return n == 0 ? "it became shorter while it was read" : strerror(errno);
		s->bytes.len += n > 0 ? (size_t)n : 0;
	}
	return NULL;
}

static void
close_source(struct source *s)
{
	if (s->fd >= 0)
		close(s->fd);
	buf_free(&s->bytes);
}

/* FNV-1a from two beginnings names a file; nobody has to be kept from guessing it. */
static uint64_t
name_hash(str s, uint64_t seed)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325) * seed;
	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (unsigned char)s.at[i]) * UINT64_C(0x100000001b3);
	return h;
}

/* Where the compiled form of this source lies; NULL: no folder for it. */
static const char *
cache_name(struct arena *a, const struct source *s, const char *pattern, const char *specials)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	char *real = realpath(s->file, NULL);
	if ((cache == NULL || *cache == 0) && home != NULL && *home != 0)
		cache = arena_string(a, arena_printf(a, "%s/.cache", home));
	str key = arena_printf(a, "%s\n%lld\n%lld.%ld\n%lld.%ld\n%llu\n%s\n%s\n%zu",
	    real != NULL ? real : s->file, (long long)s->st.st_size,
	    (long long)s->st.st_mtim.tv_sec, s->st.st_mtim.tv_nsec,
	    (long long)s->st.st_ctim.tv_sec, s->st.st_ctim.tv_nsec,
	    (unsigned long long)s->st.st_ino, pattern != NULL ? pattern : "",
	    specials != NULL ? specials : "", sizeof(struct image_head));
	free(real);
	if (cache == NULL || *cache == 0)
		return NULL;
	return arena_string(a,
	    arena_printf(a, "%s/inferutils/vocab/%016llx%016llx", cache,
		(unsigned long long)name_hash(key, 1), (unsigned long long)name_hash(key, 2)));
}

const char *
vocab_folders(struct arena *a, const char *file, unsigned mode)
{
	char *path = (char *)(uintptr_t)arena_string(a, str_of(file));
	for (char *p = path + 1; (p = strchr(p, '/')) != NULL; *p++ = '/') {
		*p = 0;
		if (mkdir(path, mode) != 0 && errno != EEXIST)
			return strerror(errno);
	}
	return NULL;
}

/* A cache that cannot be written is no failure. */
static void
keep(struct arena *a, const char *file, str bytes)
{
	if (vocab_folders(a, file, 0700) == NULL)
		out_file(file, bytes);
}

/* TEXT=ID, blanks between */
static void
add_specials(struct recipe *r, const char *list)
{
	str rest = str_of(list);
	while (rest.at != NULL && rest.len > 0) {
		str id = str_cut(&rest, ' '), text = str_cut(&id, '=');
		int64_t number;
		if (str_int(id, &number)) {
			recipe_piece(r, (size_t)number, text, 0, PIECE_CONTROL);
			recipe_special(r, text, (uint32_t)number, SPECIAL_CONTROL);
		}
	}
}

static const char *
compile(struct arena *a, struct source *s, const char *pattern, const char *specials,
    const struct hash *hash, struct buf *to)
{
	struct arena work = { 0 };
	struct recipe *r = arena_alloc(&work, sizeof *r);
	r->arena = &work;
	r->unknown = -1;
	const char *why = recipe_read(r, buf_str(&s->bytes), str_of(pattern));
	if (why == NULL)
		add_specials(r, specials);
	if (why == NULL)
		why = image_compile(r, hash, to);
	recipe_free(r);
	why = why != NULL ? arena_string(a, str_of(why)) : NULL;
	arena_free(&work);
	return why;
}

static const char *
hex(struct arena *a, const unsigned char *bytes)
{
	struct buf b = { 0 };
	for (unsigned i = 0; i < 32; i++)
		buf_printf(&b, "%02x", bytes[i]);
	const char *text = arena_string(a, buf_str(&b));
	buf_free(&b);
	return text;
}

static enum vocab_result
make(struct vocab *v, struct arena *a, struct source *s, const char *pattern,
    const struct vocab_name *as, const char *cached, const char **why)
{
	struct buf image = { 0 };
	const char *bad = read_source(s);
	if (bad != NULL) {
		*why = arena_string(a, arena_printf(a, "%s: %s", s->file, bad));
		return VOCAB_WRONG;
	}
	struct hash hash = hash_of(buf_str(&s->bytes));
	if (as == NULL && pattern == NULL && (as = vocab_of_hash(hex(a, hash.bytes))) != NULL)
		pattern = as->pattern;
	if (as != NULL && as->sha256 != NULL && s->bytes.len < HASHED &&
	    strcmp(hex(a, hash.bytes), as->sha256) != 0 &&
	    str_ends(str_of(s->file), ".tiktoken")) {
		*why = arena_string(a,
		    arena_printf(a, "%s: not the publisher's file: SHA-256 is %s, not %s",
			s->file, hex(a, hash.bytes), as->sha256));
		return VOCAB_WRONG;
	}
	bad = compile(a, s, pattern, as != NULL ? as->specials : NULL, &hash, &image);
	if (bad == NULL && !image_use(&v->image, image.at, image.len))
		bad = "it cannot be compiled";
	if (bad != NULL) {
		*why = arena_string(a, arena_printf(a, "%s: %s", s->file, bad));
		buf_free(&image);
		return VOCAB_WRONG;
	}
	if (cached != NULL)
		keep(a, cached, buf_str(&image));
	v->image.memory = image.at;
	return VOCAB_OPEN;
}

/* A compiled form counts only if it is our own. */
static bool
map_own(struct vocab *v, const char *cached)
{
	struct stat st;
	return cached != NULL && stat(cached, &st) == 0 && st.st_uid == geteuid() &&
	    image_map(&v->image, cached, NULL);
}

enum vocab_result
vocab_file(struct vocab *v, struct arena *a, const struct vocab_options *o, const char *file,
    const struct vocab_name *as, const char **why)
{
	struct source s = { 0 };
	const char *pattern = as != NULL && as->pattern != NULL ? as->pattern : o->pattern;
	*v = (struct vocab){ .name = as != NULL ? as->name : file, .file = file };
	*why = open_source(file, &s);
	if (*why != NULL) {
		*why = arena_string(a, arena_printf(a, "%s: %s", file, *why));
		close_source(&s);
		return VOCAB_WRONG;
	}
	const char *cached = cache_name(a, &s, pattern, as != NULL ? as->specials : NULL);
	enum vocab_result result = VOCAB_OPEN;
	if (!map_own(v, cached))
		result = make(v, a, &s, pattern, as, cached, why);
	close_source(&s);
	if (result != VOCAB_OPEN)
		return result;
	v->sha256 = hex(a, v->image.head->source);
	v->verified = as != NULL && as->sha256 != NULL && strcmp(v->sha256, as->sha256) == 0;
	return VOCAB_OPEN;
}

enum vocab_result
vocab_open(
    struct vocab *v, struct arena *a, const struct vocab_options *o, str name, const char **why)
{
	const struct vocab_name *n = vocab_named(name);
	if (n == NULL)
		return VOCAB_UNKNOWN;
	const char *file = vocab_find(a, o, n);
	if (file != NULL)
		return vocab_file(v, a, o, file, n, why);
	*why = n->address == NULL ? /* claude only */
	    arena_string(a,
		arena_printf(a,
		    "cd /tmp && npm pack @anthropic-ai/tokenizer@0.0.4 && "
		    "tokcount --install %s anthropic-ai-tokenizer-0.0.4.tgz",
		    n->name)) :
	    arena_string(a,
		arena_printf(a, "curl -fL %s -o /tmp/%s && tokcount --install %s /tmp/%s",
		    n->address, strrchr(n->address, '/') + 1, n->name,
		    strrchr(n->address, '/') + 1));
	return VOCAB_MISSING;
}

void
vocab_close(struct vocab *v)
{
	image_close(&v->image);
}
